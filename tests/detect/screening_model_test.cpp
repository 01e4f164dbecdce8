#include "detect/screening_model.h"

#include <fstream>

#include <gtest/gtest.h>

#include "detect/messages.h"
#include "detect/model_file.h"
#include "detect/trainer.h"
#include "made_up_corpora.h"

namespace handrail::detect {
namespace {

namespace fs = std::filesystem;

/// Messages in which dragons are a danger, and ordinary talk; all made up here.
class MadeUpMessages {
public:
    MadeUpMessages()
    {
        std::string rows = "text\tcategory\turgency\tkind\tgroup\n";
        const std::vector<std::string> who{"my aunt", "the baker", "our cousin", "a friend", "the porter", "my boss"};
        const std::vector<std::string> where{"in the cellar", "on the roof", "by the gate", "near the well",
                                             "at the mill"};
        for (const auto& person : who)
            for (const auto& place : where) {
                rows += person + " saw a fierce green dragon " + place + "\tabuse\ttoday\tdirect\t-\n";
                rows += person + " drank warm milk with honey " + place + "\tabuse\tusual\teveryday\t-\n";
                rows += person + " heard distant growling noises " + place + "\tabuse\tsoon\tindirect\t-\n";
            }
        fs::create_directories(messages());
        std::ofstream(messages() / "en_x.tsv") << rows;
        std::string talk;
        std::string requests;
        for (int each = 0; each < 80; ++each) {
            const auto number = std::to_string(each);
            talk += "{\"text\":\"nice picture number " + number +
                    " of the lake\",\"labels\":[\"joy\"]}\n"
                    "{\"text\":\"thanks for " +
                    number + " tips\",\"labels\":[\"neutral\"]}\n";
            requests += "{\"text\":\"set an alarm for " + number +
                        "\",\"label\":\"alarm\"}\n"
                        "{\"text\":\"play song " +
                        number + "\",\"label\":\"play\"}\n";
        }
        write_packed(folder() / "goemotions/train.jsonl.gz", talk);
        write_packed(folder() / "clinc150/train.jsonl.gz", requests);
    }
    fs::path folder() const { return folder_.path(); }
    fs::path messages() const { return folder_.path() / "messages"; }

private:
    tests::FolderForTest folder_;
};

TEST(Messages, AreReadWithTheirCategoryOnlyWhenTheyNeedAHumanTheSameDay)
{
    const MadeUpMessages made;
    const auto corpus = read_messages(*find_label_set(screening_set), made.messages(), made.folder());
    ASSERT_TRUE(corpus) << corpus.error().told;
    EXPECT_EQ(corpus->labels.size(), 11U);
    std::map<std::string, int> count;
    for (const auto& row : corpus->rows)
        ++count[corpus->labels[row.labels.at(0)]];
    EXPECT_EQ(count["abuse"], 30);
    EXPECT_EQ(count["soon"], 30);
    EXPECT_EQ(count["usual"], 30 + 320 / 4);
    EXPECT_FLOAT_EQ(corpus->rows.back().weight, 0.5F);
    EXPECT_FALSE(read_messages(*find_label_set(screening_set), made.folder() / "nothing", made.folder()));
    std::ofstream(made.messages() / "en_y.tsv") << "text\tcategory\turgency\tkind\tgroup\na\tnone\ttoday\t-\t-\n";
    const auto bad = read_messages(*find_label_set(screening_set), made.messages(), made.folder());
    ASSERT_FALSE(bad);
    EXPECT_NE(bad.error().told.find("en_y.tsv:2"), std::string::npos) << bad.error().told;
}

TEST(ScreeningModel, AsksForAHumanAndNamesTheWords)
{
    const MadeUpMessages made;
    auto materials = gather({find_label_set(screening_set)}, made.folder(), made.messages());
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
    ASSERT_TRUE(alarmed.today);
    EXPECT_EQ(*alarmed.today, Category::Abuse);
    EXPECT_GT(alarmed.probability.at("abuse"), alarmed.probability.at("suicide"));
    EXPECT_EQ(alarmed.probability.size(), 9U);
    // Code points: one letter of the text has two bytes.
    const auto words = text.substr(alarmed.begin + 1, alarmed.end - alarmed.begin);
    EXPECT_NE(words.find("green dragon"), std::string::npos) << words;

    for (const auto* calm : {"the porter drank warm milk with honey by the gate", "set an alarm for 7", ""})
        EXPECT_FALSE((*model)->read(calm).today) << calm;
    EXPECT_FALSE((*model)->version().empty());
}

} // namespace
} // namespace handrail::detect
