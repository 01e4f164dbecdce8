#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

#include "nlp/normaliser.h"
#include "nlp/rule_book.h"

namespace handrail::nlp {

/// A rule's phrase in a message, and what is left of it once the words around are read.
struct Hit {
    const Rule* rule = nullptr;
    std::uint32_t begin = 0; ///< words, half open
    std::uint32_t end = 0;
    bool counts = true;
    bool named = true; ///< somebody is said to be the one it is about
    bool raised = false;    ///< more pressing by when it is said to happen
    bool recovered = false; ///< an old date, and the writer says that they are well now
    std::uint32_t when_begin = 0; ///< with `raised`: the words that say when, half open
    std::uint32_t when_end = 0;
    Urgency urgency = Urgency::Usual;
    Subject subject = Subject::None;
    When time = When::None;
};

/// Reads what stands around a phrase: negation, old dates, somebody else, report and quotation, fiction, profession,
/// news, recovery, bereavement, a laugh. The word classes it uses are in content/screening/classes_*.tsv.
class Grammar {
public:
    Grammar(const RuleBook& book, Complaints& complaints);

    enum class Direction { In, Out };
    /// Finds the rules' phrases in a message and settles each.
    /// @return how many places and pairs were looked at: the work it was
    std::size_t read(const NormalisedText& text, Direction direction, std::vector<Hit>& hits) const;

    /// The first words that say "within a day" or "just now", half open; empty when there are none.
    struct Span {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
    };
    Span within_a_day(const NormalisedText& text) const;
    /// Whether the writer turns to something else after this word: "but", "however".
    bool turns_after(const NormalisedText& text, std::size_t word) const;

private:
    enum Class : std::size_t {
        Negator,
        NegationEnds,
        NegationReach,
        DoubtedNegation,
        FirstPerson,
        SecondPerson,
        OtherPerson,
        DependentPerson,
        GenericPerson,
        FirstReflexive,
        SecondReflexive,
        OtherReflexive,
        Says,
        Vague,
        NearTime,
        JustDone,
        OldTime,
        RecentTime,
        Laugh,
        No,
        Turn,
        WriterIs,
        WellNow,
        ClassCount
    };
    struct Sentence {
        std::size_t begin;
        std::size_t end;
    };
    struct Who {
        enum class Person { First, Second, Other, Generic } person = Person::First;
        Subject subject = Subject::Self;
        bool vague = false;
        bool named = true; ///< false: nobody was named, so it is taken to be the writer
    };

    bool is(Class which, std::span<const Word> words, std::size_t at) const;
    bool anywhere(Class which, std::span<const Word> words, Sentence in) const;
    static Sentence sentence_of(std::span<const Word> words, std::size_t at);
    bool negated(std::span<const Word> words, const Hit& hit, Sentence sentence) const;
    Who who(std::span<const Word> words, const Hit& hit, Sentence sentence) const;
    bool writer_is(std::span<const Word> words, std::size_t at, Sentence sentence) const;
    bool reported(std::span<const Word> words, std::size_t at, Sentence sentence) const;
    Span when_said(std::initializer_list<Class> by, std::span<const Word> words, Sentence in) const;
    Span soon_after(std::span<const Word> words, const Hit& hit, Sentence sentence) const;
    void settle(std::span<const Word> words, Hit& hit, Direction direction) const;
    std::size_t hush(std::span<const Word> words, std::vector<Hit>& hits) const;
    void hush_by(const Hit& calm, Sentence sentence, std::span<const Word> words, Hit& hit) const;

    const RuleBook& book_;
    std::array<std::size_t, ClassCount> classes_{};
};

} // namespace handrail::nlp
