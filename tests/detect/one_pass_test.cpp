#include "detect/one_pass.h"

#include <gtest/gtest.h>

#include "detect/model_file.h"
#include "detect/order.h"
#include "detect/trainer.h"
#include "made_up_messages.h"

namespace handrail::detect {
namespace {

struct Learnt {
    Model model;
    Encoder encoder;
};

const Learnt& learnt()
{
    static const auto made = [] {
        const MadeUpMessages messages;
        auto materials = gather({find_label_set(screening_set)}, messages.folder(), {messages.messages(), {}});
        auto encoders = learn(*materials, true, 1, [](const std::string&) {});
        auto model = finished(materials->front(), encoders.front());
        return Learnt{std::move(model), std::move(encoders.front())};
    }();
    return made;
}

std::size_t label(std::string_view name)
{
    const auto& labels = learnt().model.labels;
    return static_cast<std::size_t>(std::find(labels.begin(), labels.end(), name) - labels.begin());
}

TEST(OnePass, SaysTheSameAsTheModelIsMeantTo)
{
    const auto one = OnePass::of(learnt().model, learnt().encoder);
    ASSERT_TRUE(one) << one.error().told;
    std::string book;
    for (int each = 0; each < 500; ++each)
        book += "the baker saw a fierce green dragon, unheard-of wordz " + std::to_string(each) + " by the gate! ";
    for (const std::string& text :
         {std::string("my aunt saw a fierce green dragon by the gate"), std::string("warm milk milk milk with honey"),
          std::string("zzyzx qwrt"), std::string("Dragon? DRAGON!!"), std::string(""), std::string("\xff\xfe"), book})
        for (int again = 0; again < 2; ++again) {
            const auto slow = learnt().model.detect(text, learnt().encoder);
            const auto fast = one->detect(text);
            EXPECT_EQ(fast.answer.labels, slow.answer.labels) << text;
            EXPECT_NEAR(fast.known, slow.known, 1e-6) << text;
            ASSERT_EQ(fast.probabilities.size(), slow.probabilities.size());
            for (std::size_t k = 0; k < fast.probabilities.size(); ++k)
                EXPECT_NEAR(fast.probabilities[k], slow.probabilities[k], 1e-4) << text;
        }
}

TEST(OnePass, WeighsTheWordsThatSetOneLabelAboveAnother)
{
    const auto one = OnePass::of(learnt().model, learnt().encoder);
    ASSERT_TRUE(one);
    const std::string text = "Stra\u00dfe: we drank warm milk, then my aunt saw a dragon";
    const auto words = one->weigh(text, label("abuse"), label("usual"));
    ASSERT_EQ(words.size(), 13U); // the colon and the comma too
    EXPECT_EQ(words[0].begin, 0U);
    EXPECT_EQ(words[0].end, 6U) << "code points of the text, though it folds to seven";
    const auto heaviest =
        std::max_element(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.weight < b.weight; });
    EXPECT_EQ(heaviest - words.begin(), 12) << "dragon";
    EXPECT_GT(heaviest->weight, 0);
    EXPECT_TRUE(one->weigh("", label("abuse"), label("usual")).empty());
}

// A hostile file has a checksum that fits: what is read of it is refused or safe to use.
TEST(OnePass, WhatAHostileHandWroteDoesNotCrash)
{
    const auto bytes = written(learnt().model);
    Order random(3);
    std::size_t used = 0;
    for (int each = 0; each < 1000; ++each) {
        auto body = bytes.substr(0, bytes.size() - 32);
        for (auto edit = random.below(4); edit-- > 0;)
            body[13 + random.below(random.below(2) == 0 ? 400U : static_cast<std::uint32_t>(body.size() - 13))] =
                static_cast<char>(random.next());
        const auto model = read_model(sealed_with_checksum(std::move(body)));
        if (!model)
            continue;
        const auto one = OnePass::of(*model, learnt().encoder);
        if (!one)
            continue;
        ++used;
        EXPECT_EQ(one->detect("a dragon by the gate").probabilities.size(), model->labels.size());
    }
    EXPECT_GT(used, 0U);
}

TEST(OnePass, RefusesWhatWasNotMadeForIt)
{
    const MadeUpCorpora corpora;
    auto materials = gather({find_label_set("topic")}, corpora.folder());
    const auto encoders = learn(*materials, true, 1, [](const std::string&) {});
    const auto topic = finished(materials->front(), encoders.front());
    EXPECT_FALSE(OnePass::of(topic, encoders.front()));
    EXPECT_FALSE(OnePass::of(learnt().model, encoders.front()));
}

} // namespace
} // namespace handrail::detect
