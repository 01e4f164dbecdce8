#include <algorithm>

#include "language/recogniser.h"

namespace handrail::language {

namespace {

using Kind = Piece::Kind;
constexpr std::size_t longest_run = 40;

bool one_of(std::string_view word, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool joins(std::string_view low)
{
    return one_of(low, {"of", "de", "du", "des", "la", "le", "les", "los", "las", "el", "da", "do", "dos", "das", "von", "van", "der",
                        "den", "dem", "am", "im", "an", "zu", "zur", "st", "saint", "d", "l", "und", "and", "y", "e"});
}

bool certain_street(std::string_view low)
{
    return one_of(low, {"street", "road", "rd", "avenue", "ave", "lane", "ln", "blvd", "boulevard", "terrace", "crescent", "highway"});
}

struct Parts {
    Look& look;

    const Piece& at(std::size_t i) const { return look.pieces[i]; }
    std::size_t size() const { return look.pieces.size(); }
    bool separates(std::size_t i) const
    {
        return at(i).kind == Kind::Line || one_of(at(i).low, {",", ".", "-", "/", "#", "'", "\\", "º", "°"});
    }
    bool label(std::size_t i) const { return i + 1 < size() && at(i + 1).low == ":"; }
    bool numbered(std::size_t i) const
    {
        const auto& piece = at(i);
        if (piece.kind == Kind::Number)
            return piece.low.size() <= 6;
        return piece.kind == Kind::Mixed && piece.low.size() <= 6;
    }
    bool strong(std::size_t i) const
    {
        const auto& piece = at(i);
        return piece.kind == Kind::Word && !label(i) &&
               (look.lists.street(piece.low) || look.lists.among("unit", piece.low) || look.lists.among("before_street", piece.low));
    }
    /// A word that may be somebody's, or some place's, own.
    bool own(std::size_t i) const
    {
        const auto& piece = at(i);
        if (piece.kind != Kind::Word || label(i) || look.lists.among("month", piece.low))
            return false;
        const bool ordinary = look.lists.ordinary(look.language, piece.low) || look.lists.ordinary("en", piece.low);
        if (piece.capital && !(piece.opens && ordinary) && piece.low != "i")
            return !(look.lists.kept(piece.low) && ordinary);
        const bool english = look.language != "es" && look.language != "fr" && look.language != "de" && look.language != "pt";
        return !ordinary && !piece.capital &&
               (english || look.lists.place(piece.low) || look.lists.name(piece.low)) && !look.lists.kept(piece.low);
    }
    /// In the middle of an address: a line of its own, a country, what stands before a postcode.
    bool carries_on(std::size_t i) const
    {
        const auto& piece = at(i);
        if (piece.kind != Kind::Word || label(i))
            return false;
        if (piece.low.size() == 1 && piece.capital && i + 1 < size() && at(i + 1).low == ".")
            return true; // P.O.
        const bool last = i + 1 >= size() || at(i + 1).kind != Kind::Word || at(i + 1).capital;
        if (piece.opens && piece.capital && i > 0 && (at(i - 1).kind == Kind::Line || at(i - 1).low == ","))
            return last || own(i + 1);
        const bool postcode = i + 1 < size() && at(i + 1).kind == Kind::Number && at(i + 1).low.size() >= 4;
        return look.lists.place(piece.low) || (postcode && piece.low.size() <= 3) ||
               (piece.low.size() <= 3 && i > 0 && at(i - 1).low == "," && i + 2 < size() && at(i + 1).kind == Kind::Line && numbered(i + 2));
    }
    bool street_soon(std::size_t i) const
    {
        for (auto next = i + 1; next < size() && next <= i + 3 && at(next).kind == Kind::Word; ++next)
            if (look.lists.street(at(next).low))
                return true;
        return false;
    }
    /// "cape verde", "new zealand": a place of several words that begins here; how many more pieces it has.
    std::size_t place_from(std::size_t i) const
    {
        std::string words = at(i).low;
        for (std::size_t more = 1; more <= 3 && i + more < size() && at(i + more).kind == Kind::Word; ++more) {
            if (!look.lists.place_goes_on(words))
                break;
            words += " " + at(i + more).low;
            if (look.lists.place(words))
                return more;
        }
        return 0;
    }
};

/// From `first`, as far as it can be one address; one past the last piece.
std::size_t run_from(const Parts& parts, std::size_t first, bool in_context)
{
    bool told = in_context;
    auto i = first;
    auto good = first;
    while (i < parts.size() && i < first + longest_run) {
        if (parts.at(i).kind == Kind::Line && !told)
            break;
        const bool number = parts.numbered(i), strong = parts.strong(i), own = parts.own(i);
        if (const auto more = number || strong ? 0 : parts.place_from(i); more > 0 && told) {
            i += more + 1;
            good = i;
            continue;
        }
        if (number || strong || own) {
            told = told || number || strong;
            good = ++i;
        } else if (told && i > first && parts.carries_on(i)) {
            good = ++i;
        } else if (parts.separates(i) || joins(parts.at(i).low)) {
            if (parts.at(i).low == "." && i + 1 < parts.size() && parts.at(i + 1).spaced && !parts.numbered(i + 1) &&
                !parts.own(i + 1) && !parts.strong(i + 1) && (parts.at(i + 1).capital || !joins(parts.at(i + 1).low)))
                break;
            ++i;
        } else if (told && parts.at(i).kind == Kind::Word && !parts.label(i) && parts.street_soon(i) && i > first &&
                   !one_of(parts.at(i).low, {"the", "my", "a", "this", "that", "on", "in", "our", "your", "is", "to", "for", "down", "up"})) {
            ++i;
        } else {
            break;
        }
    }
    return good;
}

} // namespace

void find_addresses(Look& look)
{
    const Parts parts{look};
    const auto low_at = [&](std::size_t i) { return i < parts.size() ? std::string_view(parts.at(i).low) : std::string_view(); };
    for (std::size_t i = 0; i < parts.size();) {
        const auto head = i;
        if (low_at(i) == "p" && low_at(i + 1) == "." && low_at(i + 2) == "o" && low_at(i + 3) == ".") // P.O. Box 12
            i += 4;
        else if (low_at(i) == "the" && low_at(i + 1) == "corner" && low_at(i + 2) == "of")
            i += 3;
        if (i >= parts.size())
            break;
        const bool begins = parts.numbered(i) || parts.strong(i) || parts.own(i);
        if (!begins) {
            ++i;
            continue;
        }
        const bool in_context = head < i || look.follows("address", i);
        const auto end = run_from(parts, i, in_context);
        if (end <= i) {
            ++i;
            continue;
        }
        bool number = false, street = false, unit = false, own = false, certain = false, before = false;
        for (auto each = i; each < end; ++each) {
            const auto& low = parts.at(each).low;
            number = number || parts.numbered(each);
            const bool word = parts.at(each).kind == Kind::Word;
            street = street || (word && look.lists.street(low));
            certain = certain || certain_street(low);
            before = before || (word && look.lists.among("before_street", low));
            unit = unit || (word && look.lists.among("unit", low));
            own = own || (parts.own(each) && !parts.strong(each));
        }
        // "Hauptstraße 12": a street's name that ends in the word for street is its own.
        own = own || (street && !look.lists.among("street", parts.at(i).low) && !parts.numbered(i) && parts.strong(i));
        const bool address = (in_context && number && (own || street || unit)) ||
                             (number && (street || unit || before) && own) || (number && certain && end - i >= 3) ||
                             (street && certain && own && look.follows("place", i));
        if (address) {
            const auto begin_byte = parts.at(head).begin, end_byte = parts.at(end - 1).end;
            const auto inside = [&](const Mention& each) {
                return each.begin >= begin_byte && each.end <= end_byte && each.kind != Personal::Email;
            };
            const bool cuts_another = std::any_of(look.found.begin(), look.found.end(), [&](const Mention& each) {
                return !inside(each) && each.begin < end_byte && begin_byte < each.end;
            });
            if (!cuts_another) {
                // What was found inside it is a part of it.
                look.found.erase(std::remove_if(look.found.begin(), look.found.end(), inside), look.found.end());
                look.take(begin_byte, end_byte, Personal::Address);
            }
            i = end;
        } else {
            ++i;
        }
    }
}

} // namespace handrail::language
