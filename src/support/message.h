#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "domain/block.h"
#include "domain/urgency.h"
#include "trust/record.h"

/// Messages as they are kept: immutable, sealed with the person's key.
namespace handrail::support {

enum class Author { Person, Ai, Human, System };
std::string_view name(Author author);

struct Message {
    MessageId id;
    ConversationId conversation;
    PersonId person;
    Author author = Author::Person;
    AccountId author_account; ///< of a human on the team
    Instant at;
    Urgency urgency = Urgency::Usual; ///< what screening said of it
    std::string text;
    std::vector<handrail::Block> blocks;
    std::string text_id;   ///< of a fixed text: which, in which version
    bool by_model = false; ///< of the AI: a language model chose the words, not this project's texts
    std::string client_id; ///< the browser's own name for it; the same one again is the same message
};

Result<void> insert_message(trust::Writing& writing, const Message& message);
/// Oldest first; the last `most` before an instant.
Result<std::vector<Message>> messages_of(trust::Reading& reading, ConversationId conversation,
                                         std::optional<Instant> before, int most);
/// What the person wrote among the last `most` messages of a conversation, oldest first: the words alone.
Result<std::vector<std::string>> own_words(trust::Reading& reading, ConversationId conversation, int most);
/// Of all conversations of a person, newest first.
Result<std::vector<Message>> messages_of_person(trust::Reading& reading, PersonId person,
                                                std::optional<Instant> before, int most);
Result<Message> read_message(trust::Reading& reading, ConversationId conversation, MessageId id);

/// What the AI said to a message, before anyone wrote again.
Result<std::vector<Message>> replies_to(trust::Reading& reading, const Message& message);

} // namespace handrail::support
