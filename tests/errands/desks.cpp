#include "errands/desks.h"

#include <iostream>

#include "content/alert_policy.h"
#include "postgres/postgres_store.h"
#include "postgres_cluster.h"

namespace handrail::errands {

namespace {

using test::must;

std::unique_ptr<test::House> on_sqlite()
{
    return std::make_unique<test::House>();
}

std::unique_ptr<test::House> on_postgres()
{
    std::string why_not;
    auto* const cluster = tests::PostgresCluster::of_this_program(why_not);
    if (cluster == nullptr) {
        std::cerr << "SKIPPED: " << why_not << "\n";
        return nullptr;
    }
    const auto database = cluster->fresh_database();
    return std::make_unique<test::House>([cluster, database](storage::Set set) -> std::unique_ptr<storage::Store> {
        return must(postgres::PostgresStore::open(cluster->conninfo(database), set));
    });
}

struct Shipped {
    nlp::Screener screener = must(nlp::Screener::load(content_folder));
    support::Dialogue dialogue = must(support::Dialogue::load(content_folder));
    support::Guard guard = must(support::Guard::load(content_folder));
};

const Shipped& shipped()
{
    static const Shipped all;
    return all;
}

} // namespace

const Kind both_stores[2] = {{"sqlite", on_sqlite}, {"postgres", on_postgres}};

void OnBothStores::SetUp()
{
    auto house = GetParam().open();
    if (house == nullptr)
        GTEST_SKIP() << "no PostgreSQL server on this machine";
    desks = std::make_unique<Desks>(std::move(house), channels);
}

Desks::Desks(std::unique_ptr<test::House> in, const std::vector<care::Channel>& channels)
    : house(std::move(in)), screener(shipped().screener), dialogue(shipped().dialogue), guard(shipped().guard),
      crisis_help(dialogue, house->clock), alerts(*house->record, must(content::load_alert_policy(content_folder)), channels),
      service(*house->record, *house->settings, alerts), listening(alerts, service, crisis_help),
      conversations(*house->record, listening, alerts, service, screener, dialogue, guard,
                    support::ConversationDesk::Languages::Every),
      retention(*house->record, *house->consents, service)
{
    save(3650);
}

void Desks::save(int retention_days)
{
    auto settings = must(service.read(house->system()));
    care::StaffedHours always;
    always.days.fill(true);
    always.to = 24 * 60;
    settings.hours = {always};
    settings.retention_days = retention_days;
    must(service.save(house->system(), settings));
}

void Desks::staff_hours(int from, int to)
{
    auto settings = must(service.read(house->system()));
    settings.hours.clear();
    if (from < to) {
        care::StaffedHours hours;
        hours.days.fill(true);
        hours.from = from;
        hours.to = to;
        settings.hours = {hours};
    }
    must(service.save(house->system(), settings));
}

std::int64_t Desks::walk()
{
    std::int64_t removed = 0;
    PersonId after;
    for (int slices = 0; slices < 1000; ++slices) {
        const auto slice = must(retention.slice(house->system(), after));
        if (slice.problem)
            throw std::runtime_error(slice.problem->told + " (" + slice.problem->noted + ")");
        removed += slice.removed;
        if (!slice.next)
            return removed;
        after = *slice.next;
    }
    throw std::runtime_error("the walk never ends");
}

std::int64_t Desks::count(const char* sql, PersonId person)
{
    std::int64_t number = -1;
    must(house->record->read(house->system(), [&](trust::Reading& reading) -> Result<void> {
        number = TRY(reading.rows(rows::Statement{sql, sql}, {rows::Value{person}})).front()[0].number();
        return {};
    }));
    return number;
}

std::int64_t Desks::messages(PersonId person)
{
    return count("SELECT COUNT(*) FROM message WHERE organisation = $1 AND person = $2", person);
}

std::int64_t Desks::findings_with_words(PersonId person)
{
    return count("SELECT COUNT(*) FROM finding WHERE organisation = $1 AND person = $2 AND length(sealed_body) > 0",
                 person);
}

void Desks::answer(const Actor& person, const std::vector<trust::ConsentDesk::Answer>& consents)
{
    must(house->consents->put(person, *person.person(), consents));
}

std::optional<care::Alert> Desks::alert(PersonId person)
{
    std::optional<care::Alert> found;
    must(house->record->read(house->system(), [&](trust::Reading& reading) -> Result<void> {
        found = TRY(alerts.open_alert(reading, person));
        return {};
    }));
    return found;
}

void Desks::close_alert(const Actor& clinician, PersonId person)
{
    const auto open = alert(person);
    if (!open)
        throw std::runtime_error("there is no open alert");
    must(alerts.acknowledge(clinician, open->id, "on it"));
    must(alerts.record_outcome(clinician, open->id, {care::Outcome::Reached, "Spoke with her.", {}, {}}));
}

} // namespace handrail::errands
