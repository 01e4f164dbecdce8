#include "detect/feeling_model.h"

#include <gmock/gmock.h>

// The shipped model of emotion as the conversation uses it: sure or silent.
namespace handrail::detect {

namespace {

const std::filesystem::path models = std::filesystem::path(HANDRAIL_SOURCE_DIR) / "models";

TEST(FeelingModel, NamesAPlainFeelingOfTheWriter)
{
    const auto model = FeelingModel::load(models);
    ASSERT_TRUE(model.ok()) << model.error().told;
    EXPECT_EQ((*model)->feeling("I am terrified of what they will say"), "anxious");
    EXPECT_EQ((*model)->feeling("I am so embarrassed about it"), "ashamed");
    EXPECT_FALSE((*model)->version().empty());
}

TEST(FeelingModel, IsSilentWhenUnsureOrWhenItIsNotTheWritersOwn)
{
    const auto model = FeelingModel::load(models);
    ASSERT_TRUE(model.ok()) << model.error().told;
    for (const char* words : {"", "ok", "I went to the shop and bought bread", "The film was terrifying", "She is terrified of dogs",
                              "asdf qwer zxcv my", "\xf0\x9f\x98\x80\xf0\x9f\x98\x80", "je suis très triste"})
        EXPECT_EQ((*model)->feeling(words), "") << words;
}

TEST(FeelingModel, ReadsABoundedPartOfALongMessage)
{
    const auto model = FeelingModel::load(models);
    ASSERT_TRUE(model.ok()) << model.error().told;
    const std::string begun(600, 'a');
    EXPECT_EQ((*model)->feeling(begun + " I am terrified of what they will say"), (*model)->feeling(begun));
}

TEST(FeelingModel, AMissingModelIsSaidAndNoMore)
{
    EXPECT_FALSE(FeelingModel::load("/nowhere").ok());
}

} // namespace

} // namespace handrail::detect
