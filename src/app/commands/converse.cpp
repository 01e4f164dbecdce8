#include "app/commands/converse.h"

#include <chrono>
#include <istream>
#include <ostream>
#include <vector>

#include <boost/json.hpp>

#include "app/commands/finding_json.h"
#include "app/commands/json_text.h"
#include "base/text.h"

namespace handrail::app {
namespace {

namespace json = boost::json;

std::string id_as_given(const json::value* id)
{
    if (id == nullptr)
        return "null";
    return id->is_double() ? json_number(id->get_double()) : json::serialize(*id);
}

/// The text under a key; empty when absent or null. False when it is something else.
bool optional_text(const json::object& object, std::string_view key, std::string& out)
{
    const auto* value = object.if_contains(key);
    if (value == nullptr || value->is_null())
        return true;
    if (!value->is_string())
        return false;
    out = std::string(value->get_string());
    return true;
}

std::string reply_json(const support::Reply& reply, const std::vector<Finding>& findings)
{
    std::string out = "{\"text\":" + json_quoted(reply.text) + ",\"urgency\":" + json_quoted(name(reply.urgency)) +
                      ",\"category\":" + json_quoted(name(reply.category)) + ",\"moves\":[";
    for (std::size_t i = 0; i < reply.moves.size(); ++i)
        out += (i > 0 ? "," : "") + json_quoted(reply.moves[i]);
    out += "],\"findings\":[";
    for (std::size_t i = 0; i < findings.size(); ++i)
        out += std::string(i > 0 ? "," : "") + "{" + finding_members(findings[i]) + "}";
    out += "]";
    if (!reply.text_id.empty())
        out += ",\"text_id\":" + json_quoted(reply.text_id);
    return out + "}";
}

/// Converse has no wall clock, so that the same input gives the same bytes on any day.
constexpr Instant begins_at = Instant{std::chrono::hours{24 * 365 * 50}};

} // namespace

ConverseAnswer converse_line(const support::Dialogue& dialogue, const nlp::Screener& screener, std::string_view line,
                             std::size_t number)
{
    const auto unread = [&](const std::string& id, const std::string& why) {
        return ConverseAnswer{json_error_line(id, number, why), false};
    };
    if (!valid_utf8(line))
        return unread("null", "the line is not well-formed UTF-8");
    json::error_code failed;
    const auto parsed = json::parse({line.data(), line.size()}, failed);
    if (failed)
        return unread("null", "not JSON: " + failed.message());
    const auto* object = parsed.if_object();
    if (object == nullptr)
        return unread("null", "expected an object with id and turns");
    const auto id = id_as_given(object->if_contains("id"));

    support::Situation situation;
    std::string lang;
    if (!optional_text(*object, "lang", lang))
        return unread(id, "lang must be text, such as \"en\"");
    if (!optional_text(*object, "region", situation.region))
        return unread(id, "region must be an ISO 3166 country code, such as \"IE\"");
    if (!optional_text(*object, "age_band", situation.age_band))
        return unread(id, "age_band must be text, such as \"26_64\"");
    if (const auto& band = situation.age_band; !band.empty() && band != "under_13" && band != "13_17" &&
                                               band != "18_25" && band != "26_64" && band != "65_plus")
        return unread(id, "age_band must be one of under_13, 13_17, 18_25, 26_64, 65_plus");
    if (!lang.empty())
        situation.language = lower_ascii(lang.substr(0, lang.find('-')));
    const auto* turns = object->if_contains("turns");
    if (turns == nullptr || !turns->is_array())
        return unread(id, "turns must be a list of the person's messages");
    std::vector<std::string> messages;
    for (const auto& turn : turns->get_array()) {
        if (!turn.is_string())
            return unread(id, "turns must be a list of texts");
        messages.emplace_back(turn.get_string());
        if (!valid_utf8(messages.back()))
            return unread(id, "a turn is not well-formed Unicode");
    }

    support::State state;
    std::string replies;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        situation.now = begins_at + std::chrono::minutes(static_cast<long>(i));
        const auto finding = screener.screen(messages[i], std::span(messages).first(i), lang);
        const auto reply = dialogue.answer(state, messages[i], finding, situation);
        std::vector<Finding> findings{finding};
        if (reply.found)
            findings.push_back(*reply.found);
        replies += (i > 0 ? "," : "") + reply_json(reply, findings);
    }
    return {"{\"id\":" + id + ",\"replies\":[" + replies + "]}", true};
}

int converse(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content,
             std::shared_ptr<const nlp::SecondReader> second, std::shared_ptr<const nlp::FeelingReader> feelings)
{
    auto screener = nlp::Screener::load(content);
    if (!screener) {
        err << "handrail converse: " << screener.error().told << '\n';
        return 2;
    }
    auto dialogue = support::Dialogue::load(content);
    if (!dialogue) {
        err << "handrail converse: " << dialogue.error().told << '\n';
        return 2;
    }
    screener->use(std::move(second));
    dialogue->use(std::move(feelings));
    bool all_read = true;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (trimmed(line).empty())
            continue;
        const auto answer = converse_line(*dialogue, *screener, line, number);
        all_read = all_read && answer.read;
        out << answer.text << std::endl; // flushed: a caller may wait for each line
    }
    return all_read ? 0 : 1;
}

} // namespace handrail::app
