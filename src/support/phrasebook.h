#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "domain/urgency.h"
#include "support/reply.h"

namespace handrail::support {

using Variants = std::vector<std::string>;

/// A direct question of the crisis protocol, in several wordings, so that it is never put twice in the same words.
struct DirectQuestion {
    struct Option {
        ReplyChoice choice;
        std::optional<Urgency> raises; ///< what this answer raises the conversation to
        bool eases = false;            ///< a safety answer: the held level may fall by one step
    };
    std::string id;
    Variants wordings;
    std::vector<Option> options;
    std::map<std::string, Variants, std::less<>> answers; ///< by option id: what is said first after it
    const Option* option(std::string_view id) const;
};

/// A fixed text of the crisis protocol: signed as a whole, chosen by rule.
struct CrisisText {
    std::string id;       ///< "today.suicide.self"
    int version = 1;
    std::string language;
    Urgency urgency = Urgency::Today;
    Category category = Category::None;
    std::string subject;  ///< self, other, dependent
    bool minor = false;
    std::string reviewed; ///< "unreviewed" until a site's own people sign
    std::vector<std::string> rules;
    Variants hear, call, lead, trusted, plan, again, approach, coping;
    std::vector<Variants> steps;
    std::vector<std::string> questions; ///< ids, in the order in which they are asked
    /// All of it as one text, for signing and for the public protocol page.
    std::string whole() const;
};

/// Exercises are data: steps, time, evidence, and when not.
struct Exercise {
    struct Step {
        std::string text;
        bool write = false; ///< the person writes something of their own here
        std::string asks;   ///< what it is called in the person's plan, when they write
        std::vector<std::string> choices = {}; ///< words under a finger, one of which may be theirs; they can write others
    };
    std::string id;
    int version = 1;
    std::string title;
    int minutes = 0;
    std::vector<std::string> fits;    ///< feelings and topics
    std::vector<std::string> at;      ///< "calm", "raised", "high": how strong the feeling may be; empty: any
    std::vector<std::string> kind;    ///< "breath", "senses", "act": another kind is offered after one that did not help
    std::string evidence;             ///< A, B, C as in docs: A national guideline or consistent meta-analyses, C practice
    std::string evidence_says;
    std::vector<std::string> sources;
    std::string not_when;             ///< in words, for the person
    std::vector<std::string> avoid;   ///< the same for rules: what avoiding.h knows
    std::vector<std::string> instead; ///< ids of others, for whoever asks for this one and had better not
    bool keeps = false;               ///< what was written is worth keeping in the person's plan
    std::vector<Step> steps;
};

/// What two people of a service sign for one language: the words in danger, of listening, of exercises and of consent.
std::vector<std::filesystem::path> signed_files(const std::filesystem::path& content_folder, const std::string& language);
/// "es-3f0c…". Another word in any of them, another version. Invalid when one that is there cannot be read.
Result<std::string> text_version_of(const std::filesystem::path& content_folder, const std::string& language);

/// Every text of one language: content/conversation/<language>/texts.json, content/crisis/<language>.json,
/// content/exercises/<language>.json, content/consent/<language>.json.
class Phrasebook {
public:
    /// A language may have the crisis part alone; what is missing is taken from `otherwise`.
    static Result<Phrasebook> load(const std::filesystem::path& content_folder, const std::string& language);

    const std::string& language() const { return language_; }
    /// Of the words that people sign (text_version_of).
    const std::string& version() const { return version_; }
    /// Empty when there is no such text.
    const Variants& variants(std::string_view key) const;
    /// What a country is called in this language; empty when that is not known.
    const std::string& country(std::string_view iso) const;
    const std::map<std::string, std::string, std::less<>>& countries() const { return countries_; }
    bool has(std::string_view key) const { return !variants(key).empty(); }
    const std::map<std::string, Variants, std::less<>>& all() const { return texts_; }

    const std::vector<CrisisText>& crisis_texts() const { return crisis_; }
    /// The text that fits best: by urgency, category, subject, and a minor's own where there is one.
    const CrisisText* crisis_text(Urgency urgency, Category category, Subject subject, bool minor) const;
    const DirectQuestion* question(std::string_view id) const;
    const std::map<std::string, DirectQuestion, std::less<>>& questions() const { return questions_; }

    const std::vector<Exercise>& exercises() const { return exercises_; }
    /// "morning", "afternoon", "evening", "night": which part of the day an hour, 0 to 23, belongs to. Empty when the language
    /// has no exercises.
    std::string part_of_day(int hour) const;
    const Exercise* exercise(std::string_view id) const;
    /// Whether listening is written in this language, or only the words for danger.
    bool listens() const { return has("reflect.plain"); }

private:
    std::string language_;
    std::string version_;
    std::map<std::string, Variants, std::less<>> texts_;
    std::map<std::string, std::string, std::less<>> countries_; ///< by ISO 3166 code
    std::vector<CrisisText> crisis_;
    std::map<std::string, DirectQuestion, std::less<>> questions_;
    std::vector<Exercise> exercises_;
    std::map<int, std::string> parts_of_day_; ///< by the hour from which each counts
};

} // namespace handrail::support
