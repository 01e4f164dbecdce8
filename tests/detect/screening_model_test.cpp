#include "detect/screening_model.h"

#include <fstream>

#include <gtest/gtest.h>

#include "base/text.h"
#include "detect/messages.h"
#include "detect/model_file.h"
#include "detect/shelf.h"
#include "detect/trainer.h"
#include "made_up_messages.h"

namespace handrail::detect {
namespace {

namespace fs = std::filesystem;

TEST(Messages, AreReadWithTheirCategoryOnlyWhenTheyNeedAHumanTheSameDay)
{
    const MadeUpMessages made;
    const auto corpus = read_messages(*find_label_set(screening_set), made.messages(), made.folder());
    ASSERT_TRUE(corpus) << corpus.error().told;
    EXPECT_EQ(corpus->labels.size(), 13U);
    EXPECT_EQ(corpus->questions, (std::vector<Question>{{0, 11}, {11, 13}}));
    std::map<std::string, int> count;
    for (const auto& row : corpus->rows)
        for (const auto label : row.labels)
            ++count[corpus->labels[label]];
    EXPECT_EQ(count["abuse"], 60);
    EXPECT_EQ(count["now"], 30);
    EXPECT_EQ(count["suicide"], 1);
    EXPECT_EQ(count["soon"], 30 + 1);
    EXPECT_EQ(count["usual"], 30 + 1 + 320);
    EXPECT_EQ(count["later"], 30 + 30 + 30 + 3 + 320);
    EXPECT_FLOAT_EQ(corpus->rows.back().weight, 0.5F);
    EXPECT_TRUE(corpus->rows.back().ordinary);
    EXPECT_FALSE(corpus->rows.front().ordinary);
    EXPECT_FALSE(read_messages(*find_label_set(screening_set), made.folder() / "nothing", made.folder()));
    std::ofstream(made.messages() / "en_y.tsv") << "text\tcategory\turgency\tkind\tgroup\na\tnone\ttoday\t-\t-\n";
    const auto bad = read_messages(*find_label_set(screening_set), made.messages(), made.folder());
    ASSERT_FALSE(bad);
    EXPECT_NE(bad.error().told.find("en_y.tsv:2"), std::string::npos) << bad.error().told;
}

TEST(ScreeningModel, AsksForAHumanAndNamesTheWords)
{
    const MadeUpMessages made;
    auto materials = gather({find_label_set(screening_set)}, made.folder(), {made.messages(), {}});
    ASSERT_TRUE(materials) << materials.error().told;
    const auto encoders = learn(*materials, true, 1, [](const std::string&) {});
    ASSERT_EQ(encoders.size(), 1U);
    EXPECT_EQ(encoders.front().name, "screening");
    const tests::FolderForTest models;
    const auto write = [](const fs::path& file, const std::string& bytes) {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
    };
    EXPECT_FALSE(ScreeningModel::load(models.path()));
    write(encoder_file(models.path(), "screening"), written(encoders.front()));
    write(model_path(models.path(), "screening"), written(finished(materials->front(), encoders.front())));
    const auto model = ScreeningModel::load(models.path());
    ASSERT_TRUE(model) << model.error().told;

    const std::string text =
        "Caf\u00e9 closed early, then the baker saw a fierce green dragon by the gate and we all went home to bed";
    const auto alarmed = (*model)->read(text);
    EXPECT_EQ(alarmed.urgency, Urgency::Today);
    EXPECT_EQ(alarmed.category, Category::Abuse);
    EXPECT_GT(alarmed.probability[static_cast<std::size_t>(Category::Abuse)],
              alarmed.probability[static_cast<std::size_t>(Category::Suicide)]);
    const auto words = (*model)->words(text, alarmed);
    EXPECT_NE(cut_code_points(text, words.begin, words.end).find("green dragon"), std::string_view::npos)
        << cut_code_points(text, words.begin, words.end);
    EXPECT_EQ((*model)->read("my aunt is burning in dragon fire right now").urgency, Urgency::Now);
    EXPECT_EQ((*model)->read("a friend heard distant growling noises").urgency, Urgency::Soon);
    // What was said of a text once is said of it again.
    EXPECT_EQ((*model)->read(text).probability, alarmed.probability);
    EXPECT_EQ((*model)->read("").urgency, Urgency::Usual);
    EXPECT_EQ((*model)->words("", alarmed).end, 0U);
    EXPECT_EQ((*model)->words("?! \u2026", alarmed).end, 4U) << "signs alone are shown whole";

    for (const auto* calm : {"the porter drank warm milk with honey by the gate", "set an alarm for 7", ""})
        EXPECT_EQ((*model)->read(calm).urgency, Urgency::Usual) << calm;
    EXPECT_FALSE((*model)->version().empty());
}

} // namespace
} // namespace handrail::detect
