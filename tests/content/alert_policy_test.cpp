#include "content/alert_policy.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "folder_for_test.h"

namespace handrail::content {

namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Who = AlertPolicy::Who;

const std::filesystem::path shipped = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

/// What is said of the shipped file with one place of it changed.
std::string said(const std::string& from, const std::string& to)
{
    const tests::FolderForTest folder;
    std::ifstream in(shipped / "protocols/alerts.json");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto at = text.find(from);
    if (at == std::string::npos)
        return "the file does not say " + from;
    std::filesystem::create_directories(folder.path() / "protocols");
    std::ofstream(folder.path() / "protocols/alerts.json") << text.replace(at, from.size(), to);
    const auto policy = load_alert_policy(folder.path());
    return policy.ok() ? std::string{} : policy.error().told;
}

} // namespace

TEST(AlertPolicy, TheShippedFileSaysWhatTheCodeFallsBackTo)
{
    const auto read = load_alert_policy(shipped);
    ASSERT_TRUE(read.ok()) << read.error().told;
    const AlertPolicy code;
    EXPECT_EQ(read->now, code.now);
    EXPECT_EQ(read->now_waiting, code.now_waiting);
    EXPECT_EQ(read->now_again, code.now_again);
    EXPECT_EQ(read->today, code.today);
    EXPECT_EQ(read->today_waiting, code.today_waiting);
    EXPECT_EQ(read->soon_people, code.soon_people);
    EXPECT_EQ(read->longest_quiet_days, code.longest_quiet_days);
    EXPECT_EQ(read->steps, code.steps);
    EXPECT_EQ(read->nobody_on_duty, code.nobody_on_duty);
    EXPECT_EQ(read->nobody_there, code.nobody_there);
    EXPECT_THAT(read->channels_unknown, ElementsAre("pager", "mail", "push", "text"));
}

TEST(AlertPolicy, G5_NoFileMakesATimeLonger)
{
    EXPECT_EQ(said("\"now\": {\"value\": 5", "\"now\": {\"value\": 4"), "");
    EXPECT_THAT(said("\"now\": {\"value\": 5", "\"now\": {\"value\": 6"), HasSubstr("between 1 and 5"));
    EXPECT_THAT(said("\"today\": {\"value\": 60", "\"today\": {\"value\": 61"), HasSubstr("between 1 and 60"));
    EXPECT_THAT(said("\"now_waiting\": {\"value\": 1", "\"now_waiting\": {\"value\": 0"), HasSubstr("between 1 and 1"));
}

TEST(AlertPolicy, NothingIsKnownForLongerThanFourWeeksAndSomebodyHasRoomForOnePerson)
{
    EXPECT_EQ(said("\"longest_quiet_days\": {\"value\": 28", "\"longest_quiet_days\": {\"value\": 7"), "");
    EXPECT_THAT(said("\"longest_quiet_days\": {\"value\": 28", "\"longest_quiet_days\": {\"value\": 29"), HasSubstr("between 1 and 28"));
    EXPECT_THAT(said("\"people_a_day\": {\"value\": 10", "\"people_a_day\": {\"value\": 0"), HasSubstr("between 1 and 200"));
}

TEST(AlertPolicy, G5_SomebodyIsToldInEveryCase)
{
    EXPECT_THAT(said("[\"pager\", \"mail\", \"push\", \"text\"]", "[]"), HasSubstr("names no channel"));
    EXPECT_THAT(said("[\"pager\", \"mail\", \"push\", \"text\"]", "[\"pigeon\"]"), HasSubstr("expected pager, mail, push or text"));
    EXPECT_THAT(said("[\"rota\", \"team\"], [\"lead\"]", "[\"team\"], [\"team\"]"), HasSubstr("from the second on"));
    EXPECT_THAT(said("[\"rota\", \"team\"], [\"lead\"]", "[\"team\"], [\"rota\"]"), HasSubstr("from the second on"))
        << "somebody above the team";
    EXPECT_EQ(said("[\"rota\", \"team\"], [\"lead\"]", "[\"rota\"], [\"rota\", \"lead\"]"), "");
    EXPECT_THAT(said("\"nobody_on_duty\": [\"lead\"]", "\"nobody_on_duty\": [\"rota\"]"), HasSubstr("names a lead"));
    EXPECT_THAT(said("\"nobody_on_duty\": [\"lead\"]", "\"nobody_on_duty\": [\"team\"]"), HasSubstr("names a lead"));
    EXPECT_THAT(said("\"nobody_there\": [\"lead\", \"administrator\"]", "\"nobody_there\": []"),
                HasSubstr("names nobody"));
    EXPECT_THAT(said("[[\"rota\", \"team\"], [\"lead\"], [\"lead\", \"administrator\"]]", "[[\"team\"]]"),
                HasSubstr("who is told next"));
}

} // namespace handrail::content
