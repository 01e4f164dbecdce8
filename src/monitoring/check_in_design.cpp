#include "monitoring/check_in_design.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "monitoring/design_calls.h"

namespace handrail::monitoring {

namespace {

using Kind = DesignItem::Kind;
using Worse = DesignItem::Worse;

constexpr std::string_view own = "own-";

constexpr std::array<std::pair<Kind, std::string_view>, 3> kinds{
    {{Kind::Scale, "scale"}, {Kind::Choice, "choice"}, {Kind::Text, "text"}}};
constexpr std::array<std::pair<Worse, std::string_view>, 3> directions{
    {{Worse::Neither, ""}, {Worse::Up, "up"}, {Worse::Down, "down"}}};

Fields encoded(const LocalText& text)
{
    Fields out;
    for (const auto& [language, words] : text)
        out.add(language, words);
    return out;
}

LocalText local_in(const Fields& body)
{
    LocalText out;
    for (const auto& [language, words] : body.all())
        out[language] = words;
    return out;
}

/// The one text under a name, in its languages; empty when it is not there.
LocalText local_in(const Fields& body, std::string_view name)
{
    const auto found = body.inner(name);
    return found.empty() ? LocalText{} : local_in(found.front());
}

Fields encoded(const DesignItem& item)
{
    Fields out{{"id", item.id}, {"kind", name(item.kind)}};
    out.add("question", encoded(item.question));
    if (!item.hint.empty())
        out.add("hint", encoded(item.hint));
    switch (item.kind) {
    case Kind::Scale:
        out.add("lowest", item.lowest).add("highest", item.highest).add("step", item.step);
        out.add("at_lowest", encoded(item.at_lowest)).add("at_highest", encoded(item.at_highest));
        out.add("worse", name(item.worse)).add("series", item.series ? 1 : 0);
        break;
    case Kind::Choice:
        out.add("several", item.several ? 1 : 0);
        for (const auto& option : item.options)
            out.add("option", encoded(option));
        break;
    case Kind::Text: out.add("longest", static_cast<std::int64_t>(item.longest)); break;
    }
    for (const auto& call : item.calls)
        out.add("call", encoded(call));
    if (item.no_danger)
        out.add("no_danger", 1);
    return out;
}

DesignItem item_in(const Fields& body)
{
    DesignItem item;
    item.id = body.text("id");
    for (const auto& [kind, written] : kinds)
        if (written == body.text("kind"))
            item.kind = kind;
    item.question = local_in(body, "question");
    item.hint = local_in(body, "hint");
    if (item.kind == Kind::Scale) {
        item.lowest = static_cast<int>(body.number("lowest"));
        item.highest = static_cast<int>(body.number("highest"));
        item.step = static_cast<int>(body.number("step"));
        item.at_lowest = local_in(body, "at_lowest");
        item.at_highest = local_in(body, "at_highest");
        for (const auto& [worse, written] : directions)
            if (written == body.text("worse"))
                item.worse = worse;
        item.series = body.number("series") != 0;
    }
    item.several = body.number("several") != 0;
    for (const auto& option : body.inner("option"))
        item.options.push_back(local_in(option));
    for (const auto& call : body.inner("call"))
        item.calls.push_back(call_in(call));
    item.no_danger = body.number("no_danger") != 0;
    if (item.kind == Kind::Text)
        item.longest = static_cast<std::size_t>(std::max<std::int64_t>(body.number("longest"), 0));
    return item;
}

bool can_be_shown(const DesignItem& item)
{
    constexpr int furthest = 1'000'000;
    if (item.id.empty() || item.question.empty())
        return false;
    return item.kind != Kind::Scale || (item.step > 0 && item.lowest >= -furthest && item.highest <= furthest &&
                                        item.lowest < item.highest && (item.highest - item.lowest) / item.step < 1000);
}

CheckInGroup group_of(const DesignItem& item)
{
    CheckInGroup group;
    group.id = item.id;
    group.question = item.question;
    group.hint = item.hint;
    group.better = item.worse == Worse::Up ? "down" : item.worse == Worse::Down ? "up" : "";
    switch (item.kind) {
    case Kind::Scale:
        for (int value = item.lowest; value <= item.highest; value += item.step) {
            CheckInChoice choice;
            choice.value = value;
            group.choices.push_back(std::move(choice));
        }
        break;
    case Kind::Choice:
        group.kind = item.several ? CheckInGroup::Kind::Many : CheckInGroup::Kind::One;
        for (std::size_t i = 0; i < item.options.size(); ++i) {
            CheckInChoice choice;
            choice.value = static_cast<int>(i) + 1;
            choice.id = std::to_string(choice.value);
            choice.text = item.options[i];
            group.choices.push_back(std::move(choice));
        }
        break;
    case Kind::Text:
        group.kind = CheckInGroup::Kind::Text;
        group.longest = item.longest;
        break;
    }
    return group;
}

/// "7 (0: none at all, 10: as much as can be)": a number says nothing without its ends.
std::string scale_words(const DesignItem& item, const std::string& value, const std::string& language)
{
    return value + " (" + std::to_string(item.lowest) + ": " + in_language(item.at_lowest, language) + ", " +
           std::to_string(item.highest) + ": " + in_language(item.at_highest, language) + ")";
}

std::string choice_words(const DesignItem& item, const std::vector<std::string>& chosen, const std::string& language)
{
    std::string out;
    for (std::size_t i = 0; i < item.options.size(); ++i)
        if (std::find(chosen.begin(), chosen.end(), std::to_string(i + 1)) != chosen.end())
            out += (out.empty() ? "" : ", ") + in_language(item.options[i], language);
    return out;
}

} // namespace

std::string_view name(Kind kind)
{
    for (const auto& [each, written] : kinds)
        if (each == kind)
            return written;
    return "";
}

std::string_view name(Worse worse)
{
    for (const auto& [each, written] : directions)
        if (each == worse)
            return written;
    return "";
}

std::string_view name(CheckInDesign::Asks asks) { return asks == CheckInDesign::Asks::Informant ? "informant" : "person"; }

const DesignItem* CheckInDesign::item(std::string_view wanted) const
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const auto& each) { return each.id == wanted; });
    return found == items.end() ? nullptr : &*found;
}

