#include "monitoring/design_calls.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "monitoring/screened_texts.h"

namespace handrail::monitoring {

namespace {

using Kind = DesignItem::Kind;

constexpr std::size_t most_calls = 3; ///< soon, today and now

bool can_be_given(const DesignItem& item, int answer)
{
    if (item.kind == Kind::Choice)
        return answer >= 1 && answer <= static_cast<int>(item.options.size());
    return item.step > 0 && answer >= item.lowest && answer <= item.highest && (answer - item.lowest) % item.step == 0;
}

/// The word of danger that stands in what is asked; empty when none does.
std::string danger_in(const DesignItem& item, const std::vector<std::string>& danger_words)
{
    std::string all;
    const auto add = [&](const LocalText& text) {
        for (const auto& [language, words] : text)
            all += lower_ascii(words) + "\n";
    };
    add(item.question);
    add(item.hint);
    for (const auto& option : item.options)
        add(option);
    const auto found = std::find_if(danger_words.begin(), danger_words.end(),
                                    [&](const auto& word) { return all.find(word) != std::string::npos; });
    return found == danger_words.end() ? std::string() : *found;
}

/// What was answered to the item, as the numbers that calls name.
std::vector<int> answered(const DesignItem& item, const CheckInAnswers& answers)
{
    std::vector<int> out;
    if (const auto one = answers.value(item.id))
        out.push_back(*one);
    if (const auto many = answers.many.find(item.id); many != answers.many.end())
        for (std::size_t i = 0; i < item.options.size(); ++i)
            if (std::find(many->second.begin(), many->second.end(), std::to_string(i + 1)) != many->second.end())
                out.push_back(static_cast<int>(i) + 1);
    return out;
}

} // namespace

std::vector<FieldProblem> problems_of_calls(const CheckInDesign& design, const std::vector<std::string>& danger_words)
{
    std::vector<FieldProblem> out;
    for (std::size_t i = 0; i < design.items.size(); ++i) {
        const auto& item = design.items[i];
        const auto where = "/items/" + std::to_string(i) + "/calls";
        const auto say = [&](const std::string& what) {
            out.push_back({where, "Item " + std::to_string(i + 1) + " (" + item.id + "): " + what});
        };
        if (item.kind == Kind::Text) {
            if (!item.calls.empty())
                say("Free text is read by the screening, whatever it says. Leave out what it calls for.");
            continue;
        }
        if (item.calls.size() > most_calls)
            say("Name at most three: for soon, for today and for now.");
        std::set<int> named;
        for (const auto& call : item.calls) {
            if (call.answers.empty())
                say("Name the answers that call for a human.");
            for (const auto answer : call.answers) {
                if (!can_be_given(item, answer))
                    say("Nobody can answer " + std::to_string(answer) +
                        (item.kind == Kind::Choice ? ". Options are counted from 1." : ". It is not on the scale."));
                else if (!named.insert(answer).second)
                    say("The answer " + std::to_string(answer) + " is named twice. It calls for one thing.");
            }
            if (call.urgency != Urgency::Soon && call.urgency != Urgency::Today && call.urgency != Urgency::Now)
                say("Say how soon: soon, today or now.");
            if (call.category == Category::None)
                say("Say what it is about, so that the person gets the words and lines that fit.");
        }
        if (const auto word = danger_in(item, danger_words); !word.empty() && item.calls.empty() && !item.no_danger)
            say("This seems to ask about danger (\"" + word +
                "\"). Say which answers need a human, how soon and what they are about; ask it as free text, which is screened; or "
                "say that it asks about none.");
    }
    return out;
}

std::vector<Finding> called_for(const CheckInDesign& design, const CheckInAnswers& answers)
{
    std::vector<Finding> out;
    const auto said = told(design, encoded(answers), {});
    for (const auto& item : design.items) {
        const auto given = answered(item, answers);
        const DesignItem::Call* gravest = nullptr;
        for (const auto& call : item.calls)
            if (std::any_of(given.begin(), given.end(), [&](int answer) {
                    return std::find(call.answers.begin(), call.answers.end(), answer) != call.answers.end();
                }))
                gravest = gravest == nullptr || need(call.urgency) > need(gravest->urgency) ? &call : gravest;
        if (gravest == nullptr)
            continue;
        Finding finding;
        finding.urgency = gravest->urgency;
        finding.category = gravest->category;
        finding.categories = {gravest->category};
        const bool of_another = design.asks == CheckInDesign::Asks::Informant || gravest->category == Category::HarmToOthers;
        finding.subject = of_another ? Subject::Other : Subject::Self;
        finding.why = "The service set that this answer to its check-in needs a human: item " + item.id + ".";
        Evidence evidence;
        const auto& question = in_language(item.question, design.language_for({}));
        const auto line = std::find_if(said.begin(), said.end(), [&](const auto& each) { return each.first == question; });
        evidence.text = question + ": " + (line == said.end() ? std::string() : line->second);
        evidence.end = code_points(evidence.text);
        evidence.rule = "check_in:" + item.id;
        evidence.source = "handrail-own-check-in";
        finding.evidence.push_back(std::move(evidence));
        out.push_back(std::move(finding));
    }
    gravest_first(out);
    return out;
}

void add_called_for(std::vector<Finding>& found, const CheckInDesign& design, const CheckInAnswers& answers)
{
    for (auto& each : called_for(design, answers))
        found.push_back(std::move(each));
    gravest_first(found);
}

Fields encoded(const DesignItem::Call& call)
{
    Fields out{{"urgency", name(call.urgency)}, {"category", name(call.category)}};
    for (const auto answer : call.answers)
        out.add("answer", answer);
    return out;
}

DesignItem::Call call_in(const Fields& body)
{
    DesignItem::Call call;
    // What cannot be read asks for a human the same day: a service set that somebody looks.
    call.urgency = urgency_from(body.text("urgency")).value_or(Urgency::Today);
    call.category = category_from(body.text("category")).value_or(Category::Suicide);
    for (const auto& answer : body.texts("answer")) {
        Fields one{{"answer", answer}};
        call.answers.push_back(static_cast<int>(one.number("answer")));
    }
    return call;
}

} // namespace handrail::monitoring
