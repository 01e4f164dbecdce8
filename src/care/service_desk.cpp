#include "care/service_desk.h"

#include <algorithm>
#include <set>

#include "base/fields.h"
#include "base/text.h"
#include "care/alert_rows.h"

namespace handrail::care {

namespace {

constexpr std::string_view setting_name = "service";
constexpr int most_people_a_day = 200;

AccountId account_in(const std::string& text)
{
    const auto id = AccountId::from(text);
    return id.ok() ? *id : AccountId{};
}

std::string id_text(const RawId& id) { return id.empty() ? std::string{} : to_text(id); }

std::string encode(const Service& service)
{
    Fields out{{"name", service.name},
               {"safety_officer", id_text(service.safety_officer)},
               {"time_zone", service.time_zone},
               {"out_of_hours_number", service.out_of_hours_number},
               {"leave_url", service.leave_url},
               {"minimum_age_band", service.minimum_age_band}};
    out.add("retention_days", service.retention_days).add("version", service.version);
    out.add("soon_people", service.soon_people);
    out.add("own_line", Fields{{"name", service.own_line.name},
                               {"phone", service.own_line.phone},
                               {"hours", service.own_line.hours}});
    for (const auto& each : service.responders)
        out.add("responder", each.text());
    for (const auto& each : service.hours) {
        std::string days;
        for (const bool day : each.days)
            days.push_back(day ? '1' : '0');
        Fields hours{{"days", days}};
        out.add("hours", hours.add("from", each.from).add("to", each.to));
    }
    for (const auto& each : service.lines) {
        Fields line{{"line", each.line}, {"by", id_text(each.by)}, {"how", each.how}, {"checked_on", each.checked_on}};
        out.add("line", line.add("at", to_stored(each.at)));
    }
    for (const auto& each : service.signatures) {
        Fields signature{{"language", each.language}, {"version", each.version}, {"by", id_text(each.by)}};
        out.add("signature", signature.add("at", to_stored(each.at)));
    }
    for (const auto& each : service.test_pages) {
        Fields page{{"alert", id_text(each.alert)}, {"to", id_text(each.to)}};
        out.add("test_page", page.add("at", to_stored(each.sent_at)));
    }
    return out.encoded();
}

Service decode(const Fields& in)
{
    Service service;
    service.name = in.text("name");
    service.safety_officer = account_in(in.text("safety_officer"));
    service.time_zone = in.text("time_zone");
    service.out_of_hours_number = in.text("out_of_hours_number");
    service.leave_url = in.text("leave_url");
    service.minimum_age_band = in.text("minimum_age_band");
    service.retention_days = static_cast<int>(in.number("retention_days"));
    service.soon_people = static_cast<int>(in.number("soon_people"));
    service.version = in.number("version");
    for (const auto& each : in.inner("own_line"))
        service.own_line = {each.text("name"), each.text("phone"), each.text("hours")};
    for (const auto& each : in.texts("responder"))
        service.responders.push_back(account_in(each));
    for (const auto& each : in.inner("hours")) {
        StaffedHours hours;
        const auto& days = each.text("days");
        for (std::size_t i = 0; i < hours.days.size() && i < days.size(); ++i)
            hours.days.at(i) = days[i] == '1';
        hours.from = static_cast<int>(each.number("from"));
        hours.to = static_cast<int>(each.number("to"));
        service.hours.push_back(hours);
    }
    for (const auto& each : in.inner("line"))
        service.lines.push_back({each.text("line"), account_in(each.text("by")), from_stored(each.number("at")),
                                 each.text("how"), each.text("checked_on")});
    for (const auto& each : in.inner("signature"))
        service.signatures.push_back(
            {each.text("language"), each.text("version"), account_in(each.text("by")), from_stored(each.number("at"))});
    for (const auto& each : in.inner("test_page")) {
        const auto alert = AlertId::from(each.text("alert"));
        service.test_pages.push_back(
            {alert.ok() ? *alert : AlertId{}, account_in(each.text("to")), from_stored(each.number("at")), false});
    }
    return service;
}

Result<void> sensible(const Service& service)
{
    if (trimmed(service.name).empty())
        return invalid("Give the service a name.", "/service_name");
    if (!known_time_zone(service.time_zone))
        return invalid("Choose a time zone such as Europe/Dublin.", "/time_zone");
    for (const auto& hours : service.hours)
        if (hours.from < 0 || hours.to > 24 * 60 || hours.from >= hours.to)
            return invalid("Staffed hours begin before they end, within one day.", "/staffed_hours");
    if (service.leave_url.rfind("https://", 0) != 0)
        return invalid("The page that Leave goes to starts with https://.", "/leave_url");
    if (service.soon_people < 0 || service.soon_people > most_people_a_day)
        return invalid("Say for how many people a day: from 1 to " + std::to_string(most_people_a_day) + ", or nothing.", "/soon_people");
    if (service.retention_days < 1)
        return invalid("Say for how many days the record is kept.", "/retention_days");
    return {};
}

} // namespace

Result<Service> read_service(trust::Reading& reading, const trust::SettingDesk& settings)
{
    const auto text = TRY(settings.get(reading, setting_name));
    if (!text)
        return Service{};
    return decode(TRY(Fields::decoded(*text)));
}

Result<Service> ServiceDesk::read(trust::Reading& reading) const
{
    auto service = TRY(read_service(reading, settings_));
    for (auto& page : service.test_pages) {
        const auto alert = read_alert(reading, page.alert, false);
        page.acknowledged = alert.ok() && alert->state == AlertState::Closed;
    }
    return service;
}

Result<Service> ServiceDesk::read(const Actor& actor) const
{
    Service service;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        service = TRY(read(reading));
        return {};
    }));
    const std::lock_guard lock(mutex_);
    last_[actor.organisation()] = service;
    return service;
}

