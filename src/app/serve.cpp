#include "app/serve.h"

#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>

#include <iostream>
#include <thread>

#include "app/alert_channels.h"
#include "app/announcer.h"
#include "app/control_socket.h"
#include "app/demo/load.h"
#include "app/first_assessments.h"
#include "app/gateway_service.h"
#include "app/house.h"
#include "app/keeper.h"
#include "app/keeping.h"
#include "app/language_model.h"
#include "app/log.h"
#include "app/minutes.h"
#include "app/numbers.h"
#include "app/reminder_letters.h"
#include "app/scratch.h"
#include "app/store_watch.h"
#include "app/system_state.h"
#include "app/taking_in.h"
#include "app/timers.h"
#include "app/unkept.h"
#include "app/whatsapp.h"
#include "care/list_entries.h"
#include "care/rota_gaps.h"
#include "http/event_stream.h"
#include "http/exposition.h"
#include "http/metrics.h"
#include "http/openapi.h"
#include "http/rate_limit.h"
#include "http/routes/desks.h"
#include "http/routes/first_assessment.h"
#include "http/routes/informants.h"
#include "http/routes/kept_replies.h"
#include "http/routes/reach.h"
#include "http/routes/supporters.h"
#include "http/server.h"
#include "http/static_files.h"
#include "http/trace_sender.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

Result<Config> config_of(const ServeOptions& options)
{
    Config config = options.demo ? demo_config() : Config{};
    if (options.config) {
        config = TRY(read_config(*options.config));
        config.demo = options.demo;
    } else if (!options.demo) {
        return invalid("Say what to run: handrail serve --config handrail.toml, or handrail serve --demo.");
    }
    if (options.port) {
        config.port = *options.port;
        config.public_url.clear();
    }
    if (options.folder)
        keep_in(config, *options.folder);
    return config;
}

void raise_file_limit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// The page a browser gets when the web page was not built: says so instead of nothing.
std::shared_ptr<const http::StaticFiles> files_of(const Config& config, const Log& log)
{
    auto files = http::StaticFiles::open(config.web.string());
    if (files.ok())
        return *files;
    log.line(LogLevel::Warn, "http", "web page: " + files.error().told);
    return http::StaticFiles::from(
        {{"/index.html",
          "<!doctype html><title>Handrail</title><p>The web page is not built. Run ./run --build-only."}});
}

http::ServerSettings server_settings(const Config& config)
{
    http::ServerSettings settings;
    settings.address = config.address;
    settings.port = static_cast<std::uint16_t>(config.port);
    settings.certificate_file = config.certificate.string();
    settings.key_file = config.certificate_key.string();
    settings.trusted_proxies = config.trusted_proxies;
    settings.limits.workers = static_cast<std::size_t>(config.workers);
    settings.limits.connections = static_cast<std::size_t>(config.max_connections);
    settings.limits.buffered_bytes = static_cast<std::size_t>(config.buffered_mib) << 20U;
    return settings;
}

/// What fits at once is a share of what fits in a minute.
http::RateLimitSettings rate_limits_of(const Config& config)
{
    if (config.demo) // load is made with it
        return {{1e6, 1e5}, {1e6, 1e5}, {1e6, 1e5}, {1e6, 1e5}, {1e6, 1e5}, {1e8, 1e7}, 1000};
    const auto limit = [](int per_minute, double share) {
        return http::RateLimit{static_cast<double>(per_minute), std::max(1.0, per_minute * share)};
    };
    const auto& limits = config.limits;
    return {.on_public = limit(limits.on_public, 1.0 / 6),
            .sign_in = limit(limits.sign_in, 1.5),
            .reading = limit(limits.reading, 0.25),
            .writing = limit(limits.writing, 0.25),
            .costly = limit(limits.costly, 1),
            .organisation = limit(limits.organisation, 0.1)};
}

http::routes::Desks desks_of(House& house, http::EventHub& hub, const std::string& public_url, const Minutes& minutes,
                             const std::function<StoreWatch::Found()>& store)
{
    return {house.organisation,
            house.clock,
            *house.record,
            house.sessions,
            house.sign_in,
            house.sign_up,
            house.accounts,
            house.invitations,
            house.teams,
            house.consents,
            house.erasures,
            house.break_glass,
            house.audit,
            house.alerts,
            house.findings,
            house.documents,
            house.service,
            house.conversations,
            house.answers,
            house.asks,
            house.caseload,
            house.person_page,
            house.own_record,
            house.lines,
            house.sources,
            hub,
            public_url,
            house.text_version,
            house.config.demo,
            [store] {
                const auto found = store();
                return http::routes::Desks::Keeping{found.state == StoreWatch::State::Keeps,
                                                    found.hangs, found.since};
            },
            [&house, store](std::string_view words, const Finding& finding, const std::vector<std::string>& languages,
                            const std::string& country) {
                return unkept(house, store().hangs, words, finding, languages, country);
            },
            [&house, store](const Actor& actor) { return system_state(house, store(), actor); },
            [&house, &minutes] { return measurements(house, minutes); },
            [&house](const Actor& actor) { return audit_state(house, actor); },
            [&house, store](const std::string& language) { return public_protocol(house, store().hangs, language); },
            [&house](const std::string& language) { return safety_texts(house, language); },
            {},
            nullptr,
            &house.walk};
}

