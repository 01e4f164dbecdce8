#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nlp/lexicon.h"
#include "nlp/needs.h"
#include "nlp/normaliser.h"
#include "nlp/word_set.h"

namespace handrail::nlp {

/// A set of lengths, in words, that a phrase may have at one place: bit n says n words. Longer than 31 is not matched.
using Lengths = std::uint32_t;

/// One part of a phrase.
struct Part {
    enum class Kind : std::uint8_t { Word, Group, Number, Gap, Start, End };
    Kind kind = Kind::Word;
    bool optional = false;
    std::uint32_t value = 0; ///< word id, group index
    std::int32_t low = 0;    ///< Number: from; Gap: fewest words
    std::int32_t high = 0;   ///< Number: to; Gap: most words
};
using Sequence = std::vector<Part>;

/// Ways of saying the same thing.
struct Group {
    std::string name; ///< empty for one written in place
    WordSet singles;  ///< those of one word
    std::vector<Sequence> sequences;
    /// Beside each sequence the first two words it begins with; 0 where another word can stand too. Most are told by
    /// these.
    std::vector<std::pair<WordId, WordId>> begins;
    /// Where the first of these is 0: what the word must meet that the sequence begins with, of Phrases::starts_.
    std::vector<Needs::Index> starts;
    WordSet first; ///< every word that can stand first
    bool number_first = false;
    bool may_be_empty = false;
    std::uint32_t shortest = 0;
    std::uint32_t longest = 0;
    double forms = 0; ///< how many word sequences it stands for
    bool read = false;
};

/// The phrases of all rules, and the word classes they are made of.
///
/// A pattern is a row of: words; {class}; (one | or another); a question mark after any of them, "may be left out"; # a
/// number, #30+ one of at least 30, #1-12 one between; <3> up to three words of any kind, <1-3> at least one; ^ the
/// start and $ the end of a clause. Words are written in their normal form: see normaliser.h.
class Phrases {
public:
    explicit Phrases(Lexicon& lexicon) : lexicon_(lexicon) {}

    /// Adds alternatives to a class. Classes may name classes that are added earlier or later; link() settles them.
    void add_class(const std::string& name, std::string_view alternatives, const std::string& where,
                   Complaints& complaints);
    /// Index of the compiled pattern; nullopt after a complaint.
    std::optional<std::size_t> add_pattern(std::string_view pattern, const std::string& where, Complaints& complaints);
    void link(Complaints& complaints);

    /// The class's index; nullopt when there is none.
    std::optional<std::size_t> class_named(const std::string& name) const;
    /// The lengths with which a class matches from `at` on.
    Lengths match_class(std::size_t index, std::span<const Word> words, std::size_t at) const;

    struct Found {
        std::uint32_t pattern;
        std::uint32_t begin; ///< words, half open
        std::uint32_t end;
    };
    /// Every pattern in the words, each longest first from the left without overlapping itself.
    /// @return how many places of patterns were looked at: the work it was
    std::size_t find(std::span<const Word> words, std::vector<Found>& found) const;

    double forms(std::size_t pattern) const;

private:
    struct Pattern {
        Sequence parts;
        std::string where;
        std::uint32_t shortest = 0;
        std::vector<Needs::Index> needs; ///< the rarest first
        /// What the words from its start on must meet, as far as it is certain how many words stand before.
        std::vector<std::pair<std::uint32_t, Needs::Index>> fixed;
    };
    struct Anchor {
        std::uint32_t pattern;
        std::uint16_t before_least; ///< words between the pattern's start and the anchor
        std::uint16_t before_most;
        Needs::Index rarest = Needs::none; ///< of the pattern's needs: most are given up by it
    };
    class Reader;

    Lengths match(const Sequence& parts, std::span<const Word> words, std::size_t at) const;
    Lengths match_group(const Group& group, std::span<const Word> words, std::size_t at) const;
    Lengths match_part(const Part& part, std::span<const Word> words, std::size_t at, bool inside) const;
    void settle(std::size_t group, std::vector<int>& state, Complaints& complaints);
    void settle(const Sequence& parts, Group& into, std::vector<int>& state, Complaints& complaints);
    std::size_t group_named(const std::string& name);
    double forms(const Sequence& parts) const;
    bool may_begin(const Pattern& pattern, std::span<const Word> words, std::size_t at, const Needs::Met& laid) const;
    std::size_t try_anchors(const std::vector<Anchor>& anchors, std::span<const Word> words, std::size_t at,
                            const Needs::Met& met, const Needs::Met& laid, std::vector<Found>& found) const;
    void anchor(std::uint32_t pattern, Complaints& complaints);

    Lexicon& lexicon_;
    std::vector<Group> groups_;
    std::map<std::string, std::size_t> names_;
    std::map<std::string, std::string> asked_for_; ///< class name → where it was first used
    std::vector<Pattern> patterns_;
    std::vector<std::vector<Anchor>> anchors_; ///< by word id
    std::vector<Anchor> number_anchors_;       ///< patterns whose rarest part may begin with a number
    Needs needs_;
    Needs starts_;     ///< what words must meet that sequences of classes begin with
    WordSet frequent_; ///< words so frequent that no pattern is looked for by them alone
    WordSet common_;   ///< frequent words of any language
};

} // namespace handrail::nlp
