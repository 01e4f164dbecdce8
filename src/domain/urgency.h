#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace handrail {

/// How soon a human being is needed. Not a prediction of what a person will do (NICE NG225). Definitions that two people
/// apply alike are in docs/urgency.md. Unknown asks a human: it takes Today's timer.
enum class Urgency { Usual, Soon, Today, Now, Unknown };

enum class Category {
    None,
    Suicide,
    SelfHarm,
    HarmToOthers,
    Abuse,
    Psychosis,
    Mania,
    EatingDisorder,
    Substance,
    MedicalEmergency,
};
constexpr std::size_t category_count = static_cast<std::size_t>(Category::MedicalEmergency) + 1;

/// Who could be hurt.
enum class Subject { None, Self, Other, Dependent };
/// When: an act under way or means in hand is Now; going on over days is Ongoing.
enum class When { None, Now, Planned, Ongoing, Past };

/// Order of need: now, today, unknown, soon, usual. 4 is the most pressing.
int need(Urgency urgency);
/// The one that needs a human sooner.
Urgency sooner(Urgency a, Urgency b);
/// Whether an alert is raised (today, now, unknown); soon becomes a list entry with an owner and a due time.
bool raises_alert(Urgency urgency);

std::string_view name(Urgency urgency);   ///< "now"
std::string_view name(Category category); ///< "self_harm"
std::string_view name(Subject subject);
std::string_view name(When when);
std::optional<Urgency> urgency_from(std::string_view name);
std::optional<Category> category_from(std::string_view name);
std::optional<Subject> subject_from(std::string_view name);
std::optional<When> when_from(std::string_view name);

} // namespace handrail
