#include "app/drill.h"

#include <fmt/format.h>

#include <chrono>
#include <iostream>

#include "app/backup.h"
#include "app/scratch.h"
#include "care/documents.h"
#include "trust/actor_desk.h"
#include "trust/audit_check.h"
#include "trust/open_record.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

/// Where sealed values stand: columns are person, row id, sealed. The person is NULL for the organisation's own.
struct Sealed {
    std::string_view table;
    std::string_view field;
    rows::Statement statement;
};
constexpr Sealed sealed_columns[] = {
    {"person", "profile", {"drill.person", "SELECT person, person, sealed_profile FROM person WHERE organisation = $1"}},
    {"account", "profile",
     {"drill.account_profile", "SELECT person, account, sealed_profile FROM account WHERE organisation = $1"}},
    {"account", "secrets",
     {"drill.account_secrets", "SELECT person, account, sealed_secrets FROM account WHERE organisation = $1"}},
    {"job", "body", {"drill.job", "SELECT NULL, job, sealed_body FROM job WHERE organisation = $1 "
                                    "AND kind = 'human_wait'"}},
    {"team", "name", {"drill.team", "SELECT NULL, team, sealed_name FROM team WHERE organisation = $1"}},
    {"conversation", "state",
     {"drill.conversation", "SELECT person, conversation, sealed_state FROM conversation WHERE organisation = $1"}},
    {"message", "body", {"drill.message", "SELECT person, message, sealed_body FROM message WHERE organisation = $1"}},
    {"answer", "body", {"drill.answer", "SELECT person, answer, sealed_body FROM answer WHERE organisation = $1"}},
    {"course", "body", {"drill.course", "SELECT person, person, sealed_body FROM course WHERE organisation = $1"}},
    {"finding", "body", {"drill.finding", "SELECT person, finding, sealed_body FROM finding WHERE organisation = $1"}},
    {"alert", "body", {"drill.alert", "SELECT person, alert, sealed_body FROM alert WHERE organisation = $1"}},
    {"alert_step", "body",
     {"drill.alert_step", "SELECT a.person, s.step, s.sealed_body FROM alert_step s JOIN alert a "
                          "ON a.organisation = s.organisation AND a.alert = s.alert WHERE s.organisation = $1"}},
};
constexpr rows::Statement documents{
    "drill.document", "SELECT person, kind, version, sealed_body FROM document WHERE organisation = $1"};

/// What stays without its words: see errands/retention.h and trust/erasure_desk.cpp.
bool may_be_empty(std::string_view table) { return table == "finding" || table == "alert" || table == "alert_step"; }

void take(Opened& opened, std::string_view table, std::int64_t number, const Result<Confidential>& words)
{
    if (words.ok()) {
        ++opened.rows;
    } else if (words.error().kind == ErrorKind::NotFound) {
        ++opened.erased;
    } else if (opened.problems.size() < 20) {
        opened.problems.push_back(fmt::format("{}: row {} does not open", table, number));
    }
}

Result<void> lay_out(const fs::path& backup, const fs::path& folder)
{
    std::error_code problem;
    for (const auto& [from, to] : std::initializer_list<std::pair<const char*, const char*>>{
             {"data.db", "handrail.db"}, {"keys.db", "keys.db"}, {"epoch.key", "epoch.key"}}) {
        fs::copy_file(backup / from, folder / to, problem);
        if (problem)
            return unavailable(fmt::format("{} cannot be restored: {}.", from, problem.message()), "drill: copy");
        fs::permissions(folder / to, fs::perms::owner_read | fs::perms::owner_write, problem);
    }
    return {};
}

} // namespace

Result<Opened> open_everything(Vault& vault, const Clock& clock)
{
    Opened opened;
    const auto record = trust::open_record(*vault.data, *vault.keyring, vault.audit_key, clock);
    for (const auto& organisation : TRY(vault.keyring->organisations())) {
        const auto system = trust::ActorDesk::system(organisation.id);
        TRY(record->read(system, [&](trust::Reading& reading) -> Result<void> {
            for (const auto& column : sealed_columns) {
                std::int64_t number = 0;
                for (const auto& row : TRY(reading.rows(column.statement, {}))) {
                    ++number;
                    const auto person = row[0].id<PersonId>();
                    if (row[2].blob().bytes.empty() && may_be_empty(column.table))
                        continue; // its words went when their time was over
                    const trust::Place place{column.table, column.field, row[1].raw_id()};
                    take(opened, column.table, number,
                         person.empty() ? reading.open(place, row[2].blob())
                                        : reading.open(person, place, row[2].blob()));
                }
            }
            std::int64_t number = 0;
            for (const auto& row : TRY(reading.rows(documents, {})))
                take(opened, "document", ++number,
                     reading.open(row[0].id<PersonId>(), care::document_place(row[1].text(), row[2].number()),
                                  row[3].blob()));
            return {};
        }));
        const auto chain = TRY(trust::verify_audit(*vault.data, vault.audit_key, organisation.id));
        opened.audit_entries += chain.entries;
        opened.problems.insert(opened.problems.end(), chain.problems.begin(), chain.problems.end());
    }
    return opened;
}

int restore(const Config& config, const fs::path& backup, const fs::path& into, std::ostream& out, std::ostream& err)
{
    const auto began = std::chrono::steady_clock::now();
    const auto carried_out = [&]() -> Result<Opened> {
        if (!config.postgres.empty())
            return invalid("This configuration keeps its store on PostgreSQL. Restore the dumps with pg_restore into empty "
                           "databases, put epoch.key back, and start the server.");
        const auto taken_at = TRY(check_manifest(backup));
        const auto scratch = TRY(Scratch::make());
        Config there = config;
        there.folder = into.empty() ? scratch.path() : into;
        if (!into.empty()) {
            std::error_code problem;
            if (fs::exists(into / "handrail.db", problem))
                return conflict(fmt::format("{} already holds a service. Restore into an empty folder.", into.string()));
            fs::create_directories(into, problem);
        }
        TRY(lay_out(backup, there.folder));
        const SystemClock clock;
        // The restore itself is read in the audit record of the copy: that makes one entry more than the backup has.
        auto vault = TRY(open_vault(there, {false, true}, clock));
        auto opened = TRY(open_everything(vault, clock));
        out << "recovery point " << to_rfc3339(taken_at) << "\n";
        return opened;
    }();
    if (!carried_out.ok()) {
        err << carried_out.error().told << "\n";
        return 1;
    }
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    out << "sealed rows opened " << carried_out->rows << "\n"
        << "rows of erased people, which stay shut " << carried_out->erased << "\n"
        << "audit entries verified " << carried_out->audit_entries << "\n"
        << fmt::format("recovery time {:.1f} s\n", took);
    for (const auto& problem : carried_out->problems)
        err << problem << "\n";
    out << (carried_out->problems.empty() ? "restore verified\n" : "restore FAILED\n");
    return carried_out->problems.empty() ? 0 : 1;
}

} // namespace handrail::app
