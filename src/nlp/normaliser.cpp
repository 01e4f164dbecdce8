#include "nlp/normaliser.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/room.h"
#include "nlp/folding.h"
#include "nlp/word_repair.h"

#include <unicode/uchar.h>

namespace handrail::nlp {

namespace {

/// Above Unicode: a folded character that stands for an emoji with a meaning.
constexpr char32_t first_emoji = 0x110000;

struct Letter {
    char32_t c;
    std::uint32_t at; ///< code point of the original
};

enum class Sort : std::uint8_t { Letter, Digit, Sign, Apostrophe, Star, Emoji, Between };

constexpr std::array<Sort, 128> plain_sorts = [] {
    std::array<Sort, 128> out{};
    out.fill(Sort::Between);
    for (auto c = 'a'; c <= 'z'; ++c)
        out[static_cast<std::size_t>(c)] = Sort::Letter;
    for (auto c = '0'; c <= '9'; ++c)
        out[static_cast<std::size_t>(c)] = Sort::Digit;
    for (const auto c : {'@', '$', '!', '|', '+'})
        out[static_cast<std::size_t>(c)] = Sort::Sign;
    out['\''] = Sort::Apostrophe;
    out['*'] = Sort::Star;
    return out;
}();

Sort sort_of(char32_t c)
{
    if (c < plain_sorts.size())
        return plain_sorts[c];
    if (c >= first_emoji)
        return Sort::Emoji;
    return u_isalpha(static_cast<UChar32>(c)) || u_charType(static_cast<UChar32>(c)) == U_COMBINING_SPACING_MARK
               ? Sort::Letter
               : Sort::Between;
}

/// One run of characters between spaces, before it is known what it means.
struct Piece {
    std::uint32_t first; ///< in the folded letters
    std::uint32_t last;  ///< past the end
    Break before;
    bool asks_before;            ///< the sentence before this piece ended with a question mark
    std::string_view meant = {}; ///< what it is read as, when its letters alone do not say ("n't" is "not")
};

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

/// Characters: room that a thread keeps between messages.
constexpr std::size_t most_kept = 16'384;

/// Single letters that are tried together as words.
constexpr std::size_t most_joined = 40;

/// Keeps its memory between messages, up to that: one per thread.
struct Workspace {
    std::u32string original;
    std::u32string folds;
    std::vector<Letter> letters;
    std::vector<Piece> pieces;
    std::vector<bool> quoted;
    std::string word;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 5> endings{
    {{"m", "am"}, {"re", "are"}, {"ve", "have"}, {"ll", "will"}, {"d", "would"}}};

class Run {
public:
    Run(const Lexicon& lexicon, Workspace& space, NormalisedText& out)
        : lexicon_(lexicon), repair_(lexicon), space_(space), out_(out)
    {
    }

