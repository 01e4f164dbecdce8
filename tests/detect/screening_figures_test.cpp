// What docs/screening.md says of the screener is what the shipped rules and model do.
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "app/commands/evaluate_fairness.h"
#include "app/commands/evaluate_screening.h"
#include "detect/screening_model.h"

namespace handrail::detect {
namespace {

namespace fs = std::filesystem;

const fs::path source = HANDRAIL_SOURCE_DIR;

/// The lines between a block's marker and its end.
std::set<std::string> block(const std::string& arguments)
{
    std::ifstream page(source / "docs/screening.md");
    std::set<std::string> out;
    bool inside = false;
    for (std::string line; std::getline(page, line);)
        if (line == "<!-- end -->")
            inside = false;
        else if (line.starts_with("<!-- handrail " + arguments))
            inside = true;
        else if (inside)
            out.insert(line);
    return out;
}

void expect_told(const std::string& printed, const std::set<std::string>& told)
{
    ASSERT_GT(told.size(), 5U) << "the page lacks the block; tools/figures writes it";
    std::istringstream lines(printed);
    for (std::string line; std::getline(lines, line);)
        EXPECT_TRUE(told.contains(line)) << "tools/figures would write: " << line;
}

std::vector<fs::path> frozen()
{
    std::vector<fs::path> out;
    for (const auto* lang : {"de", "en", "es", "fr", "pt"})
        out.push_back(source / "tests/nlp/authored" / (std::string(lang) + "_frozen.tsv"));
    return out;
}

std::string frozen_names()
{
    std::string out = "evaluate --screening";
    for (const auto& file : frozen())
        out += " " + fs::relative(file, source).string();
    return out;
}

std::shared_ptr<const ScreeningModel> model()
{
    auto out = ScreeningModel::load(source / "models");
    EXPECT_TRUE(out) << out.error().told;
    return out ? *out : nullptr;
}

// J3: what is published is measured anew with every run of the tests: a figure that is no longer so blocks.
TEST(ScreeningFigures, J3_OfTheFrozenMessagesAreTrue)
{
    std::ostringstream out;
    std::ostringstream err;
    ASSERT_EQ(app::evaluate_screening(frozen(), source / "content", false, out, err, model()), 0) << err.str();
    expect_told(out.str(), block(frozen_names() + " -->"));
}

TEST(ScreeningFigures, OfTheRulesAloneAreTrue)
{
    std::ostringstream out;
    std::ostringstream err;
    ASSERT_EQ(app::evaluate_screening(frozen(), source / "content", false, out, err), 0) << err.str();
    expect_told(out.str(), block(frozen_names() + " --rules-only"));
}

TEST(ScreeningFigures, OfWhoSeemsToWriteAreTrue)
{
    std::ostringstream out;
    std::ostringstream err;
    ASSERT_EQ(app::evaluate_fairness(source / "tests/nlp/fairness", source / "content", false, out, err, model()), 0)
        << err.str();
    expect_told(out.str(), block("evaluate --fairness tests/nlp/fairness -->"));
}

} // namespace
} // namespace handrail::detect
