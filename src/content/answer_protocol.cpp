#include "content/answer_protocol.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include "content/instrument_scoring.h"

namespace handrail::content {

namespace {

Urgency read_urgency(const Node& node)
{
    const auto read = urgency_from(node.text());
    if (!read)
        node.wrong("expected usual, soon, today, now or unknown");
    return read.value_or(Urgency::Unknown);
}

AnswerLine read_line(const Node& node, const Instruments& instruments)
{
    AnswerLine line;
    line.id = node["id"].text();
    line.flag = node["flag"].text_or("");
    line.result = node["result"].text_or("");
    if (line.flag.empty() == line.result.empty())
        node.wrong("expected one of flag and result");
    line.instrument = node["instrument"].text_or("");
    const Instrument* instrument = line.instrument.empty() ? nullptr : instruments.find(line.instrument);
    if (!line.instrument.empty() && instrument == nullptr)
        node["instrument"].wrong("names an instrument that is not there: " + line.instrument);
    if (node["when"].there()) {
        if (instrument == nullptr)
            node["when"].wrong("needs an instrument");
        else
            line.when = read_condition(node["when"], *instrument);
    }
    line.asks_further = node["asks_further"].truth_or(false);
    line.graded = node["graded"].truth_or(false);
    line.urgency = read_urgency(node["urgency"]);
    line.otherwise = line.graded ? read_urgency(node["otherwise"]) : line.urgency;
    const auto category = category_from(node["category"].text());
    const auto subject = subject_from(node["subject"].text());
    const auto time = when_from(node["time"].text());
    if (!category)
        node["category"].wrong("is no category");
    if (!subject)
        node["subject"].wrong("expected self, other, dependent or none");
    if (!time)
        node["time"].wrong("expected now, planned, ongoing, past or none");
    line.category = category.value_or(Category::None);
    line.subject = subject.value_or(Subject::None);
    line.time = time.value_or(When::None);
    line.why = node["why"].text();
    line.source = node["source"].text();
    return line;
}

constexpr std::string_view age_bands[] = {"under_13", "13_17", "18_25", "26_64", "65_plus"};

} // namespace

Result<AnswerProtocol> load_answer_protocol(const std::filesystem::path& content_folder, const Instruments& instruments)
{
    const std::string name = "protocols/answers.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.answer-protocol/1")
        root["schema"].wrong("expected handrail.answer-protocol/1");
    AnswerProtocol protocol;
    protocol.version = root["version"].text();
    protocol.graded_today_at = root["graded_today_at"]["value"].whole();
    protocol.known_and_planned_days = root["known_and_planned_days"]["value"].whole();
    if (protocol.known_and_planned_days < 0 || protocol.known_and_planned_days > 28)
        root["known_and_planned_days"]["value"].wrong("expected 0 to 28 days");
    protocol.follow_up_hours = root["follow_up_hours"]["value"].whole();
    if (protocol.follow_up_hours < 1 || protocol.follow_up_hours > 48)
        root["follow_up_hours"]["value"].wrong("expected 1 to 48 hours");
    for (const auto& node : root["follow_up"].elements()) {
        FollowUpScreener screener;
        screener.instrument = node["instrument"].text();
        screener.positive_results = node["positive_results"].texts();
        if (const Instrument* instrument = instruments.find(screener.instrument))
            screener.positive_when = read_condition(node["positive_when"], *instrument);
        else
            node["instrument"].wrong("names an instrument that is not there: " + screener.instrument);
        for (const auto& band : node["offered_to"].elements()) {
            screener.offered_to.push_back(band.text());
            if (std::find(std::begin(age_bands), std::end(age_bands), screener.offered_to.back()) == std::end(age_bands))
                band.wrong("is no band of age");
        }
        screener.says_stem = node["says_stem"].truth_or(true);
        protocol.follow_up.push_back(std::move(screener));
    }
    for (const auto& node : root["lines"].elements())
        protocol.lines.push_back(read_line(node, instruments));
    const std::pair<const char*, FlagLevel> levels[] = {
        {"critical", FlagLevel::Critical}, {"review", FlagLevel::Review}, {"info", FlagLevel::Info}};
    for (const auto& [level_name, level] : levels) {
        const auto node = root["levels"][level_name];
        protocol.levels[level] = {read_urgency(node["urgency"]), node["source"].text()};
    }
    const auto worse = root["reliably_worse"];
    protocol.reliably_worse = read_urgency(worse["urgency"]);
    protocol.reliably_worse_why = worse["why"].text();
    protocol.reliably_worse_source = worse["source"].text();
    if (protocol.reliably_worse == Urgency::Now)
        worse["urgency"].wrong("a total alone never calls for now");
    if (!document.sound())
        return document.error();
    return protocol;
}

} // namespace handrail::content
