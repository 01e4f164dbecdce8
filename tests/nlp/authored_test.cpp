#include "nlp/authored.h"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "app/commands/evaluate_screening.h"
#include "folder_for_test.h"

namespace handrail::nlp {
namespace {

using testing::Test;

const auto shipped_content = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content";

class Authored : public Test {
protected:
    std::filesystem::path written(const std::string& name, const std::string& rows) const
    {
        const auto file = folder_.path() / name;
        std::ofstream(file) << "# Authored for Handrail, not clinical: no real person wrote these lines.\n"
                               "text\tcategory\turgency\tkind\tgroup\n"
                            << rows;
        return file;
    }
    tests::FolderForTest folder_;
};

TEST_F(Authored, ReadsWhatTheAuthorSaid)
{
    const auto read = read_authored(written("es_development.tsv", "Quiero morir\tsuicide\ttoday\tdirect\tes_es\n"));
    ASSERT_TRUE(read) << read.error().told;
    ASSERT_EQ(read->size(), 1U);
    const auto& message = read->front();
    EXPECT_EQ(message.text, "Quiero morir");
    EXPECT_EQ(message.category, Category::Suicide);
    EXPECT_EQ(message.urgency, Urgency::Today);
    EXPECT_EQ(message.lang, "es");
    EXPECT_EQ(message.where, "es_development.tsv:3");
}

TEST_F(Authored, NamesEveryBadLine)
{
    const auto read = read_authored(written("en_x.tsv", "a\tsuicide\tsometime\t-\t-\nb\tsadness\tnow\t-\t-\n"));
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().told.find("en_x.tsv:3"), std::string::npos) << read.error().told;
    EXPECT_NE(read.error().told.find("en_x.tsv:4"), std::string::npos) << read.error().told;
}

TEST(AuthoredMeasure, CountsWhatWasHeardAndWhatWasRaisedForNothing)
{
    AuthoredMeasure measure;
    const auto said = [&](Urgency author, Urgency screener) {
        Finding finding;
        finding.urgency = screener;
        measure.add({"", Category::Abuse, author, "direct", "-", "en", ""}, finding);
    };
    said(Urgency::Now, Urgency::Now);
    said(Urgency::Now, Urgency::Soon);
    said(Urgency::Today, Urgency::Unknown);
    said(Urgency::Usual, Urgency::Soon);
    said(Urgency::Usual, Urgency::Today);
    said(Urgency::Usual, Urgency::Usual);
    said(Urgency::Usual, Urgency::Usual);
    const auto told = measure.told();
    for (const char* line :
         {"| now or today: answered today, now or unknown | 66.7 % (2 of 3) | 20.8 % to 93.9 % |",
          "| now: answered today, now or unknown | 50.0 % (1 of 2) |", "| now: answered now | 50.0 % (1 of 2) |",
          "| usual: answered today, now or unknown | 25.0 % (1 of 4) |",
          "| usual: answered anything else than usual | 50.0 % (2 of 4) |", "| now | 0 | 1 | 0 | 1 | 0 |",
          "| abuse | 66.7 % (2 of 3) | 25.0 % (1 of 4) | 50.0 % (2 of 4) |",
          "| no rule: the words were not understood | 5 | 60.0 % (3 of 5) | 3 | 66.7 % (2 of 3) |"})
        EXPECT_NE(told.find(line), std::string::npos) << line << "\nis not in\n" << told;
}

TEST(AuthoredMeasure, SaysHowWellTheModelPartsThemAndWhetherItIsRightAsOftenAsItSays)
{
    AuthoredMeasure measure;
    const auto said = [&](const char* text, Urgency author, double first, double second) {
        Finding finding;
        finding.probability = {{"abuse", first}, {"suicide", second}};
        measure.add({text, Category::Abuse, author, "direct", "-", "en", ""}, finding);
    };
    EXPECT_EQ(measure.told().find("AUROC"), std::string::npos);
    said("one two three", Urgency::Now, 0.5, 0.4);
    said("one two three four five six seven eight nine", Urgency::Today, 0.125, 0.25);
    said("", Urgency::Soon, 0.75, 0.1);
    said("one", Urgency::Usual, 0.375, 0.0);
    said("one", Urgency::Usual, 0.05, 0.05);
    const auto told = measure.told();
    // Four pairs: three above, one tie.
    for (const char* line : {"AUROC 0.875 (now", "| 0.0 to 0.2 | 1 | 0.100 | 0.000 |", "| 0.2 to 0.4 | 2 | 0.375 | 0.500 |",
                             "| 0.4 to 0.6 | 0 | – | – |", "| 0.8 to 1.0 | 2 | 0.875 | 0.500 |",
                             "Expected calibration error 0.220", "|  1 to 8 words | 0.0 % (0 of 1)",
                             "|  9 to 20 words | 0.0 % (0 of 1)"})
        EXPECT_NE(told.find(line), std::string::npos) << line << "\nis not in\n" << told;
}

TEST_F(Authored, WhatWasJudgedOtherwiseIsShownUnlessItIsFrozen)
{
    const std::string row = "the kettle is on\tsuicide\tnow\tdirect\t-\n";
    const auto open = written("en_development.tsv", row);
    const auto frozen = written("en_frozen.tsv", row);
    std::ostringstream out;
    std::ostringstream err;
    EXPECT_EQ(app::evaluate_screening({open}, shipped_content, true, out, err), 0) << err.str();
    EXPECT_NE(out.str().find("now was answered usual: the kettle is on"), std::string::npos) << out.str();
    out.str("");
    EXPECT_EQ(app::evaluate_screening({open, frozen}, shipped_content, false, out, err), 0);
    EXPECT_EQ(out.str().find("kettle"), std::string::npos) << out.str();
    EXPECT_NE(out.str().find("2 authored messages"), std::string::npos) << out.str();
    EXPECT_EQ(app::evaluate_screening({frozen}, shipped_content, true, out, err), 0);
    EXPECT_EQ(out.str().find("kettle"), std::string::npos) << out.str();
    EXPECT_NE(err.str().find("NOT SHOWN: en_frozen.tsv"), std::string::npos) << err.str();
    EXPECT_EQ(app::evaluate_screening({open}, folder_.path(), false, out, err), 2);
    EXPECT_EQ(app::evaluate_screening({folder_.path() / "nothing.tsv"}, shipped_content, false, out, err), 2);
}

} // namespace
} // namespace handrail::nlp
