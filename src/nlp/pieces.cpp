#include "nlp/pieces.h"

#include <algorithm>
#include <utility>

#include "base/room.h"
#include "nlp/folding.h"

namespace handrail::nlp {

namespace {

/// The language that alone, of those with rules, writes this mark or letter.
std::string_view written_only_in(char32_t c)
{
    switch (c) {
    case U'\u00BF': // ¿
    case U'\u00A1': // ¡
    case U'\u00F1': // ñ
        return "es";
    case U'\u00E3': // ã
    case U'\u00F5': // õ
        return "pt";
    case U'\u00DF': // ß
        return "de";
    case U'\u0153': // œ
        return "fr";
    default:
        return {};
    }
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> endings{
    {{"m", "am"}, {"re", "are"}, {"ve", "have"}, {"ll", "will"}, {"d", "would"}}};

} // namespace

void Pieces::cut(const Lexicon& lexicon, NormalisedText& out)
{
    fold_all(lexicon, out);
    mark_quotes();
    cut_pieces();
}

/// "don't", "i'm", "mother's": where the word itself ends and what the rest means. An `end` of 0: the mark is no
/// more than a border between two words ("j'ai").
struct Pieces::ShortForm {
    std::size_t head_end = 0;
    std::size_t end = 0;
    std::string_view meant = {};
    std::string_view verb = {}; ///< "will" for "won't"
};

void Pieces::fold_all(const Lexicon& lexicon, NormalisedText& out)
{
    letters.clear();
    letters.reserve(original.size());
    std::uint32_t latin = 0;
    for (const auto c : original) {
        if (c < 0x80) {
            latin += (c | 0x20U) >= U'a' && (c | 0x20U) <= U'z' ? 1U : 0U;
            continue;
        }
        // What becomes Latin letters counts as such: full width, mathematical, and emoji that are read as words.
        folds_.clear();
        fold(c, folds_);
        const bool folds_to_latin = std::any_of(folds_.begin(), folds_.end(),
                                                [](char32_t part) { return script_of(part) == Script::Latin; });
        latin += folds_to_latin || lexicon.emoji(c) >= 0 ? 1U : 0U;
    }
    out.latin_letters = latin;
    const auto plain = [](char32_t c) {
        return c >= U'A' && c <= U'Z' ? c + 32 : c == U'\r' ? U'\n' : c == U'`' ? U'\'' : c;
    };
    letters.resize(original.size());
    std::uint32_t at = 0;
    for (; at < original.size() && original[at] < 0x80; ++at) // most texts end here
        letters[at] = {plain(original[at]), at};
    letters.resize(at);
    bool several = false; // one such language was seen: a second one makes none of them sure
    while (at < original.size()) {
        const auto c = original[at];
        const auto here = at++;
        if (c < 0x80) {
            letters.push_back({plain(c), here});
            continue;
        }
        if (c == 0xFFFD)
            ++out.replaced;
        if (const auto own = written_only_in(c); !own.empty() && own != out.written_in) {
            out.written_in = several ? std::string_view{} : own;
            several = true;
        }
        if (const auto emoji = lexicon.emoji(c); emoji >= 0) {
            letters.push_back({first_emoji + static_cast<char32_t>(emoji), here});
            continue;
        }
        // Homoglyphs only count where the writer otherwise writes Latin letters.
        if (latin > 0)
            if (const auto twin = lexicon.latin_double(c)) {
                letters.push_back({twin, here});
                continue;
            }
        folds_.clear();
        fold(c, folds_);
        for (auto part : folds_) {
            if (latin > 0)
                if (const auto twin = lexicon.latin_double(part))
                    part = twin;
            letters.push_back({part, here});
        }
    }
    for (std::size_t i = 0; i < letters.size(); ++i) {
        if (letters[i].c < 0x80 || sort_of(letters[i].c) != Sort::Letter)
            continue;
        if (script_of(letters[i].c) == Script::Other)
            ++out.other_letters;
    }
}

void Pieces::mark_quotes()
{
    quoted.assign(letters.size(), false);
    const auto closes = [&](std::size_t from, char32_t mark) {
        const auto limit = std::min(letters.size(), from + 400);
        for (auto i = from + 1; i < limit; ++i)
            if (letters[i].c == mark &&
                (mark == U'"' || i + 1 == letters.size() || sort_of(letters[i + 1].c) == Sort::Between))
                return i;
        return letters.size();
    };
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const auto c = letters[i].c;
        const bool opens = i == 0 || letters[i - 1].c == U' ' || letters[i - 1].c == U'\n' ||
                           letters[i - 1].c == U'(' || letters[i - 1].c == U':';
        if (c != U'"' &&
            !(c == U'\'' && opens && i + 1 < letters.size() && sort_of(letters[i + 1].c) == Sort::Letter))
            continue;
        const auto close = closes(i, c);
        if (close == letters.size())
            continue;
        std::fill(quoted.begin() + static_cast<std::ptrdiff_t>(i),
                  quoted.begin() + static_cast<std::ptrdiff_t>(close), true);
        i = close;
    }
}

void Pieces::cut_pieces()
{
    pieces.clear();
    Break before = Break::None;
    bool asks = false;
    const auto starts_word = [&](std::size_t i) {
        const auto sort = sort_of(letters[i].c);
        if (sort == Sort::Letter || sort == Sort::Digit)
            return true;
        return (letters[i].c == U'$' || letters[i].c == U'@') && i + 1 < letters.size() &&
               sort_of(letters[i + 1].c) == Sort::Letter;
    };
    for (std::size_t i = 0; i < letters.size();) {
        const auto c = letters[i].c;
        if (sort_of(c) == Sort::Emoji) {
            pieces.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + 1), before, asks});
            before = Break::None;
            asks = false;
            ++i;
            continue;
        }
        if (!starts_word(i)) {
            const bool next_apart = i + 1 == letters.size() || !starts_word(i + 1);
            if (c == U'\n' || c == U'?' || c == U'!' || (c == U'.' && next_apart))
                before = Break::Sentence;
            else if (c == U',' || c == U';' || c == U':' || c == U'(' || c == U')' || c == U'"' ||
                     (c == U'-' && next_apart))
                before = std::max(before, Break::Comma);
            asks = asks || c == U'?';
            ++i;
            continue;
        }
        auto end = i;
        while (end < letters.size() && sort_of(letters[end].c) != Sort::Between &&
               sort_of(letters[end].c) != Sort::Emoji)
            ++end;
        auto last = end;
        const auto trim = [&] {
            while (last > i + 1 &&
                   (letters[last - 1].c == U'!' || letters[last - 1].c == U'*' || letters[last - 1].c == U'\'' ||
                    letters[last - 1].c == U'|' || letters[last - 1].c == U'+'))
                --last;
        };
        trim();
        auto mark = i;
        while (mark < last && letters[mark].c != U'\'')
            ++mark;
        const auto short_form = mark < last ? short_form_at(i, mark, last) : ShortForm{};
        if (mark < last)
            last = short_form.end > 0 ? short_form.head_end : mark;
        trim();
        pieces.push_back(
            {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(last), before, asks, short_form.verb});
        if (!short_form.meant.empty())
            pieces.push_back({static_cast<std::uint32_t>(last), static_cast<std::uint32_t>(short_form.end),
                              Break::None, false, short_form.meant});
        before = Break::None;
        asks = false;
        i = std::max(short_form.end, last);
    }
    asks_at_end = asks;
}

