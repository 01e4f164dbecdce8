#include "language/chat.h"

#include <boost/json.hpp>

#include "base/text.h"

namespace handrail::language {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_answer = 256u << 10; ///< bytes on the wire; a reply is a few hundred

std::string_view role_name(ChatLine::Role role)
{
    switch (role) {
    case ChatLine::Role::System: return "system";
    case ChatLine::Role::User: return "user";
    case ChatLine::Role::Assistant: return "assistant";
    }
    return "user";
}

ChatAnswer::End end_from(std::string_view reason)
{
    if (reason == "length")
        return ChatAnswer::End::Length;
    if (reason == "content_filter" || reason == "tool_calls" || reason == "function_call")
        return ChatAnswer::End::Refused;
    return ChatAnswer::End::Stop;
}

/// How many bytes at the end are the beginning of a letter that goes on.
std::size_t half_letter(std::string_view text)
{
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if (byte < 0x80)
            return 0;
        if (byte >= 0xC0) {
            const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
            return back < length ? back : 0;
        }
    }
    return 0;
}

} // namespace

std::string chat_json(const ChatRequest& request, std::string_view model)
{
    json::array messages;
    for (const auto& line : request.lines)
        messages.push_back({{"role", role_name(line.role)}, {"content", line.text}});
    return json::serialize(json::object{{"model", model},
                                        {"messages", std::move(messages)},
                                        {"max_tokens", request.most_tokens},
                                        {"temperature", request.temperature},
                                        {"n", 1},
                                        {"stream", true}});
}

bool ChatAnswer::take(std::string_view bytes)
{
    received_ += bytes.size();
    if (received_ > longest_answer)
        end_ = End::Broken;
    if (wants_more()) {
        whole_ += bytes;
        if (!reader_.feed(bytes, [this](const SseReader::Event& each) { return event(each.data); }).ok())
            end_ = End::Broken;
        if (reader_.seen())
            whole_.clear();
    }
    return wants_more();
}

void ChatAnswer::close()
{
    if (wants_more()) {
        reader_.finish([this](const SseReader::Event& each) { return event(each.data); });
        if (!reader_.seen() && !whole_.empty())
            event(std::exchange(whole_, {}));
    }
    if (half_letter(text_) > 0)
        end_ = End::Broken;
}

bool ChatAnswer::event(const std::string& data)
{
    if (!data.empty())
        read(data);
    return wants_more();
}

void ChatAnswer::read(const std::string& data)
{
    if (data == "[DONE]") {
        done_ = true;
        if (end_ == End::None) // some servers give no reason
            end_ = End::Stop;
        return;
    }
    json::parse_options options;
    options.allow_invalid_utf8 = true; // a letter may be cut between two events
    options.max_depth = 32;
    boost::system::error_code failed;
    const auto value = json::parse(data, failed, {}, options);
    const auto* object = failed ? nullptr : value.if_object();
    const auto* choices = object == nullptr ? nullptr : object->if_contains("choices");
    if (object == nullptr || object->contains("error") || choices == nullptr || !choices->is_array()) {
        end_ = End::Broken;
        return;
    }
    if (choices->get_array().empty()) // the count of tokens at the end
        return;
    const auto* choice = choices->get_array().front().if_object();
    if (choice == nullptr) {
        end_ = End::Broken;
        return;
    }
    for (const std::string_view part : {"delta", "message"})
        if (const auto* holder = choice->if_contains(part); holder != nullptr && holder->is_object()) {
            if (const auto* content = holder->get_object().if_contains("content"); content != nullptr && content->is_string())
                add(content->get_string());
            if (const auto* refusal = holder->get_object().if_contains("refusal");
                refusal != nullptr && refusal->is_string() && !refusal->get_string().empty())
                end_ = End::Refused;
        }
    if (const auto* reason = choice->if_contains("finish_reason"); reason != nullptr && reason->is_string() && end_ == End::None)
        end_ = end_from(reason->get_string());
}

void ChatAnswer::add(std::string_view text)
{
    text_ += text;
    if (!valid_utf8(std::string_view(text_).substr(0, text_.size() - half_letter(text_))))
        end_ = End::Broken;
}

std::string ChatAnswer::fresh()
{
    const auto whole = text_.size() - half_letter(text_);
    auto out = text_.substr(0, whole);
    text_.erase(0, whole);
    return end_ == End::Broken ? std::string() : out;
}

} // namespace handrail::language
