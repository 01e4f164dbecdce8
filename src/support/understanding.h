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

/// What was understood of one message, by rules alone. Being unsure is an answer: everything may be empty.
struct Heard {
    std::vector<Word> words;
    std::string intent;               ///< id in understanding.json; empty: none, so being heard
    std::vector<std::string> topics;  ///< in the file's order
    std::vector<std::string> feelings;
    std::vector<std::string> obstacles;
    std::set<std::string, std::less<>> cues;
    Answer answer = Answer::None;     ///< how it would answer a question that can be answered with yes or no
    std::optional<int> age;           ///< stated in years, or taken from a school year
    bool asks = false;                ///< holds a question mark
    bool short_words = false;         ///< six words or fewer
    std::string hard_word;            ///< a harsh word the person used about themselves; empty: none
    bool cue(std::string_view id) const { return cues.find(id) != cues.end(); }
};

/// The rules of one language: content/conversation/<language>/understanding.json.
class Understanding {
public:
    static Result<Understanding> load(const std::filesystem::path& file);
    Heard hear(std::string_view message) const;

    /// The person's own words, turned to "you": "my boss shouted at me" gives "your boss shouted at you". Empty when no
    /// clause can be given back without risk: anything with "you", harsh words about oneself, dangerous or private words.
    std::string given_back(const Heard& heard) const;
    /// A clause in the person's own words, unchanged, for quoting; empty under the same rule.
    std::string quotable(const Heard& heard) const;

private:
    struct Named {
        std::string id;
        Phrases phrases;
    };
    bool may_be_repeated(std::string_view folded) const;
    std::optional<std::pair<std::size_t, std::size_t>> clause(const Heard& heard, std::size_t most_words) const;

    std::vector<Named> intents_, topics_, feelings_, obstacles_, cues_;
    Phrases yes_, no_, unsure_, refuses_;
    Phrases age_, school_;
    std::set<std::string, std::less<>> negative_, never_;
};

} // namespace handrail::support