void add_health_routes(http::Router& router, House& house, const http::Metrics& metrics, Numbers& numbers)
{
    router.add({.pattern = "/healthz",
                .summary = "The process answers.",
                .callers = http::Callers::anyone(),
                .produces = "text/plain",
                .handler = [](const http::Request&) -> Result<http::Response> { return http::Response::text("ok\n"); },
                .light = true,
                .rate = http::RateClass::None});
    router.add({.pattern = "/readyz",
                .summary = "Store, content and alert path.",
                .callers = http::Callers::anyone(),
                .handler = [&house](const http::Request&) { return readiness(house); },
                .rate = http::RateClass::None});
    router.add({.pattern = "/api/openapi.json",
                .summary = "This document.",
                .callers = http::Callers::anyone(),
                .handler = [&router](const http::Request&) -> Result<http::Response> {
                    return http::Response::ok(http::openapi(router, HANDRAIL_VERSION));
                },
                .needs_store = false});
    router.add({.pattern = "/metrics",
                .summary = "Prometheus text exposition; from this machine only.",
                .callers = http::Callers::anyone(),
                .produces = "text/plain",
                .handler = [&router, &metrics, &numbers](const http::Request& request) -> Result<http::Response> {
                    if (request.remote_address != "127.0.0.1" && request.remote_address != "::1")
                        return not_found("There is nothing under this address.");
                    return http::Response::bytes(http::exposition(numbers.measures()) + metrics.text(router),
                                                 "text/plain; version=0.0.4");
                },
                .rate = http::RateClass::None,
                .needs_store = false});
}

void add_routes(http::Router& router, House& house, http::routes::Desks& desks, FirstAssessments& first,
                const TakingIn& taking_in, const http::Metrics& metrics, Numbers& numbers)
{
    http::routes::add_all(router, desks);
    taking_in.add_routes(router, desks);
    http::routes::add_first_assessment_routes(router, desks, first.desk());
    http::routes::add_informant_routes(router, desks, house.informants);
    http::routes::add_supporter_routes(router, desks, house.supporters);
    const auto& config = house.config;
    http::routes::add_reach_routes(
        router, desks,
        {*house.vault.keyring, !config.push.contact.empty(), config.push.anywhere, !config.texts.url.empty()});
    add_health_routes(router, house, metrics, numbers);
    if (house.config.demo)
        add_demo_routes(router, house);
}

/// @return the exit status
int told(const Result<void>& ended, std::ostream& err)
{
    if (ended.ok())
        return 0;
    err << ended.error().told << "\n";
    if (!ended.error().noted.empty())
        err << "(" << ended.error().noted << ")\n";
    return 1;
}

Result<void> first_words(House& house, const std::string& url, std::ostream& out)
{
    if (house.config.demo) {
        print_demo_log_ins(house, url, out);
        return {};
    }
    for (const auto& count : TRY(house.accounts.counts(house.system())))
        if (count.role == Role::Administrator && count.accounts > 0) {
            out << "Handrail is running at " << url << "\n";
            return {};
        }
    const auto sent = TRY(house.invitations.create(
        house.system(), {trust::InvitationPurpose::Administrator, Role::Administrator, {}, {}, {}}));
    out << "Handrail is running at " << url << "\n\n"
        << "Nobody administers it yet. This link works once, until " << to_rfc3339(sent.ends_at) << ":\n  " << url
        << "/staff/invitation#" << sent.token << "\n";
    return {};
}

