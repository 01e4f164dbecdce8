#include "trust/house.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sqlite/sqlite_store.h"
#include "trust/actor_desk.h"

namespace handrail::test {

using namespace trust;

Folder::Folder()
{
    auto pattern = (std::filesystem::temp_directory_path() / "handrail-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder");
    path_ = pattern;
}

Folder::~Folder()
{
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

House::House()
    : House([this](storage::Set set) -> std::unique_ptr<storage::Store> {
          return must(
              sqlite::SqliteStore::open(folder.file(set == storage::Set::Data ? data_file() : keys_file()), set));
      })
{
}

House::House(OpenStore open_store)
    : clock(must(from_rfc3339("2026-03-02T22:10:00Z"))), master(SecretKey::random()), limits(clock),
      open_store_(std::move(open_store))
{
    open();
    organisation = must(organisations->create("main"));
    team = first_team(organisation);
    clock.pass(std::chrono::seconds(1)); // so that this team is older than any that a test makes
}

void House::open()
{
    data = open_store_(storage::Set::Data);
    must(data->migrate());
    keys = open_store_(storage::Set::Keys);
    must(keys->migrate());
    keyring = must(Keyring::open(*keys, must(EpochKeyFile::open(folder.file("epoch.key"), master, true)), clock));
    record = open_record(*data, *keyring, keyring->audit_key(), clock);
    sessions = std::make_unique<SessionDesk>(*record, *data, clock);
    sign_in = std::make_unique<SignInDesk>(*record, *keyring, *sessions, limits, PasswordCost::cheap());
    sign_up = std::make_unique<SignUpDesk>(*record, *keyring, *sessions, PasswordCost::cheap());
    accounts = std::make_unique<AccountDesk>(*record, *keyring, *sessions);
    teams = std::make_unique<TeamDesk>(*record);
    invitations = std::make_unique<InvitationDesk>(*record, *keyring, PasswordCost::cheap());
    consents = std::make_unique<ConsentDesk>(*record);
    erasure = std::make_unique<ErasureDesk>(*record, *keyring, *sessions);
    break_glass = std::make_unique<BreakGlassDesk>(*record, *sign_in);
    settings = std::make_unique<SettingDesk>(*record);
    audit = std::make_unique<AuditBook>(*record);
    organisations = std::make_unique<OrganisationDesk>(*record, *keyring);
}

void House::close()
{
    organisations.reset();
    audit.reset();
    settings.reset();
    break_glass.reset();
    erasure.reset();
    consents.reset();
    invitations.reset();
    teams.reset();
    accounts.reset();
    sign_up.reset();
    sign_in.reset();
    sessions.reset();
    record.reset();
    keyring.reset();
    keys.reset();
    data.reset();
}

Actor House::system() const
{
    return ActorDesk::system(organisation);
}
Actor House::system(OrganisationId of) const
{
    return ActorDesk::system(of);
}

TeamId House::first_team(OrganisationId of)
{
    return must(teams->all(system(of))).front().id;
}

Actor House::staff(Role role, const std::string& login, const std::vector<TeamId>& of_teams)
{
    return staff(organisation, role, login, of_teams);
}

Actor House::staff(OrganisationId of, Role role, const std::string& login, const std::vector<TeamId>& of_teams)
{
    AccountDesk::NewStaff fresh;
    fresh.role = role;
    fresh.login = login;
    fresh.display_name = login;
    fresh.password_hash = must(hash_password(Confidential(login + " has a long password"), PasswordCost::cheap()));
    fresh.totp_secret = totp_secret();
    fresh.teams = of_teams;
    const auto account = must(accounts->create_staff(system(of), fresh));
    const auto begun = must(sessions->begin(system(of), {account, role, std::nullopt, "a test", true}));
    return must(sessions->actor_for(begun.token));
}

Actor House::person(const std::string& display_name, TeamId in)
{
    return person(organisation, display_name, in);
}

Actor House::person(OrganisationId of, const std::string& display_name, TeamId in)
{
    SignUpDesk::Form form;
    form.display_name = display_name;
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    form.team = in;
    form.consents = {{"staff_reading", true}};
    return must(sessions->actor_for(must(sign_up->sign_up(of, form)).session.token));
}

std::vector<std::string> files_holding(const std::string& folder, const std::string& bytes)
{
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        const std::string all((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
        if (all.find(bytes) != std::string::npos)
            found.push_back(entry.path().string());
    }
    return found;
}

} // namespace handrail::test
