#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/text.h"
#include "content_for_test.h"
#include "nlp/folding.h"
#include "nlp/normaliser.h"
#include "nlp/rule_book.h"

namespace handrail::nlp {
namespace {

const RuleBook& book()
{
    static const auto read = [] {
        Complaints complaints;
        const auto folder = content_folder() / "screening";
        return RuleBook::read(folder, Lexicon::read(folder, complaints), complaints);
    }();
    return *read;
}

std::string line_of(std::string_view text)
{
    NormalisedText out;
    Normaliser(book().lexicon).normalise(text, out);
    return out.line();
}

struct Form {
    const char* written;
    const char* normal;
};

class Forms : public testing::TestWithParam<Form> {};

TEST_P(Forms, AreReadAlike)
{
    EXPECT_EQ(line_of(GetParam().written), GetParam().normal);
}

INSTANTIATE_TEST_SUITE_P(
    Normaliser, Forms,
    testing::Values(Form{"I WANT TO DIE", "i want to die"},                     // case
                    Form{"I don\u2019t want to live", "i do not want to live"}, // U+2019
                    Form{"I don\u2018t", "i do not"}, Form{"I don\u02BCt", "i do not"},
                    Form{"I don\u2032t", "i do not"}, Form{"kill\u200B my\u200Dself", "kill myself"}, // zero width
                    Form{"k\u00ADill", "kill"},                                                       // soft hyphen
                    Form{"\uFF4B\uFF49\uFF4C\uFF4C myself", "kill myself"},                           // full width
                    Form{"\U0001D424\U0001D422\U0001D425\U0001D425 myself", "kill myself"}, // mathematical letters
                    Form{"k\u0456ll mys\u0435lf", "kill myself"},                           // Cyrillic homoglyphs
                    Form{"k1ll mys3lf", "kill myself"},                                     // digits for letters
                    Form{"$uicide", "suicide"}, Form{"su1c1de", "suicide"}, Form{"i w@nt t0 d1e", "i want to die"},
                    Form{"k i l l  m y s e l f", "kill myself"}, // spaced
                    Form{"k.i.l.l myself", "kill myself"}, Form{"k-i-l-l myself", "kill myself"},
                    Form{"d.. 1... e", "die"},
                    Form{"k iiii llll llll m y s e l f", "kill myself"},                          // spaced and repeated
                    Form{"s u i c i d e", "suicide"}, Form{"i want to dieeeee", "i want to die"}, // repeated
                    Form{"killlll myself", "kill myself"}, Form{"killmyself", "kill myself"},     // run together
                    Form{"im gonna do it", "i am going to do it"},                                // contractions
                    Form{"i dont wanna", "i do not want to"}, Form{"can't", "can not"}, Form{"won't", "will not"},
                    Form{"kms", "kill myself"}, Form{"kys", "kill yourself"}, Form{"sewerslide", "suicide"},
                    Form{"suicde", "suicide"}, Form{"overdsoe", "overdose"}, // one slip
                    Form{"k*ll", "kill"}, Form{"s**cide", "suicide"},        // starred out
                    Form{"I want to \U0001F480", "i want to skull"},         // emoji
                    Form{"40mg", "40 mg"},
                    Form{"the 2nd b12", "the 2nd b12"}, // not everything with a digit is a disguise
                    Form{"", ""}, Form{"   \n ", ""}, Form{"!!!", ""}));

TEST(Normaliser, OffsetsAreCodePointsOfTheOriginal)
{
    NormalisedText out;
    Normaliser(book().lexicon).normalise("\U0001F600 caf\u00E9 k\u0456ll!", out);
    ASSERT_EQ(out.words.size(), 2U);
    EXPECT_EQ(out.words[0].begin, 2U);
    EXPECT_EQ(out.words[0].end, 6U);
    EXPECT_EQ(out.words[1].begin, 7U);
    EXPECT_EQ(out.words[1].end, 11U);
}

TEST(Normaliser, MarksQuotationsAndQuestions)
{
    NormalisedText out;
    Normaliser(book().lexicon).normalise("He said \"go away\". Why? No.", out);
    ASSERT_EQ(out.words.size(), 6U);
    EXPECT_FALSE(out.words[1].quoted);
    EXPECT_TRUE(out.words[2].quoted);
    EXPECT_TRUE(out.words[3].quoted);
    EXPECT_TRUE(out.words[4].asks);
    EXPECT_FALSE(out.words[5].asks);
    EXPECT_EQ(out.words[4].before, Break::Sentence);
}

/// Code points that matter here more often than any: letters, digits, signs, apostrophes, emoji, other scripts.
rc::Gen<std::string> texts()
{
    const auto piece = rc::gen::oneOf(
        rc::gen::elementOf(std::vector<std::string>{
            "kill", "myself",  "k1ll",    "i'm",    "don\u2019t", "want",   " ",          "  ",     ".",
            ", ",   "?\n",     "k i l l", "\"",     "'",          "\u200B", "\U0001F480", "\u0456", "d\u0456e",
            "*",    "s*icide", "$",       "40mg",   "dieeee",     "\u00E9", "\u4E2D",     "\uFF21", "u",
            "j'ai", "-",       "\u0301",  "\uFDFA", "dddd",       "3",      "e ",     "1d ",        "d ",     "i "}),
        rc::gen::map(rc::gen::inRange<std::uint32_t>(1, 0x10FFFF),
                     [](std::uint32_t point) {
                         std::string out;
                         append_utf8(out, point >= 0xD800 && point < 0xE000 ? U'x' : static_cast<char32_t>(point));
                         return out;
                     }),
        rc::gen::map(rc::gen::inRange(32, 127), [](int c) { return std::string(1, static_cast<char>(c)); }));
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& parts) {
        std::string all;
        for (const auto& part : parts)
            all += part;
        return all;
    });
}

TEST(Normaliser, NormalisingTwiceChangesNothing)
{
    EXPECT_TRUE(rc::check([] {
        const auto once = line_of(*texts());
        RC_ASSERT(line_of(once) == once);
    }));
}

TEST(Normaliser, OffsetsLieInTheTextAndInOrder)
{
    EXPECT_TRUE(rc::check([] {
        const auto text = *texts();
        NormalisedText out;
        Normaliser(book().lexicon).normalise(text, out);
        RC_ASSERT(out.code_points == code_points(text));
        std::uint32_t last = 0;
        for (const auto& word : out.words) {
            RC_ASSERT(word.begin < word.end);
            RC_ASSERT(word.end <= out.code_points);
            RC_ASSERT(word.begin >= last);
            last = word.begin;
        }
    }));
}

} // namespace
} // namespace handrail::nlp
