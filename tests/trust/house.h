#pragma once

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/clock.h"
#include "domain/actor.h"
#include "storage/migrations.h"
#include "storage/store.h"
#include "trust/account_desk.h"
#include "trust/audit_book.h"
#include "trust/break_glass_desk.h"
#include "trust/consent_desk.h"
#include "trust/erasure_desk.h"
#include "trust/invitation_desk.h"
#include "trust/keyring.h"
#include "trust/login_limits.h"
#include "trust/open_record.h"
#include "trust/organisation_desk.h"
#include "trust/session_desk.h"
#include "trust/setting_desk.h"
#include "trust/sign_in_desk.h"
#include "trust/sign_up_desk.h"
#include "trust/team_desk.h"

/// A small service for tests: two embedded stores in a folder of their own, keys, a clock that waits, and
/// everybody one needs. Gone when it goes.
namespace handrail::test {

/// A folder under the system's temporary one, removed with everything in it.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::string& path() const { return path_; }
    std::string file(const std::string& name) const { return path_ + "/" + name; }

private:
    std::string path_;
};

/// The value of a Result, or the end of the test with the error's words.
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

class House {
public:
    using OpenStore = std::function<std::unique_ptr<storage::Store>(storage::Set)>;
    /// With one organisation, "main", and its first team; on the embedded store, in `folder`, or on another
    /// one.
    House();
    explicit House(OpenStore open_store);

    Folder folder;
    TestClock clock;
    SecretKey master;
    std::unique_ptr<storage::Store> data;
    std::unique_ptr<storage::Store> keys;
    std::unique_ptr<trust::Keyring> keyring;
    std::unique_ptr<trust::Record> record;
    trust::LoginLimits limits;
    std::unique_ptr<trust::SessionDesk> sessions;
    std::unique_ptr<trust::SignInDesk> sign_in;
    std::unique_ptr<trust::SignUpDesk> sign_up;
    std::unique_ptr<trust::AccountDesk> accounts;
    std::unique_ptr<trust::TeamDesk> teams;
    std::unique_ptr<trust::InvitationDesk> invitations;
    std::unique_ptr<trust::ConsentDesk> consents;
    std::unique_ptr<trust::ErasureDesk> erasure;
    std::unique_ptr<trust::BreakGlassDesk> break_glass;
    std::unique_ptr<trust::SettingDesk> settings;
    std::unique_ptr<trust::AuditBook> audit;
    std::unique_ptr<trust::OrganisationDesk> organisations;
    OrganisationId organisation;
    TeamId team; ///< the first team

    Actor system() const;
    Actor system(OrganisationId of) const;
    /// A member of staff who is signed in with a second factor. The secret of their codes is `totp_secret()`.
    Actor staff(Role role, const std::string& login, const std::vector<TeamId>& of_teams = {});
    Actor staff(OrganisationId of, Role role, const std::string& login, const std::vector<TeamId>& of_teams = {});
    /// A person without a login, signed in, in a team (the first one when empty).
    Actor person(const std::string& display_name = "Ada", TeamId in = {});
    Actor person(OrganisationId of, const std::string& display_name, TeamId in = {});
    TeamId first_team(OrganisationId of);
    /// Opens the stores, keys and desks again, as a restart does.
    void open();
    void close();

    static std::string totp_secret() { return "12345678901234567890"; }
    static std::string data_file() { return "data.db"; }
    static std::string keys_file() { return "keys.db"; }

private:
    OpenStore open_store_;
};

/// The files under a folder in which these bytes stand: a planted canary must stand in none.
std::vector<std::string> files_holding(const std::string& folder, const std::string& bytes);

} // namespace handrail::test
