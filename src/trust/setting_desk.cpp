#include "trust/setting_desk.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement by_name{"setting.by_name",
                                  "SELECT sealed_value FROM setting WHERE organisation = $1 AND name = $2"};
constexpr rows::Statement put_value{
    "setting.put", "INSERT INTO setting (organisation, name, sealed_value, changed_at, changed_by) VALUES "
                   "($1, $2, $3, $4, $5) "
                   "ON CONFLICT (organisation, name) DO UPDATE SET sealed_value = excluded.sealed_value, "
                   "changed_at = excluded.changed_at, changed_by = excluded.changed_by"};

/// A setting's row is its name: the field says which, so that one cannot stand in for another.
Place value_of(std::string_view name)
{
    return {"setting", name, RawId{}};
}

} // namespace

Result<std::optional<std::string>> SettingDesk::get(Reading& reading, std::string_view name) const
{
    const auto found = TRY(reading.rows(by_name, {name}));
    if (found.empty())
        return std::optional<std::string>{};
    return std::optional{TRY(reading.open(value_of(name), found.front()[0].blob())).reveal()};
}

Result<std::optional<std::string>> SettingDesk::get(const Actor& actor, std::string_view name) const
{
    if (!is_staff(actor.role()) && actor.role() != Role::System)
        return not_allowed("This is for the service's staff.");
    std::optional<std::string> text;
    TRY(record_.read(actor, [&](Reading& reading) -> Result<void> {
        text = TRY(get(reading, name));
        return {};
    }));
    return text;
}

Result<void> SettingDesk::put(Writing& writing, std::string_view name, const std::string& text) const
{
    const auto& actor = writing.actor();
    if (name.empty() || name.size() > 100)
        return invalid("A setting has a name of up to 100 letters.", "name");
    auto sealed = TRY(writing.seal(value_of(name), Confidential(text)));
    TRY(writing.change(put_value, {name, std::move(sealed), writing.now(),
                                   actor.account().empty() ? rows::Value() : rows::Value(actor.account())}));
    writing.announce("setting", std::string(name));
    writing.note({"change.setting", {}, name, RawId{}, {}, {}});
    return {};
}

Result<void> SettingDesk::put(const Actor& actor, std::string_view name, const std::string& text) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator changes settings.");
    return record_.write(actor, [&](Writing& writing) { return put(writing, name, text); });
}

} // namespace handrail::trust
