#include <gtest/gtest.h>

#include "nlp/normaliser.h"
#include "nlp/phrase.h"
#include "nlp/table.h"

namespace handrail::nlp {
namespace {

/// One pattern, matched against a text; "" when it does not match, the words that match otherwise.
std::string matched(std::string_view pattern, std::string_view text, std::string* complaint = nullptr)
{
    Lexicon lexicon;
    Phrases phrases(lexicon);
    Complaints complaints;
    phrases.add_class("want", "want to|would like to|wish to", "classes:1", complaints);
    phrases.add_class("die", "die|be dead|{end}", "classes:2", complaints);
    phrases.add_class("end", "end it all", "classes:3", complaints);
    phrases.add_pattern(pattern, "rules:1", complaints);
    phrases.link(complaints);
    if (!complaints.empty()) {
        if (complaint != nullptr)
            *complaint = complaints.error().told;
        return "complaint";
    }
    NormalisedText normal;
    Normaliser(lexicon).normalise(text, normal);
    std::vector<Phrases::Found> found;
    phrases.find(normal.words, found);
    if (found.empty())
        return "";
    std::string out;
    for (auto i = found.front().begin; i < found.front().end; ++i)
        out += (out.empty() ? "" : " ") + std::string(normal.letters_of(normal.words[i]));
    return out;
}

TEST(Phrases, ClassesOptionsGapsNumbersAndEdges)
{
    EXPECT_EQ(matched("i {want} {die}", "i would like to be dead"), "i would like to be dead");
    EXPECT_EQ(matched("i {want} {die}", "i want to end it all"), "i want to end it all");
    EXPECT_EQ(matched("i {want} {die}", "i want to live"), "");
    EXPECT_EQ(matched("i really? {want} die", "i really wish to die"), "i really wish to die");
    EXPECT_EQ(matched("took <2> pills", "took all my pills"), "took all my pills");
    EXPECT_EQ(matched("took <2> pills", "took one two three pills"), "");
    EXPECT_EQ(matched("took <1-2> pills", "took pills"), "");
    EXPECT_EQ(matched("#30+ pills", "40 pills"), "40 pills");
    EXPECT_EQ(matched("#30+ pills", "2 pills"), "");
    EXPECT_EQ(matched("#1-12 pills", "13 pills"), "");
    EXPECT_EQ(matched("^ tonight $", "yes. tonight."), "tonight");
    EXPECT_EQ(matched("^ tonight $", "i cook tonight"), "");
    EXPECT_EQ(matched("(take|took) (my|the) pills", "took the pills"), "took the pills");
    EXPECT_EQ(matched("want to die", "i want. to die"), "") << "no phrase runs over the end of a sentence";
}

TEST(Phrases, SaysWhatIsWrongAndWhere)
{
    std::string complaint;
    for (const char* bad : {"i {wnat} to", "(a|b", "a)", "<1", "<99> a", "<2>", "a? b?", "#x pills", "don't"}) {
        complaint.clear();
        EXPECT_EQ(matched(bad, "x", &complaint), "complaint") << bad;
        EXPECT_NE(complaint.find("rules:1"), std::string::npos) << bad << ": " << complaint;
    }
}

} // namespace
} // namespace handrail::nlp
