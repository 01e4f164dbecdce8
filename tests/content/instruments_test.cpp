#include "content/instruments.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "content/asking_protocol.h"
#include "content/check.h"

namespace handrail::content {
namespace {

namespace fs = std::filesystem;

const fs::path shipped = fs::path(HANDRAIL_SOURCE_DIR) / "content";

/// A copy of the shipped content that a test may break.
class BrokenContent : public testing::Test {
protected:
    void SetUp() override
    {
        const auto* test = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::temp_directory_path() / (std::string("handrail-content-") + test->name());
        fs::remove_all(folder_);
        fs::copy(shipped, folder_, fs::copy_options::recursive);
    }
    void TearDown() override { fs::remove_all(folder_); }

    std::string text(const std::string& file) const
    {
        std::ifstream in(folder_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    }

    void write(const std::string& file, const std::string& bytes) const
    {
        fs::permissions(folder_ / file, fs::perms::owner_all, fs::perm_options::add);
        std::ofstream(folder_ / file, std::ios::binary) << bytes;
    }

    void replace(const std::string& file, const std::string& from, const std::string& to) const
    {
        auto bytes = text(file);
        const auto at = bytes.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        bytes.replace(at, from.size(), to);
        write(file, bytes);
    }

    /// All the check says about that kind.
    std::string notes(CheckNote::Kind kind) const
    {
        std::string out;
        for (const auto& note : check_content(folder_, std::chrono::sys_days{std::chrono::year{2026} / 11 / 21}).notes)
            if (note.kind == kind)
                out += note.file + note.where + ": " + note.told + "\n";
        return out;
    }

    fs::path folder_;
};

TEST(Instruments, ShowsOnlyThoseWhoseWordsAreHere)
{
    const auto loaded = Instruments::load(shipped);
    ASSERT_TRUE(loaded.ok()) << loaded.error().told;
    EXPECT_EQ(loaded->find("phq-9")->why_not(), "");
    EXPECT_EQ(loaded->find("phq-9")->wordings.front().questions.size(), 10U);
    EXPECT_EQ(loaded->find("epds")->why_not().substr(0, 20), "The words belong to ");
    EXPECT_TRUE(loaded->find("isi")->wordings.empty());
    // Three of its thirteen questions have no words here, two of them critical: none is shown.
    EXPECT_EQ(loaded->find("phq-9m")->why_not(), "Some of the questions are not here yet, so none are shown.");
    EXPECT_EQ(loaded->find("nothing"), nullptr);
    for (const auto& [id, instrument] : loaded->all())
        if (!instrument.licence.words_included) {
            EXPECT_NE(instrument.why_not(), "") << id;
        }
}

TEST(Instruments, GivesAWholeTranslationOrNone)
{
    const auto loaded = Instruments::load(shipped);
    ASSERT_TRUE(loaded.ok());
    const auto& phq9 = *loaded->find("phq-9");
    const auto* german = phq9.wording("de");
    ASSERT_NE(german, nullptr);
    EXPECT_EQ(german->language, "de-DE");
    EXPECT_EQ(german->questions.size(), 10U);
    EXPECT_EQ(german->questions[8].choices[3].text, "Beinahe jeden Tag");
    // The Portuguese copies have no words for the difficulty question, which is optional and therefore left out.
    EXPECT_EQ(phq9.wording("pt-PT")->questions.size(), 9U);
    EXPECT_EQ(phq9.wording("fi"), nullptr);
    EXPECT_EQ(loaded->find("c-ssrs-screen")->wording("de"), nullptr);
}

TEST_F(BrokenContent, NamesFileAndPlaceOfEveryMistake)
{
    replace("instruments/gad-7.json", "\"options\": \"freq4\"", "\"options\": \"freq5\"");
    replace("instruments/phq-2.json", "\"op\": \">=\"", "\"op\": \"=>\"");
    write("instruments/isi.json", "{\"schema\": ");
    const auto loaded = Instruments::load(folder_);
    ASSERT_FALSE(loaded.ok());
    const auto& told = loaded.error().told;
    EXPECT_NE(told.find("instruments/gad-7.json: /items/0/options: names an option set that is not there: freq5"),
              std::string::npos)
        << told;
    EXPECT_NE(told.find("instruments/phq-2.json: /scoring/rules/0/when/op: expected one of >="), std::string::npos) << told;
    EXPECT_NE(told.find("instruments/isi.json: not JSON"), std::string::npos) << told;
}

TEST_F(BrokenContent, AnItemThatIsNotThereIsABadReference)
{
    replace("protocols/answers.json", "{\"item\": \"4\", \"op\"", "{\"item\": \"44\", \"op\"");
    EXPECT_NE(notes(CheckNote::Kind::Broken).find("names an item that is not there: 44"), std::string::npos);
}

TEST_F(BrokenContent, NamesANumberWithoutASourceAndASourceThatIsNotThere)
{
    replace("protocols/trend.json", ", \"source\": \"page-1954\"", "");
    replace("protocols/answers.json", "\"source\": \"mdq-2000\"", "\"source\": \"mdq-2001\"");
    EXPECT_EQ(notes(CheckNote::Kind::NumberWithoutSource),
              "protocols/trend.json/cusum_slack/value: This number has no source.\n");
    EXPECT_NE(notes(CheckNote::Kind::BadReference).find("There is no source mdq-2001."), std::string::npos);
}

TEST_F(BrokenContent, NamesFiguresOfAnInstrumentWithoutASource)
{
    replace("instruments/phq-9.json", "Levis et al. BMJ 2019;365:l1476", "");
    EXPECT_NE(notes(CheckNote::Kind::NumberWithoutSource).find("instruments/phq-9.json/accuracy/0"), std::string::npos);
}

TEST_F(BrokenContent, NamesAMissingTranslationOfAnOfferedLanguage)
{
    EXPECT_EQ(notes(CheckNote::Kind::MissingTranslation), "");
    replace("languages.json", "[\"en\"]", "[\"en\", \"zh\"]");
    const auto missing = notes(CheckNote::Kind::MissingTranslation);
    EXPECT_NE(missing.find("check_ins/daily.json/groups/0/question: There are no words in zh."), std::string::npos);
    EXPECT_NE(missing.find("instruments/audit.json/translations: There are no complete words in zh."), std::string::npos);
    EXPECT_EQ(missing.find("instruments/phq-9.json"), std::string::npos);
}

TEST_F(BrokenContent, KnowsReviewsAndWhenTheyAreOverdue)
{
    write("reviews.json", R"({"schema": "handrail.reviews/1", "files": {
        "instruments/phq-9.json": {"signed": [{"by": "A", "on": "2026-01-01"}], "again_by": "2026-11-21"},
        "instruments/gad-7.json": {"signed": [{"by": "A", "on": "2025-01-01"}], "again_by": "2026-11-20"},
        "instruments/gone.json": {"signed": []}}})");
    const auto report = check_content(folder_, std::chrono::sys_days{std::chrono::year{2026} / 11 / 21});
    EXPECT_EQ(report.reviewed, 1U);
    EXPECT_EQ(notes(CheckNote::Kind::ReviewOverdue), "instruments/gad-7.json: The review was due by 2026-11-20.\n");
    EXPECT_NE(notes(CheckNote::Kind::BadReference).find("There is no file instruments/gone.json."), std::string::npos);
}

// The shipped content: nothing wrong, and nothing claimed that nobody did.
// A questionnaire in which somebody may say that they want to die is not to be forgotten in that list.
TEST(KeptOffWhatsapp, NamesEveryQuestionnaireWithACriticalItemAndNoneThatIsNotHere)
{
    const auto asks = load_asking_protocol(shipped);
    const auto instruments = Instruments::load(shipped);
    ASSERT_TRUE(asks.ok() && instruments.ok());
    std::set<std::string> kept_off;
    for (const auto& each : asks->kept_off_whatsapp) {
        EXPECT_NE(instruments->find(each.form), nullptr) << each.form;
        EXPECT_TRUE(kept_off.insert(each.form).second) << each.form << " stands twice";
    }
    int critical = 0;
    for (const auto& [id, instrument] : instruments->all())
        for (const auto& rule : instrument.scoring.flags)
            if (rule.level == FlagLevel::Critical) {
                EXPECT_TRUE(kept_off.contains(id)) << id << ": " << rule.flag;
                ++critical;
            }
    EXPECT_GT(critical, 5);
    EXPECT_FALSE(kept_off.contains("gad-7"));
}

TEST(ShippedContent, IsSoundAndSaysThatNobodyReviewedIt)
{
    const auto report = check_content(shipped, std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()));
    for (const auto& note : report.notes)
        EXPECT_FALSE(is_wrong(note.kind)) << name(note.kind) << ": " << note.file << note.where << ": " << note.told;
    EXPECT_EQ(report.instruments, 30U);
    EXPECT_EQ(report.displayable, 16U);
    EXPECT_EQ(report.reviewed, 0U);
}

