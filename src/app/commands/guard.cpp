#include "app/commands/guard.h"

#include <istream>
#include <ostream>
#include <utility>
#include <vector>

#include <boost/json.hpp>

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

} // namespace

GuardAnswer guard_line(const support::Guard& guard, const support::Dialogue& dialogue, const nlp::Screener& screener,
                       std::string_view line, std::size_t number)
{
    const auto unread = [&](const std::string& id, const std::string& why) {
        return GuardAnswer{json_error_line(id, number, why), false};
    };
    if (!valid_utf8(line))
        return unread("null", "the line is not well-formed UTF-8");
    json::error_code failed;
    const auto parsed = json::parse({line.data(), line.size()}, failed);
    if (failed)
        return unread("null", "not JSON: " + failed.message());
    const auto* object = parsed.if_object();
    if (object == nullptr)
        return unread("null", "expected an object with id and text");
    const auto id = id_as_given(object->if_contains("id"));
    const auto* text = object->if_contains("text");
    if (text == nullptr || !text->is_string())
        return unread(id, "text must be the reply that is about to go out");

    support::GuardContext context;
    std::string urgency;
    for (const auto& [key, out] :
         {std::pair{"region", &context.region}, std::pair{"lang", &context.language}, std::pair{"urgency", &urgency}}) {
        const auto* value = object->if_contains(key);
        if (value == nullptr || value->is_null())
            continue;
        if (!value->is_string())
            return unread(id, std::string(key) + " must be text");
        *out = std::string(value->get_string());
    }
    if (object->if_contains("lang") == nullptr)
        if (const auto told = screener.screen_output(text->get_string()).lang; dialogue.phrasebooks().count(told) > 0)
            context.language = told;
    context.language = lower_ascii(context.language.substr(0, context.language.find('-')));
    if (!urgency.empty()) {
        context.urgency = urgency_from(urgency);
        if (!context.urgency)
            return unread(id, "urgency must be one of usual, soon, today, now, unknown");
    }
    std::vector<std::string> turns;
    if (const auto* list = object->if_contains("turns"); list != nullptr && !list->is_null()) {
        if (!list->is_array())
            return unread(id, "turns must be a list of the person's messages");
        for (const auto& turn : list->get_array()) {
            if (!turn.is_string())
                return unread(id, "turns must be a list of texts");
            turns.emplace_back(turn.get_string());
        }
    }
    if (!turns.empty()) {
        const auto before = std::span(turns).first(turns.size() - 1);
        const auto finding = screener.screen(turns.back(), before, context.language);
        context.category = finding.category;
        context.subject = finding.subject;
        // A belief named in any message counts: a later one may be about something else.
        for (const auto category : finding.categories)
            if (category == Category::Psychosis)
                context.category = Category::Psychosis;
        if (!context.urgency)
            context.urgency = finding.urgency;
    }

    const std::string reply(text->get_string());
    const auto verdict = guard.check(reply, context, dialogue);
    std::string out = "{\"id\":" + id + ",\"allowed\":" + (verdict.allowed ? "true" : "false") + ",\"reasons\":[";
    for (std::size_t i = 0; i < verdict.reasons.size(); ++i)
        out += (i > 0 ? "," : "") + json_quoted(verdict.reasons[i].rule);
    out += "]";
    if (!verdict.allowed) {
        out += ",\"replacement\":" + json_quoted(verdict.replacement) + ",\"why\":[";
        for (std::size_t i = 0; i < verdict.reasons.size(); ++i)
            out += std::string(i > 0 ? "," : "") + "{\"rule\":" + json_quoted(verdict.reasons[i].rule) +
                   ",\"text\":" + json_quoted(verdict.reasons[i].why) +
                   ",\"found\":" + json_quoted(verdict.reasons[i].found) + "}";
        out += "]";
    }
    return {out + "}", true};
}

int guard(std::istream& in, std::ostream& out, std::ostream& err, const std::filesystem::path& content,
          std::shared_ptr<const nlp::SecondReader> second, std::shared_ptr<const nlp::ReplyReader> reader)
{
    auto screener = nlp::Screener::load(content);
    const auto dialogue = support::Dialogue::load(content);
    auto loaded = support::Guard::load(content);
    for (const auto* problem : {screener.ok() ? nullptr : &std::as_const(screener).error(),
                                dialogue.ok() ? nullptr : &dialogue.error(), loaded.ok() ? nullptr : &std::as_const(loaded).error()})
        if (problem != nullptr) {
            err << "handrail guard: " << problem->told << '\n';
            return 2;
        }
    screener->use(std::move(second));
    loaded->use(std::move(reader));
    bool all_read = true;
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
        if (trimmed(line).empty())
            continue;
        const auto answer = guard_line(*loaded, *dialogue, *screener, line, number);
        all_read = all_read && answer.read;
        out << answer.text << std::endl; // flushed: a caller may wait for each line
    }
    return all_read ? 0 : 1;
}

} // namespace handrail::app
