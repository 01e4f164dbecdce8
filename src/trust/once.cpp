#include "trust/once.h"

#include "base/crypto.h"

namespace handrail::trust {

Once once(const Actor& actor, std::string_view field, std::string_view name)
{
    Once made{{hash_of_random(name)}, {"idempotency", field, actor.account()}};
    // The row has no id of its own: account and key together are one.
    auto& row = made.place.row.bytes;
    for (std::size_t i = 0; i < row.size(); ++i)
        row[i] = static_cast<std::uint8_t>(row[i] ^ static_cast<unsigned char>(made.key.bytes[i]));
    return made;
}

} // namespace handrail::trust