    void go()
    {
        fold_all();
        mark_quotes();
        cut_pieces();
        for (std::size_t i = 0; i < space_.pieces.size();) {
            // The longest run of single letters from here that makes words: "s o k i l l" may begin later or end
            // sooner.
            auto apart = letters_apart(i);
            while (apart > 2 && (digit(i + apart - 1) || !join(i, apart)))
                --apart;
            if (apart > 2)
                i += apart;
            else
                resolve(space_.pieces[i++]);
        }
        join_single_words();
        mark_questions();
    }

private:
    void fold_all()
    {
        auto& letters = space_.letters;
        letters.clear();
        letters.reserve(space_.original.size());
        std::uint32_t latin = 0;
        for (const auto c : space_.original) {
            if (c < 0x80) {
                latin += (c | 0x20U) >= U'a' && (c | 0x20U) <= U'z' ? 1U : 0U;
                continue;
            }
            // What becomes Latin letters counts as such: full width, mathematical, and emoji that are read as words.
            space_.folds.clear();
            fold(c, space_.folds);
            const bool folds_to_latin = std::any_of(space_.folds.begin(), space_.folds.end(),
                                                    [](char32_t part) { return script_of(part) == Script::Latin; });
            latin += folds_to_latin || lexicon_.emoji(c) >= 0 ? 1U : 0U;
        }
        out_.latin_letters = latin;
        const auto plain = [](char32_t c) {
            return c >= U'A' && c <= U'Z' ? c + 32 : c == U'\r' ? U'\n' : c == U'`' ? U'\'' : c;
        };
        const auto& original = space_.original;
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
                ++out_.replaced;
            if (const auto own = written_only_in(c); !own.empty() && own != out_.written_in) {
                out_.written_in = several ? std::string_view{} : own;
                several = true;
            }
            if (const auto emoji = lexicon_.emoji(c); emoji >= 0) {
                letters.push_back({first_emoji + static_cast<char32_t>(emoji), here});
                continue;
            }
            // Homoglyphs only count where the writer otherwise writes Latin letters.
            if (latin > 0)
                if (const auto twin = lexicon_.latin_double(c)) {
                    letters.push_back({twin, here});
                    continue;
                }
            space_.folds.clear();
            fold(c, space_.folds);
            for (auto part : space_.folds) {
                if (latin > 0)
                    if (const auto twin = lexicon_.latin_double(part))
                        part = twin;
                letters.push_back({part, here});
            }
        }
        for (std::size_t i = 0; i < letters.size(); ++i) {
            if (letters[i].c < 0x80 || sort_of(letters[i].c) != Sort::Letter)
                continue;
            if (script_of(letters[i].c) == Script::Other)
                ++out_.other_letters;
        }
    }

    void mark_quotes()
    {
        const auto& letters = space_.letters;
        space_.quoted.assign(letters.size(), false);
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
            std::fill(space_.quoted.begin() + static_cast<std::ptrdiff_t>(i),
                      space_.quoted.begin() + static_cast<std::ptrdiff_t>(close), true);
            i = close;
        }
    }

    void cut_pieces()
    {
        const auto& letters = space_.letters;
        auto& pieces = space_.pieces;
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
        asks_at_end_ = asks;
    }

    /// "don't", "i'm", "mother's": where the word itself ends and what the rest means. An `end` of 0: the mark is no
    /// more than a border between two words ("j'ai").
    struct ShortForm {
        std::size_t head_end = 0;
        std::size_t end = 0;
        std::string_view meant = {};
        std::string_view verb = {}; ///< "will" for "won't"
    };

