// The models that come with Handrail, and what is written of them.
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "detect/shelf.h"
#include "detect/summary.h"

namespace handrail::detect {
namespace {

namespace fs = std::filesystem;

const fs::path source = HANDRAIL_SOURCE_DIR;

std::string text_of(const fs::path& file)
{
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

class Shipped : public testing::TestWithParam<LabelSet> {};

TEST_P(Shipped, IsThereWithItsCardWhenItsCorpusIsOpenAndNotOtherwise)
{
    const auto& set = GetParam();
    const auto folder = model_path(source / "models", std::string(set.name)).parent_path();
    if (set.licence == Licence::Research) {
        EXPECT_FALSE(fs::exists(folder)) << "a model that may not be passed on";
        return;
    }
    const auto shelved = take_model_in(source / "models", set);
    ASSERT_TRUE(shelved) << shelved.error().told;
    EXPECT_FALSE(shelved->research);
    EXPECT_EQ(shelved->model.encoder_name, encoder_name(set));
    const auto card = text_of(folder / "card.md");
    EXPECT_NE(card.find(shelved->model.checksum), std::string::npos) << "the card is of another model";
    const auto said = shelved->model.detect("I finally slept well and feel grateful", shelved->encoder);
    EXPECT_EQ(said.probabilities.size(), shelved->model.labels.size());
}

INSTANTIATE_TEST_SUITE_P(Each, Shipped, testing::ValuesIn(label_sets().begin(), label_sets().end()),
                         [](const auto& each) { return std::string(each.param.name); });

TEST(ShippedModels, AreSmallTogether)
{
    std::uintmax_t bytes = 0;
    for (const auto& file : fs::recursive_directory_iterator(source / "models"))
        if (file.is_regular_file() && file.path().string().find("/research/") == std::string::npos)
            bytes += file.file_size();
    EXPECT_LT(bytes, 30'000'000U);
}

TEST(ShippedModels, TheDocumentationSaysWhatTheirEvaluationsSay)
{
    const auto table = summary(source / "models");
    ASSERT_TRUE(table) << table.error().told;
    const auto page = text_of(source / "docs/detection.md");
    std::istringstream lines(*table);
    bool open = true; // the heading too
    for (std::string line; std::getline(lines, line);) {
        if (const auto end = line.find("` |"); line.starts_with("| `") && end != std::string::npos)
            open = find_label_set(line.substr(3, end - 3))->licence == Licence::Open;
        if (open) {
            EXPECT_NE(page.find(line), std::string::npos) << "handrail evaluate --table says otherwise: " << line;
        }
    }
}

} // namespace
} // namespace handrail::detect
