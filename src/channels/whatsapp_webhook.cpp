#include "channels/whatsapp_webhook.h"

#include <algorithm>

#include <boost/json.hpp>
#include <sodium.h>

#include "base/checksum.h"
#include "base/crypto.h"
#include "base/text.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;
using Kind = WhatsappInbound::Kind;

const json::object nothing;

/// Bytes that are no UTF-8 become replacement characters: what stands beside them is read all the same.
std::string readable(std::string text)
{
    if (valid_utf8(text))
        return text;
    std::string repaired;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 4;
        while (length > 1 && (at + length > text.size() || !valid_utf8(std::string_view(text).substr(at, length)) ||
                              code_points(std::string_view(text).substr(at, length)) != 1))
            --length;
        const auto piece = std::string_view(text).substr(at, length);
        repaired += valid_utf8(piece) ? piece : std::string_view("\xef\xbf\xbd");
        at += length;
    }
    return repaired;
}

/// The object under a name; an empty one when it is something else or absent.
const json::object& object_in(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_object() ? found->get_object() : nothing;
}

std::string text_in(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    if (found == nullptr || !found->is_string())
        return {};
    return readable(std::string(found->get_string()));
}

/// Calls `each` with every object of a list.
template <class Each> void each_in(const json::object& from, std::string_view name, const Each& each)
{
    const auto* found = from.if_contains(name);
    if (found == nullptr || !found->is_array())
        return;
    for (const auto& one : found->get_array())
        if (one.is_object())
            each(one.get_object());
}

/// Unix seconds, which Meta writes as text, and in places as a number.
Instant instant_in(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    std::int64_t seconds = 0;
    if (found != nullptr && found->is_string()) {
        const std::string_view digits = found->get_string();
        if (digits.empty() || digits.size() > 11)
            return {};
        for (const char digit : digits) {
            if (digit < '0' || digit > '9')
                return {};
            seconds = seconds * 10 + (digit - '0');
        }
    } else if (found != nullptr && found->is_int64() && found->get_int64() > 0 &&
               found->get_int64() < 100'000'000'000) {
        seconds = found->get_int64();
    }
    return Instant{std::chrono::seconds{seconds}};
}

std::string joined(std::initializer_list<std::string> parts)
{
    std::string all;
    for (const auto& part : parts)
        if (!part.empty())
            all += (all.empty() ? "" : "\n") + part;
    return all;
}

std::string digits_of(std::string_view number)
{
    std::string digits;
    for (const char each : number)
        if (each >= '0' && each <= '9')
            digits += each;
    return digits;
}

void read_interactive(WhatsappInbound& into, const json::object& interactive)
{
    const auto type = text_in(interactive, "type");
    const auto& reply = object_in(interactive, type);
    if (type != "button_reply" && type != "list_reply") {
        into.kind = Kind::Unreadable; // a flow's answer: we send none
        return;
    }
    into.kind = Kind::Choice;
    into.choice = text_in(reply, "id");
    into.words = text_in(reply, "title");
    // A long choice stands in the row's description, with its number as the title.
    if (const auto whole = text_in(reply, "description"); !whole.empty())
        into.words = whole;
}

void read_by_type(WhatsappInbound& into, const json::object& message)
{
    const auto type = text_in(message, "type");
    const auto& body = object_in(message, type);
    if (type == "text") {
        into.kind = Kind::Words;
        into.words = text_in(body, "body");
    } else if (type == "interactive") {
        read_interactive(into, body);
    } else if (type == "button") { // the quick reply of a template
        into.kind = Kind::Words;
        into.words = text_in(body, "text");
    } else if (type == "audio") {
        const auto* voice = body.if_contains("voice");
        into.kind = voice != nullptr && voice->is_bool() && voice->get_bool() ? Kind::Voice : Kind::Media;
        into.media = {text_in(body, "id"), text_in(body, "sha256")};
    } else if (type == "image" || type == "video" || type == "document" || type == "sticker") {
        into.kind = Kind::Media;
        into.words = joined({text_in(body, "caption"), text_in(body, "filename")});
    } else if (type == "reaction") {
        into.kind = Kind::Reaction;
        into.about = text_in(body, "message_id");
        into.words = text_in(body, "emoji");
    } else if (type == "location") {
        into.kind = Kind::Place;
        into.words = joined({text_in(body, "name"), text_in(body, "address")});
    } else if (type == "contacts") {
        into.kind = Kind::Place;
        each_in(message, "contacts", [&](const json::object& contact) {
            into.words = joined({into.words, text_in(object_in(contact, "name"), "formatted_name")});
        });
    } else if (type == "system") {
        if (text_in(body, "type") == "user_changed_number") {
            into.kind = Kind::NewNumber;
            into.new_number = digits_of(text_in(body, "wa_id"));
        }
    } else if (type == "edit") {
        WhatsappInbound edited;
        read_by_type(edited, object_in(body, "message"));
        into.kind = Kind::Edit;
        into.about = text_in(body, "original_message_id");
        into.words = edited.words;
    } else if (type == "revoke") {
        into.kind = Kind::Revoke;
        into.about = text_in(body, "original_message_id");
    } else if (type == "unsupported") {
        into.kind = Kind::Unreadable;
    }
}