// Never judged by in silence: what is unverified judges nobody, what is second-hand judges, and both are named.
TEST_F(BrokenContent, NamesTheFiguresOfChangeThatNobodyVerified)
{
    const auto told = notes(CheckNote::Kind::Unverified);
    for (const auto* file : {"phq-9m", "wsas"})
        EXPECT_NE(told.find("instruments/" + std::string(file) + ".json/change: The reliable change is unverified"),
                  std::string::npos)
            << file;
    EXPECT_NE(told.find("instruments/who-5.json/change: The reliable change is second-hand"), std::string::npos);
    EXPECT_EQ(told.find("instruments/phq-9.json/change: The reliable change"), std::string::npos);
}

TEST_F(BrokenContent, ACourseOfTotalsCallsForNothingSoonerThanSoon)
{
    replace("protocols/change.json", "\"not_on_track\", \"urgency\": \"soon\"",
            "\"not_on_track\", \"urgency\": \"today\"");
    EXPECT_NE(notes(CheckNote::Kind::Broken).find("expected usual or soon"), std::string::npos);
}

TEST_F(BrokenContent, ANumberOfChangeNeedsAMarkThatSomebodyReadIt)
{
    replace("protocols/change.json", "\"icsi-depression\", \"mark\": \"verified\"",
            "\"icsi-depression\", \"mark\": \"unverified\"");
    EXPECT_NE(notes(CheckNote::Kind::Broken).find("an unverified number judges nobody"), std::string::npos);
}

