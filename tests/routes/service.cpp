#include "routes/service.h"

#include <algorithm>
#include <iostream>

#include "content/answer_protocol.h"
#include "content/asking_protocol.h"
#include "content/change_protocol.h"
#include "content/check_ins.h"
#include "content/crisis_lines.h"
#include "content/next_steps.h"
#include "content/progress_protocol.h"
#include "content/sources.h"
#include "nlp/screener.h"
#include "postgres/postgres_store.h"
#include "postgres_cluster.h"

namespace handrail::test {

namespace {

/// What the project ships, read once.
struct Shipped {
    content::CrisisLines lines;
    content::Sources sources;
    monitoring::Asking asking;
    nlp::Screener screener;
    support::Dialogue dialogue;
    support::Guard guard;
};

const Shipped& shipped()
{
    static const std::filesystem::path folder = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";
    static const auto instruments = must(content::Instruments::load(folder));
    static const Shipped all{must(content::CrisisLines::load(folder)),
                             must(content::Sources::load(folder)),
                             {must(content::load_check_in_form(folder, "daily")), instruments,
                              must(content::load_answer_protocol(folder, instruments)),
                              must(content::load_progress_protocol(folder)),
                              must(content::load_change_protocol(folder, instruments)),
                              must(content::load_asking_protocol(folder)), must(content::load_next_steps(folder))},
                             must(nlp::Screener::load(folder)),
                             must(support::Dialogue::load(folder)),
                             must(support::Guard::load(folder))};
    return all;
}

std::unique_ptr<House> on_sqlite()
{
    return std::make_unique<House>();
}

std::unique_ptr<House> on_postgres()
{
    std::string why_not;
    auto* const cluster = tests::PostgresCluster::of_this_program(why_not);
    if (cluster == nullptr) {
        std::cerr << "SKIPPED: " << why_not << "\n";
        return nullptr;
    }
    const auto data = cluster->fresh_database();
    const auto keys = cluster->fresh_database();
    return std::make_unique<House>([=](storage::Set set) -> std::unique_ptr<storage::Store> {
        return must(postgres::PostgresStore::open(cluster->conninfo(set == storage::Set::Data ? data : keys), set));
    });
}

} // namespace

const std::vector<StoreKind>& both_stores()
{
    static const std::vector<StoreKind> kinds{{"Sqlite", on_sqlite}, {"Postgres", on_postgres}};
    return kinds;
}

Service::Service(House& on, OrganisationId of, const monitoring::Asking* asking)
    : house(on), organisation(of), alerts(*on.record, {}), service(*on.record, *on.settings, alerts),
      findings(*on.record), documents(*on.record), crisis_help(shipped().dialogue, on.clock),
      listening(alerts, service, crisis_help),
      conversations(*on.record, listening, alerts, service, shipped().screener, shipped().dialogue, shipped().guard,
                    support::ConversationDesk::Languages::Every),
      answers(*on.record, listening, *on.consents, shipped().screener, asking ? *asking : shipped().asking),
      asks(*on.record, listening, asking ? *asking : shipped().asking, {}, monitoring::RemindingWays{true, true, true}),
      caseload(*on.record, *on.accounts), person_page(*on.record, *on.accounts),
      own_record(*on.record, *on.accounts, *on.consents), desks{of,
                                                                on.clock,
                                                                *on.record,
                                                                *on.sessions,
                                                                *on.sign_in,
                                                                *on.sign_up,
                                                                *on.accounts,
                                                                *on.invitations,
                                                                *on.teams,
                                                                *on.consents,
                                                                *on.erasure,
                                                                *on.break_glass,
                                                                *on.audit,
                                                                alerts,
                                                                findings,
                                                                documents,
                                                                service,
                                                                conversations,
                                                                answers,
                                                                asks,
                                                                caseload,
                                                                person_page,
                                                                own_record,
                                                                shipped().lines,
                                                                shipped().sources,
                                                                hub,
                                                                "https://help.example.org",
                                                                "en-1",
                                                                true,
                                                                [] { return http::routes::Desks::Keeping{}; },
                                                                {},
                                                                {},
                                                                {},
                                                                {},
                                                                {},
                                                                {}},
      keeper(*on.record)
{
    http::routes::add_all(router, desks);
    http::RouterHooks hooks;
    hooks.authenticate = [this](const http::Request& request, http::Strength strength) {
        return http::routes::who_asks(desks, request, strength);
    };
    hooks.idempotency = &keeper;
    hooks.public_url = desks.public_url;
    router.set_hooks(std::move(hooks));
}

std::string Service::token_of(const Actor& actor)
{
    return must(house.sessions->begin(house.system(organisation),
                                      {actor.account(), actor.role(), actor.person(), "a test", true}))
        .token;
}

http::Response Service::ask(http::Method method, const std::string& target, const std::string& token,
                            const std::string& body, const std::string& key)
{
    http::Request request;
    request.method = method;
    request.target = target;
    request.body = body;
    request.remote_address = "192.0.2.1";
    request.headers = {{"Content-Type", "application/json"}, {"Origin", desks.public_url}};
    if (!token.empty())
        request.headers.add("Cookie", "__Host-handrail=" + token);
    if (!key.empty())
        request.headers.add("Idempotency-Key", key);
    ensure(static_cast<bool>(request.read_target()), "a test asks for a target that can be read");
    return router.answer(request);
}

AlertId Service::alert_of(PersonId person)
{
    AlertId id;
    must(house.record->read(house.system(organisation), [&](trust::Reading& reading) -> Result<void> {
        if (const auto open = TRY(alerts.open_alert(reading, person)))
            id = open->id;
        return {};
    }));
    return id;
}

int Service::steps(AlertId id, std::string_view kind)
{
    const auto path = alert(id).path;
    return static_cast<int>(std::ranges::count_if(path, [&](const auto& step) { return step.kind == kind; }));
}

} // namespace handrail::test
