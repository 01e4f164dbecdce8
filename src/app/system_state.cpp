#include "app/system_state.h"

#include <algorithm>
#include <map>

#include "app/rule_table.h"
#include "base/text.h"
#include "gateway/event_post.h"
#include "http/json_text.h"
#include "support/standing_words.h"
#include "trust/actor_desk.h"
#include "trust/audit_check.h"

namespace handrail::app {

namespace {

using http::JsonList;
using http::JsonObject;

constexpr rows::Statement count_people{"state.people", "SELECT COUNT(*) FROM person WHERE organisation = $1"};

/// By which channels alerts leave, and what does not get out.
JsonList alert_channels(House& house)
{
    std::vector<care::DeliveryTrouble> troubles;
    const auto read = house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        troubles = TRY(care::delivery_troubles(reading));
        return {};
    });
    JsonList all;
    for (const auto channel : house.alerts.channels()) {
        JsonObject one;
        one.add("channel", care::name(channel)).add("known", read.ok());
        for (const auto& each : troubles)
            if (each.channel == channel)
                one.add("failing", each.failing).add("since", each.since).add("given_up", each.given_up);
        all.add(one);
    }
    return all;
}

/// When the service last walked the way of an alert, and whether it held.
JsonObject walk_of(House& house)
{
    JsonObject out;
    out.add("every_minutes", static_cast<std::int64_t>(house.walk.every().count()));
    errands::WalkState state;
    const auto read = house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        state = TRY(house.walk.state(reading));
        return {};
    });
    out.add("known", read.ok()).add("overdue", state.overdue);
    if (!state.last)
        return out;
    out.add("last", state.last->at()).add("held", state.last->held());
    if (const auto broke = state.last->broke_at())
        out.add("broke_at", errands::name(*broke));
    return out;
}

std::string joined(const std::vector<std::string>& texts, std::string_view between)
{
    std::string out;
    for (const auto& each : texts)
        out += (out.empty() ? std::string() : std::string(between)) + each;
    return out;
}

/// The keys of apps, and how telling their owners goes; what opens is not among it.
Result<JsonList> apps_of(House& house, const Actor& actor)
{
    const gateway::KeyDesk keys(*house.record, house.settings, house.accounts, house.clock);
    std::map<std::string, gateway::Telling> telling;
    TRY(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        telling = TRY(gateway::EventPost::read(reading));
        return {};
    }));
    JsonList all;
    for (const auto& key : TRY(keys.list(actor))) {
        if (key.revoked_at)
            continue;
        JsonObject one;
        one.add("key", key.id).add("app", key.app).add("made_at", key.made_at);
        if (!key.events_url.empty())
            one.add("events_to", key.events_url);
        if (const auto found = telling.find(key.id); found != telling.end()) {
            const auto& how = found->second;
            one.add("given_up", how.given_up);
            if (how.told_at)
                one.add("told_at", *how.told_at);
            if (how.failing_since)
                one.add("failing_since", *how.failing_since).add("problem", how.problem);
        }
        all.add(one);
    }
    return all;
}

} // namespace

Result<std::string> system_state(House& house, const StoreWatch::Found& store, const Actor& actor)
{
    const auto health = house.vault.data->health();
    const auto service = TRY(house.service.read(actor));
    const auto steps = care::first_start(service, TRY(care::staff_there(actor, house.accounts, house.teams)), "en",
                                         house.text_version);
    JsonObject accounts;
    for (const auto& count : TRY(house.accounts.counts(actor)))
        accounts.add(name(count.role), count.accounts);
    std::int64_t people = 0;
    TRY(house.record->read(house.system(), [&](trust::Reading& reading) -> Result<void> {
        people = TRY(reading.rows(count_people, {})).front()[0].number();
        return {};
    }));
    JsonList first_start;
    for (const auto& step : steps)
        first_start.add(
            JsonObject{}.add("id", step.id).add("title", step.title).add("done", step.done).add("detail", step.detail));
    JsonObject out;
    out.add("version", HANDRAIL_VERSION).add("schema", house.vault.schema);
    if (const auto newer = newer_store(house.vault); newer.ok() && !newer->empty())
        out.add("replace", *newer);
    JsonObject kept;
    kept.add("kind", house.vault.store_kind)
        .add("answers", health.answers)
        .add("durable", health.durable)
        .add("waiting_writes", health.waiting_writes);
    if (store.state != StoreWatch::State::Keeps)
        kept.add("trouble", store.told).add("trouble_since", store.since);
    out.add("store", kept);
    out.add("keys",
            JsonObject{}.add("epoch", house.vault.keyring->epoch()).add("source", house.config.master_key_source));
    const auto jumps = house.clock.system().jumps();
    JsonObject clock;
    clock.add("ahead_seconds", std::chrono::duration_cast<std::chrono::seconds>(house.clock.system().ahead()).count());
    clock.add("jumps", jumps.count);
    if (jumps.last)
        clock.add("last_jump",
                  JsonObject{}
                      .add("at", jumps.last->at)
                      .add("seconds", std::chrono::duration_cast<std::chrono::seconds>(jumps.last->by).count()));
    out.add("clock", clock);
    const auto backups = house.backups.state();
    JsonObject backup;
    if (!backups.last.empty())
        backup.add("last", backups.last);
    if (!backups.problem.empty())
        backup.add("problem", backups.problem);
    backup.add("every_hours", static_cast<double>(house.config.backup_every.count()) / 3600.0);
    out.add("backup", backup);
    if (!house.config.checkpoints.empty()) {
        const auto checkpoints = house.checkpoints.state();
        JsonObject written;
        if (checkpoints.newest)
            written.add("last", checkpoints.newest->file.filename().string());
        if (!checkpoints.problem.empty())
            written.add("problem", checkpoints.problem);
        written.add("every_hours", static_cast<double>(house.config.checkpoint_every.count()) / 3600.0);
        out.add("checkpoints", written);
    }
    std::int64_t unsigned_texts = 0;
    for (const auto& [language, book] : house.dialogue.phrasebooks())
        unsigned_texts += static_cast<std::int64_t>(
            std::count_if(book.crisis_texts().begin(), book.crisis_texts().end(),
                          [](const support::CrisisText& text) { return text.reviewed == "unreviewed"; }));
    out.add("content",
            JsonObject{}
                .add("unreviewed_texts", unsigned_texts)
                .add("note", "No licensed person has reviewed these texts. Two of your own people sign them, "
                             "per language, before people can sign up."));
    out.add("counts", JsonObject{}.add("accounts", accounts).add("people", people));
    out.add("first_start", first_start);
    if (!house.config.gateway.upstream.empty())
        out.add("apps", TRY(apps_of(house, actor)));
    out.add("open", house.config.demo || care::open_for_sign_up(steps)).add("demo", house.config.demo);
    return out.done();
}

