#include "care/documents.h"
#include "support/conversation_rows.h"

namespace handrail::support {

Result<void> ConversationDesk::add_note(const Actor& actor, ConversationId id, const std::string& text) const
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto held = TRY(read_one(writing, id));
        TRY(care::write_note(writing, held.conversation.person, id, text));
        // Colleagues read along; the person's page is told nothing, for there is nothing new for it.
        writing.announce("caseload", {});
        return {};
    });
}

} // namespace handrail::support
