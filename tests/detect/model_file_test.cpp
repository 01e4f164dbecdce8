#include "detect/model_file.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "detect/order.h"
#include "detect/trainer.h"
#include "made_up_corpora.h"

namespace handrail::detect {
namespace {

struct Files {
    std::string model;
    std::string encoder;
};

const Files& files()
{
    static const Files made = [] {
        const MadeUpCorpora corpora;
        auto materials = gather({find_label_set("topic")}, corpora.folder());
        const auto encoders = learn(*materials, true, 1, [](const std::string&) {});
        return Files{written(finished(materials->front(), encoders.front())), written(encoders.front())};
    }();
    return made;
}

TEST(ModelFile, ReadsBackWhatWasWritten)
{
    const auto model = read_model(files().model);
    ASSERT_TRUE(model) << model.error().told;
    EXPECT_EQ(model->set, "topic");
    EXPECT_EQ(model->labels, (std::vector<std::string>{"rain", "sun"}));
    EXPECT_EQ(written(*model), files().model);
    const auto encoder = read_encoder(files().encoder);
    ASSERT_TRUE(encoder) << encoder.error().told;
    EXPECT_EQ(written(*encoder), files().encoder);
    EXPECT_EQ(encoder->checksum, model->encoder_checksum);
}

/// fuzz/detect_model begins with these: it puts the first word and the checksum around them, and reads 4,096 bytes at most.
TEST(ModelFile, TheSeedsOfItsFuzzerPassTheHeaderAndAreRead)
{
    int models = 0;
    int encoders = 0;
    for (const auto& seed : std::filesystem::directory_iterator(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "fuzz/corpus/detect_model")) {
        std::ifstream in(seed.path(), std::ios::binary);
        const std::string inside(std::istreambuf_iterator<char>(in), {});
        EXPECT_LE(inside.size(), 4096U) << seed.path();
        const auto file = sealed_with_checksum("HANDRAIL" + inside);
        const auto model = read_model(file);
        const auto encoder = read_encoder(file);
        EXPECT_NE(model.ok(), encoder.ok()) << seed.path();
        if (encoder) {
            EXPECT_EQ(written(*encoder), file) << seed.path();
        }
        models += model ? 1 : 0;
        encoders += encoder ? 1 : 0;
    }
    EXPECT_GE(models, 2);
    EXPECT_GE(encoders, 2);
}

TEST(ModelFile, OneForTheOtherIsRefused)
{
    EXPECT_FALSE(read_model(files().encoder));
    EXPECT_FALSE(read_encoder(files().model));
}

TEST(ModelFile, CutShortIsRefused)
{
    for (std::size_t size = 0; size < files().model.size(); size += size < 200 ? 1 : 97)
        EXPECT_FALSE(read_model(std::string_view(files().model).substr(0, size))) << size;
}

TEST(ModelFile, ABitFlippedIsRefused)
{
    Order random(1);
    for (int each = 0; each < 300; ++each) {
        auto bytes = files().model;
        bytes[random.below(static_cast<std::uint32_t>(bytes.size()))] ^= static_cast<char>(1U << random.below(8));
        EXPECT_FALSE(read_model(bytes));
    }
}

// A hostile file has a checksum that fits. It may be read or refused; what is read must be safe to use.
TEST(ModelFile, WhatAHostileHandWroteDoesNotCrash)
{
    Order random(2);
    const auto encoder = read_encoder(files().encoder);
    std::size_t refused = 0;
    for (int each = 0; each < 3000; ++each) {
        auto body = files().model.substr(0, files().model.size() - 32);
        const auto edits = 1 + random.below(4);
        for (std::uint32_t edit = 0; edit < edits; ++edit)
            body[13 + random.below(random.below(2) == 0 ? 200U : static_cast<std::uint32_t>(body.size() - 13))] =
                static_cast<char>(random.next());
        if (random.below(4) == 0)
            body.resize(random.below(static_cast<std::uint32_t>(body.size())));
        const auto model = read_model(sealed_with_checksum(std::move(body)));
        if (!model) {
            ++refused;
            continue;
        }
        if (model->head.size() == model->labels.size() * encoder->vectors.width) {
            EXPECT_EQ(model->detect("rain on sunday", *encoder).probabilities.size(), model->labels.size());
        }
    }
    EXPECT_GT(refused, 0U);
    for (int each = 0; each < 1000; ++each) {
        auto body = files().encoder.substr(0, files().encoder.size() - 32);
        body[13 + random.below(random.below(2) == 0 ? 100U : static_cast<std::uint32_t>(body.size() - 13))] =
            static_cast<char>(random.next());
        const auto read = read_encoder(sealed_with_checksum(std::move(body)));
        if (read) {
            std::vector<Cell> cells;
            Ngrams ngrams;
            read_ngrams("rain on sunday", read->vocabulary.shape(), ngrams);
            read->vocabulary.weigh(ngrams, cells);
            std::vector<float> inner(read->vectors.width);
            read->vectors.hidden(cells, inner);
        }
    }
}

} // namespace
} // namespace handrail::detect
