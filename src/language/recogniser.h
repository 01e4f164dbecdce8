#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "language/word_lists.h"
#include "language/written.h"

namespace handrail::language {

/// What must not leave in clear.
enum class Personal { Name, Place, Address, Phone, Email, Number, Date, Link };
/// "person", "place", … as it stands in a pseudonym.
std::string_view name(Personal kind);

struct Mention {
    std::size_t begin = 0; ///< bytes, half open
    std::size_t end = 0;
    Personal kind = Personal::Name;
};

/// Finds who, where and which number in words somebody wrote. By rules and lists, with no model: it errs on the side of
/// replacing, but for words that stand in a list of ordinary ones.
class Recogniser {
public:
    explicit Recogniser(WordLists lists) : lists_(std::move(lists)) {}
    static Result<Recogniser> load(const std::filesystem::path& content_folder);
    /// In order, none inside another.
    /// @param text     well-formed UTF-8
    /// @param language BCP 47 primary subtag; one that is not known is read as English
    std::vector<Mention> find(std::string_view text, std::string_view language) const;

private:
    WordLists lists_;
};

/// What one way of looking adds to what others found before it.
struct Look {
    std::string_view text;
    std::string_view language;
    const std::vector<Piece>& pieces;
    const WordLists& lists;
    std::vector<Mention>& found;

    bool taken(std::size_t begin, std::size_t end) const
    {
        for (const auto& each : found)
            if (begin < each.end && each.begin < end)
                return true;
        return false;
    }
    /// Unless a part of it was found before.
    bool take(std::size_t begin, std::size_t end, Personal kind)
    {
        if (begin >= end || taken(begin, end))
            return false;
        found.push_back({begin, end, kind});
        return true;
    }
    /// One of the phrases stands right before this piece.
    bool follows(std::string_view kind, std::size_t piece) const;
};

/// E-mail and web addresses, telephone numbers, numbers of cards, accounts and papers, dates: the same in every language.
void find_contact_data(Look& look);
void find_addresses(Look& look);
void find_names_and_places(Look& look);

} // namespace handrail::language
