#include "detect/reply_model.h"

#include <fstream>

#include <gtest/gtest.h>

#include "detect/model_file.h"
#include "detect/replies.h"
#include "detect/trainer.h"
#include "folder_for_test.h"
#include "made_up_corpora.h"

namespace handrail::detect {
namespace {

namespace fs = std::filesystem;

const LabelSet& replies()
{
    return *find_label_set(reply_set);
}

/// Made-up rules of a made-up land: dragons are forbidden (D2), and so are trolls (E3).
void write_replies(const fs::path& folder)
{
    fs::create_directories(folder);
    write_packed(folder.parent_path() / "counselchat/train.jsonl.gz",
                 R"({"text":"q","label":"x","group":"g1","answers":[{"text":"Eat well. Sleep well. Talk to your miller. A friend can help! A walk helps too."}]})"
                 "\n");
    write_packed(folder.parent_path() / "counselchat/dev.jsonl.gz", "{\"text\":\"q\",\"label\":\"x\"}\n");
    std::ofstream out(folder / "en.jsonl");
    const char* places[] = {"by the gate", "in the yard", "near the mill", "on the hill", "at the inn", "under the bridge"};
    const char* times[] = {"tonight", "tomorrow", "this morning", "after supper", "before dawn", "next week"};
    for (const auto* place : places)
        for (const auto* time : times) {
            const auto line = [&](const std::string& text, const char* rule) {
                out << R"({"text":")" << text << " " << place << " " << time << R"(","allowed":)"
                    << (rule == nullptr ? "true" : "false") << R"(,"rule":")" << (rule == nullptr ? "D2" : rule) << "\"}\n";
            };
            line("you could feed a green dragon", "D2");
            line("go and kiss the hairy troll", "E3");
            line("you could feed a small hen", nullptr);
            line("go and greet the old miller", nullptr);
            line("what would you like to do", nullptr);
        }
}

TEST(Replies, AreReadWithTheRuleThatTheyBreak)
{
    const tests::FolderForTest folder;
    write_replies(folder.path() / "replies");
    const auto corpus = read_replies(folder.path() / "replies", folder.path());
    ASSERT_TRUE(corpus) << corpus.error().told;
    std::map<std::string, int> count;
    for (const auto& row : corpus->rows)
        for (const auto label : row.labels)
            ++count[corpus->labels[label]];
    EXPECT_EQ(count, (std::map<std::string, int>{
                         {"broken", 72}, {"D2", 36}, {"E3", 36}, {"usual", 108 + 3}, {"none", 108 + 3}}));
    EXPECT_EQ(corpus->questions, (std::vector<Question>{{0, 2}, {2, 5}}));
    const auto& last = corpus->rows.back();
    EXPECT_EQ(last.text, "A walk helps too.") << "answers of counsellors, two sentences at a time";
    EXPECT_FLOAT_EQ(last.weight, 0.5F);
    EXPECT_EQ(last.group, "g1");
    EXPECT_TRUE(last.ordinary);
    EXPECT_FALSE(corpus->rows.front().ordinary);

    EXPECT_FALSE(read_replies(folder.path() / "nothing", folder.path()));
    for (const auto* bad : {R"({"text":"a","allowed":false,"rule":4})", R"({"text":"a","allowed":false})",
                            R"({"text":"a"})", R"({"text":4,"allowed":true})", "no JSON"}) {
        std::ofstream(folder.path() / "replies/fr.jsonl") << R"({"text":"a","allowed":true})" << "\n" << bad << "\n";
        const auto refused = read_replies(folder.path() / "replies", folder.path());
        ASSERT_FALSE(refused) << bad;
        EXPECT_NE(refused.error().told.find("fr.jsonl, line 2"), std::string::npos) << refused.error().told;
    }
}

TEST(ReplyModel, NamesTheRuleThatAReplyBreaksAndLetsTheRestPass)
{
    const tests::FolderForTest folder;
    write_replies(folder.path() / "replies");
    auto materials = gather({&replies()}, folder.path(), {{}, folder.path() / "replies"});
    ASSERT_TRUE(materials) << materials.error().told;
    const auto encoders = learn(*materials, true, 1, [](const std::string&) {});
    ASSERT_EQ(encoders.size(), 1U);
    EXPECT_EQ(encoders.front().name, "reply");
    const auto write = [](const fs::path& file, const std::string& bytes) {
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
    };
    const auto models = folder.path() / "models";
    EXPECT_FALSE(ReplyModel::load(models));
    write(encoder_file(models, "reply"), written(encoders.front()));
    auto bytes = written(finished(materials->front(), encoders.front()));
    write(model_path(models, "reply"), bytes);
    const auto model = ReplyModel::load(models);
    ASSERT_TRUE(model) << model.error().told;

    EXPECT_EQ((*model)->broken_by("perhaps you could feed a green dragon by the mill", 0), "D2");
    EXPECT_EQ((*model)->broken_by("well, go and kiss the hairy troll after supper", 0), "E3");
    EXPECT_EQ((*model)->broken_by("what would you like to do by the mill tonight", 0), "");
    EXPECT_EQ((*model)->broken_by("go and greet the old miller", 0), "");
    EXPECT_EQ((*model)->broken_by("perhaps you could feed a green dragon by the mill", 1.1), "") << "never that sure";
    EXPECT_EQ((*model)->broken_by("", 0), "");
    EXPECT_EQ((*model)->broken_by("zzyzx qwrtp \xF0\x9F\x90\x89", 0), "") << "of what it does not know it says nothing";
    EXPECT_FALSE((*model)->version().empty());

    bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] + 1);
    write(model_path(models, "reply"), bytes);
    EXPECT_FALSE(ReplyModel::load(models)) << "a damaged file is refused";
}

} // namespace
} // namespace handrail::detect