const std::string& CheckInDesign::language_for(std::string_view wanted) const
{
    static const std::string none;
    const auto found = std::find(languages.begin(), languages.end(), wanted.substr(0, wanted.find('-')));
    return found != languages.end() ? *found : languages.empty() ? none : languages.front();
}

bool CheckInDesign::kept_off_whatsapp() const
{
    return sensitive || std::any_of(items.begin(), items.end(), [](const auto& each) { return !each.calls.empty(); });
}

Fields encoded(const CheckInDesign& design)
{
    Fields out;
    for (const auto& language : design.languages)
        out.add("language", language);
    out.add("title", encoded(design.title));
    if (!design.about.empty())
        out.add("about", encoded(design.about));
    out.add("purpose", design.purpose);
    if (design.asks != CheckInDesign::Asks::Person) // every design before there was a choice
        out.add("asks", name(design.asks));
    if (design.sensitive)
        out.add("sensitive", 1);
    for (const auto& item : design.items)
        out.add("item", encoded(item));
    return out;
}

Result<CheckInDesign> design_in(const Fields& body)
{
    CheckInDesign design;
    design.languages = body.texts("language");
    design.title = local_in(body, "title");
    design.about = local_in(body, "about");
    design.purpose = body.text("purpose");
    design.sensitive = body.number("sensitive") != 0;
    design.asks = body.text("asks") == "informant" ? CheckInDesign::Asks::Informant : CheckInDesign::Asks::Person;
    for (const auto& item : body.inner("item"))
        design.items.push_back(item_in(item));
    // The rules of the day it was kept on stand in problems_of(), which may grow stricter; damage is what cannot be shown.
    if (design.languages.empty() || design.items.empty() || !std::all_of(design.items.begin(), design.items.end(), can_be_shown))
        return Error{ErrorKind::Invalid, "This check-in cannot be read.", "check-in design damaged", {}};
    return design;
}

std::string form_name(DesignId id) { return std::string(own) + id.text(); }

std::optional<DesignId> design_named(std::string_view form)
{
    if (!form.starts_with(own))
        return std::nullopt;
    const auto id = DesignId::from(form.substr(own.size()));
    return id.ok() ? std::optional{*id} : std::nullopt;
}

CheckInForm form_of(const CheckInDesign& design, DesignId id, int version)
{
    CheckInForm form;
    form.id = form_name(id);
    form.version = std::to_string(version);
    form.about = design.about;
    for (const auto& item : design.items)
        form.groups.push_back(group_of(item));
    return form;
}

Fields encoded(const CheckInAnswers& answers)
{
    Fields out;
    for (const auto& [group, value] : answers.one)
        out.add(group, value);
    for (const auto& [group, values] : answers.many)
        for (const auto& each : values)
            out.add(group, each);
    for (const auto& [group, words] : answers.text)
        out.add(group, words.reveal());
    return out;
}

std::vector<std::pair<std::string, std::string>> told(const CheckInDesign& design, const Fields& answers,
                                                      std::string_view language)
{
    const auto& shown = design.language_for(language);
    std::vector<std::pair<std::string, std::string>> out;
    for (const auto& item : design.items) {
        if (!answers.has(item.id))
            continue;
        const auto& first = answers.text(item.id);
        auto words = item.kind == Kind::Scale    ? scale_words(item, first, shown)
                     : item.kind == Kind::Choice ? choice_words(item, answers.texts(item.id), shown)
                                                 : first;
        out.emplace_back(in_language(item.question, shown), std::move(words));
    }
    return out;
}

std::vector<CourseValue> series_in(const CheckInDesign& design, const std::string& form, int version,
                                   const CheckInAnswers& answers, Instant at)
{
    std::vector<CourseValue> out;
    for (const auto& item : design.items)
        if (item.kind == Kind::Scale && item.series)
            if (const auto value = answers.value(item.id))
                out.push_back({at, form, item.id, version, item.worse, *value});
    return out;
}

} // namespace handrail::monitoring
