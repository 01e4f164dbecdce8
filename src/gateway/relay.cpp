#include "gateway/relay.h"

#include <algorithm>

#include <boost/json.hpp>

#include "gateway/openai_error.h"
#include "language/sse_reader.h"
#include "gateway/strict_json.h"

namespace handrail::gateway {

namespace {

namespace json = boost::json;

constexpr std::size_t most_of_a_refusal = 64 * 1024;

std::string text_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

int number_of(const json::object& object, std::string_view key, int otherwise)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_int64() && value->get_int64() >= 0 && value->get_int64() < 1000
               ? static_cast<int>(value->get_int64())
               : otherwise;
}

/// What stands in the head of an answer is nobody's words, or it does not go on.
bool plain(std::string_view text)
{
    return text.size() <= 120 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("-_.:/@+, ").find(c) != std::string_view::npos;
    });
}

json::parse_options broken_utf8_too()
{
    json::parse_options options;
    options.allow_invalid_utf8 = true; // a character may be cut in two by events; its words are put together first
    return options;
}

bool holds_error(const json::object& answer)
{
    const auto* error = answer.if_contains("error");
    return error != nullptr && !error->is_null() && !(error->is_bool() && !error->get_bool());
}

bool has(const std::vector<int>& list, int one)
{
    return std::find(list.begin(), list.end(), one) != list.end();
}

} // namespace

Relay::Relay(const language::Transport& transport, const ChatRequest& request, const OutputScreen& screen, Tally& tally,
             Marks marks, Note note)
    : transport_(transport), request_(request), tally_(tally), marks_(std::move(marks)), note_(std::move(note)),
      held_(screen, tally.out,
            request.stream && request.shape == ChatRequest::Shape::Text ? HeldStream::Hold::Sentences
                                                                         : HeldStream::Hold::Whole,
            [&request](std::string_view words) { return shaped(request, words); })
{
    head_.id = fresh_id("chatcmpl-");
    head_.model = request.model;
    head_.usage_asked = request.include_usage;
}

std::optional<Whole> Relay::run(const language::Call& call, Outlet& outlet)
{
    language::SseReader reader;
    language::Taking taking;
    taking.head = [&](const language::Head& head) { return take_head(head); };
    taking.bytes = [&](std::string_view bytes) {
        if (!events_ || !request_.stream || upstream_.status != 200) {
            body_ += bytes;
            return upstream_.status == 200 || body_.size() <= most_of_a_refusal;
        }
        const auto more = reader.feed(bytes, [&](language::SseReader::Event event) { return take_event(event.data, outlet); });
        broken_ = broken_ || !more.ok();
        return more.ok() && *more;
    };
    taking.given_up = [&] { return outlet.gone(); };
    const auto called = transport_.post(call, taking);
    if (outlet.gone()) {
        held_.abandon();
        return begun_ ? std::nullopt : std::optional<Whole>{Whole{499, {}, {}, false, false}};
    }
    if (upstream_.status == 200 && request_.stream && events_) {
        if (called.ok() && !over_)
            reader.finish([&](language::SseReader::Event event) { return take_event(event.data, outlet); });
        if (!begun_) {
            held_.abandon();
            return end_whole(called);
        }
        end_stream(called, outlet);
        return std::nullopt;
    }
    if (!called.ok() || upstream_.status != 200)
        return end_whole(called);
    return read_completion(request_.stream ? &outlet : nullptr);
}

bool Relay::take_head(const language::Head& head)
{
    upstream_ = head;
    for (const auto& [name, value] : head.headers)
        if (name == "content-type")
            events_ = value.find("text/event-stream") != std::string::npos;
    return true;
}

/// @return whether to read on
bool Relay::take_event(const std::string& data, Outlet& outlet)
{
    if (over_)
        return false;
    if (data.substr(0, 6) == "[DONE]") {
        done_ = true;
        return false;
    }
    json::error_code unreadable;
    const auto value = json::parse(data, unreadable, {}, broken_utf8_too());
    if (unreadable || !value.is_object() || holds_error(value.get_object())) {
        broken_ = true;
        return false;
    }
    const auto& answer = value.get_object();
    learn_head(answer);
    if (const auto* used = answer.if_contains("usage"); used != nullptr && used->is_object())
        usage_ = json::serialize(*used);
    HeldStream::Pieces pieces;
    if (const auto* choices = answer.if_contains("choices"); choices != nullptr && choices->is_array())
        for (const auto& each : choices->get_array())
            if (const auto* choice = each.if_object())
                if (const auto taken = take_choice(*choice, false, pieces); !taken)
                    return failed(taken.error(), outlet);
    if (!give(std::move(pieces), outlet))
        return false;
    return !(held_.replaced() && held_.all_ended(request_.choices)); // what would still come is not wanted
}

