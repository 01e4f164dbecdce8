#pragma once

#include <optional>
#include <string>
#include <utility>

#include "base/result.h"
#include "trust/once.h"
#include "trust/record.h"

namespace handrail::support {

/// How often the same words of a browser arrive, they are one message: its own name for them leads to the row, for 48
/// hours. Kept in the transaction of the message; the name itself never stands in the store.
trust::Once sent_once(const Actor& actor, const std::string& client_id);
/// The message that came before under this name, if any.
Result<std::optional<std::pair<ConversationId, MessageId>>> sent_before(trust::Reading& reading,
                                                                        const trust::Once& once);
Result<void> remember_sent(trust::Writing& writing, const trust::Once& once, ConversationId conversation,
                           MessageId message);

} // namespace handrail::support
