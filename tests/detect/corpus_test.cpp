#include "detect/corpus.h"

#include <fstream>

#include <gtest/gtest.h>

#include "made_up_corpora.h"

namespace handrail::detect {
namespace {

class CorpusFile : public testing::Test {
protected:
    Result<Corpus> read(const char* set, const std::string& lines)
    {
        write_packed(folder_.path() / "rows.jsonl.gz", lines);
        return read_corpus(*find_label_set(set), {folder_.path() / "rows.jsonl.gz"});
    }
    tests::FolderForTest folder_;
};

TEST_F(CorpusFile, OneLabelOutOfSeveral)
{
    const auto corpus =
        read("topic", "{\"text\":\"a\",\"label\":\"tea\",\"group\":\"g\"}\n{\"text\":\"b\",\"label\":\"bread\"}");
    ASSERT_TRUE(corpus);
    EXPECT_EQ(corpus->labels, (std::vector<std::string>{"bread", "tea"}));
    EXPECT_EQ(corpus->questions, (std::vector<Question>{{0, 2}}));
    EXPECT_EQ(corpus->rows.at(0).labels, (std::vector<std::uint16_t>{1}));
    EXPECT_EQ(corpus->rows.at(0).group, "g");
}

TEST_F(CorpusFile, NumbersAreLabelsToo)
{
    const auto corpus = read("stress", "{\"text\":\"a\",\"label\":1}\n{\"text\":\"b\",\"label\":0}\n");
    ASSERT_TRUE(corpus);
    EXPECT_EQ(corpus->labels, (std::vector<std::string>{"0", "1"}));
}

TEST_F(CorpusFile, LabelsByThemselves)
{
    for (const std::string lines :
         {"{\"text\":\"a\",\"labels\":[\"joy\",\"fear\"]}\n{\"text\":\"b\",\"labels\":[]}\n",
          "{\"text\":\"a\",\"labels\":{\"joy\":1,\"fear\":1}}\n{\"text\":\"b\",\"labels\":{\"joy\":0,\"fear\":0}}\n"}) {
        const auto corpus = read("emotion", lines);
        ASSERT_TRUE(corpus);
        EXPECT_EQ(corpus->labels, (std::vector<std::string>{"fear", "joy"}));
        EXPECT_EQ(corpus->questions.size(), 2U);
        EXPECT_EQ(corpus->rows.at(0).labels, (std::vector<std::uint16_t>{0, 1}));
        EXPECT_TRUE(corpus->rows.at(1).labels.empty());
    }
}

TEST_F(CorpusFile, GradedQuestions)
{
    const auto corpus = read("empathy", "{\"text\":\"a\",\"labels\":{\"care\":2,\"ask\":0}}\n"
                                        "{\"text\":\"b\",\"labels\":{\"care\":0,\"ask\":1}}\n");
    ASSERT_TRUE(corpus);
    EXPECT_EQ(corpus->labels, (std::vector<std::string>{"ask=0", "ask=1", "care=0", "care=2"}));
    EXPECT_EQ(corpus->questions, (std::vector<Question>{{0, 2}, {2, 4}}));
    EXPECT_EQ(corpus->rows.at(0).labels, (std::vector<std::uint16_t>{0, 3}));
}

TEST_F(CorpusFile, WhatCannotBeReadIsNamedByLine)
{
    const std::string good = "{\"text\":\"a\",\"label\":\"x\"}\n";
    for (const std::string bad :
         {"{}", "[]", "{\"text\":1,\"label\":\"x\"}", "{\"text\":\"a\"}", "{\"text\":\"a\",\"label\":1.5}", "no"}) {
        const auto corpus = read("topic", good + bad + "\n" + good);
        ASSERT_FALSE(corpus) << bad;
        EXPECT_NE(corpus.error().told.find("line 2"), std::string::npos) << corpus.error().told;
    }
    EXPECT_FALSE(read("topic", good)); // one label tells nothing apart
    EXPECT_FALSE(read("emotion", "{\"text\":\"a\",\"labels\":{\"joy\":0.5}}\n"));
    EXPECT_FALSE(read_corpus(*find_label_set("topic"), {"/nowhere/rows.jsonl.gz"}));
}

TEST_F(CorpusFile, AnArchiveCutShortIsAnError)
{
    std::string lines;
    for (int row = 0; row < 2000; ++row)
        lines +=
            "{\"text\":\"row " + std::to_string(row * 7919) + "\",\"label\":\"" + (row % 2 == 0 ? "x" : "y") + "\"}\n";
    ASSERT_TRUE(read("topic", lines));
    const auto file = folder_.path() / "rows.jsonl.gz";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    EXPECT_FALSE(read_corpus(*find_label_set("topic"), {file}));
}

} // namespace
} // namespace handrail::detect
