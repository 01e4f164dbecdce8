#include "content/first_assessment.h"

#include <array>
#include <set>

#include "content/check_in_groups.h"
#include "content/instrument_scoring.h"

namespace handrail::content {

namespace {

constexpr std::array<std::string_view, 5> languages{"en", "es", "fr", "de", "pt"};

void whole(const LocalText& text, const Node& node)
{
    for (const auto language : languages)
        if (const auto found = text.find(language); found == text.end() || found->second.empty())
            node.wrong("has no words in " + std::string(language));
}

void whole(const CheckInGroup& group, const Node& node)
{
    whole(group.question, node["question"]);
    if (!group.hint.empty())
        whole(group.hint, node["hint"]);
    if (!group.below.empty())
        whole(group.below, node["below"]);
    const auto choices = node["choices"].elements();
    for (std::size_t i = 0; i < group.choices.size() && i < choices.size(); ++i)
        whole(group.choices[i].text, choices[i]["text"]);
}

/// What conditions may look at of a question. Free text is for people and for screening, not for conditions.
void add_items(Instrument& items, const CheckInGroup& group)
{
    const auto add = [&](std::string id) {
        InstrumentItem item;
        item.id = std::move(id);
        items.items.push_back(std::move(item));
    };
    if (group.kind == CheckInGroup::Kind::One)
        add(group.id);
    if (group.kind == CheckInGroup::Kind::Many)
        for (const auto& choice : group.choices)
            add(group.id + "." + choice.id);
}

FirstAssessment::Question read_question(const Node& node, FirstAssessment& form)
{
    FirstAssessment::Question question;
    question.asks = read_group(node);
    whole(question.asks, node);
    question.section = node["section"].text();
    question.needed = node["needed"].truth_or(false);
    // Read before its own items are there: it can only look back.
    if (node["asked_when"].there())
        question.asked_when = read_condition(node["asked_when"], form.items);
    if (question.needed && question.asked_when)
        node["needed"].wrong("cannot be of a question that is not always asked");
    if (question.needed && question.asks.kind != CheckInGroup::Kind::One)
        node["needed"].wrong("can only be of a question with one choice: \"rather not say\" has to be one");
    if (form.question(question.asks.id) != nullptr)
        node["id"].wrong("the question " + question.asks.id + " stands twice");
    add_items(form.items, question.asks);
    return question;
}

template <class Read> auto one_of(const Node& node, Read read, const char* expected)
{
    const auto value = read(node.text());
    if (!value)
        node.wrong(expected);
    return value;
}

FigureMark read_mark(const Node& node)
{
    const auto mark = node.text();
    if (mark == "V")
        return FigureMark::Verified;
    if (mark == "S")
        return FigureMark::SecondHand;
    if (mark == "house")
        return FigureMark::House;
    node.wrong(mark == "U" ? "nobody verified this rule: read its source, or take it out" : "expected V, S or house");
    return FigureMark::Unverified;
}

FirstAssessment::Rule read_rule(const Node& node, const Instrument& items)
{
    FirstAssessment::Rule rule;
    rule.id = node["id"].text();
    rule.when = read_condition(node["when"], items);
    rule.urgency = one_of(node["urgency"], urgency_from, "expected soon, today, now or unknown").value_or(Urgency::Unknown);
    if (rule.urgency == Urgency::Usual)
        node["urgency"].wrong("no answer makes anything less urgent");
    rule.category = one_of(node["category"], category_from, "expected a category of danger").value_or(Category::None);
    rule.subject = one_of(node["subject"], subject_from, "expected self, other, dependent or none").value_or(Subject::Self);
    rule.time = one_of(node["time"], when_from, "expected now, planned, ongoing, past or none").value_or(When::None);
    rule.why = node["why"].text();
    rule.source = node["source"].text();
    rule.mark = read_mark(node["mark"]);
    return rule;
}

FirstAssessment::Fit read_fit(const Node& node, const Instrument& items, const Instruments& instruments)
{
    FirstAssessment::Fit fit{node["instrument"].text(), read_condition(node["when"], items), node["why"].text(),
                             node["source"].text()};
    if (instruments.find(fit.instrument) == nullptr)
        node["instrument"].wrong("there is no instrument " + fit.instrument);
    return fit;
}

int read_days(const Node& node, int most)
{
    const int days = node["value"].whole();
    if (days < 1 || days > most)
        node["value"].wrong("expected 1 to " + std::to_string(most) + " days");
    node["source"].text();
    return days;
}

} // namespace

Result<FirstAssessment> load_first_assessment(const std::filesystem::path& content_folder, const Instruments& instruments)
{
    const std::string name = "first_assessment/form.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.first-assessment/1")
        root["schema"].wrong("expected handrail.first-assessment/1");
    FirstAssessment form;
    form.id = root["id"].text();
    form.version = root["version"].text();
    form.about = read_local(root["about"], true);
    whole(form.about, root["about"]);
    form.read_within_days = read_days(root["read_within_working_days"], 10);
    form.answered_lately_days = read_days(root["answered_lately_days"], 90);
    for (const auto& node : root["questions"].elements()) {
        auto question = read_question(node, form);
        form.questions.push_back(std::move(question));
    }
    std::set<std::string> ids;
    for (const auto& node : root["rules"].elements()) {
        form.rules.push_back(read_rule(node, form.items));
        if (!ids.insert(form.rules.back().id).second)
            node["id"].wrong("the rule " + form.rules.back().id + " stands twice");
    }
    for (const auto& node : root["instruments"].elements())
        form.fits.push_back(read_fit(node, form.items, instruments));
    if (std::none_of(form.questions.begin(), form.questions.end(), [](const auto& each) { return each.needed; }))
        root["questions"].wrong("none is needed: the question about safety has to be one that is answered");
    if (!document.sound())
        return document.error();
    return form;
}

} // namespace handrail::content