TEST_F(BrokenContent, AnInstrumentsOwnFiguresAreReadInEachOfTheirForms)
{
    const auto phq9 = *read_instrument(folder_ / "instruments/phq-9.json", "phq-9");
    EXPECT_EQ(phq9.remission_below->value, 5);
    const auto pcl5 = *read_instrument(folder_ / "instruments/pcl-5.json", "pcl-5");
    EXPECT_FALSE(pcl5.caseness->bound.holds(28));
    EXPECT_TRUE(pcl5.caseness->bound.holds(29));
    const auto isi = *read_instrument(folder_ / "instruments/isi.json", "isi");
    EXPECT_EQ(isi.reliable_change->points, 8.4);
    EXPECT_TRUE(isi.caseness->bound.holds(8));
    EXPECT_FALSE(isi.caseness->bound.holds(7));
    const auto core10 = *read_instrument(folder_ / "instruments/core-10.json", "core-10");
    EXPECT_TRUE(core10.caseness->bound.holds(11));
    EXPECT_FALSE(core10.caseness->bound.holds(10.9));
    EXPECT_EQ(core10.norms->clinical.mean, 19.7);
    replace("instruments/pcl-5.json", "post <= 28", "post at most 28");
    const auto broken = read_instrument(folder_ / "instruments/pcl-5.json", "pcl-5");
    ASSERT_FALSE(broken.ok());
    EXPECT_NE(broken.error().told.find("/change/clinically_significant/rule"), std::string::npos);
}

} // namespace
} // namespace handrail::content
