#include "domain/urgency.h"

#include <array>
#include <cstddef>
#include <utility>

namespace handrail {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<Urgency, 5> urgencies{{{Urgency::Usual, "usual"},
                                       {Urgency::Soon, "soon"},
                                       {Urgency::Today, "today"},
                                       {Urgency::Now, "now"},
                                       {Urgency::Unknown, "unknown"}}};
constexpr Names<Category, 10> categories{{{Category::None, "none"},
                                          {Category::Suicide, "suicide"},
                                          {Category::SelfHarm, "self_harm"},
                                          {Category::HarmToOthers, "harm_to_others"},
                                          {Category::Abuse, "abuse"},
                                          {Category::Psychosis, "psychosis"},
                                          {Category::Mania, "mania"},
                                          {Category::EatingDisorder, "eating_disorder"},
                                          {Category::Substance, "substance"},
                                          {Category::MedicalEmergency, "medical_emergency"}}};
constexpr Names<Subject, 4> subjects{{{Subject::None, "none"},
                                      {Subject::Self, "self"},
                                      {Subject::Other, "other"},
                                      {Subject::Dependent, "dependent"}}};
constexpr Names<When, 5> whens{{{When::None, "none"},
                                {When::Now, "now"},
                                {When::Planned, "planned"},
                                {When::Ongoing, "ongoing"},
                                {When::Past, "past"}}};

template <class Enum, std::size_t N>
std::string_view name_in(const Names<Enum, N>& names, Enum value)
{
    for (const auto& [each, text] : names)
        if (each == value)
            return text;
    return "";
}

template <class Enum, std::size_t N>
std::optional<Enum> value_in(const Names<Enum, N>& names, std::string_view text)
{
    for (const auto& [each, written] : names)
        if (written == text)
            return each;
    return std::nullopt;
}

} // namespace

int need(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Now:
        return 4;
    case Urgency::Today:
        return 3;
    case Urgency::Unknown:
        return 2;
    case Urgency::Soon:
        return 1;
    case Urgency::Usual:
        break;
    }
    return 0;
}

Urgency sooner(Urgency a, Urgency b) { return need(a) >= need(b) ? a : b; }
bool raises_alert(Urgency urgency) { return need(urgency) >= need(Urgency::Unknown); }

std::string_view name(Urgency urgency) { return name_in(urgencies, urgency); }
std::string_view name(Category category) { return name_in(categories, category); }
std::string_view name(Subject subject) { return name_in(subjects, subject); }
std::string_view name(When when) { return name_in(whens, when); }
std::optional<Urgency> urgency_from(std::string_view name) { return value_in(urgencies, name); }
std::optional<Category> category_from(std::string_view name) { return value_in(categories, name); }
std::optional<Subject> subject_from(std::string_view name) { return value_in(subjects, name); }
std::optional<When> when_from(std::string_view name) { return value_in(whens, name); }

} // namespace handrail
