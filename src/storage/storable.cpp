#include "storage/storable.h"

#include <stdexcept>
#include <string>

#include "base/text.h"

namespace handrail::storage {

Result<void> storable(const rows::Statement& statement, rows::Values values)
{
    for (std::size_t at = 0; at < values.size(); ++at) {
        const auto* text = std::get_if<std::string>(&values[at].held());
        if (text == nullptr)
            continue;
        if (text->find('\0') == std::string::npos && valid_utf8(*text))
            continue;
        auto error = invalid("Text must be UTF-8 and may not hold a NUL character.");
        error.noted = std::string(statement.name) + ": $" + std::to_string(at + 2) + " is not text";
        return error;
    }
    return {};
}

void check_call(const rows::Statement& statement, const Placeholders& placeholders, std::size_t values, bool by_system)
{
    if (values + 1 != static_cast<std::size_t>(placeholders.highest))
        throw std::logic_error(std::string(statement.name) + ": takes " + std::to_string(placeholders.highest - 1) +
                               " values after the organisation and was given " + std::to_string(values));
    if (!placeholders.organisation && !by_system)
        throw std::logic_error(std::string(statement.name) +
                               ": does not name the organisation ($1), which is the system's alone");
}

} // namespace handrail::storage
