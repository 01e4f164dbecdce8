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

// I7: what learns sees files that somebody names, and cannot open a store: the build shows its folder nothing that could. What
// ships was learnt from open corpora or from what was written for it, as each card says.
TEST(ShippedModels, I7_NoneWasLearntFromWhatPeopleWriteHere)
{
    const auto build = text_of(source / "src/detect/CMakeLists.txt");
    const auto begin = build.find("USES") + 4;
    std::istringstream uses(build.substr(begin, build.find('\n', begin) - begin));
    for (std::string folder; uses >> folder;)
        EXPECT_TRUE(folder == "nlp" || folder == "domain" || folder == "base") << folder;
    int cards = 0;
    for (const auto& entry : fs::directory_iterator(source / "models")) {
        if (!fs::exists(entry.path() / "model.bin"))
            continue;
        const auto card = text_of(entry.path() / "card.md");
        const auto learnt = card.find("\n- Learnt from: the train and dev rows of `");
        ASSERT_NE(learnt, std::string::npos) << entry.path();
        EXPECT_NE(card.substr(learnt, card.find('\n', learnt + 1) - learnt).find(" Terms: "), std::string::npos) << entry.path();
        ++cards;
    }
    EXPECT_GT(cards, 0);
}

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