void read_messages(WhatsappEvent& into, const json::object& value, const std::string& phone_number_id)
{
    std::vector<WhatsappUser> users;
    each_in(value, "contacts", [&](const json::object& contact) {
        users.push_back({text_in(contact, "user_id"), digits_of(text_in(contact, "wa_id"))});
    });
    each_in(value, "messages", [&](const json::object& message) {
        WhatsappInbound one;
        one.phone_number_id = phone_number_id;
        one.id = text_in(message, "id");
        one.at = instant_in(message, "timestamp");
        one.user = {text_in(message, "from_user_id"), digits_of(text_in(message, "from"))};
        // The list of contacts says which number belongs to which id. A delivery with one contact and messages that name
        // nobody is that contact's.
        for (const auto& user : users) {
            const bool same = (!one.user.user_id.empty() && one.user.user_id == user.user_id) ||
                              (!one.user.number.empty() && one.user.number == user.number) ||
                              (one.user.user_id.empty() && one.user.number.empty() && users.size() == 1);
            if (!same)
                continue;
            if (one.user.user_id.empty())
                one.user.user_id = user.user_id;
            if (one.user.number.empty())
                one.user.number = user.number;
        }
        if (one.id.empty() || (one.user.user_id.empty() && one.user.number.empty()))
            return; // nobody to answer, or nothing to know it again by
        read_by_type(one, message);
        into.messages.push_back(std::move(one));
    });
}

WhatsappStatus::State state_from(std::string_view text)
{
    using State = WhatsappStatus::State;
    return text == "sent"        ? State::Sent
           : text == "delivered" ? State::Delivered
           : text == "read"      ? State::Read
           : text == "played"    ? State::Played
           : text == "failed"    ? State::Failed
                                 : State::Other;
}

void read_statuses(WhatsappEvent& into, const json::object& value, const std::string& phone_number_id)
{
    each_in(value, "statuses", [&](const json::object& status) {
        WhatsappStatus one;
        one.phone_number_id = phone_number_id;
        one.id = text_in(status, "id");
        one.state = state_from(text_in(status, "status"));
        one.at = instant_in(status, "timestamp");
        each_in(status, "errors", [&](const json::object& error) {
            const auto* code = error.if_contains("code");
            if (one.error == 0 && code != nullptr && code->is_int64())
                one.error = static_cast<int>(code->get_int64());
        });
        if (!one.id.empty() && one.state != WhatsappStatus::State::Other)
            into.statuses.push_back(std::move(one));
    });
}

} // namespace

std::optional<std::string> handshake(std::string_view mode, std::string_view token, std::string_view challenge,
                                     std::string_view expected_token)
{
    if (mode != "subscribe" || expected_token.empty() || !same_bytes(token, expected_token))
        return std::nullopt;
    return std::string(challenge);
}

std::string signature_for(std::string_view raw_body, std::string_view app_secret)
{
    return "sha256=" + to_hex(hmac_sha256(app_secret, raw_body));
}

Signature signature_of(std::string_view header, std::string_view raw_body, std::string_view app_secret)
{
    if (header.empty())
        return Signature::Missing;
    if (app_secret.empty())
        return Signature::Wrong; // anybody can sign with nothing
    return same_bytes(header, signature_for(raw_body, app_secret)) ? Signature::Right : Signature::Wrong;
}

bool moves_up(WhatsappStatus::State from, WhatsappStatus::State to)
{
    using State = WhatsappStatus::State;
    const auto rank = [](State state) { return state == State::Other ? -1 : static_cast<int>(state); };
    return rank(to) > rank(from);
}

Result<WhatsappEvent> read_event(std::string_view raw_body)
{
    boost::system::error_code failed;
    json::parse_options options;
    options.max_depth = 32;
    options.allow_invalid_utf8 = true; // see readable()
    const auto body = json::parse(raw_body, failed, {}, options);
    if (failed)
        return invalid("This is not JSON.");
    WhatsappEvent event;
    if (!body.is_object() || text_in(body.get_object(), "object") != "whatsapp_business_account")
        return event;
    each_in(body.get_object(), "entry", [&](const json::object& entry) {
        each_in(entry, "changes", [&](const json::object& change) {
            if (text_in(change, "field") != "messages")
                return;
            const auto& value = object_in(change, "value");
            const auto phone_number_id = text_in(object_in(value, "metadata"), "phone_number_id");
            read_messages(event, value, phone_number_id);
            read_statuses(event, value, phone_number_id);
        });
    });
    return event;
}

} // namespace handrail::channels
