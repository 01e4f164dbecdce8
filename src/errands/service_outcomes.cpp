#include "errands/service_outcomes.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "monitoring/outcomes.h"
#include "trust/actor_desk.h"

namespace handrail::errands {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr int people_a_page = 500;
constexpr const char* together_id = "together";

constexpr rows::Statement courses_after{
    "course.counted", "SELECT person, sealed_body FROM course WHERE organisation = $1 AND person > $2 "
                      "ORDER BY person LIMIT $3"};
constexpr trust::OneAPerson courses{"course", "body", courses_after};
constexpr rows::Statement groups_between{
    "service_outcomes.groups", "SELECT person, age_band, language, country FROM person "
                               "WHERE organisation = $1 AND person > $2 AND person <= $3 AND state = 'active'"};
constexpr rows::Statement alerts_between{
    "service_outcomes.alerts", "SELECT person, raised_at FROM alert WHERE organisation = $1 AND raised_at >= $2 AND "
                               "raised_at < $3 ORDER BY raised_at"};
constexpr rows::Statement written_by_humans{
    "service_outcomes.written", "SELECT at FROM message WHERE organisation = $1 AND person = $2 AND at >= $3 AND at < $4 "
                                "AND author = 'human'"};
constexpr rows::Statement reached{
    "service_outcomes.reached", "SELECT s.at FROM alert a JOIN alert_step s ON s.organisation = a.organisation AND "
                                "s.alert = a.alert WHERE a.organisation = $1 AND a.person = $2 AND "
                                "s.kind = 'outcome_reached' AND s.at >= $3 AND s.at < $4"};

/// One person on one measure.
struct Measured {
    std::string start;       ///< the band that the first total lay in
    bool was_case = false;
    bool better = false;
    bool worse = false;
    bool recovered = false;
    bool reliably_recovered = false;
    std::array<std::string, 3> groups; ///< age band, language, country
};

constexpr std::array<const char*, 3> divisions{"age_band", "language", "country"};

struct Measure {
    std::string title;
    std::vector<Measured> people;
};

using Measures = std::map<std::string, Measure>;

std::string plain(double number) { return std::to_string(static_cast<long long>(number)); }

/// "10 to 14": where the published bands of an instrument put a first total; empty where it has none.
std::string start_of(const Instrument& instrument, double total)
{
    const auto* main = instrument.main_score();
    if (main == nullptr)
        return {};
    const auto bands = instrument.scoring.bands.find(main->id);
    if (bands == instrument.scoring.bands.end())
        return {};
    for (const auto& band : bands->second)
        if (total >= band.lowest && total < band.highest + 1)
            return plain(band.lowest) + " to " + plain(band.highest);
    return {};
}

Measured measured(const monitoring::Outcome& outcome, std::string start, const std::array<std::string, 3>& groups)
{
    return {std::move(start),  outcome.was_case,         outcome.reliably == monitoring::Moved::Better,
            outcome.reliably == monitoring::Moved::Worse, outcome.recovery, outcome.reliable_recovery, groups};
}

using Has = bool (*)(const Measured&);
struct Kind {
    Has counts;  ///< who may be counted
    Has counted;
    OutcomeShare OutcomeRow::* share;
};

bool everybody(const Measured&) { return true; }
bool was_case(const Measured& one) { return one.was_case; }

const std::array<Kind, 4> kinds{{
    {everybody, [](const Measured& one) { return one.better; }, &OutcomeRow::better},
    {everybody, [](const Measured& one) { return one.worse; }, &OutcomeRow::worse},
    {was_case, [](const Measured& one) { return one.recovered; }, &OutcomeRow::recovered},
    {was_case, [](const Measured& one) { return one.reliably_recovered; }, &OutcomeRow::reliably_recovered},
}};

using Members = std::vector<const Measured*>;

Counted count(const Members& members, const Kind& kind)
{
    Counted out;
    for (const auto* one : members) {
        out.of += kind.counts(*one) ? 1 : 0;
        out.count += kind.counts(*one) && kind.counted(*one) ? 1 : 0;
    }
    return out;
}

/// The share that all people who began in the same band reached, summed over the group's people.
std::optional<double> expected(const Members& members, const std::map<std::string, Members>& by_start, const Kind& kind)
{
    double sum = 0;
    int of = 0;
    for (const auto* one : members) {
        if (!kind.counts(*one))
            continue;
        const auto all = count(by_start.at(one->start), kind);
        sum += static_cast<double>(all.count) / all.of;
        ++of;
    }
    if (of == 0)
        return std::nullopt;
    return sum / of;
}

/// The rows of one division of the people, in the order of the groups' names.
std::vector<OutcomeRow> rows_of(const std::string& by, const std::map<std::string, Members>& groups,
                                const std::map<std::string, Members>* by_start)
{
    std::vector<OutcomeRow> rows;
    for (const auto& [group, members] : groups)
        rows.push_back({by, group, {}, {}, {}, {}});
    for (const auto& kind : kinds) {
        std::vector<Counted> counts;
        for (const auto& [group, members] : groups)
            counts.push_back(count(members, kind));
        const auto allowed = told(counts);
        std::size_t at = 0;
        for (const auto& [group, members] : groups) {
            auto& share = rows[at].*kind.share;
            share.told = allowed[at++];
            if (share.told.count && by_start != nullptr)
                share.expected = expected(members, *by_start, kind);
        }
    }
    return rows;
}

MeasureOutcomes told_of(const std::string& instrument, const Measure& measure)
{
    MeasureOutcomes out{instrument, measure.title, {}};
    std::map<std::string, Members> all, by_start;
    std::array<std::map<std::string, Members>, 3> by_group;
    for (const auto& one : measure.people) {
        all[""].push_back(&one);
        by_start[one.start].push_back(&one);
        for (std::size_t i = 0; i < divisions.size(); ++i)
            by_group[i][one.groups[i]].push_back(&one);
    }
    const bool banded = by_start.size() > 1 || (by_start.size() == 1 && !by_start.begin()->first.empty());
    const auto add = [&](const std::string& by, const std::map<std::string, Members>& groups,
                         const std::map<std::string, Members>* start) {
        auto rows = rows_of(by, groups, start);
        out.rows.insert(out.rows.end(), rows.begin(), rows.end());
    };
    add("all", all, nullptr);
    if (banded)
        add("start", by_start, nullptr);
    for (std::size_t i = 0; i < divisions.size(); ++i)
        add(divisions[i], by_group[i], banded ? &by_start : nullptr);
    return out;
}

Result<HumanContacts> contacts_around_alerts(trust::Reading& reading, Instant now)
{
    HumanContacts out;
    const hours span{24 * out.days};
    std::map<PersonId, Instant> first;
    for (const auto& row : TRY(reading.rows(alerts_between, {now - 4 * span, now - span})))
        if (const auto person = row[0].id<PersonId>(); !person.empty())
            first.emplace(person, row[1].instant());
    std::set<std::pair<PersonId, std::chrono::sys_days>> before, after;
    for (const auto& [person, at] : first)
        for (const auto* statement : {&written_by_humans, &reached})
            for (const auto& row : TRY(reading.rows(*statement, {person, at - span, at + span}))) {
                const auto met = row[0].instant();
                (met < at ? before : after).emplace(person, std::chrono::floor<days>(met));
            }
    if (first.size() < static_cast<std::size_t>(fewest_people))
        return out;
    out.people = static_cast<int>(first.size());
    out.before = static_cast<double>(before.size()) / *out.people;
    out.after = static_cast<double>(after.size()) / *out.people;
    return out;
}

} // namespace

