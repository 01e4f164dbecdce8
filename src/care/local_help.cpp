#include "care/local_help.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/fields.h"
#include "base/text.h"
#include "care/local_clock.h"
#include "domain/opening_hours.h"

namespace handrail::care {

namespace {

constexpr std::string_view setting = "local_help";
constexpr std::size_t most = 300;
constexpr double in_a_degree = 1'000'000; ///< a tenth of a metre

Fields encoded(const LocalHelp& help)
{
    Fields out{{"name", help.name},       {"kind", help.kind},   {"what", help.what},   {"cost", help.cost},
               {"hours", help.hours},     {"country", help.country}, {"place", help.place}, {"town", help.town},
               {"phone", help.phone},     {"web", help.web},     {"checked_on", help.checked_on}};
    for (const auto& language : help.languages)
        out.add("language", language);
    if (help.at)
        out.add("latitude", static_cast<std::int64_t>(std::llround(help.at->latitude * in_a_degree)))
            .add("longitude", static_cast<std::int64_t>(std::llround(help.at->longitude * in_a_degree)));
    if (!help.checked_by.empty())
        out.add("checked_by", help.checked_by.text());
    return out;
}

LocalHelp help_from(const Fields& in)
{
    LocalHelp help{in.text("name"), in.text("kind"), in.text("what"), in.text("cost"), in.text("hours"), in.texts("language"), in.text("country"),
                   in.text("place"), in.text("town"), {}, in.text("phone"), in.text("web"), in.text("checked_on"), {}};
    if (in.has("latitude"))
        help.at = LocalHelp::At{static_cast<double>(in.number("latitude")) / in_a_degree,
                                static_cast<double>(in.number("longitude")) / in_a_degree};
    if (const auto by = AccountId::from(in.text("checked_by")); by.ok())
        help.checked_by = *by;
    return help;
}

Result<LocalHelps> helps_in(const std::optional<std::string>& kept)
{
    LocalHelps helps;
    if (!kept)
        return helps;
    const auto body = TRY(Fields::decoded(*kept));
    helps.version = body.number("version");
    for (const auto& each : body.inner("help"))
        helps.items.push_back(help_from(each));
    return helps;
}

bool is_country(const std::string& text)
{
    return text.size() == 2 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

Result<void> fits(const LocalHelp& help, const std::string& where, const std::string& today)
{
    if (trimmed(help.name).empty())
        return invalid("Say what it is called.", where + "/name");
    const auto& kinds = kinds_of_local_help();
    if (std::find(kinds.begin(), kinds.end(), help.kind) == kinds.end())
        return invalid("Choose a kind.", where + "/kind");
    if (!help.cost.empty() && help.cost != "free" && help.cost != "some" && help.cost != "paid")
        return invalid("It is free, costs something, or is paid for.", where + "/cost");
    if (!help.hours.empty() && !opening_hours(help.hours))
        return invalid("Write hours like: Mon-Fri 09:00-17:00; Sat 10:00-12:00, or 24/7.", where + "/hours");
    if (!is_country(help.country))
        return invalid("A country is written in two capital letters: IE.", where + "/country");
    if (help.at && (help.at->latitude < -90 || help.at->latitude > 90 || help.at->longitude < -180 || help.at->longitude > 180))
        return invalid("A latitude lies between -90 and 90, a longitude between -180 and 180.", where + "/at");
    if (help.at && trimmed(help.town).empty())
        return invalid("Name the town, as people choose what is near them by it.", where + "/town");
    if (!help.web.empty() && !help.web.starts_with("https://"))
        return invalid("A web address begins with https://.", where + "/web");
    if (help.phone.empty() && help.web.empty() && trimmed(help.place).empty())
        return invalid("Say how it is reached: a number, a web address or a place.", where + "/phone");
    if (!day_from(help.checked_on).ok() || help.checked_on > today)
        return invalid("Say on which day it was checked, today at the latest.", where + "/checked_on");
    return {};
}

} // namespace

const std::vector<std::string_view>& kinds_of_local_help()
{
    static const std::vector<std::string_view> kinds{"talking", "group", "clinic", "drop_in", "practical", "other"};
    return kinds;
}

Result<LocalHelps> LocalHelpDesk::read(const Actor& actor) const
{
    return helps_in(TRY(settings_.get(actor, setting)));
}

Result<LocalHelps> LocalHelpDesk::save(const Actor& actor, const LocalHelps& helps) const
{
    if (actor.role() != Role::Administrator)
        return not_allowed("Only an administrator changes the help near by.");
    if (helps.items.size() > most)
        return Error{ErrorKind::TooMuch, "A service keeps up to 300 of them.", {}, "/items"};
    auto saved = helps;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        // A day ahead of the server's own: it may be tomorrow already where the administrator is.
        const auto today = to_rfc3339(writing.now() + std::chrono::hours{24}).substr(0, 10);
        for (std::size_t i = 0; i < helps.items.size(); ++i)
            TRY(fits(helps.items[i], "/items/" + std::to_string(i), today));
        const auto before = TRY(helps_in(TRY(settings_.get(writing, setting))));
        if (before.version != helps.version)
            return conflict("Someone else changed the help near by in between. Load it again.");
        saved.version = before.version + 1;
        Fields body;
        body.add("version", saved.version);
        for (auto& each : saved.items) {
            each.checked_by = actor.account();
            const auto fresh = encoded(each).encoded();
            for (auto same : before.items) {
                const auto by = std::exchange(same.checked_by, actor.account());
                if (encoded(same).encoded() == fresh) {
                    each.checked_by = by; // nobody touched it: it stays in the name of who checked it
                    break;
                }
            }
            body.add("help", encoded(each));
        }
        return settings_.put(writing, setting, body.encoded());
    }));
    return saved;
}

} // namespace handrail::care
