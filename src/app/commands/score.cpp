#include "app/commands/score.h"

#include <boost/json.hpp>

#include <istream>
#include <limits>
#include <ostream>

#include "app/commands/json_lines.h"
#include "app/commands/json_text.h"
#include "base/text.h"

namespace handrail::app {

namespace {

namespace json = boost::json;
using monitoring::AnswerContext;
using monitoring::GivenAnswer;
using monitoring::GivenAnswers;

GivenAnswer given(const json::value& value)
{
    using Kind = GivenAnswer::Kind;
    if (value.is_null())
        return {Kind::Unanswered, 0};
    if (value.is_int64())
        return {Kind::Whole, value.get_int64()};
    if (value.is_uint64())
        return {Kind::Whole, std::numeric_limits<std::int64_t>::max()};
    // A whole number too long for 64 bits arrives as a double: it is out of range, not badly written.
    if (value.is_double() && (value.get_double() >= 1.8e19 || value.get_double() <= -9.2e18))
        return {Kind::Whole, value.get_double() > 0 ? std::numeric_limits<std::int64_t>::max()
                                                    : std::numeric_limits<std::int64_t>::min()};
    return {Kind::NotWhole, 0};
}

AnswerContext context_from(const json::object& object)
{
    AnswerContext out;
    for (const auto& [key, value] : object) {
        if (key == "refused" && value.is_array()) {
            for (const auto& item : value.get_array())
                if (item.is_string())
                    out.refused.emplace_back(item.get_string());
        } else if (value.is_bool()) {
            out.values.emplace(key, value.get_bool());
        } else if (value.is_string()) {
            out.values.emplace(key, std::string(value.get_string()));
        } else if (value.is_number()) {
            out.values.emplace(key, value.to_number<double>());
        }
    }
    return out;
}

template <class List, class Write> std::string joined(const List& list, Write write)
{
    std::string out;
    for (const auto& each : list)
        out += (out.empty() ? "" : ",") + write(each);
    return out;
}

} // namespace

std::string score_json(std::string_view id_json, const monitoring::ScoringResult& result)
{
    std::string out = "{\"id\":" + std::string(id_json);
    out += ",\"status\":" + json_quoted(monitoring::name(result.status));
    out +=
        ",\"scores\":{" +
        joined(result.scores,
               [](const auto& each) { return json_quoted(each.score) + ":" + json_number(each.value, each.whole); }) +
        "}";
    if (!result.exact.empty())
        out += ",\"scores_exact\":{" +
               joined(result.exact,
                      [](const auto& each) { return json_quoted(each.first) + ":" + json_number(each.second); }) +
               "}";
    out += ",\"bands\":{" +
           joined(result.bands,
                  [](const auto& each) { return json_quoted(each.first) + ":" + json_quoted(each.second); }) +
           "}";
    out += std::string(",\"prorated\":") + (result.prorated ? "true" : "false");
    out += ",\"flags\":[" + joined(result.flags, [](const auto& each) { return json_quoted(each); }) + "]";
    out += ",\"errors\":[" +
           joined(result.errors,
                  [](const auto& each) {
                      return "{\"code\":" + json_quoted(each.code) + ",\"item\":" + json_quoted(each.item) + "}";
                  }) +
           "]";
    if (result.status == monitoring::ScoringStatus::Incomplete)
        out += ",\"missing\":[" + joined(result.missing, [](const auto& each) { return json_quoted(each); }) + "]";
    if (result.has_result)
        out += ",\"result\":" + (result.result ? json_quoted(*result.result) : "null");
    if (result.has_profile)
        out += ",\"profile\":" + (result.profile ? json_quoted(*result.profile) : "null");
    return out + "}";
}

LineAnswer score_line(const content::Instruments& instruments, std::string_view otherwise, std::string_view line,
                      std::size_t number)
{
    const auto unread = [&](const std::string& id, const std::string& why) {
        return LineAnswer{json_error_line(id, number, why), false};
    };
    if (!valid_utf8(line))
        return unread("null", "the line is not well-formed UTF-8");
    json::error_code error;
    const json::value parsed = json::parse({line.data(), line.size()}, error);
    if (error)
        return unread("null", "not JSON: " + error.message());
    const auto* object = parsed.if_object();
    if (object == nullptr)
        return unread("null",
                      "expected an object with id, answers and, if none is named on the command line, instrument");
    const std::string id = written_id(line);

    const auto* named = object->if_contains("instrument");
    if (named != nullptr && !named->is_null() && !named->is_string())
        return unread(id, "instrument must be text, such as \"phq-9\"");
    const std::string wanted =
        named != nullptr && named->is_string() ? std::string(named->get_string()) : std::string(otherwise);
    if (wanted.empty())
        return unread(id, "no instrument: name one in the line or on the command line");
    const Instrument* instrument = instruments.find(wanted);
    if (instrument == nullptr)
        return unread(id, "unknown instrument: " + wanted);

    const auto* answers = object->if_contains("answers");
    if (answers == nullptr || !answers->is_object())
        return unread(id, "answers must be an object of item and value");
    GivenAnswers all;
    for (const auto& [item, value] : answers->get_object())
        all.insert_or_assign(std::string(item), given(value));

    AnswerContext context;
    if (const auto* given_context = object->if_contains("context");
        given_context != nullptr && !given_context->is_null()) {
        if (!given_context->is_object())
            return unread(id, "context must be an object");
        context = context_from(given_context->get_object());
    }
    return {score_json(id, monitoring::score(*instrument, all, context)), true};
}

int run_score(const content::Instruments& instruments, std::string_view instrument, std::istream& in, std::ostream& out,
              std::ostream& errors)
{
    if (!instrument.empty() && instruments.find(instrument) == nullptr) {
        errors << "handrail score: unknown instrument " << instrument << ". Known:";
        for (const auto& [id, each] : instruments.all())
            errors << ' ' << id;
        errors << '\n';
        return 2;
    }
    bool all_read = true;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (number == 1)
            skip_byte_order_mark(line);
        if (trimmed(line).empty())
            continue;
        const auto answer = score_line(instruments, instrument, line, number);
        all_read = all_read && answer.read;
        out << answer.text << std::endl; // flushed: a caller may wait for each line
    }
    return all_read ? 0 : 1;
}

} // namespace handrail::app
