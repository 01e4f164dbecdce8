// Measured on a public corpus that is not part of the project: only rates are printed, never a text. The names list was made
// with its training part, so only the development part says something.
#include <fstream>
#include <iostream>
#include <map>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include "base/text.h"
#include "language/recogniser.h"
#include "shared_corpora.h"

namespace handrail::language {
namespace {

using test::corpora;
using test::rows_of;
using test::text_of;

/// What the project promises to replace, of the corpus's labels.
std::string group_of(std::string_view label)
{
    static const std::map<std::string_view, std::string> groups{
        {"PERSON", "names"},          {"ADDRESS", "addresses"}, {"STREET_ADDRESS", "addresses"}, {"PHONE_NUMBER", "phones"},
        {"EMAIL_ADDRESS", "e-mails"}, {"CREDIT_CARD", "ids"},   {"IBAN_CODE", "ids"},            {"US_SSN", "ids"},
        {"US_DRIVER_LICENSE", "ids"}, {"LOCATION", "places"},   {"GPE", "places"},               {"ZIP_CODE", "places"}};
    const auto found = groups.find(label);
    return found == groups.end() ? std::string() : found->second;
}

const Recogniser& recogniser()
{
    static const auto loaded = Recogniser::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content");
    if (!loaded.ok())
        throw std::runtime_error(loaded.error().told);
    return *loaded;
}

/// Every letter and digit of the span is replaced; a title before a name, and "nan" where the corpus has nothing, count not.
bool replaced(std::string_view text, std::size_t begin, std::size_t end, const std::vector<Mention>& mentions)
{
    for (const auto& piece : pieces_of(text.substr(begin, end - begin))) {
        if (piece.kind == Piece::Kind::Mark || piece.kind == Piece::Kind::Line || piece.low == "nan" || piece.low == "mr" ||
            piece.low == "mrs" || piece.low == "ms" || piece.low == "miss" || piece.low == "dr")
            continue;
        const auto at = begin + piece.begin;
        const bool inside = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& each) { return each.begin <= at && at < each.end; });
        if (!inside)
            return false;
    }
    return true;
}

TEST(PseudonymsCorpus, I1_ReplacesWhatTheDevelopmentSetMarks)
{
    const auto rows = rows_of(corpora() / "pii_presidio_synth/dev.jsonl.gz");
    if (rows.empty())
        GTEST_SKIP() << "NOT RUN: the corpus pii_presidio_synth is not at " << corpora();
    std::map<std::string, std::pair<int, int>> found;
    int mentions = 0, meant = 0;
    for (const auto& row : rows) {
        const auto text = text_of(row);
        const auto found_here = recogniser().find(text, "en");
        std::vector<std::pair<std::size_t, std::size_t>> spans;
        for (const auto& each : row.at("spans").as_array()) {
            const auto& span = each.as_object();
            const auto begin = byte_offset(text, static_cast<std::size_t>(span.at("start").as_int64()));
            const auto end = byte_offset(text, static_cast<std::size_t>(span.at("end").as_int64()));
            spans.emplace_back(begin, end);
            const auto group = group_of(span.at("type").as_string());
            if (group.empty())
                continue;
            ++found[group].second;
            found[group].first += replaced(text, begin, end, found_here) ? 1 : 0;
        }
        for (const auto& each : found_here) {
            ++mentions;
            meant += std::any_of(spans.begin(), spans.end(), [&](const auto& span) { return each.begin < span.second && span.first < each.end; }) ? 1 : 0;
        }
    }
    for (const auto& [group, count] : found) {
        const auto recall = static_cast<double>(count.first) / count.second;
        std::cout << group << ": recall " << recall << " of " << count.second << "\n";
        if (group != "places") { // postcodes without a word around them are not told from other numbers
            EXPECT_GE(recall, 0.97) << group;
        }
    }
    const auto precision = static_cast<double>(meant) / mentions;
    std::cout << "precision " << precision << " of " << mentions << "\n";
    EXPECT_GE(precision, 0.95);
}

class OrdinaryTalk : public testing::TestWithParam<const char*> {};

TEST_P(OrdinaryTalk, IsLeftAsItIs)
{
    const auto rows = rows_of(corpora() / GetParam() / "dev.jsonl.gz");
    if (rows.empty())
        GTEST_SKIP() << "NOT RUN: the corpus " << GetParam() << " is not at " << corpora();
    std::size_t words = 0, mentions = 0;
    for (const auto& row : rows) {
        const auto text = text_of(row);
        for (const auto& piece : pieces_of(text))
            words += piece.kind == Piece::Kind::Word ? 1U : 0U;
        mentions += recogniser().find(text, "en").size();
    }
    const auto rate = 1000.0 * static_cast<double>(mentions) / static_cast<double>(words);
    std::cout << GetParam() << ": " << rate << " replaced per 1000 words\n";
    EXPECT_LE(rate, 3.0);
}

INSTANTIATE_TEST_SUITE_P(Talk, OrdinaryTalk, testing::Values("esconv", "counselchat"));

} // namespace
} // namespace handrail::language
