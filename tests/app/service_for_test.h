#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "app/backups.h"
#include "app/drill.h"
#include "app/house.h"
#include "folder_for_test.h"
#include "trust/actor_desk.h"
#include "trust/erasure_desk.h"
#include "trust/open_record.h"
#include "trust/organisation_desk.h"
#include "trust/session_desk.h"
#include "trust/sign_up_desk.h"

/// A service on the embedded store in a folder of its own, without a server: stores, keys, people and backups.
namespace handrail::app {

namespace fs = std::filesystem;
using std::chrono::hours;

template <class T> T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error(result.error().told + " (" + result.error().noted + ")");
    return *std::move(result);
}
inline void must(Result<void> result)
{
    if (!result)
        throw std::runtime_error(result.error().told + " (" + result.error().noted + ")");
}

/// Everything of a service in one folder.
inline Config config_in(const fs::path& folder)
{
    Config config;
    config.folder = folder / "var";
    config.backups = folder / "backups";
    config.master_key = (config.folder / "master.key").string();
    return config;
}

/// The whole house in one folder, on the embedded store and with the content that is shipped.
inline std::unique_ptr<House> house_in(const fs::path& folder)
{
    auto config = config_in(folder);
    config.content = fs::path(HANDRAIL_SOURCE_DIR) / "content";
    return must(House::open(config));
}

class ServiceForTest : public testing::Test {
protected:
    ServiceForTest() : clock(must(from_rfc3339("2026-03-02T22:10:00Z")))
    {
        config = config_in(folder.path());
        open();
    }

    void open()
    {
        vault.emplace(must(open_vault(config, {}, clock)));
        record = trust::open_record(*vault->data, *vault->keyring, vault->audit_key, clock);
        sessions = std::make_unique<trust::SessionDesk>(*record, *vault->data, clock);
        organisation = must(trust::OrganisationDesk(*record, *vault->keyring).create("main"));
        backups = std::make_unique<Backups>(*vault, config, clock);
    }
    void close()
    {
        backups.reset();
        sessions.reset();
        record.reset();
        vault.reset();
    }

    PersonId signed_up(const std::string& name)
    {
        trust::SignUpDesk::Form form;
        form.display_name = name;
        form.age_band = "26_64";
        form.country = "IE";
        form.language = "en";
        form.consents = {{"record", true}};
        trust::SignUpDesk desk(*record, *vault->keyring, *sessions);
        return must(desk.sign_up(organisation, form)).person;
    }
    void erase(PersonId person)
    {
        must(trust::ErasureDesk(*record, *vault->keyring, *sessions)
                 .erase(trust::ActorDesk::system(organisation), person));
    }
    std::vector<std::string> what_opens(PersonId person)
    {
        return must(vault->keyring->verify_erased(organisation, person, {config.backups.string()}));
    }
    std::vector<std::string> names() const
    {
        std::vector<std::string> all;
        for (const auto& each : finished_backups(config.backups))
            all.push_back(each.filename().string());
        return all;
    }
    /// 0 when the backup restores and everything in it opens.
    int restored(const fs::path& backup, const fs::path& into = {}, const fs::path& erasures = {})
    {
        said.str({});
        return restore(config, {backup, into, erasures}, said, said);
    }

    tests::FolderForTest folder;
    TestClock clock;
    Config config;
    std::optional<Vault> vault;
    std::unique_ptr<trust::Record> record;
    std::unique_ptr<trust::SessionDesk> sessions;
    std::unique_ptr<Backups> backups;
    OrganisationId organisation;
    std::ostringstream said;
};

} // namespace handrail::app