Result<std::string> audit_state(House& house, const Actor& actor)
{
    const auto check = TRY(trust::verify_audit(*house.vault.data, house.vault.audit_key, actor.organisation()));
    return JsonObject{}.add("ok", check.ok()).add("entries", check.entries).add("problems", check.problems).done();
}

Result<std::string> public_protocol(House& house, bool away, const std::string& language)
{
    const auto& book = house.dialogue.book(language);
    const auto words = [&book](const std::string& key, const support::Filling& filling = {}) {
        return support::standing_words(book, "protocol." + key, filling);
    };
    JsonList sections;
    const auto service = TRY(house.service.read_or_last(house.system(), away));
    sections.add(JsonObject{}.add("heading", words("danger")).add("text", words("text")));
    sections.add(JsonObject{}.add("heading", words("reads")).add("text", support::staffed_words(book, care::staffed(service, house.clock.now()))));
    JsonList fixed;
    for (const auto& text : book.crisis_texts()) {
        std::string heading; // "now.suicide.self", each part in words
        for (const auto part : split(text.id, '.'))
            heading += (heading.empty() ? "" : ", ") + words("word." + std::string(part));
        fixed.add(JsonObject{}.add("id", text.id).add("heading", heading).add("text", text.whole()));
    }
    JsonList rules;
    for (const auto& rule : TRY(rule_table(house.config.content))) {
        std::vector<std::string> shown;
        if (!rule.by.empty())
            shown.push_back(words("by", {{"what", joined(rule.by, ", ")}}));
        if (!rule.tests.empty())
            shown.push_back(words("shown", {{"what", joined(rule.tests, ", ")}}));
        if (rule.cases > 0)
            shown.push_back(words("cases", {{"number", std::to_string(rule.cases)}}));
        if (!rule.guard.empty())
            shown.push_back(words("guard") + " (" + joined(rule.guard, " ") + ")");
        if (shown.empty())
            shown.push_back(words("none"));
        rules.add(JsonObject{}.add("id", rule.id).add("says", rule.says).add("shown", shown));
    }
    JsonObject versions;
    versions.add("texts", house.text_version);
    for (const auto& [part, version] : house.screener.versions())
        versions.add(part, version);
    return JsonObject{}
        .add("title", words("title", {{"service", service.name}}))
        .add("language", book.language())
        .add("sections", sections)
        .add("fixed_heading", words("fixed"))
        .add("fixed", fixed)
        .add("rules_heading", words("rules"))
        .add("rules_text", words("rules_text"))
        .add("rules", rules)
        .add("versions", versions)
        .done();
}

Result<std::string> safety_texts(House& house, const std::string& language)
{
    const auto found = house.dialogue.phrasebooks().find(language);
    if (found == house.dialogue.phrasebooks().end())
        return not_found("There are no texts in this language.");
    JsonList items;
    for (const auto& text : found->second.crisis_texts())
        items.add(JsonObject{}
                      .add("id", text.id)
                      .add("kind", "safety")
                      .add("text", text.whole())
                      .add("version", text.version)
                      .add("reviewed", text.reviewed)
                      .add("rules", text.rules));
    return items.done();
}

Result<http::Response> readiness(House& house)
{
    const auto health = house.vault.data->health();
    JsonObject out;
    const bool ready = health.answers && health.durable;
    out.add("ready", ready);
    out.add("store", JsonObject{}.add("answers", health.answers).add("durable", health.durable));
    out.add("screening", house.screener.has_second_reader() ? "rules and model" : "rules only");
    out.add("content", JsonObject{}.add("texts", house.text_version));
    if (ready)
        out.add("alert_channels", alert_channels(house)).add("walk", walk_of(house));
    auto response = http::Response::ok(out.done());
    response.status = ready ? 200 : 503;
    return response;
}

} // namespace handrail::app
