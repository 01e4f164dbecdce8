#include <algorithm>

#include "base/text.h"
#include "care/documents.h"
#include "support/conversation_rows.h"

namespace handrail::support {

Result<void> ConversationDesk::set_urgency(const Actor& actor, ConversationId id, Urgency urgency,
                                           const std::string& reason) const
{
    if (!staff_reads(actor))
        return not_allowed("Only a clinician or a lead says how soon somebody is needed.");
    if (trimmed(reason).empty())
        return invalid("Write why. Whoever comes next reads it, and it stays in the record.", "/reason");
    if (urgency == Urgency::Unknown)
        return invalid("A human says now, today, soon or usual.", "/urgency");
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto held = TRY(read_one(writing, id));
        auto& conversation = held.conversation;
        TRY(writing.admit(conversation.person, trust::Scope::Words));
        if (conversation.state == ConversationState::Closed)
            return conflict("This conversation is closed.");
        const auto before = std::exchange(conversation.urgency, urgency);
        conversation.changed_at = std::max(writing.now(), held.read_at + std::chrono::microseconds{1});
        // A raise shortens what the person waits for; nothing that was promised gets longer.
        if (auto& wait = conversation.wait; wait && wait->what == HumanWait::For::Person)
            wait->due_at = std::min(wait->due_at, TRY(person_due(writing, urgency)));
        TRY(update(writing, held));
        const auto said = std::string(name(before)) + " -> " + std::string(name(urgency)) + ": " + reason;
        TRY(care::write_note(writing, conversation.person, id, said));
        writing.note({"set.urgency", conversation.person, "conversation", id, {}, said});
        writing.announce("conversation", id.text() + " " + conversation.person.text());
        return {};
    });
}

} // namespace handrail::support