void Relay::learn_head(const json::object& answer)
{
    if (head_.created != 0)
        return;
    if (const auto id = text_of(answer, "id"); !id.empty() && plain(id))
        head_.id = id;
    if (const auto model = text_of(answer, "model"); !model.empty() && plain(model))
        head_.model = model;
    if (const auto print = text_of(answer, "system_fingerprint"); plain(print))
        head_.fingerprint = print;
    const auto* created = answer.if_contains("created");
    head_.created = created != nullptr && created->is_int64() ? created->get_int64() : 1;
}

/// Only what is judged goes on: content, refusal and calls. Audio, reasoning, log probabilities and annotations stay.
Result<void> Relay::take_choice(const json::object& choice, bool whole, HeldStream::Pieces& out)
{
    const int index = number_of(choice, "index", 0);
    if (!has(seen_, index))
        seen_.push_back(index);
    if (const auto* part = choice.if_contains(whole ? "message" : "delta"); part != nullptr && part->is_object()) {
        const auto& words = part->get_object();
        if (const auto* content = words.if_contains("content")) {
            if (content->is_string()) {
                TRY(held_.content(index, std::string_view(content->get_string()), out));
            } else {
                std::string texts;
                texts_in(*content, texts);
                TRY(held_.content(index, texts, out));
            }
        }
        TRY(held_.refusal(index, text_of(words, "refusal"), out));
        if (const auto* calls = words.if_contains("tool_calls"); calls != nullptr && calls->is_array()) {
            int number = 0;
            for (const auto& each : calls->get_array())
                if (const auto* call = each.if_object())
                    take_call(index, *call, number_of(*call, "index", number++));
        }
        if (const auto* call = words.if_contains("function_call"); call != nullptr && call->is_object())
            held_.call(index, {-1, {}, text_of(call->get_object(), "name"), text_of(call->get_object(), "arguments"), false});
    }
    const auto reason = text_of(choice, "finish_reason");
    if (reason.empty() && !whole)
        return {};
    if (!has(ended_, index))
        ended_.push_back(index);
    return held_.finish(index, reason, out);
}

void Relay::take_call(int choice, const json::object& call, int index)
{
    HeldStream::CallPart part{index, text_of(call, "id"), {}, {}, false};
    if (const auto* function = call.if_contains("function"); function != nullptr && function->is_object()) {
        part.name = text_of(function->get_object(), "name");
        part.arguments = text_of(function->get_object(), "arguments");
    } else if (const auto* custom = call.if_contains("custom"); custom != nullptr && custom->is_object()) {
        part.custom = true;
        part.name = text_of(custom->get_object(), "name");
        part.arguments = text_of(custom->get_object(), "input");
    }
    held_.call(choice, std::move(part));
}

bool Relay::write(std::string events, Outlet& outlet)
{
    if (!begun_) {
        begun_ = true;
        outlet.begin();
    }
    if (outlet.write(std::move(events)))
        return true;
    over_ = true;
    held_.abandon();
    return false;
}

bool Relay::give(HeldStream::Pieces pieces, Outlet& outlet)
{
    using Kind = HeldStream::Piece::Kind;
    std::string events;
    for (const int choice : seen_) {
        if (has(told_, choice))
            continue;
        told_.push_back(choice);
        // Begun once for each: the marks stand in the very first chunk.
        head_.marks = begun_ || !events.empty() ? std::string() : marks_(held_.replaced(), held_.rules());
        events += chunk(head_, choice, role_delta(), {});
    }
    head_.marks.clear();
    for (const auto& piece : pieces) {
        given_ += piece.text.size() + piece.call.arguments.size();
        switch (piece.kind) {
        case Kind::Content:
            events += chunk(head_, piece.choice, text_delta("content", piece.text), {});
            break;
        case Kind::Refusal:
            events += chunk(head_, piece.choice, text_delta("refusal", piece.text), {});
            break;
        case Kind::Call:
            events += chunk(head_, piece.choice, call_delta(piece.call, piece.old_function), {});
            break;
        case Kind::Finish:
            if (held_.replaced())
                head_.marks = marks_(true, held_.rules());
            events += chunk(head_, piece.choice, "{}", piece.text);
            head_.marks.clear();
            break;
        }
    }
    return events.empty() || write(std::move(events), outlet);
}

/// The screener failed in the middle: nothing more leaves.
bool Relay::failed(const Error& error, Outlet& outlet)
{
    note_(error.noted.empty() ? error.told : error.noted);
    ++tally_.not_screened;
    screen_failed_ = true;
    over_ = true;
    if (begun_)
        outlet.write(event_of(error_body(not_screened())));
    return false;
}

std::string Relay::usage() const
{
    return usage_.empty() ? usage_of_fixed_words(request_.words(), given_) : usage_;
}

