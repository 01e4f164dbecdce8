#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::language {

/// Many words in one block of memory, sorted by bytes.
class SortedWords {
public:
    static Result<SortedWords> load(const std::filesystem::path& file);
    bool has(std::string_view word) const { return find(word) != nullptr; }
    /// What stands after the tab in the word's line; empty without one or when the word is not there.
    std::string_view mark(std::string_view word) const;
    /// Some entry begins with these words and goes on.
    bool goes_on(std::string_view beginning) const;

private:
    struct Entry {
        std::uint32_t begin, word, line; ///< offset, length of the word, length of the line
    };
    const Entry* find(std::string_view word) const;
    std::string_view word_of(const Entry& entry) const { return std::string_view(text_).substr(entry.begin, entry.word); }

    std::string text_;
    std::vector<Entry> entries_;
};

/// content/pseudonyms: what tells a name or a place from an ordinary word. Immutable once loaded.
class WordLists {
public:
    /// Invalid or Unavailable names the file.
    static Result<WordLists> load(const std::filesystem::path& folder);

    bool ordinary(std::string_view language, std::string_view low) const;
    /// English is known well enough that a word outside the list is worth a look.
    bool ordinary_anywhere(std::string_view low) const;
    /// One letter more, less, other or swapped makes an English word of it: a slip of the keys, and no name.
    bool nearly_ordinary(std::string_view low) const;
    bool kept(std::string_view low) const { return kept_.count(low) > 0; }
    bool name(std::string_view low) const { return names_.has(low); }
    bool given_name(std::string_view low) const { return names_.mark(low) == "given"; }
    bool place(std::string_view low) const { return places_.has(low); }
    bool place_goes_on(std::string_view low) const { return places_.goes_on(low); }

    /// A list of contexts.tsv in a language with those of English and of no language: phrases as lists of words.
    using Phrases = std::vector<std::vector<std::string>>;
    const Phrases& phrases(std::string_view kind, std::string_view language) const;
    /// Of a list of single words.
    bool among(std::string_view kind, std::string_view low) const;
    /// A street word by itself ("street") or at the word's end ("-gasse").
    bool street(std::string_view low) const;

private:
    SortedWords names_, places_;
    std::map<std::string, SortedWords, std::less<>> ordinary_;
    std::set<std::string, std::less<>> kept_;
    std::map<std::string, std::map<std::string, Phrases, std::less<>>, std::less<>> phrases_; ///< kind, language
    std::map<std::string, std::set<std::string, std::less<>>, std::less<>> single_;            ///< kind
    std::vector<std::string> street_ends_;
};

} // namespace handrail::language
