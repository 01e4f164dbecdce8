#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "nlp/lexicon.h"
#include "nlp/normaliser.h"

namespace handrail::nlp {

/// Tells the languages that have rules from others and from what is no language, by frequent words, and by letter
/// triples where too few of those stand in the text. Deterministic; the word lists are content/screening/languages.tsv.
class LanguageGuess {
public:
    enum class Understood { Yes, OtherLanguage, Unreadable };
    struct Guess {
        std::string_view language = "und"; ///< BCP 47 primary subtag
        Understood understood = Understood::Yes;
    };

    static LanguageGuess read(const std::filesystem::path& folder, Lexicon& lexicon, Complaints& complaints);

    /// Learns the letter triples of every word of the rules as well; called once they are read.
    void learn(const Lexicon& lexicon);

    Guess guess(const NormalisedText& text, std::string_view hint) const;

private:
    struct Language {
        std::string code;
        bool has_rules = false;
    };

    double familiar(const NormalisedText& text) const;

    std::vector<Language> languages_;
    std::unordered_set<std::uint32_t> triples_; ///< of the languages that have rules
};

} // namespace handrail::nlp