Pieces::ShortForm Pieces::short_form_at(std::size_t begin, std::size_t mark, std::size_t last) const
{
    auto end = mark + 1;
    while (end < last && sort_of(letters[end].c) == Sort::Letter)
        ++end;
    if ((end < last && letters[end].c != U'\'') || sort_of(letters[mark - 1].c) != Sort::Letter)
        return {};
    const auto head = written(begin, mark);
    const auto tail = written(mark + 1, end);
    if (tail == "t" && head.size() > 1 && head.back() == 'n' && sort_of(letters[mark - 2].c) == Sort::Letter) {
        if (head == "can")
            return {mark, end, "not", {}};
        return {mark - 1, end, "not",
                head == "won"    ? "will"
                : head == "shan" ? "shall"
                : head == "ain"  ? "is"
                                 : ""};
    }
    for (const auto& [ending, meant] : endings)
        if (tail == ending)
            return {mark, end, meant, {}};
    if (tail == "s") {
        for (const std::string_view pronoun : {"he", "she", "it", "that", "what", "who", "there", "here", "where",
                                               "everything", "life", "how", "everyone", "nothing"})
            if (head == pronoun)
                return {mark, end, "is", {}};
        return {mark, end, {}, {}};
    }
    return {};
}

std::string Pieces::written(std::size_t first, std::size_t last) const
{
    std::string word;
    for (auto i = first; i < last; ++i)
        append_utf8(word, letters[i].c);
    return word;
}

void Pieces::forget(std::size_t most)
{
    original.assign(original.size(), U' ');
    std::fill(letters.begin(), letters.end(), Letter{U' ', 0});
    keep_room(original, most);
    keep_room(folds_, most);
    keep_room(letters, most);
    keep_room(pieces, most);
    keep_room(quoted, most);
}

} // namespace handrail::nlp
