#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "domain/figure.h"
#include "domain/urgency.h"

namespace handrail {

/// content/protocols/next_steps.json: what whoever answers an alert does, asks and records, by what it is about.
struct NextSteps {
    struct Question {
        std::string id;
        int version = 1; ///< raised when what it asks changes; kept with each answer
        std::string text;
        std::string source;
        FigureMark mark = FigureMark::Unverified;
    };
    /// What was done at a step: one tap.
    struct Deed {
        std::string id;
        std::string text;
    };
    enum class Does { CallPerson, CallContact, Ask, GoThroughPlan, MakePlan, Else };
    struct Step {
        std::string id;
        Does does = Does::Else;
        std::string title; ///< {name}: the person's first name; {contact}: whom they named for danger
        std::string detail;
        /// What stands in its place: of a call to the contact where abuse was ever named; of making a plan where one is
        /// written and not shared.
        std::string instead_title;
        std::string instead_detail;
        std::vector<Deed> deeds;
        std::string source;
        FigureMark mark = FigureMark::Unverified;
    };
    struct Outcome {
        std::string id;
        std::string does; ///< reached, not_reached, handed_over or no_contact_needed
        std::string text;
        bool words = false; ///< a site wants words with it; else one tap keeps it
        std::string why;
    };
    /// One way through steps and questions; each category has one.
    struct Way {
        std::vector<Category> categories;
        bool screener = false;
        std::vector<std::string> without_screener; ///< questions in its place
        std::vector<std::string> questions;
        std::vector<std::string> steps;
    };

    std::string version;
    std::chrono::minutes take_back{10}; ///< how long whoever closed an alert by one tap can say that it was a slip
    std::vector<Question> questions;
    std::vector<Step> steps;
    std::vector<Outcome> outcomes;
    std::vector<Way> ways;

    const Question* question(std::string_view id) const { return with_id(questions, id); }
    const Step* step(std::string_view id) const { return with_id(steps, id); }
    const Outcome* outcome(std::string_view id) const { return with_id(outcomes, id); }
    /// Null only where nothing was read.
    const Way* way(Category category) const
    {
        const auto found = std::find_if(ways.begin(), ways.end(), [&](const Way& each) {
            return std::find(each.categories.begin(), each.categories.end(), category) != each.categories.end();
        });
        return found == ways.end() ? nullptr : &*found;
    }

    template <class Each> static const Each* with_id(const std::vector<Each>& all, std::string_view id)
    {
        const auto found = std::find_if(all.begin(), all.end(), [&](const Each& each) { return each.id == id; });
        return found == all.end() ? nullptr : &*found;
    }
};

} // namespace handrail