Result<void> run(const ServeOptions& options, std::ostream& out)
{
    auto config = TRY(config_of(options));
    raise_file_limit();
    const auto log = TRY(Log::open(config.log_level));
    const auto noting = [&log](const char* part) {
        return [&log, part](const std::string& noted) { log.line(LogLevel::Warn, part, noted); };
    };

    // The port first: a second start on the same machine is told so before it touches the store.
    http::Router router;
    auto server = TRY(http::Server::open(server_settings(config), router));
    if (config.public_url.empty())
        config.public_url = fmt::format("{}://{}:{}", server->tls() ? "https" : "http", config.address, server->port());

    auto house = TRY(House::open(config));
    if (!house->rules_only.empty()) // one alarm to the service; messages keep the level of the rules
        log.line(LogLevel::Error, "screening", "rules only: " + house->rules_only);
    if (config.demo)
        TRY(fill_demo(*house, out));

    const auto model = TRY(LanguageModel::open(config, noting("language model")));
    if (model)
        house->conversations.use(model->wording());

    http::EventHub hub;
    http::Metrics metrics;
    http::RateLimits rate_limits{rate_limits_of(config)};
    http::routes::KeptReplies replies(*house->record);
    Minutes minutes;
    TRY(house->service.read(house->system())); // so that it is known when the store goes away
    const StoreWatch watch([&house] { return look_at_store(*house); }, house->clock,
                           [&](const auto& before, const auto& now) {
                               log.line(now.state == StoreWatch::State::Keeps ? LogLevel::Info : LogLevel::Error,
                                        "store", told(before, now));
                               hub.publish_to_all({"keeping", "{}"});
                           });
    auto desks = desks_of(*house, hub, config.public_url, minutes, [&watch] { return watch.found(); });
    if (model)
        desks.models = {model->wording().named(), model->told()};
    desks.every_person = &house->every_person;
    std::unique_ptr<Whatsapp> whatsapp;
    if (config.whatsapp.on) {
        whatsapp = TRY(Whatsapp::open(*house, noting("whatsapp")));
        desks.whatsapp = &whatsapp->desk();
    }
    std::optional<http::TraceSender> traces;
    if (!config.traces.empty())
        traces.emplace(TRY(http::CollectorAddress::from(config.traces)), HANDRAIL_VERSION, noting("traces"));
    Numbers numbers(*house, hub, metrics, server.get());
    const auto gateway =
        TRY(GatewayService::open(*house, [&watch] { return watch.hangs(); }, noting("gateway")));
    if (gateway)
        gateway->routes().add_routes(router);
    numbers.not_while([&watch] { return watch.hangs(); });
    numbers.also([&traces, &gateway] {
        auto all = traces ? traces->measures() : std::vector<Measure>{};
        if (gateway)
            for (auto& each : gateway->desk().tally().measures())
                all.push_back(std::move(each));
        return all;
    });
    const auto first_assessments = TRY(FirstAssessments::open(*house));
    const auto taking_in = TRY(TakingIn::open(*house));
    add_routes(router, *house, desks, *first_assessments, *taking_in, metrics, numbers);
    http::RouterHooks hooks;
    hooks.authenticate = [&desks](const http::Request& request, http::Strength strength) {
        return http::routes::who_asks(desks, request, strength);
    };
    hooks.idempotency = &replies;
    hooks.rate_limits = &rate_limits;
    hooks.metrics = &metrics;
    hooks.store_away = [&watch] { return watch.hangs(); };
    hooks.note = [&log](std::string_view noted, std::string_view request) {
        log.line(LogLevel::Warn, "http", noted, request);
    };
    if (log.tells(LogLevel::Debug))
        hooks.answered = [&log](const http::Answered& request) { log.answered(request); };
    if (traces)
        hooks.traced = [&traces](std::unique_ptr<trace::Trace> trace) { traces->take(std::move(trace)); };
    hooks.public_url = config.public_url;
    hooks.files = files_of(config, log);
    if (gateway)
        hooks.no_route = [&gateway](const http::Request& request) { return gateway->routes().no_route(request); };
    router.set_hooks(std::move(hooks));

    const Announcer announcer(*house->vault.data, *house->record, house->accounts, hub);
    const Timers timers(*house, noting("timers"),
                        {{"timers: first assessments",
                          [&first_assessments](const Actor& system) { return first_assessments->desk().tell_overdue(system); }},
                         {"timers: what is for soon", [&house](const Actor& system) {
                              return care::ListDesk(*house->record, house->alerts).tell_overdue(system);
                          }},
                         {"timers: more for soon than can be looked at", [&house](const Actor& system) {
                              return care::ListDesk(*house->record, house->alerts).tell_beyond(system);
                          }},
                         {"timers: gaps of the rota", [&house](const Actor& system) {
                              return care::RotaGaps(*house->record, house->alerts).tell_ahead(system);
                          }}});
    const auto alert_channels = TRY(AlertChannels::open(*house, noting("alerts")));
    const auto reminder_letters = TRY(ReminderLetters::open(*house, noting("reminders")));
    const auto keeping = [&log](const char* what) {
        return [&log, what](const Error& error) {
            // A record that does not hold is the one thing here that no next try puts right.
            log.line(error.kind == ErrorKind::Conflict ? LogLevel::Error : LogLevel::Warn, "keeper",
                     std::string(what) + ": " + (error.noted.empty() ? error.told : error.noted));
        };
    };
    const Keeper keeper([&house](const std::stop_token&) { return house->backups.round(); },
                        keeping("backups and keys"));
    const Keeper checkpoint_keeper([&house](const std::stop_token& stop) { return house->checkpoints.round(stop); },
                                   keeping("checkpoints"));
    const Keeper walk_keeper(
        [&house, &watch](const std::stop_token& stop) -> Result<void> {
            if (watch.hangs())
                return {}; // that is told elsewhere
            const auto walked = TRY(house->walk.round(house->system(), [&stop](Duration length) {
                std::this_thread::sleep_for(length);
                return !stop.stop_requested();
            }));
            if (!walked || walked->held())
                return {};
            return Error{ErrorKind::Unavailable, "broke at " + std::string(errands::name(*walked->broke_at())),
                         "broke at " + std::string(errands::name(*walked->broke_at())) + ": " + walked->problem, {}};
        },
        keeping("walk"));
    // Nodes are replaced one after the other, and this one goes on meanwhile. It must not be forgotten.
    const Keeper newer_keeper(
        [&house](const std::stop_token&) -> Result<void> {
            const auto newer = newer_store(house->vault);
            if (newer.ok() && !newer->empty())
                return Error{ErrorKind::Unavailable, *newer, {}, {}};
            return {}; // that the store is away is told elsewhere
        },
        keeping("store"));
    std::optional<Keeper> gateway_keeper;
    if (gateway)
        gateway_keeper.emplace(
            [&gateway](const std::stop_token&) -> Result<void> {
                gateway->desk().round();
                return {};
            },
            keeping("gateway"));
    if (gateway)
        gateway->tell_owners();
    const MinuteKeeper minute_keeper(numbers, house->clock, minutes);
    const auto control = TRY(
        ControlSocket::open(config.folder, [&house](const std::string& line) { return answer_control(*house, line); }));
    server->start();
    log.line(LogLevel::Info, "server", "Handrail " HANDRAIL_VERSION " listens");
    TRY(first_words(*house, config.public_url, out));
    out << "Ctrl-C stops it.\n" << std::flush;

    sigset_t wanted;
    sigemptyset(&wanted);
    for (const int each : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&wanted, each);
    for (;;) {
        int received = 0;
        sigwait(&wanted, &received);
        if (received != SIGHUP)
            break;
        if (const auto reloaded = server->reload_certificate(); !reloaded.ok())
            log.line(LogLevel::Error, "http", "certificate: " + reloaded.error().told);
    }
    out << "Stopping: finishing what is in flight.\n" << std::flush;
    hub.close_everything();
    server->stop();
    gateway_keeper.reset();
    if (gateway) {
        gateway->routes().stop();
        gateway->desk().round();
    }
    log.line(LogLevel::Info, "server", "stopped");
    return {};
}

} // namespace

