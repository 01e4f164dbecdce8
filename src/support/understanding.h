#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "support/phrase.h"

namespace handrail::support {

enum class Answer { None, Yes, No, Unsure, Refuses };

/// Something the person said about themselves that may be worth remembering, in their own words.
struct Worth {
    std::string kind; ///< "name", "goal", "person", "helps", "trigger"
    std::string text;
};

/// Something the person says they tried already, and that it was not enough.
struct Tried {
    std::string what;    ///< a kind of exercise, "breath", or whose help it was, "doctor"
    bool people = false; ///< it was help from people
    std::string words;   ///< the person's own for it
};

/// What was understood of one message, by rules alone. Being unsure is an answer: everything may be empty.
struct Heard {
    std::vector<Word> words;
    std::string intent;               ///< id in understanding.json; empty: none, so being heard
    std::vector<std::string> topics;  ///< in the file's order
    std::vector<std::string> feelings;
    std::vector<std::string> obstacles;
    std::set<std::string, std::less<>> cues;
    std::string information;          ///< what information is asked about, when the words name it; empty: nothing known
    Answer answer = Answer::None;     ///< how it would answer a question that can be answered with yes or no
    std::optional<int> age;           ///< stated in years, or taken from a school year
    bool asks = false;                ///< holds a question mark
    bool short_words = false;         ///< six words or fewer
    bool begins = false;              ///< holds a word of not knowing how to begin
    std::string hard_word;            ///< a harsh word the person used about themselves; empty: none
    bool hard_word_said = false;      ///< somebody else said it of them: "my dad says I'm an idiot"
    bool scolds = false;              ///< the harsh word is for the listener: "you're a stupid machine"
    std::string degree;               ///< of the feeling, in their words: "low", "raised", "high"; empty: not said
    std::vector<Tried> tried;
    bool tried_that = false;          ///< they tried something already that this message does not name: "I've tried that"
    std::optional<Worth> worth;       ///< what could be remembered, if the person wants it
    bool cue(std::string_view id) const { return cues.find(id) != cues.end(); }
    /// A yes, or words of agreeing that are no no.
    bool says_yes() const { return answer == Answer::Yes || (cue("agrees") && answer != Answer::No); }
};

/// The rules of one language: content/conversation/<language>/understanding.json. What counts as a clause, how words turn
/// when they are given back, what a country is called: all of it is the language's own, so it is in the file.
class Understanding {
public:
    static Result<Understanding> load(const std::filesystem::path& file);
    Heard hear(std::string_view message) const;

    /// Whether the person's words can be turned to "you" in this language; otherwise they are quoted.
    bool turns_words() const { return !turned_.empty(); }
    /// The person's own words, turned to "you": "my boss shouted at me" gives "your boss shouted at you". Empty when no
    /// clause can be given back without risk: anything with "you", harsh words about oneself, dangerous or private words.
    std::string given_back(const Heard& heard) const;
    /// A clause in the person's own words, unchanged, for quoting; empty under the same rule.
    std::string quotable(const Heard& heard) const;

    /// Everyday names of countries in this language, folded, beside those of the directory: "holland" is NL.
    const std::map<std::string, std::string, std::less<>>& countries() const { return countries_; }
    /// Whether the words before this one say that a place follows: "in", "from the".
    bool place_follows(const std::vector<Word>& words, std::size_t at) const;

private:
    struct Named {
        std::string id;
        Phrases phrases;
    };
    /// Words that say where the person's own words for something stand: after them ("what helps me is …"), before them
    /// ("… helps me"), or with them.
    struct RememberingRule {
        enum class Takes { After, Before, Whole };
        std::string kind;
        Takes takes = Takes::After;
        std::size_t most_words = 8;
        bool any_case = false; ///< of a name: also in small letters
        Phrases phrases;
    };
    /// One thing that people try, and the words around it that say so.
    struct TriedRule {
        std::string what;
        bool people = false;
        Phrases named;  ///< the thing itself
        Phrases tried;  ///< with words of having tried it: counts unless it helped
        Phrases failed; ///< with words of its not helping
    };
    using Words = std::set<std::string, std::less<>>;
    struct Span {
        std::size_t begin = 0;
        std::size_t end = 0; ///< half open
    };
    std::optional<int> age(const std::vector<Word>& words) const;
    std::vector<Tried> tried(const std::vector<Word>& words) const;
    std::string degree(const Heard& heard) const;
    std::optional<Worth> worth(std::string_view message, const std::vector<Word>& words) const;
    bool may_be_repeated(const std::vector<Word>& words, std::size_t at) const;
    bool holds_verb(const std::vector<Word>& words, Span span) const;
    std::optional<Span> clause(const Heard& heard, std::size_t most_words) const;

    std::vector<Named> intents_, topics_, feelings_, obstacles_, cues_, information_;
    Phrases yes_, joy_, not_hopeful_, no_, unsure_, refuses_;
    Phrases age_, school_;
    Words not_an_age_;
    std::map<std::string, int, std::less<>> school_ages_;
    int school_offset_ = 5;
    Words negative_, negative_if_, negative_after_, negative_not_, said_by_others_, never_, about_self_, start_words_;
    // How clauses are found and given back.
    Words starts_, pronouns_, verbs_, joins_, contrasts_, lead_ins_, dropped_, about_us_, before_country_;
    Words goes_on_, counted_, told_of_us_, articles_; ///< English so far
    Phrases tails_, unsaid_, not_felt_, not_about_;
    std::vector<RememberingRule> remembering_;
    std::vector<TriedRule> tried_;
    Phrases not_tried_, helped_, failed_, tried_that_;
    Words never_remembered_;
    Phrases low_, high_, out_of_ten_, other_number_;
    int raised_from_ = 4, high_from_ = 7; ///< of ten
    std::vector<std::string> verb_endings_;
    std::set<std::pair<std::string, std::string>> opinions_;
    std::map<std::string, std::string, std::less<>> turned_, turned_first_, turned_after_i_, countries_,
        spelled_; ///< "u" is "you"
};

} // namespace handrail::support
