#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "nlp/table.h"

namespace handrail::nlp {

using WordId = std::uint32_t; ///< 0 is any word the lexicon does not hold

/// What is known of one folded word.
struct WordEntry {
    WordId id = 0;
    std::int32_t alias = -1;     ///< index of what it is to be read as ("kms" is "kill myself"), -1 for itself
    std::int32_t number = -1;    ///< its value when it is a number word
    std::uint32_t languages = 0; ///< bit n: one of the frequent words of language n
    bool critical = false;       ///< spelled wrongly it is still to be recognised
};

/// FNV-1a: words are short.
struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept
    {
        std::size_t hash = 14695981039346656037U;
        for (const char c : text)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
        return hash;
    }
};
template <class Key, class Value> using WordTable = boost::unordered_flat_map<Key, Value, TextHash, std::equal_to<>>;

/// The words that the rules, the aliases and the language lists speak of, all folded (see folding.h).
class Lexicon {
public:
    /// Reads aliases.tsv, numbers.tsv, emoji.tsv, confusables.tsv and typos.tsv of content/screening.
    static Lexicon read(const std::filesystem::path& folder, Complaints& complaints);

    /// The word's id; a new one when it was not known. `word` must be folded.
    WordId add(std::string_view word);
    void mark_language(std::string_view word, unsigned language);
    void mark_critical(std::string_view word);

    const WordEntry* find(std::string_view word) const;
    /// The words an alias stands for.
    const std::vector<std::string>& alias(std::int32_t index) const
    {
        return aliases_[static_cast<std::size_t>(index)];
    }
    /// The words an emoji stands for: index for emoji_words(), -1 when it says nothing here.
    std::int32_t emoji(char32_t code_point) const;
    const std::vector<std::string>& emoji_words(std::int32_t index) const
    {
        return emoji_words_[static_cast<std::size_t>(index)];
    }
    /// The Latin letter that a letter of another script is drawn like; 0 when none.
    char32_t latin_double(char32_t code_point) const;
    /// The critical word that is one slip away (a letter missing, added, changed, or two swapped); empty when none is.
    std::string_view one_slip_from(std::string_view word) const;
    /// The critical word that fits a word with stars for letters ("k*ll"); empty when none or several do.
    std::string_view uncensored(std::string_view word) const;

    template <class Take> void each_word(Take take) const
    {
        for (const auto& [word, entry] : words_)
            take(std::string_view(word));
    }
    std::size_t size() const { return words_.size() + 1; }

private:
    WordEntry& entry(std::string_view word);

    WordTable<std::string, WordEntry> words_;
    std::vector<std::vector<std::string>> aliases_;
    std::unordered_map<char32_t, std::int32_t> emoji_;
    std::vector<std::vector<std::string>> emoji_words_;
    std::unordered_map<char32_t, char32_t> latin_doubles_;
    /// Every critical word under itself and under each form with one letter left out.
    WordTable<std::string, std::vector<std::string>> slips_;
    std::vector<std::string> critical_;
};

/// Whether two words differ by at most one slip.
bool within_one_slip(std::string_view a, std::string_view b);

} // namespace handrail::nlp