Result<ServiceOutcomesReport> ServiceOutcomes::report(const Actor& lead) const
{
    if (lead.role() != Role::Lead)
        return not_allowed("Only a lead reads how the service does.");
    ServiceOutcomesReport out;
    TRY(record_.read(lead, [&](trust::Reading& reading) -> Result<void> {
        out.as_of = reading.now();
        out.contacts = TRY(contacts_around_alerts(reading, out.as_of));
        reading.note({"read.service_outcomes", std::nullopt, "course", {}, {}, {}});
        return {};
    }));
    const auto system = trust::ActorDesk::system(lead.organisation());
    Measures measures;
    TRY(people_.walk(system, courses, people_a_page, 1, [&](PersonId after, const trust::EveryPerson::Page& page) -> Result<void> {
        std::map<PersonId, std::array<std::string, 3>> groups;
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            groups.clear();
            for (const auto& row : TRY(reading.rows(groups_between, {after, page.back().first})))
                groups[row[0].id<PersonId>()] = {row[1].text(), row[2].text(), row[3].text()};
            reading.note({"count.courses", std::nullopt, "course", {}, {}, {}});
            return {};
        }));
        for (const auto& [person, words] : TRY(people_.open(system, courses, after, page)).values) {
            const auto found = groups.find(person);
            const auto course = monitoring::Course::decoded(words.reveal());
            if (found == groups.end() || !course.ok())
                continue; // erased meanwhile, or damaged: the nightly pass tells
            std::map<std::string, monitoring::Outcome> by_instrument;
            const auto told = monitoring::outcomes(*course, asking_.instruments, asking_.change, asking_.progress, out.as_of);
            for (const auto& line : told.lines) {
                auto& measure = measures[line.instrument];
                measure.title = line.title;
                measure.people.push_back(measured(
                    line.outcome, start_of(*asking_.instruments.find(line.instrument), line.baseline), found->second));
                by_instrument.emplace(line.instrument, line.outcome);
            }
            const auto depression = by_instrument.find(asking_.change.depression);
            const auto anxiety = by_instrument.find(asking_.change.anxiety);
            if (depression == by_instrument.end() || anxiety == by_instrument.end())
                continue;
            const auto both = monitoring::together(depression->second, anxiety->second);
            auto& measure = measures[together_id];
            measure.title = "Depression and anxiety read together";
            measure.people.push_back({{},
                                      both.was_case,
                                      both.reliable_improvement,
                                      both.reliable_deterioration,
                                      both.recovery,
                                      both.reliable_recovery,
                                      found->second});
        }
        return {};
    }));
    for (const auto& [instrument, measure] : measures)
        out.measures.push_back(told_of(instrument, measure));
    return out;
}

} // namespace handrail::errands
