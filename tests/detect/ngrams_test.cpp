#include "detect/ngrams.h"

#include <gtest/gtest.h>

namespace handrail::detect {
namespace {

Ngrams read(const std::string& text, NgramShape shape = {2, 3, 5})
{
    Ngrams out;
    read_ngrams(text, shape, out);
    return out;
}

TEST(Ngrams, AreTheSameHoweverATextIsDressed)
{
    EXPECT_EQ(read("Don\u2019t  GO").words, read("don't go").words);
    EXPECT_EQ(read("\uFF27\uFF2F").letters, read("go").letters); // full-width letters
    EXPECT_EQ(read("adi\u00f3s").words, read("adio\u0301s").words);
}

TEST(Ngrams, KeepWhatTellsTextsApart)
{
    EXPECT_NE(read("go home").words, read("home go").words);
    EXPECT_NE(read("really?").words, read("really!").words);
    EXPECT_NE(read("ab c").words, read("a bc").words);
}

TEST(Ngrams, HaveTheLengthsThatTheShapeSays)
{
    EXPECT_EQ(read("one two three", {3, 1, 0}).words.size(), 6U); // 3 words, 2 pairs, 1 triple
    EXPECT_TRUE(read("one two three", {3, 1, 0}).letters.empty());
    EXPECT_EQ(read("ab", {1, 3, 5}).letters.size(), 3U); // " ab", "ab " and " ab "
}

TEST(Ngrams, ReadChineseByLetters)
{
    EXPECT_EQ(read("\u5929\u6c14\u5f88\u597d", {2, 1, 0}).words.size(), 7U); // 4 letters, 3 pairs
}

TEST(Ngrams, BlindAreTheSameWhoeverIsNamed)
{
    const NgramShape blind{2, 3, 5, false, true};
    EXPECT_EQ(read("I am a Muslim woman", blind).words, read("I am a gay man", blind).words);
    EXPECT_EQ(read("I am a Muslim woman", blind).letters, read("I am a gay man", blind).letters);
    EXPECT_EQ(read("soy una mujer jud\u00eda", blind).words, read("soy una mujer gitana", blind).words);
    EXPECT_NE(read("I am a Muslim", {2, 3, 5}).words, read("I am a Hindu", {2, 3, 5}).words);
    // A child is not the same as an adult, and what is done is never hidden.
    // The article belongs to whom it names.
    EXPECT_EQ(read("I am an atheist", blind).words, read("I am a Muslim", blind).words);
    EXPECT_EQ(read("I am an atheist", blind).letters, read("I am a Muslim", blind).letters);
    EXPECT_EQ(read("eine Frau", blind).words, read("ein Mann", blind).words);
    EXPECT_NE(read("an hour", blind).words, read("a hour", blind).words);
    EXPECT_NE(read("I am a child", blind).words, read("I am a man", blind).words);
    EXPECT_NE(read("kill the man", blind).words, read("hug the man", blind).words);
}

TEST(Ngrams, TakeWhateverComes)
{
    for (const std::string text : {"", " ", "\n\n", "\xff\xfe", "\xf0\x9f\x98\xad", "!!!!!!!!", "'''"})
        read(text);
    EXPECT_TRUE(read("").words.empty());
    EXPECT_EQ(read("!!!!!!", {1, 1, 0}).words.size(), 2U); // signs repeated are one, three at most
}

} // namespace
} // namespace handrail::detect
