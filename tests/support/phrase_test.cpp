#include "support/phrase.h"

#include <gtest/gtest.h>

#include <random>

namespace handrail::support {

namespace {

/// What `Phrases` promises: each phrase looked for in turn, at its first place.
std::optional<Phrase::Hit> one_after_the_other(const std::vector<std::string>& patterns, const std::vector<Word>& words)
{
    for (const auto& pattern : patterns) {
        Phrase::Hit hit;
        if (Phrase(pattern).find(words, &hit))
            return hit;
    }
    return std::nullopt;
}

} // namespace

TEST(Phrases, FindWhatEachPhraseFindsByItself)
{
    const std::vector<std::string> patterns{"^ thanks $", "are you (a|an)? real", "medic~ (again|now)", "# (pills|tablets)",
                                            "my * hurts", "(so|very)? (very tired|worn out)", "** nobody", "tired?",
                                            "(no|not ever) again", "again $"};
    const std::vector<std::string> vocabulary{"thanks", "are",   "you",  "a",     "real", "medicine", "medication", "again",
                                              "now",    "20",    "pills", "my",   "back", "hurts",    "so",         "very",
                                              "tired",  "worn",  "out",  "nobody", "no",  "not",      "ever",       "."};
    std::mt19937 chance(20260301);
    int found = 0, not_found = 0;
    for (int round = 0; round < 4000; ++round) {
        std::string text;
        for (auto left = chance() % 9; left > 0; --left)
            text += vocabulary[chance() % vocabulary.size()] + " ";
        auto some = patterns;
        std::shuffle(some.begin(), some.end(), chance);
        some.resize(1 + chance() % some.size());
        const auto words = words_of(text);
        Phrase::Hit hit;
        const auto expected = one_after_the_other(some, words);
        ASSERT_EQ(Phrases(some).in(words, &hit), expected.has_value()) << text;
        if (expected) {
            EXPECT_EQ(hit.begin, expected->begin) << text;
            EXPECT_EQ(hit.end, expected->end) << text;
        }
        ++(expected ? found : not_found);
    }
    EXPECT_GT(found, 700);
    EXPECT_GT(not_found, 400);
}

TEST(Phrases, AreTriedWhereAWordOnlyBeginsAsThePatternSays)
{
    const Phrases phrases({"psych~ ward", "über~ alles"});
    EXPECT_TRUE(phrases.in("They sent me to the psychiatric ward."));
    EXPECT_TRUE(phrases.in("Überhaupt alles ist grau."));
    EXPECT_FALSE(phrases.in("the physical ward"));
    EXPECT_FALSE(phrases.in(""));
}

} // namespace handrail::support
