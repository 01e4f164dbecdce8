// Each thing that `handrail doctor` looks at, going wrong and right. Clocks, disks and certificates are given, not
// looked up.
#include <fcntl.h>
#include <linux/magic.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>

#include <gmock/gmock.h>

#include "app/doctor/backup_age.h"
#include "app/doctor/certificate.h"
#include "app/doctor/checkpoint_age.h"
#include "app/doctor/clock.h"
#include "app/doctor/content.h"
#include "app/doctor/disk.h"
#include "app/doctor/keys.h"
#include "app/doctor/network.h"
#include "app/doctor/record.h"
#include "app/doctor/seen.h"
#include "app/doctor/store.h"
#include "service_for_test.h"

namespace handrail::app::doctor {

/// For messages of tests.
static void PrintTo(const Seen& seen, std::ostream* out)
{
    *out << line_of(seen);
}

namespace {

using std::chrono::hours;
using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Field;
using testing::HasSubstr;

const Instant now = *from_rfc3339("2026-03-02T22:10:00Z");

/// What is not ok says what to do; what is ok asks for nothing.
MATCHER_P2(Says, verdict, words, "")
{
    return arg.verdict == verdict && arg.found.find(words) != std::string::npos &&
           arg.to_do.empty() == (arg.verdict == Verdict::Ok);
}
auto IsOk(const char* words = "")
{
    return Says(Verdict::Ok, std::string(words));
}
auto IsLook(const char* words = "")
{
    return Says(Verdict::Look, std::string(words));
}
auto IsWrong(const char* words = "")
{
    return Says(Verdict::Wrong, std::string(words));
}

TEST(DoctorLines, AreOneLineEachWithACountAndAStatus)
{
    const auto line = line_of(wrong("master key", "/a/b\nc can be read by others.", "Run: chmod 600."));
    EXPECT_EQ(line, "wrong  master key: /a/b c can be read by others. Run: chmod 600.");
    EXPECT_EQ(line_of(fine("clock", "Right.")), "ok     clock: Right.");
    std::vector<Seen> all{fine("a", ""), look("b", "", "x"), fine("c", "")};
    EXPECT_EQ(count_of(all), "3 things looked at: 2 ok, 1 to look at, 0 wrong.");
    EXPECT_EQ(exit_status(all), 0) << "something to look at is no fault";
    all.push_back(wrong("d", "", "x"));
    EXPECT_EQ(exit_status(all), 1);
}

TEST(DoctorClock, TheKernelsWordIsTakenAndDoubted)
{
    EXPECT_THAT(judge(KernelClock{true, milliseconds{20}}), IsOk("at most 0.020 s"));
    EXPECT_THAT(judge(KernelClock{true, seconds{1}}), IsOk());
    EXPECT_THAT(judge(KernelClock{true, milliseconds{1001}}), IsLook("may be 1.0 s off"));
    EXPECT_THAT(judge(KernelClock{false, milliseconds{1}}), IsLook("does not call the clock synchronised"));
    EXPECT_THAT(judge(std::optional<KernelClock>{}), IsLook());
}

TEST(DoctorClock, AStoreThatIsAheadIsWrong)
{
    EXPECT_THAT(judge_newest_entry({}, now), IsOk());
    EXPECT_THAT(judge_newest_entry(now - hours{1}, now), IsOk());
    EXPECT_THAT(judge_newest_entry(now + minutes{1}, now), IsOk());
    EXPECT_THAT(judge_newest_entry(now + minutes{61}, now), IsWrong("61 minutes from now"));
}

TEST(DoctorClock, MissingTimeZonesAreWrong)
{
    EXPECT_THAT(judge_zone_database(true), IsOk());
    EXPECT_THAT(judge_zone_database(false), IsWrong());
    care::Service service;
    service.time_zone = "Europe/Dublin";
    EXPECT_THAT(judge_service(service, "en-1", false).at(0), IsOk("Europe/Dublin"));
    service.time_zone = "Mars/Olympus";
    EXPECT_THAT(judge_service(service, "en-1", false).at(0), IsWrong("Mars/Olympus"));
}

Disk roomy()
{
    Disk disk;
    disk.folder = "/var/lib/handrail";
    disk.free_bytes = 50'000'000'000;
    disk.type = EXT4_SUPER_MAGIC;
    return disk;
}

TEST(DoctorDisk, RoomIsCountedAgainstLimitsAndTheNextBackup)
{
    auto disk = roomy();
    EXPECT_THAT(judge("disk", disk, 0), IsOk("50.0 GB free at /var/lib/handrail"));
    EXPECT_THAT(judge("disk", disk, 50'000'000'000), IsOk());
    EXPECT_THAT(judge("disk", disk, 50'000'000'001), IsWrong("a backup needs"));
    const DiskLimits limits;
    disk.free_bytes = limits.look_below;
    EXPECT_THAT(judge("disk", disk, 0), IsOk());
    disk.free_bytes = limits.look_below - 1;
    EXPECT_THAT(judge("disk", disk, 0), IsLook());
    disk.free_bytes = limits.wrong_below;
    EXPECT_THAT(judge("disk", disk, 0), IsLook());
    disk.free_bytes = limits.wrong_below - 1;
    EXPECT_THAT(judge("disk", disk, 0), IsWrong("Only"));
}

TEST(DoctorDisk, WhatDoesNotKeepIsSaid)
{
    auto disk = roomy();
    for (const auto type : {TMPFS_MAGIC, OVERLAYFS_SUPER_MAGIC, NFS_SUPER_MAGIC}) {
        disk.type = static_cast<std::uint64_t>(type);
        EXPECT_THAT(judge("disk", disk, 0), IsLook());
    }
    disk.read_only = true;
    EXPECT_THAT(judge("disk", disk, 0), IsWrong("read-only"));
    disk = roomy();
    disk.writable = false;
    EXPECT_THAT(judge("disk", disk, 0), IsWrong("cannot be written"));
    disk.problem = "Input/output error";
    EXPECT_THAT(judge("disk", disk, 0), IsWrong("Input/output error"));
}

TEST(DoctorDisk, AFolderThatIsNotThereYetIsJudgedByTheOneAboveIt)
{
    const tests::FolderForTest folder;
    const auto disk = read_disk(folder.path() / "not" / "yet");
    EXPECT_EQ(disk.folder, folder.path());
    EXPECT_EQ(disk.problem, "");
    EXPECT_GT(disk.free_bytes, 0U);
    EXPECT_FALSE(disk.read_only);
}

Flushes flushes(microseconds median)
{
    return {{},
            {std::chrono::hours{1}, std::chrono::nanoseconds{1}, median, median + microseconds{1},
             std::chrono::nanoseconds{2}}};
}

TEST(DoctorFlushing, TheMiddleIsTold)
{
    EXPECT_THAT(judge(flushes(microseconds{280})), IsOk("5 times: 0.280 ms in the middle"));
    EXPECT_THAT(judge(flushes(microseconds{20})), IsOk());
    EXPECT_THAT(judge(flushes(microseconds{19})), IsLook("faster than a disk usually answers"));
    EXPECT_THAT(judge(flushes(milliseconds{50})), IsOk());
    EXPECT_THAT(judge(flushes(milliseconds{51})), IsLook("everyone who writes waits"));
    EXPECT_THAT(judge(Flushes{}), IsLook());
    EXPECT_THAT(judge(Flushes{"No space left on device", {}}), IsWrong("No space left on device"));
}

TEST(DoctorFlushing, TheProbeIsGoneAfterwardsAlsoWhenItFails)
{
    const tests::FolderForTest folder;
    const auto measured = measure_flushes(folder.path(), 3);
    EXPECT_EQ(measured.problem, "");
    EXPECT_EQ(measured.took.size(), 3U);
    EXPECT_TRUE(fs::is_empty(folder.path()));
    EXPECT_EQ(measure_flushes(folder.path(), 1000, milliseconds{0}).took.size(), 0U);
    EXPECT_TRUE(fs::is_empty(folder.path()));
    EXPECT_NE(measure_flushes(folder.path() / "missing").problem, "");
    // A full disk, as far as a test can have one: no file may grow.
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
    const rlimit none{0, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
    const auto full = measure_flushes(folder.path());
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, ignored);
    EXPECT_NE(full.problem, "");
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(DoctorFlushing, AProbeThatAKilledDoctorLeftGoesWithTheNext)
{
    const tests::FolderForTest folder;
    std::ofstream(folder.path() / probe_file) << "left";
    EXPECT_EQ(measure_flushes(folder.path(), 1).took.size(), 1U);
    EXPECT_TRUE(fs::is_empty(folder.path()));
    fs::create_symlink(folder.path() / "elsewhere", folder.path() / probe_file);
    EXPECT_NE(measure_flushes(folder.path(), 1).problem, "") << "it follows nobody's link";
    EXPECT_FALSE(fs::exists(folder.path() / "elsewhere"));
}

TEST(DoctorKeys, AFolderIsItsOwnersAlone)
{
    EXPECT_THAT(judge_folder({"/data", true, 0700, 1000}, 1000), IsOk("mode 700"));
    EXPECT_THAT(judge_folder({"/data", true, 0700, 1000}, 0), IsOk());
    EXPECT_THAT(judge_folder({"/data", true, 0750, 1000}, 1000), IsWrong("mode 750"));
    EXPECT_THAT(judge_folder({"/data", true, 0700, 4'000'000}, 1001), IsLook("4000000"))
        << "a number where there is no name";
    EXPECT_THAT(judge_folder({"/data", false, 0, 0}, 1000), IsLook("not there yet"));
}

TEST(DoctorKeys, FilesAreTheirOwnersAlone)
{
    const Access folder{"/data", true, 0700, 1000};
    const Access good{"/data/epoch.key", true, 0600, 1000};
    const Access missing{"/data/control.sock", false, 0, 0};
    EXPECT_THAT(judge_private(folder, {good, missing}), IsOk("1 files"));
    EXPECT_THAT(judge_private(folder, {good, {"/data/keys.db", true, 0640, 1000}}), IsWrong("/data/keys.db"));
    EXPECT_THAT(judge_private(folder, {good, {"/data/keys.db", true, 0600, 0}}), IsWrong("may not open it"));
}

TEST(DoctorStore, VersionsAreComparedWithThisBinary)
{
    EXPECT_THAT(judge_version("store", 2, 2), IsOk());
    EXPECT_THAT(judge_version("store", 1, 2), IsLook("version 1"));
    EXPECT_THAT(judge_version("store", 0, 2), IsLook("empty"));
    EXPECT_THAT(judge_version("store", 3, 2), IsWrong("version 3"));
}

TEST(DoctorStore, DamageIsWrongAndNotKnowingIsNot)
{
    using Whole = sqlite::ReadOnlyStore::Whole;
    using Check = sqlite::ReadOnlyStore::Check;
    EXPECT_THAT(judge_check("store", Check{}), IsOk());
    EXPECT_THAT(judge_check("store", Check{Whole::No, "Tree 5 page 3"}), IsWrong("Tree 5 page 3"));
    EXPECT_THAT(judge_check("store", Check{Whole::NotInTime, {}}), IsLook("nothing is known"));
    EXPECT_THAT(judge_check("store", unavailable("A server began to write.", "")), IsLook());
    EXPECT_THAT(judge_log("store", true), IsOk());
    EXPECT_THAT(judge_log("store", false), IsLook());
}

TEST(DoctorStore, PostgresHasToKeepWhatItAcknowledges)
{
    const postgres::Promises good{"15.1", "on", "on", "on", false, false};
    const auto judged = [&](auto change) {
        auto promises = good;
        change(promises);
        return judge("store", promises);
    };
    EXPECT_THAT(judge("store", good), IsOk("fsync=on"));
    EXPECT_THAT(judged([](auto& it) { it.synchronous_commit = "remote_apply"; }), IsOk());
    EXPECT_THAT(judged([](auto& it) { it.synchronous_commit = "off"; }), IsWrong("synchronous_commit=off"));
    EXPECT_THAT(judged([](auto& it) { it.fsync = "off"; }), IsWrong("fsync=off"));
    EXPECT_THAT(judged([](auto& it) { it.full_page_writes = "off"; }), IsLook("full_page_writes=off"));
    EXPECT_THAT(judged([](auto& it) { it.passes_row_security = true; }), IsWrong("row-level"));
    EXPECT_THAT(judged([](auto& it) { it.standby = true; }), IsWrong("standby"));
    EXPECT_THAT(judge("store", Result<postgres::Promises>(unavailable("It is gone.", "noted"))),
                IsWrong("It is gone."));
}

TEST(DoctorBackups, AgeIsComparedWithWhatIsConfigured)
{
    const auto aged = [](hours age) { return NewestBackup{"a backup", now - age, {}, true}; };
    EXPECT_THAT(judge(std::nullopt, hours{24}, now), IsLook("none"));
    EXPECT_THAT(judge(aged(hours{25}), hours{24}, now), IsOk("25 hours old"));
    EXPECT_THAT(judge(aged(hours{26}), hours{24}, now), IsLook("26 hours old"));
    EXPECT_THAT(judge(aged(hours{48}), hours{24}, now), IsLook());
    EXPECT_THAT(judge(aged(hours{49}), hours{24}, now), IsWrong("49 hours old"));
    EXPECT_THAT(judge(aged(hours{24}), seconds{0}, now), IsOk());
    EXPECT_THAT(judge(aged(hours{25}), seconds{0}, now), IsLook("none by itself"));
    EXPECT_THAT(judge(NewestBackup{"a backup", now, "It is damaged.", {}}, hours{24}, now), IsWrong("It is damaged."));
    EXPECT_THAT(judge(NewestBackup{"a backup", now, {}, false}, hours{24}, now), IsWrong("does not open"));
    EXPECT_THAT(judge(NewestBackup{"a backup", now, {}, {}}, hours{24}, now), IsOk());
}

TEST(DoctorCheckpoints, ByAgeAndWhereTheyLie)
{
    const auto aged = [](hours age) {
        CheckpointFolder folder{"/elsewhere", true, false, false, {}};
        folder.newest = {"a checkpoint", now - age};
        return folder;
    };
    EXPECT_THAT(judge(aged(hours{47}), hours{24}, now), IsOk());
    EXPECT_THAT(judge(aged(hours{48}), hours{24}, now), IsOk());
    EXPECT_THAT(judge(aged(hours{49}), hours{24}, now), IsLook("one is due every 24 hours"));
    EXPECT_THAT(judge(aged(hours{2000}), hours{0}, now), IsOk()) << "something else writes them";
    auto folder = aged(hours{1});
    folder.on_disk_of_data = true;
    EXPECT_THAT(judge(folder, hours{24}, now), IsLook("on the disk of the data"));
    folder.handed_over = true;
    EXPECT_THAT(judge(folder, hours{24}, now), IsOk());
    folder.newest.reset();
    EXPECT_THAT(judge(folder, hours{24}, now), IsLook("There is none"));
    folder.there = false;
    EXPECT_THAT(judge(folder, hours{24}, now), IsLook("not there"));
    EXPECT_THAT(judge(CheckpointFolder{}, hours{24}, now), IsLook("writes none"));
}

TEST(DoctorContent, WhatNobodySignedIsToldAndWhatIsWrongIsWrong)
{
    content::CheckReport report;
    report.files = 90;
    EXPECT_THAT(judge(report), IsOk("90 files"));
    using Kind = content::CheckNote::Kind;
    report.notes = {{Kind::Unreviewed, "a", "", ""}, {Kind::Unsigned, "b", "", ""}, {Kind::Unsigned, "c", "", ""}};
    EXPECT_THAT(judge(report), IsLook("1 unreviewed, 2 texts in danger unsigned, 0 unverified"));
    report.notes.push_back({Kind::NumberWithoutSource, "d", "", ""});
    EXPECT_THAT(judge(report), IsWrong("1 things"));
}

TEST(DoctorContent, WhatIsShippedLoads)
{
    const tests::FolderForTest folder;
    const auto content = fs::path(HANDRAIL_SOURCE_DIR) / "content";
    const auto models = fs::path(HANDRAIL_SOURCE_DIR) / "models";
    const auto without_page = look_at_content(content, models, folder.path(), now);
    ASSERT_EQ(without_page.size(), 5U);
    EXPECT_THAT(without_page[1], IsOk("the model that reads beside them"));
    EXPECT_THAT(without_page[2], IsOk("reads beside its rules"));
    EXPECT_THAT(without_page[3], IsOk("5 that are shipped"));
    EXPECT_THAT(without_page[4], IsWrong());
    std::ofstream(folder.path() / "index.html") << "<!doctype html>";
    EXPECT_THAT(look_at_content(content, models, folder.path(), now)[4], IsOk());
    EXPECT_THAT(look_at_content(content, folder.path(), folder.path(), now)[1], IsWrong("no model reads beside them"));
    EXPECT_THAT(look_at_content(content, folder.path(), folder.path(), now)[2], IsLook("no model beside them"));
    EXPECT_THAT(look_at_content(content, folder.path(), folder.path(), now)[3], IsLook("model.bin"));
    const auto without_content = look_at_content(folder.path(), models, folder.path(), now);
    EXPECT_THAT(without_content[0], IsWrong());
    EXPECT_THAT(without_content[1], IsWrong());
}

TEST(DoctorSettings, SignaturesCountForTheTextsThatAreShownAndNoOthers)
{
    care::Service service;
    EXPECT_THAT(judge_service(service, "en-1", false).at(1), IsLook("0 people named"));
    EXPECT_THAT(judge_service(service, "en-1", false).at(2), IsLook("0 of 2"));
    const auto one = AccountId::random();
    const auto other = AccountId::random();
    service.responders = {one};
    service.signatures = {{"en", "en-1", one, now}, {"en", "en-1", one, now}, {"en", "en-0", other, now}};
    EXPECT_THAT(judge_service(service, "en-1", false).at(1), IsOk());
    EXPECT_THAT(judge_service(service, "en-1", false).at(2), IsLook("1 of 2")) << "two people, the same version";
    service.signatures.push_back({"en", "en-1", other, now});
    EXPECT_THAT(judge_service(service, "en-1", false).at(2), IsOk());
    EXPECT_THAT(judge_service({}, "en-1", true).at(2).to_do, HasSubstr("demo"));
}

TEST(DoctorCertificate, IsJudgedByItsDaysAndItsNames)
{
    const auto until = [](Duration left, bool covers = true) {
        return judge(http::Certificate{now - hours{24}, now + left, covers}, "talk.example.org", now);
    };
    EXPECT_THAT(until(hours{24 * 21}), IsOk("until 2026-03-23, in 21 days"));
    EXPECT_THAT(until(hours{24 * 21} - seconds{1}), IsLook("in 20 days"));
    EXPECT_THAT(until(hours{24 * 3}), IsLook());
    EXPECT_THAT(until(hours{24 * 3} - seconds{1}), IsWrong("in 2 days"));
    EXPECT_THAT(until(seconds{0}), IsWrong("ended"));
    EXPECT_THAT(until(-hours{24 * 400}), IsWrong("ended"));
    EXPECT_THAT(until(hours{24 * 90}, false), IsWrong("not made out for talk.example.org"));
    EXPECT_THAT(judge(http::Certificate{now + hours{1}, now + hours{9999}, true}, "talk.example.org", now),
                IsWrong("not valid before"));
}

TEST(DoctorCertificate, PlainHttpIsForLoopback)
{
    Config config;
    config.public_url = "http://127.0.0.1:8080";
    EXPECT_THAT(look_at_certificate(config, now), IsOk("loopback"));
    config.address = "0.0.0.0";
    EXPECT_THAT(look_at_certificate(config, now), IsWrong("plain HTTP"));
    config.certificate = "/nowhere/chain.pem";
    config.certificate_key = "/nowhere/key.pem";
    EXPECT_THAT(look_at_certificate(config, now), IsWrong("/nowhere/key.pem"));
}

TEST(DoctorCertificate, TheHostIsTakenFromTheAddressPeopleUse)
{
    EXPECT_EQ(host_of("https://talk.example.org"), "talk.example.org");
    EXPECT_EQ(host_of("https://talk.example.org:8443/x?y"), "talk.example.org");
    EXPECT_EQ(host_of("http://[::1]:8080"), "::1");
    EXPECT_EQ(host_of("talk.example.org"), "");
    EXPECT_EQ(host_of(""), "");
}

/// Somebody who listens on a free port of loopback, and never answers.
class Somebody {
public:
    Somebody() : socket_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(socket_, 1) != 0 ||
            ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
            throw std::runtime_error("no port on loopback");
        port = ntohs(address.sin_port);
    }
    ~Somebody() { ::close(socket_); }
    Somebody(const Somebody&) = delete;
    Somebody& operator=(const Somebody&) = delete;
    int port = 0;

private:
    int socket_;
};

TEST(DoctorAddress, IsFreeOrTaken)
{
    int port = 0;
    {
        const Somebody somebody;
        port = somebody.port;
        EXPECT_EQ(who_listens("127.0.0.1", port, false), Listening::Other);
        EXPECT_EQ(who_listens("127.0.0.1", port, true), Listening::Unasked);
    }
    EXPECT_EQ(who_listens("127.0.0.1", port, false), Listening::Nobody);
    EXPECT_EQ(who_listens("192.0.2.1", port, false), Listening::NotHere) << "an address for documents, nobody's";
    EXPECT_EQ(who_listens("not an address", port, false), Listening::NotHere);
}

TEST(DoctorAddress, IsJudgedByWhoHasItAndWhetherAServerRunsHere)
{
    const auto judged = [](Listening listening, bool serving) { return judge(listening, "127.0.0.1", 8080, serving); };
    EXPECT_THAT(judged(Listening::Nobody, false), IsOk("free"));
    EXPECT_THAT(judged(Listening::Nobody, true), IsLook());
    EXPECT_THAT(judged(Listening::Handrail, true), IsOk());
    EXPECT_THAT(judged(Listening::Handrail, false), IsLook());
    EXPECT_THAT(judged(Listening::Unasked, true), IsOk());
    EXPECT_THAT(judged(Listening::Unasked, false), IsWrong());
    EXPECT_THAT(judged(Listening::Other, true), IsWrong());
    EXPECT_THAT(judged(Listening::NotAllowed, false), IsWrong());
    EXPECT_THAT(judged(Listening::NotHere, false), IsWrong());
}

TEST(DoctorLimits, OpenFilesAreCountedAgainstConnections)
{
    EXPECT_THAT(judge_file_limit(4096 + 256, 4096, false), IsOk());
    EXPECT_THAT(judge_file_limit(4096 + 255, 4096, true), IsWrong("4351"));
    EXPECT_THAT(judge_file_limit(std::nullopt, 4096, true), IsLook());
    EXPECT_GT(file_limit(std::nullopt).value_or(0), 0U);
    EXPECT_EQ(file_limit(-1), std::nullopt);
}

TEST(DoctorServer, WhatItSaysOfItselfIsTold)
{
    const auto told = [](const RunningState& state) { return judge(pid_t{7}, "ok " + written(state)); };
    EXPECT_THAT(judge(std::optional<pid_t>{}, std::nullopt).at(0), IsLook("None runs"));
    EXPECT_THAT(judge(pid_t{7}, std::nullopt).at(0), IsLook("did not answer"));
    EXPECT_THAT(judge(pid_t{7}, "error The server does not know 'state'.").at(0), IsLook("does not know"));
    EXPECT_THAT(told({true, 0, 0, {}, {}}), testing::ElementsAre(IsOk("Process 7")));
    EXPECT_THAT(told({false, 0, 0, {}, {}}), testing::ElementsAre(IsWrong("not durable")));
    EXPECT_THAT(told({true, 0, 2, {}, {}}), testing::ElementsAre(IsOk(), IsLook("2 times")));
    EXPECT_THAT(told({true, 61, 2, {}, {}}), testing::ElementsAre(IsOk(), IsWrong("61 s ahead")));
    EXPECT_THAT(told({true, 0, 0, "The disk is full.", {}}),
                testing::ElementsAre(IsOk(), IsWrong("The disk is full.")));
    EXPECT_THAT(told({true, 0, 0, {}, "The record does not hold."}),
                testing::ElementsAre(IsOk(), IsWrong("The record does not hold.")));
    EXPECT_FALSE(read_running_state("ok 1\t2"));
    EXPECT_FALSE(read_running_state("ok 1\tx\t0\t\t"));
}

/// What is read from a real service: keys, store, settings and backups of a folder.
class DoctorService : public ServiceForTest {
protected:
    Opened opened() { return open_epoch_key(master_key_source(config), config.folder / "epoch.key", ::geteuid()); }
    std::vector<Seen> record_seen(const Clock& at)
    {
        auto keys = opened();
        auto stores = look_at_stores(config);
        if (!keys.file || !stores.data || !stores.keys)
            throw std::runtime_error("the service does not open");
        return look_at_record(*stores.data, *stores.keys, *std::move(keys.file),
                              fs::path(HANDRAIL_SOURCE_DIR) / "content", false, at);
    }
};

TEST_F(DoctorService, OpensBesideTheServerAndWithoutIt)
{
    signed_up("Ada");
    for (const bool serving : {true, false}) {
        if (!serving)
            close();
        EXPECT_THAT(opened().seen, testing::ElementsAre(IsOk("which nobody else can open"), IsOk("Epoch 1")));
        EXPECT_THAT(look_at_stores(config).seen, testing::SizeIs(6));
        EXPECT_THAT(look_at_stores(config).seen, testing::Each(IsOk()));
        const auto seen = record_seen(clock);
        ASSERT_EQ(seen.size(), 5U);
        EXPECT_THAT(seen[0], IsOk("opens those of the organisations"));
        EXPECT_THAT(seen[1], IsOk("2026-03-02T22:10"));
        EXPECT_THAT(seen[2], IsOk("UTC"));
        EXPECT_THAT(seen[3], IsLook("0 people named"));
        EXPECT_THAT(seen[4], IsLook("0 of 2"));
    }
    EXPECT_THAT(record_seen(TestClock(clock.now() - hours{2}))[1], IsWrong("120 minutes from now"));
}

TEST_F(DoctorService, KeysThatOthersCanReadAndThatDoNotBelongHereAreWrong)
{
    close();
    fs::permissions(config.master_key, fs::perms(0644));
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsWrong("can be read by others")));
    fs::remove(config.master_key);
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsWrong("is missing")));
    std::ofstream(config.master_key) << std::string(64, 'a') << "\n";
    fs::permissions(config.master_key, fs::perms(0600));
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsOk(), IsWrong("does not open with this master key")));
    EXPECT_FALSE(opened().file);
    fs::remove(config.folder / "epoch.key");
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsOk(), IsWrong("is missing")));
    config.master_key_source = "environment";
    config.master_key = "HANDRAIL_TEST_NO_SUCH_VARIABLE";
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsWrong("is not set")));
    EXPECT_FALSE(fs::exists("HANDRAIL_TEST_NO_SUCH_VARIABLE"));
}

