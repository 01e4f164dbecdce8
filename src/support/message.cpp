#include "support/message.h"

#include <algorithm>
#include <array>

#include "base/fields.h"

namespace handrail::support {

namespace {

constexpr rows::Statement insert{
    "message.insert", "INSERT INTO message (organisation, conversation, message, person, author, author_account, at, "
                      "urgency, sealed_body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
constexpr rows::Statement select_of_conversation{
    "message.of_conversation",
    "SELECT message, conversation, person, author, author_account, at, urgency, sealed_body FROM message "
    "WHERE organisation = $1 AND conversation = $2 AND at < $3 ORDER BY message DESC LIMIT $4"};
constexpr rows::Statement select_of_person{
    "message.of_person",
    "SELECT message, conversation, person, author, author_account, at, urgency, sealed_body FROM message "
    "WHERE organisation = $1 AND person = $2 AND at < $3 ORDER BY at DESC, message DESC LIMIT $4"};
constexpr rows::Statement select_own{
    "message.own_words",
    "SELECT message, person, author, sealed_body FROM message WHERE organisation = $1 AND conversation = $2 "
    "ORDER BY message DESC LIMIT $3"};
constexpr rows::Statement select_one{
    "message.read", "SELECT message, conversation, person, author, author_account, at, urgency, sealed_body FROM message "
                    "WHERE organisation = $1 AND conversation = $2 AND message = $3"};

constexpr std::array<std::string_view, 4> authors{"person", "ai", "human", "system"};
constexpr std::array<std::string_view, 7> kinds{"text", "question", "calls", "steps", "told", "aside", "exercise"};

template <class Enum, std::size_t N>
Enum value_in(const std::array<std::string_view, N>& names, std::string_view text)
{
    const auto found = std::find(names.begin(), names.end(), text);
    return static_cast<Enum>(found == names.end() ? 0 : found - names.begin());
}

Fields encoded(const Call& item)
{
    Fields out{{"label", item.label}};
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"detail", item.detail}, {"tel", item.tel}, {"sms", item.sms_number}, {"sms_body", item.sms_body},
             {"url", item.url}, {"action", item.action}, {"tel_text", item.tel_text}})
        if (!text.empty())
            out.add(field, text);
    if (item.primary)
        out.add("primary", "1");
    for (const auto& call : item.calls)
        out.add("call", encoded(call));
    return out;
}

Call call_from(const Fields& in)
{
    Call item{in.text("label"), in.text("detail"), in.text("tel"), in.text("tel_text"), in.text("sms"),
              in.text("sms_body"), in.text("url"), in.text("action"), in.has("primary"), {}};
    for (const auto& call : in.inner("call"))
        item.calls.push_back(call_from(call));
    return item;
}

Fields encoded(const handrail::Block& block)
{
    Fields out{{"kind", kinds.at(static_cast<std::size_t>(block.kind))}, {"text", block.text}};
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"id", block.id}, {"title", block.title}, {"state", block.state}, {"initials", block.initials}})
        if (!text.empty())
            out.add(field, text);
    for (const auto& choice : block.choices)
        out.add("choice", Fields{{"id", choice.id}, {"text", choice.text}});
    for (const auto& item : block.items)
        out.add("item", encoded(item));
    if (block.steps > 0)
        out.add("step", block.step).add("steps", block.steps).add("minutes", block.minutes);
    return out;
}

handrail::Block block_from(const Fields& in)
{
    handrail::Block block;
    block.kind = value_in<handrail::Block::Kind>(kinds, in.text("kind"));
    block.text = in.text("text");
    block.id = in.text("id");
    block.title = in.text("title");
    block.state = in.text("state");
    block.initials = in.text("initials");
    for (const auto& choice : in.inner("choice"))
        block.choices.push_back({choice.text("id"), choice.text("text")});
    for (const auto& item : in.inner("item"))
        block.items.push_back(call_from(item));
    block.step = static_cast<int>(in.number("step"));
    block.steps = static_cast<int>(in.number("steps"));
    block.minutes = static_cast<int>(in.number("minutes"));
    return block;
}

