#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/recogniser.h"

namespace handrail::language {

/// Who is who in one conversation: what was replaced by what. "[person 1]" is the same person from the first message to the
/// last. Confidential: kept only sealed, beside the conversation.
class Pseudonyms {
public:
    /// @param text well-formed UTF-8
    std::string hide(std::string_view text, std::string_view language, const Recogniser& recogniser);
    /// The person's own words in place of each pseudonym, in whatever case and spacing a model wrote it.
    /// NotFound when a pseudonym stands there that this conversation does not have.
    Result<std::string> put_back(std::string_view text) const;

    bool empty() const { return known_.empty(); }
    /// For sealing, and from it. Unreadable text gives none.
    std::string text() const;
    static Pseudonyms from(std::string_view text);

private:
    struct Known {
        Personal kind;
        std::string words; ///< as they were first written
        int number;        ///< from 1, of its kind
    };
    const Known& known(Personal kind, std::string_view words);

    std::vector<Known> known_;
};

} // namespace handrail::language
