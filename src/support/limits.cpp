#include "support/limits.h"

#include "base/fields.h"
#include "trust/setting_desk.h"

namespace handrail::support {

namespace {

constexpr std::string_view setting_name = "conversation_limits";
constexpr int shortest = 10;
constexpr int longest = 24 * 60;

Result<void> sensible(std::chrono::minutes time, const char* field)
{
    if (time.count() != 0 && (time.count() < shortest || time.count() > longest))
        return invalid("Give 0 for none, or 10 to 1440 minutes.", field);
    return {};
}

} // namespace

Result<Limits> read_limits(trust::Record& record, trust::Reading& reading)
{
    const trust::SettingDesk settings(record);
    const auto text = TRY(settings.get(reading, setting_name));
    if (!text)
        return Limits{};
    const auto in = TRY(Fields::decoded(*text));
    Limits limits;
    limits.rest_after = std::chrono::minutes{in.number("rest_after")};
    limits.sitting = std::chrono::minutes{in.number("sitting")};
    limits.names_reliance = in.number("names_reliance") != 0;
    limits.information_only = in.number("information_only") != 0;
    limits.under_age = in.text("under_age") == "helpline" ? Limits::UnderAge::Helpline : Limits::UnderAge::ChildSafe;
    return limits;
}

Result<Limits> limits_of(trust::Record& record, const Actor& actor)
{
    Limits limits;
    TRY(record.read(actor, [&](trust::Reading& reading) -> Result<void> {
        limits = TRY(read_limits(record, reading));
        return {};
    }));
    return limits;
}

Result<Limits> save_limits(trust::Record& record, const Actor& actor, const Limits& limits)
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator changes the service's settings.");
    TRY(sensible(limits.rest_after, "/rest_after_minutes"));
    TRY(sensible(limits.sitting, "/sitting_minutes"));
    Fields out{{"under_age", limits.under_age == Limits::UnderAge::Helpline ? "helpline" : "child_safe"}};
    out.add("rest_after", static_cast<std::int64_t>(limits.rest_after.count()));
    out.add("sitting", static_cast<std::int64_t>(limits.sitting.count()));
    out.add("names_reliance", limits.names_reliance ? 1 : 0);
    out.add("information_only", limits.information_only ? 1 : 0);
    const trust::SettingDesk settings(record);
    TRY(settings.put(actor, setting_name, out.encoded()));
    return limits_of(record, actor);
}

} // namespace handrail::support
