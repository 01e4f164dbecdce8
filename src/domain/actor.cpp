#include "domain/actor.h"

#include <array>
#include <utility>

namespace handrail {

namespace {
constexpr std::array<std::pair<Role, std::string_view>, 7> roles{{{Role::Person, "person"},
                                                                  {Role::Supporter, "supporter"},
                                                                  {Role::Clinician, "clinician"},
                                                                  {Role::Lead, "lead"},
                                                                  {Role::Administrator, "administrator"},
                                                                  {Role::Integration, "integration"},
                                                                  {Role::System, "system"}}};
}

std::string_view name(Role role)
{
    for (const auto& [each, text] : roles)
        if (each == role)
            return text;
    return "";
}

std::optional<Role> role_from(std::string_view text)
{
    for (const auto& [each, written] : roles)
        if (written == text)
            return each;
    return std::nullopt;
}

bool is_staff(Role role) { return role == Role::Clinician || role == Role::Lead || role == Role::Administrator; }

} // namespace handrail
