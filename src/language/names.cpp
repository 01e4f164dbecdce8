#include <algorithm>

#include "language/recogniser.h"

namespace handrail::language {

namespace {

using Kind = Piece::Kind;

bool one_of(std::string_view word, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool particle(std::string_view low)
{
    return one_of(low, {"de", "da", "do", "dos", "das", "del", "della", "di", "du", "van", "von", "der", "den", "la", "le", "bin", "ben", "al", "el", "y", "e", "ter", "zu"});
}

bool after_name(std::string_view low)
{
    return one_of(low, {"jr", "sr", "ii", "iii", "iv", "md", "dds", "phd", "dvm", "esq"});
}

/// The word without the 's of possession: how many bytes of it count.
std::size_t own_bytes(std::string_view text)
{
    for (const std::string_view ending : {"'s", "\u2019s", "'S", "\u2019S", "'", "\u2019"})
        if (text.size() > ending.size() + 1 && text.substr(text.size() - ending.size()) == ending)
            return text.size() - ending.size();
    return text.size();
}

class Names {
public:
    explicit Names(Look& look) : look_(look), p_(look.pieces)
    {
        std::size_t words = 0, capitals = 0;
        for (const auto& piece : p_)
            if (piece.kind == Kind::Word && piece.low.size() > 2) {
                ++words;
                capitals += piece.shouted ? 1 : 0;
            }
        shouting_ = words >= 3 && capitals * 2 > words;
        german_ = look.language == "de";
        english_ = look.language != "es" && look.language != "fr" && look.language != "pt" && !german_;
    }

    void find()
    {
        for (std::size_t i = 0; i < p_.size();) {
            if (const auto end = place_words(i); end > i) {
                look_.take(p_[i].begin, end_byte(end - 1), Personal::Place);
                i = end;
                continue;
            }
            if (!begins_name(i)) {
                ++i;
                continue;
            }
            auto first = i;
            if (first > 0 && title(first - 1))
                --first;
            else if (first > 1 && p_[first - 1].low == "." && title(first - 2) && p_[first - 2].low.size() <= 4)
                first -= 2;
            const auto end = run_end(i);
            const bool one_place = first == i && end == i + 1 && !name_word(i) &&
                                   (look_.lists.place(low(i)) || look_.follows("place", i));
            look_.take(p_[first].begin, end_byte(end - 1), one_place ? Personal::Place : Personal::Name);
            i = end;
        }
    }

private:
    bool free_word(std::size_t i) const
    {
        return i < p_.size() && p_[i].kind == Kind::Word && !look_.taken(p_[i].begin, p_[i].end);
    }
    bool capital(std::size_t i) const { return p_[i].capital && !(shouting_ && p_[i].shouted); }
    std::string_view low(std::size_t i) const
    {
        return std::string_view(p_[i].low).substr(0, own_bytes(p_[i].low));
    }
    std::size_t end_byte(std::size_t i) const
    {
        return p_[i].begin + own_bytes(look_.text.substr(p_[i].begin, p_[i].end - p_[i].begin));
    }
    bool ordinary(std::size_t i) const
    {
        // "don't", "it's" stand in no list as they are.
        const auto word = low(i);
        if (look_.lists.ordinary(look_.language, word) || (!english_ && !capital(i) && look_.lists.ordinary("en", word)))
            return true;
        const auto mark = word.find_first_of("'-");
        if (mark == std::string_view::npos)
            return false;
        const auto head = word.substr(0, mark), tail = word.substr(mark + 1);
        return tail.empty() || look_.lists.ordinary(look_.language, head) ||
               one_of(tail, {"t", "re", "ve", "ll", "d", "m", "all"}) || look_.lists.ordinary(look_.language, tail);
    }
    bool kept(std::size_t i) const
    {
        return look_.lists.kept(low(i)) || (p_[i].shouted && p_[i].low.size() <= 5 && !look_.lists.name(low(i)));
    }
    bool title(std::size_t i) const { return p_[i].kind == Kind::Word && look_.lists.among("title", p_[i].low); }
    bool after_title(std::size_t i) const
    {
        const bool dotted = i > 1 && p_[i - 1].low == "." && title(i - 2) && p_[i - 2].low.size() <= 4;
        const bool plain = i > 0 && title(i - 1);
        if (!dotted && !plain)
            return false;
        // "my sister went", "the doctor said": words that are people as well as titles need a capital after them.
        return capital(i) || (dotted && !ordinary(i)) || (plain && one_of(p_[i - 1].low, {"mr", "mrs", "ms", "dr", "frau", "herr"}));
    }
    bool known(std::size_t i) const
    {
        const auto word = low(i);
        if (look_.lists.name(word))
            return true;
        const auto hyphen = word.find('-');
        return hyphen != std::string_view::npos && look_.lists.name(word.substr(0, hyphen)) &&
               look_.lists.name(word.substr(hyphen + 1));
    }
    bool name_word(std::size_t i) const { return known(i) && !look_.lists.place(low(i)); }

    bool begins_name(std::size_t i) const
    {
        if (!free_word(i) || p_[i].low.size() < 2)
            return false;
        if (look_.follows("strong", i))
            return capital(i) ? !kept(i) || known(i) : !ordinary(i) || look_.lists.among("also_words", low(i));
        if (i > 0 && after_title(i) && !kept(i))
            return true;
        if (!capital(i) && look_.follows("relation", i) && look_.lists.among("also_words", low(i)))
            return true;
        if (label(i) && p_[i].opens) // a page of talk: "Anna: …"
            return capital(i) && (look_.lists.among("also_words", low(i)) || (known(i) && !ordinary(i)));
        if (kept(i) || (label(i) && !known(i)))
            return false;
        if (ordinary(i)) {
            // In Cork, from Reading: towns that are words as well.
            if (capital(i) && !p_[i].opens && !german_ && !p_[i].shouted && i > 0 && one_of(p_[i - 1].low, {"in", "from", "near"}))
                return true;
            // Mark, Hope, Rose: with a capital inside a sentence.
            if (!capital(i) || p_[i].opens || german_)
                return capital(i) && known(i) && low(i).size() > 2 && !p_[i].shouted && i + 1 < p_.size() &&
                       free_word(i + 1) && capital(i + 1) &&
                       ((known(i + 1) && !ordinary(i + 1)) || (p_[i + 1].low.size() == 1 && p_[i + 1].low != "i"));
            return look_.lists.among("also_words", low(i)) || (look_.lists.given_name(low(i)) && english_) ||
                   (known(i) && i + 1 < p_.size() && free_word(i + 1) && capital(i + 1) && !ordinary(i + 1));
        }
        if (known(i) || look_.lists.place(low(i)))
            return capital(i) || english_ ? low(i).size() >= 3 : low(i).size() >= 4 && !look_.lists.ordinary_anywhere(low(i));
        if (!capital(i) && english_ && low(i).size() >= 5 && !look_.lists.nearly_ordinary(low(i)))
            return true;
        if (!capital(i) || german_)
            return false;
        if (!p_[i].opens)
            return true;
        // Nobody's known name at the head of a sentence: a slip of the keys more often than not.
        const bool possessed = own_bytes(p_[i].low) < p_[i].low.size();
        return possessed || (i + 1 < p_.size() && free_word(i + 1) && capital(i + 1) && !kept(i + 1) && (known(i + 1) || !ordinary(i + 1)));
    }
    bool label(std::size_t i) const { return i + 1 < p_.size() && p_[i + 1].low == ":"; }

    /// One past the last piece of a name that begins here.
    std::size_t run_end(std::size_t i) const
    {
        const bool upper = capital(i);
        auto end = i + 1;
        const bool closed = own_bytes(p_[i].low) < p_[i].low.size();
        if (closed)
            return end;
        for (auto at = end; at < p_.size() && at < i + 8;) {
            if (!p_[at].spaced && p_[at].kind == Kind::Word)
                break;
            if (!free_word(at) || p_[at].kind != Kind::Word)
                break;
            const auto& piece = p_[at];
            if (piece.low.size() == 1) {
                // An initial, which a surname follows.
                const bool dot = at + 1 < p_.size() && p_[at + 1].low == ".";
                const auto next = dot ? at + 2 : at + 1;
                if (!free_word(next) || (upper ? !capital(at) || !capital(next) : ordinary(next) || !known(next)) ||
                    (piece.low == "i" && !dot))
                    break;
                end = next + 1;
                at = end;
                continue;
            }
            if (particle(piece.low) && at + 1 < p_.size() && free_word(at + 1) &&
                (capital(at + 1) || particle(p_[at + 1].low) || (!ordinary(at + 1) && known(at + 1)))) {
                ++at;
                continue;
            }
            const bool goes_on = after_name(low(at)) ? true
                                 : !upper && look_.lists.among("surname_words", low(at)) ? true
                                 : upper               ? capital(at) && !kept(at) && (!german_ || known(at)) && (!ordinary(at) || known(at) || !p_[at].opens)
                                                       : !ordinary(at) && !kept(at) && (known(at) || (english_ && look_.lists.name(low(i)) && piece.low.size() > 3));
            if (!goes_on)
                break;
            end = ++at;
            if (own_bytes(piece.low) < piece.low.size())
                break;
        }
        return end;
    }

    /// "new zealand", "Buenos Aires": one past a place of several words that begins here.
    std::size_t place_words(std::size_t i) const
    {
        if (!free_word(i))
            return i;
        std::string words = p_[i].low;
        std::size_t end = i;
        for (auto next = i + 1; next < p_.size() && next <= i + 4 && free_word(next) && look_.lists.place_goes_on(words); ++next) {
            words += " " + std::string(low(next));
            // In lower case only what cannot be two ordinary words.
            if (look_.lists.place(words) && (capital(i) || !ordinary(i) || !ordinary(next)))
                end = next + 1;
        }
        return end;
    }

    Look& look_;
    const std::vector<Piece>& p_;
    bool shouting_ = false, german_ = false, english_ = true;
};

} // namespace

void find_names_and_places(Look& look)
{
    Names(look).find();
}

} // namespace handrail::language
