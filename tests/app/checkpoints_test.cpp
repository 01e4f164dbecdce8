// Checkpoints of the audit record by the clock: what is due is seen from the folder, only a record that holds is
// signed, and each is handed to the command once it is written.

#include "app/checkpoints.h"

#include <sqlite3.h>

#include <fstream>
#include <set>

#include "app/durable_file.h"
#include "app/outside_command.h"
#include "service_for_test.h"

namespace handrail::app {
namespace {

using std::chrono::minutes;

class CheckpointsTest : public ServiceForTest {
protected:
    CheckpointsTest()
    {
        config.checkpoints = folder.path() / "elsewhere";
        config.checkpoint_every = hours{24};
        fs::create_directories(config.checkpoints);
        signed_up("Ada");
        begin();
    }
    void begin() { checkpoints = std::make_unique<Checkpoints>(*vault, config, clock); }
    void start_anew()
    {
        checkpoints.reset();
        close();
        open();
        begin();
    }
    /// Everything in the folder, by the instant in its name.
    std::vector<std::string> instants() const
    {
        std::set<std::string> all;
        for (const auto& entry : fs::directory_iterator(config.checkpoints))
            all.insert(entry.path().filename().string().substr(0, 18));
        return {all.begin(), all.end()};
    }
    std::string newest() const { return must(read_file(newest_checkpoint(config.checkpoints, clock.now())->file)); }
    /// Changes the closed store behind the service's back.
    void tamper(const char* sql)
    {
        checkpoints.reset();
        close();
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open((config.folder / "handrail.db").c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        EXPECT_GT(sqlite3_total_changes(db), 0) << sql;
        sqlite3_close(db);
        open();
        begin();
    }

    std::unique_ptr<Checkpoints> checkpoints;
};

TEST_F(CheckpointsTest, AreWrittenByTheClockAndLookAtTheNewestOne)
{
    must(checkpoints->round());
    EXPECT_EQ(instants(), std::vector<std::string>{"2026-03-02T221000Z"});
    clock.pass(hours{23});
    start_anew(); // what is due is seen from the folder, not remembered
    must(checkpoints->round());
    EXPECT_EQ(instants().size(), 1U);
    clock.pass(hours{1});
    must(checkpoints->round());
    EXPECT_EQ(instants(), (std::vector<std::string>{"2026-03-02T221000Z", "2026-03-03T221000Z"}));
    for (int day = 0; day < 40; ++day) {
        clock.pass(hours{24});
        must(checkpoints->round());
    }
    EXPECT_EQ(instants().size(), 42U) << "none is ever removed";
    EXPECT_EQ(checkpoints->state().problem, "");
    const auto name = checkpoints->state().newest->file.filename().string();
    EXPECT_TRUE(name.starts_with("2026-04-12T221000Z-") && name.ends_with(".checkpoint")) << name;
}

TEST_F(CheckpointsTest, AreWrittenOnlyWhenAskedFor)
{
    config.checkpoint_every = hours{0};
    must(checkpoints->round());
    config.checkpoint_every = hours{24};
    const auto named = config.checkpoints;
    config.checkpoints.clear();
    must(checkpoints->round());
    EXPECT_FALSE(checkpoints->state().newest);
    EXPECT_TRUE(fs::is_empty(named));
}

TEST_F(CheckpointsTest, SignWhatWasWalked)
{
    must(checkpoints->round());
    const auto read = must(trust::read_checkpoint(newest(), vault->audit_key));
    EXPECT_EQ(read.at, clock.now());
    ASSERT_EQ(read.heads.size(), 1U);
    signed_up("Ben");
    const auto held = must(walk_record(*vault, read, clock.now()));
    EXPECT_EQ(held.problems, std::vector<std::string>{});
    EXPECT_GT(held.entries, read.heads.front().sequence) << "what came after it only makes the chain longer";
}

TEST_F(CheckpointsTest, ARecordThatDoesNotHoldIsNotSigned)
{
    must(checkpoints->round());
    clock.pass(hours{24});
    tamper("UPDATE audit_entry SET at = at + 1 WHERE sequence = 2");
    const auto done = checkpoints->round();
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().kind, ErrorKind::Conflict) << "loud, not a hiccup";
    EXPECT_NE(done.error().noted.find("entry 2 was changed"), std::string::npos) << done.error().noted;
    EXPECT_NE(checkpoints->state().problem.find("does not hold"), std::string::npos) << checkpoints->state().problem;
    EXPECT_EQ(instants().size(), 1U);
    clock.pass(minutes{10});
    EXPECT_FALSE(checkpoints->round()) << "said until it is put right";
    EXPECT_EQ(instants().size(), 1U);
    tamper("UPDATE audit_entry SET at = at - 1 WHERE sequence = 2");
    must(checkpoints->round());
    EXPECT_EQ(instants().size(), 2U);
    EXPECT_EQ(checkpoints->state().problem, "");
}

// A chain whose end was cut looks whole by itself: only the checkpoint before knows.
TEST_F(CheckpointsTest, ACutTailIsSeenAgainstTheOneBefore)
{
    must(checkpoints->round());
    clock.pass(hours{24});
    tamper("DELETE FROM audit_entry WHERE sequence > 1");
    EXPECT_EQ(must(walk_record(*vault, {}, clock.now())).problems, std::vector<std::string>{});
    const auto done = checkpoints->round();
    ASSERT_FALSE(done.ok());
    EXPECT_NE(done.error().told.find("the chain was cut"), std::string::npos) << done.error().told;
    EXPECT_EQ(instants().size(), 1U);
}

TEST_F(CheckpointsTest, AChangedOneIsNoticedBeforeTheNext)
{
    must(checkpoints->round());
    const auto file = newest_checkpoint(config.checkpoints, clock.now())->file;
    const auto whole = newest();
    std::ofstream(file) << whole.substr(0, whole.size() / 2);
    clock.pass(hours{24});
    const auto done = checkpoints->round();
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().kind, ErrorKind::Conflict);
    EXPECT_NE(done.error().told.find(file.filename().string()), std::string::npos) << done.error().told;
    EXPECT_EQ(instants().size(), 1U);
}

TEST_F(CheckpointsTest, AMissingFolderIsSaidNotMadeAndTriedAgain)
{
    fs::remove(config.checkpoints);
    EXPECT_FALSE(checkpoints->round());
    EXPECT_NE(checkpoints->state().problem.find("mounted"), std::string::npos) << checkpoints->state().problem;
    EXPECT_FALSE(fs::exists(config.checkpoints)) << "it would lie on this machine";
    fs::create_directories(config.checkpoints);
    clock.pass(minutes{14});
    EXPECT_FALSE(checkpoints->round()) << "not again at once";
    EXPECT_TRUE(fs::is_empty(config.checkpoints));
    clock.pass(minutes{1});
    must(checkpoints->round());
    EXPECT_EQ(instants().size(), 1U);
    EXPECT_EQ(checkpoints->state().problem, "");
}

TEST_F(CheckpointsTest, OfSeveralNodesOneWritesThem)
{
    Checkpoints other(*vault, config, clock);
    for (int day = 0; day < 3; ++day) {
        must(checkpoints->round());
        must(other.round());
        clock.pass(hours{24});
    }
    EXPECT_EQ(std::distance(fs::directory_iterator(config.checkpoints), {}), 3);
}

// A name from a future that no node's clock can be in would else keep the next one back for as long.
TEST_F(CheckpointsTest, AFileFromTheFutureHoldsNothingBack)
{
    must(checkpoints->round());
    fs::copy_file(newest_checkpoint(config.checkpoints, clock.now())->file,
                  config.checkpoints / "2096-01-01T000000Z-00000000.checkpoint");
    must(checkpoints->round());
    EXPECT_EQ(instants().size(), 2U) << "and none is written for it each round";
    clock.pass(hours{24});
    must(checkpoints->round());
    EXPECT_EQ(instants(), (std::vector<std::string>{"2026-03-02T221000Z", "2026-03-03T221000Z", "2096-01-01T000000Z"}));
}

TEST_F(CheckpointsTest, EachIsHandedToTheCommandOnce)
{
    const auto taken = folder.path() / "taken";
    config.checkpoint_command = "cat >>'" + taken.string() + "'";
    must(checkpoints->round());
    EXPECT_EQ(must(read_file(taken)), newest());
    must(checkpoints->round());
    start_anew();
    must(checkpoints->round());
    EXPECT_EQ(must(read_file(taken)), newest()) << "once";
}

TEST_F(CheckpointsTest, ACommandThatFailsIsSaidAndTriedAgainAlsoAfterARestart)
{
    const auto right = folder.path() / "right";
    config.checkpoint_command = "test -e '" + right.string() + "' || exit 3; cat >'" + right.string() + "'";
    EXPECT_FALSE(checkpoints->round());
    EXPECT_EQ(checkpoints->state().problem, "The command for checkpoints failed with exit code 3.");
    EXPECT_EQ(instants().size(), 1U) << "it lies in the folder all the same";
    clock.pass(minutes{10});
    std::ofstream(right) << "there now";
    EXPECT_FALSE(checkpoints->round()) << "not again at once";
    clock.pass(minutes{5});
    must(checkpoints->round());
    EXPECT_EQ(must(read_file(right)), newest());

    fs::remove(right);
    clock.pass(hours{24});
    EXPECT_FALSE(checkpoints->round());
    std::ofstream(right) << "there now";
    start_anew();
    must(checkpoints->round());
    EXPECT_EQ(must(read_file(right)), newest());
    EXPECT_EQ(instants().size(), 2U);
}

class OutsideCommandTest : public testing::Test {
protected:
    OutsideCommandTest() { std::ofstream(file) << "what it is given\n"; }
    Result<void> give(const std::string& line, std::chrono::seconds longest = std::chrono::seconds{60},
                      const std::stop_token& stop = {})
    {
        OutsideCommand command;
        command.line = line;
        command.calls_itself = "The command";
        command.keep_from_it = "HANDRAIL_TEST_SECRET";
        command.longest = longest;
        return give_to(command, file, stop);
    }
    std::string came() const { return must(read_file(out)); }

