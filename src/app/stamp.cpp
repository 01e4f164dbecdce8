#include "app/stamp.h"

namespace handrail::app {

std::string stamp(Instant at)
{
    auto text = to_rfc3339(at).substr(0, 19) + "Z";
    std::erase(text, ':');
    return text;
}

Result<StampedName> read_stamped(std::string_view name)
{
    constexpr std::size_t stamp_size = 18;
    if (name.size() < stamp_size + 2 || name[stamp_size] != '-')
        return invalid("The name does not begin with an instant.");
    const std::string text(name);
    const auto at = text.substr(0, 13) + ":" + text.substr(13, 2) + ":" + text.substr(15, 3);
    return StampedName{TRY(from_rfc3339(at)), text.substr(stamp_size + 1)};
}

} // namespace handrail::app