    ShortForm short_form_at(std::size_t begin, std::size_t mark, std::size_t last) const
    {
        const auto& letters = space_.letters;
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

    std::string written(std::size_t first, std::size_t last) const
    {
        std::string word;
        for (auto i = first; i < last; ++i)
            append_utf8(word, space_.letters[i].c);
        return word;
    }

    /// The single letter that a piece is read as, or will be once its repeats are mended ("kkkk"); empty for any other.
    std::string single_letter(const Piece& piece) const
    {
        if (sort_of(space_.letters[piece.first].c) == Sort::Emoji || !piece.meant.empty())
            return {};
        const auto one = space_.letters[piece.first].c;
        const auto two = space_.letters[piece.last - piece.first > 1 ? piece.first + 1 : piece.first].c;
        if (one != two && sort_of(one) == Sort::Letter && sort_of(two) == Sort::Letter) // nearly every word ends here
            return {};
        return repair_.one_letter(written(piece.first, piece.last));
    }

    /// Letters apart do not end in a digit: of "3mg" one is cut off only later, and it must not make a word the second time.
    bool digit(std::size_t piece) const
    {
        return sort_of(space_.letters[space_.pieces[piece].first].c) == Sort::Digit;
    }

    /// How many pieces from here on are single letters, whatever stands between them ("d. i. e."); no more are counted than
    /// are ever joined.
    std::size_t letters_apart(std::size_t from) const
    {
        const auto limit = std::min(space_.pieces.size(), from + most_joined);
        auto end = from;
        while (end < limit && !single_letter(space_.pieces[end]).empty())
            ++end;
        return end - from;
    }

    bool join(std::size_t from, std::size_t count)
    {
        std::string run;
        for (auto i = from; i < from + count; ++i)
            run += single_letter(space_.pieces[i]);
        if (run.size() != count)
            return false;
        auto parts = repair_.parted(run);
        if (parts.empty())
            if (const auto mended = repair_.mended(run); !mended.empty() && lexicon_.find(mended)->critical) {
                add(mended, space_.pieces[from], space_.pieces[from + count - 1]);
                return true;
            }
        if (parts.empty())
            return false;
        std::size_t done = 0;
        for (const auto part : parts) {
            add(part, space_.pieces[from + done], space_.pieces[from + done + part.size() - 1]);
            done += part.size();
        }
        return true;
    }

    void resolve(const Piece& piece)
    {
        const auto& letters = space_.letters;
        if (letters[piece.first].c >= first_emoji) {
            for (const auto& word :
                 lexicon_.emoji_words(static_cast<std::int32_t>(letters[piece.first].c - first_emoji)))
                put(word, piece, piece, lexicon_.find(word));
            return;
        }
        if (!piece.meant.empty())
            return add(piece.meant, piece, piece);
        resolve_word(piece);
    }

    void resolve_word(const Piece& piece)
    {
        const auto& letters = space_.letters;
        auto& word = space_.word;
        word.clear();
        bool letters_only = true;
        bool digits_only = true;
        for (auto i = piece.first; i < piece.last; ++i) {
            append_utf8(word, letters[i].c);
            const auto sort = sort_of(letters[i].c);
            letters_only = letters_only && sort == Sort::Letter;
            digits_only = digits_only && sort == Sort::Digit;
        }
        const auto* entry = lexicon_.find(word);
        if (digits_only || entry != nullptr)
            return add(word, piece, piece, entry);
        if (const auto mended = repair_.mended(word); !mended.empty())
            return add(mended, piece, piece);
        if (letters_only) {
            if (word.size() >= 8 && may_hide_words(word))
                if (const auto parts = repair_.parted(word); parts.size() > 1)
                    return add_parts(parts, piece);
            return add(word, piece, piece);
        }
        // "40mg", "15yo": a number and what it counts.
        const auto digits = word.find_first_not_of("0123456789");
        if (digits != std::string::npos && digits > 0 &&
            word.find_first_of("0123456789", digits) == std::string::npos) {
            const std::string number = word.substr(0, digits);
            const std::string unit = word.substr(digits);
            const auto border = piece.first + static_cast<std::uint32_t>(digits);
            if (unit.size() > 1 && lexicon_.find(unit) != nullptr) {
                const Piece first{piece.first, border, piece.before, piece.asks_before};
                const Piece second{border, piece.last, Break::None, false};
                add(number, first, first);
                add(unit, second, second);
                return;
            }
        }
        add(word, piece, piece);
    }

    static bool may_hide_words(std::string_view word)
    {
        for (const std::string_view stem :
             {"kill", "die", "dead", "life", "suic", "myself", "hurt", "cutt", "death", "live"})
            if (word.find(stem) != std::string_view::npos)
                return true;
        return false;
    }

    void add_parts(const std::vector<std::string_view>& parts, const Piece& piece)
    {
        std::uint32_t done = 0;
        std::vector<std::string> held(parts.begin(),
                                      parts.end()); // the views lie in space_.word, which add() may reuse
        for (const auto& part : held) {
            const auto first = piece.first + done;
            done += static_cast<std::uint32_t>(part.size());
            const Piece each{first, piece.first + done, first == piece.first ? piece.before : Break::None,
                             first == piece.first && piece.asks_before};
            add(part, each, each);
        }
    }

    void add(std::string_view word, const Piece& first, const Piece& last)
    {
        add(word, first, last, lexicon_.find(word));
    }

    /// Adds a word, or the words it is read as.
    void add(std::string_view word, const Piece& first, const Piece& last, const WordEntry* entry)
    {
        if (entry == nullptr || entry->alias < 0)
            return put(word, first, last, entry);
        const auto raw_languages = entry->languages;
        Piece next = first;
        for (const auto& meant : lexicon_.alias(entry->alias)) {
            put(meant, next, last, lexicon_.find(meant));
            out_.words.back().languages = raw_languages;
            next.before = Break::None;
            next.asks_before = false;
        }
    }

    void put(std::string_view letters, const Piece& first, const Piece& last, const WordEntry* entry)
    {
        Word word;
        word.at = static_cast<std::uint32_t>(out_.letters.size());
        word.length = static_cast<std::uint32_t>(letters.size());
        out_.letters += letters;
        word.begin = space_.letters[first.first].at;
        word.end = space_.letters[last.last - 1].at + 1;
        word.before = out_.words.empty() ? Break::None : first.before;
        word.quoted = space_.quoted[first.first];
        if (entry != nullptr) {
            word.id = entry->id;
            word.number = entry->number;
            word.languages = entry->languages;
        }
        if (word.number < 0 && letters.size() <= 6 &&
            std::all_of(letters.begin(), letters.end(), [](char c) { return c >= '0' && c <= '9'; })) {
            word.number = 0;
            for (const char c : letters)
                word.number = word.number * 10 + (c - '0');
        }
        if (first.asks_before && !out_.words.empty())
            out_.words.back().asks = true;
        out_.words.push_back(word);
    }

    /// "I. Want. To. Die." is one sentence: three or more sentences of one word in a row are joined.
    void join_single_words()
    {
        auto& words = out_.words;
        const auto alone = [&](std::size_t i) {
            return (i == 0 || words[i].before == Break::Sentence) &&
                   (i + 1 == words.size() || words[i + 1].before == Break::Sentence);
        };
        for (std::size_t i = 0; i < words.size();) {
            std::size_t end = i;
            while (end < words.size() && alone(end))
                ++end;
            if (end - i >= 3)
                for (auto each = i + 1; each < end; ++each)
                    words[each].before = Break::Comma;
            i = std::max(end, i + 1);
        }
    }

    void mark_questions()
    {
        bool asks = asks_at_end_;
        for (auto i = out_.words.size(); i > 0; --i) {
            auto& word = out_.words[i - 1];
            if (word.asks)
                asks = true;
            else if (i < out_.words.size() && out_.words[i].before == Break::Sentence)
                asks = false;
            word.asks = asks;
        }
    }

    const Lexicon& lexicon_;
    WordRepair repair_;
    Workspace& space_;
    NormalisedText& out_;
    bool asks_at_end_ = false;
};

} // namespace

void NormalisedText::clear()
{
    letters.clear();
    words.clear();
    code_points = latin_letters = other_letters = replaced = 0;
    written_in = {};
}

std::string NormalisedText::line() const
{
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            out += words[i].before == Break::Sentence ? (words[i - 1].asks ? "? " : ". ")
                   : words[i].before == Break::Comma  ? ", "
                                                      : " ";
        out += letters_of(words[i]);
    }
    if (!words.empty() && words.back().asks)
        out += "?";
    return out;
}

void Normaliser::normalise(std::string_view utf8, NormalisedText& out) const
{
    thread_local Workspace space;
    out.clear();
    read_code_points(utf8, space.original);
    out.code_points = static_cast<std::uint32_t>(space.original.size());
    Run(lexicon_, space, out).go();
    space.original.assign(space.original.size(), U' '); // nobody's words stay behind between messages
    std::fill(space.letters.begin(), space.letters.end(), Letter{U' ', 0});
    std::fill(space.word.begin(), space.word.end(), ' ');
    keep_room(space.original, most_kept);
    keep_room(space.folds, most_kept);
    keep_room(space.letters, most_kept);
    keep_room(space.pieces, most_kept);
    keep_room(space.quoted, most_kept);
    keep_room(space.word, most_kept);
}

} // namespace handrail::nlp