    tests::FolderForTest folder;
    fs::path file = folder.path() / "a file; with $(id) in its name";
    fs::path out = folder.path() / "out";
};

TEST_F(OutsideCommandTest, GetsTheFileAndNothingOfIt)
{
    must(give("cat >'" + out.string() + "'"));
    EXPECT_EQ(came(), "what it is given\n");
    must(give("cat /dev/stdin /dev/stdin | head -n 1 >'" + out.string() + "'"));
    EXPECT_EQ(came(), "what it is given\n") << "also for a tool that opens it by name";
}

TEST_F(OutsideCommandTest, SeesNeitherTheMasterKeyNorTheServersFiles)
{
    ::setenv("HANDRAIL_TEST_SECRET", "the key", 1);
    ::setenv("HANDRAIL_TEST_SECRET_NOT", "something else", 1);
    must(give("printf '%s.%s' \"$HANDRAIL_TEST_SECRET\" \"$HANDRAIL_TEST_SECRET_NOT\" >'" + out.string() + "'"));
    ::unsetenv("HANDRAIL_TEST_SECRET");
    ::unsetenv("HANDRAIL_TEST_SECRET_NOT");
    EXPECT_EQ(came(), ".something else");
    std::FILE* opened = std::fopen(file.c_str(), "r"); // as an accepted connection: not closed on exec
    must(give("ls /proc/self/fd | wc -l >'" + out.string() + "'"));
    std::fclose(opened);
    EXPECT_EQ(std::stoi(came()), 4) << "three, and the folder that is listed";
}

TEST_F(OutsideCommandTest, HowItEndedIsSaid)
{
    EXPECT_EQ(give("exit 7").error().told, "The command failed with exit code 7.");
    EXPECT_EQ(give("kill -TERM $$").error().told, "The command was ended by signal 15.");
    EXPECT_EQ(give("no such tool 2>/dev/null").error().told, "The command failed with exit code 127.");
    file = folder.path() / "none";
    EXPECT_NE(give("true").error().told.find("cannot be read"), std::string::npos);
}

TEST_F(OutsideCommandTest, IsEndedWithAllThatItStarted)
{
    const auto from = std::chrono::steady_clock::now();
    const auto line = "(sleep 300 & echo $! >'" + out.string() + "'; wait); true";
    EXPECT_EQ(give(line, std::chrono::seconds{1}).error().told, "The command did not end within 1 s.");
    EXPECT_LT(std::chrono::steady_clock::now() - from, std::chrono::seconds{60});
    const auto child = std::stoi(came());
    bool gone = false; // killed at once; the kernel, or init, takes it away a moment later
    for (int tries = 0; tries < 500 && !gone; ++tries) {
        const auto stat = read_file("/proc/" + std::to_string(child) + "/stat");
        gone = !stat.ok() || stat->find(") Z ") != std::string::npos;
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
    EXPECT_TRUE(gone);
    std::stop_source stopping;
    stopping.request_stop();
    EXPECT_EQ(give("sleep 300", std::chrono::seconds{60}, stopping.get_token()).error().told,
              "The command was ended: the server stops.");
}

} // namespace
} // namespace handrail::app
