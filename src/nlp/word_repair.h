#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nlp/lexicon.h"

namespace handrail::nlp {

/// Finds the known word behind a word written in a disguise or by mistake. Repairs are made only into words the lexicon
/// holds; anything else stays as it is, so "2nd" and "b12" are left alone.
class WordRepair {
public:
    explicit WordRepair(const Lexicon& lexicon) : lexicon_(lexicon) {}

    /// "k1ll", "$uicide", "kiiiill", "suicde", "k*ll" → the word meant; empty when none is.
    std::string mended(std::string_view word) const;
    /// The one letter that is written, once or three times and more ("d", "dddd", "4aa"); empty for every other word.
    std::string one_letter(std::string_view word) const;
    /// Letters written apart or together ("killmyself") as words; empty unless one of them is a critical word.
    std::vector<std::string_view> parted(std::string_view letters) const;

private:
    bool known(std::string_view word) const;
    std::string without_repeats(std::string_view word) const;

    const Lexicon& lexicon_;
};

} // namespace handrail::nlp