TEST_F(DoctorService, AnEpochKeyOfAnotherServiceIsWrong)
{
    close();
    // The same master key, and an epoch key file of its own.
    fs::create_directory(folder.path() / "other");
    const auto master = must(trust::read_master_key(master_key_source(config)));
    must(trust::EpochKeyFile::open(folder.file("other/epoch.key"), master, true));
    fs::copy_file(folder.file("other/epoch.key"), config.folder / "epoch.key", fs::copy_options::overwrite_existing);
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsOk(), IsOk()));
    EXPECT_THAT(record_seen(clock), testing::ElementsAre(IsWrong("does not open the keys of this service")));
}

TEST_F(DoctorService, AChangeOfKeysThatWasCutShortIsLeftForTheServer)
{
    close();
    const auto next = config.folder / "epoch.key.old";
    fs::copy_file(config.folder / "epoch.key", next);
    EXPECT_THAT(opened().seen, testing::ElementsAre(IsOk(), IsLook("epoch.key.old")));
    EXPECT_TRUE(fs::exists(next));
    std::ofstream(config.master_key + ".next") << "x";
    EXPECT_THAT(opened().seen.at(0), IsLook("master.key.next"));
    EXPECT_TRUE(fs::exists(config.master_key + ".next"));
}

TEST_F(DoctorService, AStoreThatIsMissingOrDamagedIsWrong)
{
    close();
    fs::rename(config.folder / "keys.db", config.folder / "away");
    EXPECT_THAT(look_at_stores(config).seen, testing::Contains(IsWrong("keys.db is missing")));
    std::ofstream(config.folder / "keys.db") << std::string(5000, 'x');
    const auto looked = look_at_stores(config);
    EXPECT_THAT(looked.seen, testing::Contains(IsWrong("damaged")));
    EXPECT_TRUE(looked.data);
    EXPECT_FALSE(looked.keys);
}

TEST_F(DoctorService, TheNewestBackupIsReadAndTriedWithTheMasterKey)
{
    const auto master = must(trust::read_master_key(master_key_source(config)));
    EXPECT_FALSE(read_newest_backup(config.backups, master));
    const auto backup = must(backups->take("manual"));
    auto newest = read_newest_backup(config.backups, master);
    ASSERT_TRUE(newest);
    EXPECT_EQ(newest->at, clock.now());
    EXPECT_EQ(newest->problem, "");
    EXPECT_EQ(newest->key_opens, true);
    EXPECT_EQ(read_newest_backup(config.backups, SecretKey::random())->key_opens, false);
    EXPECT_EQ(read_newest_backup(config.backups, {})->key_opens, std::nullopt);
    std::ofstream(backup.folder / "data.db", std::ios::app) << "x";
    EXPECT_THAT(read_newest_backup(config.backups, master)->problem, HasSubstr("data.db"));
}

} // namespace

} // namespace handrail::app::doctor