Result<Service> ServiceDesk::read_or_last(const Actor& actor, bool away) const
{
    if (!away) {
        auto service = read(actor);
        if (service.ok() || service.error().kind != ErrorKind::Unavailable)
            return service;
    }
    const std::lock_guard lock(mutex_);
    const auto last = last_.find(actor.organisation());
    if (last == last_.end())
        return unavailable("The record does not answer at the moment.", "the service's settings were never read");
    return last->second;
}

Result<void> ServiceDesk::change(const Actor& actor, const std::string& deed,
                                 const std::function<Result<void>(Service&, trust::Writing&)>& how) const
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        auto service = TRY(read(writing));
        TRY(how(service, writing));
        service.version += 1;
        TRY(settings_.put(writing, setting_name, encode(service)));
        writing.note({deed, std::nullopt, "setting", {}, {}, {}});
        return {};
    });
}

Result<Service> ServiceDesk::save(const Actor& actor, const Service& wanted) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator changes the service's settings.");
    TRY(sensible(wanted));
    TRY(change(actor, "change.service", [&](Service& service, trust::Writing&) -> Result<void> {
        if (service.version != wanted.version)
            return conflict("Someone else changed the settings. Load them again, then make your change.");
        const auto lines = service.lines;
        const auto signatures = service.signatures;
        const auto pages = service.test_pages;
        service = wanted;
        // These have doors of their own, each in somebody's name.
        service.lines = lines;
        service.signatures = signatures;
        service.test_pages = pages;
        return {};
    }));
    return read(actor);
}

Result<void> ServiceDesk::accept_line(const Actor& actor, const AcceptedLine& line) const
{
    if (actor.role() != Role::Administrator && actor.role() != Role::System)
        return not_allowed("Only an administrator accepts a crisis line.");
    if (line.how != "called" && line.how != "page_read")
        return invalid("Say how it was checked: called or page_read.", "/how");
    const auto checked = from_rfc3339(line.checked_on);
    if (!checked.ok() || line.checked_on.size() != 10)
        return invalid("Say on which day it was checked, like 2026-03-02.", "/checked_on");
    return change(actor, "accept.crisis_line", [&](Service& service, trust::Writing& writing) -> Result<void> {
        std::erase_if(service.lines, [&](const AcceptedLine& each) { return each.line == line.line; });
        auto accepted = line;
        accepted.by = actor.account();
        accepted.at = writing.now();
        service.lines.push_back(accepted);
        return {};
    });
}

Result<void> ServiceDesk::withdraw_line(const Actor& actor, const std::string& line) const
{
    if (actor.role() != Role::Administrator)
        return not_allowed("Only an administrator withdraws a crisis line.");
    return change(actor, "withdraw.crisis_line", [&](Service& service, trust::Writing&) -> Result<void> {
        if (std::erase_if(service.lines, [&](const AcceptedLine& each) { return each.line == line; }) == 0)
            return not_found("That line was not accepted.");
        return {};
    });
}

Result<void> ServiceDesk::sign(const Actor& actor, const std::string& language, const std::string& version) const
{
    if (!is_staff(actor.role()) && actor.role() != Role::System)
        return not_allowed("Only staff sign the texts.");
    return change(actor, "sign.texts", [&](Service& service, trust::Writing& writing) -> Result<void> {
        for (const auto& each : service.signatures)
            if (each.by == actor.account() && each.language == language && each.version == version)
                return conflict("You have signed this version already. The second signature is someone else's.");
        service.signatures.push_back({language, version, actor.account(), writing.now()});
        return {};
    });
}

Result<AlertId> ServiceDesk::send_test_page(const Actor& actor, AccountId to) const
{
    const auto alert = TRY(alerts_.raise_test(actor, to));
    TRY(change(actor, "send.test_page", [&](Service& service, trust::Writing& writing) -> Result<void> {
        std::erase_if(service.test_pages, [&](const TestPage& page) { return page.to == to; });
        service.test_pages.push_back({alert, to, writing.now(), false});
        return {};
    }));
    return alert;
}

Result<StaffThere> staff_there(const Actor& actor, const trust::AccountDesk& accounts, const trust::TeamDesk& teams)
{
    StaffThere there;
    std::set<TeamId> with_clinician;
    for (const auto& account : TRY(accounts.all_staff(actor))) {
        if (account.suspended || !account.second_factor)
            continue;
        if (account.role == Role::Lead)
            ++there.leads;
        if (account.role == Role::Clinician)
            with_clinician.insert(account.teams.begin(), account.teams.end());
    }
    for (const auto& team : TRY(teams.all(actor))) {
        ++there.teams;
        if (!with_clinician.contains(team.id))
            there.without_clinician.push_back(team.name);
    }
    return there;
}

} // namespace handrail::care
