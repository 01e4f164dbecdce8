#include "monitoring/first_assessment.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "monitoring/scoring_conditions.h"

namespace handrail::monitoring {

namespace {

using Kind = CheckInGroup::Kind;

/// What conditions see: nothing of a question that is left open or not asked. Questions are gone through in their order, so
/// that one which depends on another that is not asked is not asked either.
struct Seen {
    std::vector<std::optional<int>> values;
    AnswerContext context;

    bool meets(const Condition& condition) const { return holds(condition, Known{values, {}, context, {}}); }
};

void see(const FirstAssessment& form, const CheckInGroup& group, const CheckInAnswers& answers, Seen& seen)
{
    if (group.kind == Kind::One) {
        seen.values[*form.items.item(group.id)] = answers.value(group.id);
        return;
    }
    const auto given = answers.many.find(group.id);
    if (group.kind != Kind::Many || given == answers.many.end())
        return;
    for (const auto& choice : group.choices) {
        const bool ticked = std::find(given->second.begin(), given->second.end(), choice.id) != given->second.end();
        seen.values[*form.items.item(group.id + "." + choice.id)] = ticked ? 1 : 0;
    }
}

/// @param until  only what stands before this question; null: all of it
Seen seen_in(const FirstAssessment& form, const CheckInAnswers& answers, bool minor, const FirstAssessment::Question* until)
{
    Seen seen;
    seen.values.resize(form.items.items.size());
    seen.context.values["minor"] = minor;
    for (const auto& question : form.questions) {
        if (&question == until)
            break;
        if (!question.asked_when || seen.meets(*question.asked_when))
            see(form, question.asks, answers, seen);
    }
    return seen;
}

void collect_items(const Condition& condition, std::vector<std::size_t>& out)
{
    out.insert(out.end(), condition.items.begin(), condition.items.end());
    for (const auto& part : condition.parts)
        collect_items(part, out);
}

/// The answer that met a rule, in English: evidence for a clinician.
std::string words_of(const FirstAssessment& form, const FirstAssessment::Rule& rule, const Seen& seen)
{
    std::vector<std::size_t> places;
    collect_items(rule.when, places);
    for (const auto place : places) {
        const auto& id = form.items.items.at(place).id;
        if (!seen.values.at(place))
            continue;
        const auto dot = id.find('.');
        const auto* question = form.question(id.substr(0, dot));
        const auto* choice = question == nullptr          ? nullptr
                             : dot == std::string::npos ? question->asks.choice(*seen.values[place])
                                                        : question->asks.choice(std::string_view(id).substr(dot + 1));
        if (choice != nullptr)
            return in_language(choice->text, "en");
    }
    return {};
}

struct Ages {
    std::string_view band;
    int lowest;
    int highest;
};
constexpr std::array<Ages, 5> ages{
    {{"under_13", 0, 12}, {"13_17", 13, 17}, {"18_25", 18, 25}, {"26_64", 26, 64}, {"65_plus", 65, 200}}};

int number_in(const std::string& text)
{
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

} // namespace

CheckInForm form_of(const FirstAssessment& form)
{
    CheckInForm out;
    out.id = form.id;
    out.version = form.version;
    out.about = form.about;
    for (const auto& question : form.questions)
        out.groups.push_back(question.asks);
    return out;
}

bool is_asked(const FirstAssessment& form, const FirstAssessment::Question& question, const CheckInAnswers& answers)
{
    return !question.asked_when || seen_in(form, answers, false, &question).meets(*question.asked_when);
}

std::vector<const FirstAssessment::Rule*> holding(const FirstAssessment& form, const CheckInAnswers& answers, bool minor)
{
    const auto seen = seen_in(form, answers, minor, nullptr);
    std::vector<const FirstAssessment::Rule*> all;
    for (const auto& rule : form.rules)
        if (seen.meets(rule.when))
            all.push_back(&rule);
    return all;
}

Finding judge_first(const FirstAssessment& form, const CheckInAnswers& before, const CheckInAnswers& after, bool minor)
{
    const auto held = holding(form, before, minor);
    auto rules = holding(form, after, minor);
    std::erase_if(rules, [&](const auto* rule) { return std::find(held.begin(), held.end(), rule) != held.end(); });
    std::stable_sort(rules.begin(), rules.end(),
                     [](const auto* a, const auto* b) { return need(a->urgency) > need(b->urgency); });
    Finding finding;
    finding.versions["first_assessment"] = form.version;
    if (rules.empty()) {
        finding.why = "Nothing in this answer calls for more than the usual.";
        return finding;
    }
    const auto seen = seen_in(form, after, minor, nullptr);
    for (const auto* rule : rules) {
        finding.urgency = sooner(finding.urgency, rule->urgency);
        if (rule->category != Category::None &&
            std::find(finding.categories.begin(), finding.categories.end(), rule->category) == finding.categories.end())
            finding.categories.push_back(rule->category);
        Evidence evidence;
        evidence.text = words_of(form, *rule, seen);
        evidence.end = code_points(evidence.text);
        evidence.rule = "first-assessment:" + rule->id;
        evidence.source = rule->source;
        finding.evidence.push_back(std::move(evidence));
    }
    finding.category = rules.front()->category;
    finding.subject = rules.front()->subject;
    finding.time = rules.front()->time;
    finding.why = "First assessment: " + rules.front()->why;
    return finding;
}

std::vector<const FirstAssessment::Fit*> fitting(const FirstAssessment& form, const CheckInAnswers& answers)
{
    const auto seen = seen_in(form, answers, false, nullptr);
    std::vector<const FirstAssessment::Fit*> all;
    for (const auto& fit : form.fits)
        if (seen.meets(fit.when))
            all.push_back(&fit);
    return all;
}

const FirstAssessment::Question* still_needed(const FirstAssessment& form, const CheckInAnswers& answers)
{
    for (const auto& question : form.questions)
        if (question.needed && !answers.value(question.asks.id))
            return &question;
    return nullptr;
}

bool is_minor(std::string_view age_band) { return age_band == "under_13" || age_band == "13_17"; }

bool is_for(const Instrument& instrument, std::string_view age_band)
{
    return std::any_of(ages.begin(), ages.end(), [&](const auto& each) {
        return each.band == age_band && instrument.age_lowest <= each.lowest &&
               (!instrument.age_highest || each.highest <= *instrument.age_highest);
    });
}

AnsweredQuestion answered_question(const FirstAssessment::Question& question, const CheckInAnswers& answers,
                                   const std::string& language, int version)
{
    const auto& asks = question.asks;
    AnsweredQuestion out;
    out.question = asks.id;
    out.section = question.section;
    out.asked = in_language(asks.question, language);
    out.asked_english = in_language(asks.question, "en");
    out.changed = version;
    const auto choose = [&](const CheckInChoice* choice, std::string value) {
        if (choice == nullptr)
            return;
        out.values.push_back(std::move(value));
        out.said += (out.said.empty() ? "" : ". ") + in_language(choice->text, language);
        out.said_english += (out.said_english.empty() ? "" : ". ") + in_language(choice->text, "en");
    };
    if (const auto value = answers.value(asks.id))
        choose(asks.choice(*value), std::to_string(*value));
    if (const auto many = answers.many.find(asks.id); many != answers.many.end())
        for (const auto& each : many->second)
            choose(asks.choice(std::string_view(each)), each);
    if (const auto text = answers.text.find(asks.id); text != answers.text.end()) {
        out.words = true;
        out.said = text->second.reveal();
    }
    return out;
}

Fields encoded(const AnsweredQuestion& answered)
{
    Fields out{{"question", answered.question}, {"section", answered.section},
               {"asked", answered.asked},       {"said", answered.said},
               {"asked_english", answered.asked_english}, {"said_english", answered.said_english}};
    for (const auto& value : answered.values)
        out.add("value", value);
    return out.add("changed", answered.changed).add("words", answered.words ? 1 : 0);
}

AnsweredQuestion answered_question_in(const Fields& body)
{
    AnsweredQuestion out;
    out.question = body.text("question");
    out.section = body.text("section");
    out.asked = body.text("asked");
    out.said = body.text("said");
    out.asked_english = body.text("asked_english");
    out.said_english = body.text("said_english");
    out.values = body.texts("value");
    out.changed = static_cast<int>(body.number("changed"));
    out.words = body.number("words") != 0;
    return out;
}

CheckInAnswers answers_in(const FirstAssessment& form, const std::vector<AnsweredQuestion>& answered)
{
    CheckInAnswers out;
    for (const auto& each : answered) {
        const auto* question = form.question(each.question);
        if (question == nullptr)
            continue;
        const auto& asks = question->asks;
        if (asks.kind == Kind::Text && each.words)
            out.text[asks.id] = Confidential(each.said);
        if (asks.kind == Kind::One && !each.values.empty())
            if (const int value = number_in(each.values.front()); asks.choice(value) != nullptr)
                out.one[asks.id] = value;
        if (asks.kind == Kind::Many && !each.values.empty())
            out.many[asks.id] = each.values;
    }
    return out;
}

bool same_answer(const CheckInAnswers& one, const CheckInAnswers& other, std::string_view question)
{
    const auto text_of = [&](const CheckInAnswers& answers) {
        const auto found = answers.text.find(question);
        return found == answers.text.end() ? std::string{} : found->second.reveal();
    };
    const auto many_of = [&](const CheckInAnswers& answers) {
        const auto found = answers.many.find(question);
        return found == answers.many.end() ? std::vector<std::string>{} : found->second;
    };
    return one.value(question) == other.value(question) && many_of(one) == many_of(other) && text_of(one) == text_of(other);
}

} // namespace handrail::monitoring