int serve(const ServeOptions& options, std::ostream& out, std::ostream& err)
{
    // Signals are taken by the main thread alone; blocked before any other thread begins.
    sigset_t handled;
    sigemptyset(&handled);
    for (const int each : {SIGINT, SIGTERM, SIGHUP})
        sigaddset(&handled, each);
    pthread_sigmask(SIG_BLOCK, &handled, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
    return told(run(options, out), err);
}

int print_openapi(std::ostream& out, std::ostream& err)
{
    const auto print = [&]() -> Result<void> {
        const auto scratch = TRY(Scratch::make());
        auto config = demo_config();
        config.folder = scratch.path();
        config.master_key = (scratch.path() / "master.key").string();
        const auto house = TRY(House::open(config));
        http::EventHub hub;
        http::Metrics metrics;
        http::Router router;
        Minutes minutes;
        auto desks = desks_of(*house, hub, "http://127.0.0.1", minutes, [] { return StoreWatch::Found{}; });
        Numbers numbers(*house, hub, metrics, nullptr);
        const auto first_assessments = TRY(FirstAssessments::open(*house));
        const auto taking_in = TRY(TakingIn::open(*house));
        add_routes(router, *house, desks, *first_assessments, *taking_in, metrics, numbers);
        out << http::openapi(router, HANDRAIL_VERSION) << "\n" << std::flush;
        return {};
    };
    return told(print(), err);
}

} // namespace handrail::app