Result<Message> message_from(trust::Reading& reading, const rows::Row& row)
{
    Message message;
    message.id = row[0].id<MessageId>();
    message.conversation = row[1].id<ConversationId>();
    message.person = row[2].id<PersonId>();
    message.author = value_in<Author>(authors, row[3].text());
    message.author_account = row[4].id<AccountId>();
    message.at = row[5].instant();
    message.urgency = urgency_from(row[6].text()).value_or(Urgency::Unknown);
    const auto words = TRY(reading.open(message.person, {"message", "body", message.id}, row[7].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    message.text = body.text("text");
    message.text_id = body.text("text_id");
    message.by_model = body.has("by_model");
    message.client_id = body.text("client_id");
    for (const auto& block : body.inner("block"))
        message.blocks.push_back(block_from(block));
    return message;
}

Result<std::vector<Message>> messages_from(trust::Reading& reading, const rows::Rows& rows)
{
    std::vector<Message> messages;
    messages.reserve(rows.size());
    for (const auto& row : rows)
        messages.push_back(TRY(message_from(reading, row)));
    return messages;
}

Instant before_or_end(std::optional<Instant> before)
{
    return before.value_or(from_stored(INT64_MAX));
}

} // namespace

std::string_view name(Author author) { return authors.at(static_cast<std::size_t>(author)); }

Result<void> insert_message(trust::Writing& writing, const Message& message)
{
    Fields body{{"text", message.text}};
    if (!message.text_id.empty())
        body.add("text_id", message.text_id);
    if (message.by_model)
        body.add("by_model", "1");
    if (!message.client_id.empty())
        body.add("client_id", message.client_id);
    for (const auto& block : message.blocks)
        body.add("block", encoded(block));
    const auto sealed =
        TRY(writing.seal(message.person, {"message", "body", message.id}, Confidential{body.encoded()}));
    TRY(writing.change(insert, {message.conversation, message.id, message.person, name(message.author),
                                message.author_account.empty() ? rows::Value{} : rows::Value{message.author_account},
                                message.at, name(message.urgency), sealed}));
    return {};
}

Result<std::vector<Message>> messages_of(trust::Reading& reading, ConversationId conversation,
                                         std::optional<Instant> before, int most)
{
    auto messages = TRY(messages_from(
        reading, TRY(reading.rows(select_of_conversation, {conversation, before_or_end(before), most}))));
    std::reverse(messages.begin(), messages.end());
    return messages;
}

Result<std::vector<Message>> messages_of_person(trust::Reading& reading, PersonId person,
                                                std::optional<Instant> before, int most)
{
    return messages_from(reading, TRY(reading.rows(select_of_person, {person, before_or_end(before), most})));
}

Result<std::vector<std::string>> own_words(trust::Reading& reading, ConversationId conversation, int most)
{
    std::vector<std::string> words;
    for (const auto& row : TRY(reading.rows(select_own, {conversation, most}))) {
        if (row[2].text() != name(Author::Person))
            continue;
        const auto body = TRY(reading.open(row[1].id<PersonId>(), {"message", "body", row[0].id<MessageId>()}, row[3].blob()));
        words.push_back(TRY(Fields::decoded(body.reveal())).text("text"));
    }
    std::reverse(words.begin(), words.end());
    return words;
}

Result<Message> read_message(trust::Reading& reading, ConversationId conversation, MessageId id)
{
    const auto found = TRY(reading.rows(select_one, {conversation, id}));
    if (found.empty())
        return not_found("There is no such message.");
    return message_from(reading, found.front());
}

Result<std::vector<Message>> replies_to(trust::Reading& reading, const Message& message)
{
    // A reply is said a moment after its message.
    constexpr std::chrono::seconds a_moment{10};
    std::vector<Message> replies;
    bool after = false;
    for (auto& each : TRY(messages_of(reading, message.conversation, message.at + a_moment, 50))) {
        if (each.id == message.id)
            after = true;
        else if (after && each.author == Author::Ai)
            replies.push_back(std::move(each));
        else if (after)
            break;
    }
    return replies;
}

} // namespace handrail::support