void Relay::end_stream(const Result<language::Head>& called, Outlet& outlet)
{
    if (over_)
        return;
    if (held_.replaced())
        ++tally_.replaced;
    HeldStream::Pieces rest;
    const bool whole = done_ || (called.ok() && !broken_ && ended_.size() >= seen_.size()) ||
                       (held_.replaced() && held_.all_ended(request_.choices));
    Result<void> ended;
    if (whole) {
        for (std::size_t i = 0; i < seen_.size() && ended.ok(); ++i)
            ended = held_.finish(seen_[i], "stop", rest);
    } else {
        ended = held_.break_off(rest);
    }
    if (!ended) {
        failed(ended.error(), outlet);
        return;
    }
    if (!give(std::move(rest), outlet))
        return;
    if (!whole) {
        const bool late = !called.ok() && (called.error().noted.find("silent") != std::string::npos ||
                                           called.error().noted.find("within") != std::string::npos);
        note_("gateway: the upstream's stream broke off: " +
              (called.ok() ? std::string("no end, or an event that cannot be read") : called.error().noted));
        write(event_of(error_body(no_upstream(late))), outlet);
        return;
    }
    std::string events;
    if (request_.include_usage)
        events += usage_chunk(head_, usage());
    write(events + std::string(stream_end), outlet);
}

Whole Relay::refused(const OpenAiError& error)
{
    Whole out{error.status, error_body(error), {}, error.again, false};
    for (const auto& [name, value] : upstream_.headers)
        if ((name == "retry-after" || name == "retry-after-ms" || name.rfind("x-ratelimit-", 0) == 0) && plain(value))
            out.headers.emplace_back(name, value);
    return out;
}

Whole Relay::end_whole(const Result<language::Head>& called)
{
    if (screen_failed_)
        return refused(not_screened());
    if (called.ok() && upstream_.status != 200 && upstream_.status != 0) {
        note_("gateway: the upstream answered " + std::to_string(upstream_.status));
        return refused(of_upstream(upstream_.status, body_));
    }
    const bool late = !called.ok() && (called.error().noted.find("silent") != std::string::npos ||
                                       called.error().noted.find("within") != std::string::npos);
    note_("gateway: the upstream gave no answer: " + (called.ok() ? std::string("it cannot be read") : called.error().noted));
    return refused(no_upstream(late));
}

/// An answer that came as one piece of JSON; with an outlet it goes on as a stream all the same.
std::optional<Whole> Relay::read_completion(Outlet* outlet)
{
    json::error_code unreadable;
    const auto value = json::parse(body_, unreadable, {}, broken_utf8_too());
    const auto* answer = unreadable ? nullptr : value.if_object();
    const auto* choices = answer == nullptr || holds_error(*answer) ? nullptr : answer->if_contains("choices");
    if (choices == nullptr || !choices->is_array() || choices->get_array().empty()) {
        note_("gateway: the upstream's answer is no completion");
        return refused({502, "server_error", "upstream_unreadable", {}, "The language model's service gave an answer that cannot be read.", true});
    }
    learn_head(*answer);
    if (const auto* used = answer->if_contains("usage"); used != nullptr && used->is_object())
        usage_ = json::serialize(*used);
    HeldStream::Pieces pieces;
    for (const auto& each : choices->get_array())
        if (const auto* choice = each.if_object())
            if (const auto taken = take_choice(*choice, true, pieces); !taken) {
                note_(taken.error().noted);
                ++tally_.not_screened;
                return refused(not_screened());
            }
    if (outlet != nullptr) {
        done_ = true;
        if (give(std::move(pieces), *outlet))
            end_stream(upstream_, *outlet);
        return std::nullopt;
    }
    using Kind = HeldStream::Piece::Kind;
    std::vector<Choice> made;
    for (const auto& piece : pieces) {
        auto at = std::find_if(made.begin(), made.end(), [&](const auto& one) { return one.index == piece.choice; });
        if (at == made.end()) {
            made.push_back({piece.choice, {}, false, {}, {}, false, "stop"});
            at = made.end() - 1;
        }
        given_ += piece.text.size();
        if (piece.kind == Kind::Content) {
            at->content += piece.text;
            at->has_content = true;
        } else if (piece.kind == Kind::Refusal) {
            at->refusal += piece.text;
        } else if (piece.kind == Kind::Call) {
            at->calls.push_back(piece.call);
            at->old_function = at->old_function || piece.old_function;
        } else {
            at->finish = piece.text;
        }
    }
    for (auto& one : made)
        if (!one.has_content && one.calls.empty() && one.refusal.empty())
            one.has_content = true; // an empty answer is one
    if (held_.replaced())
        ++tally_.replaced;
    head_.marks = marks_(held_.replaced(), held_.rules());
    return Whole{200, completion(head_, made, usage()), {}, false, held_.replaced()};
}

} // namespace handrail::gateway
