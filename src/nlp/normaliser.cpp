#include "nlp/normaliser.h"

#include <algorithm>

#include "base/room.h"
#include "nlp/folding.h"
#include "nlp/pieces.h"
#include "nlp/word_repair.h"

namespace handrail::nlp {

namespace {

/// Characters: room that a thread keeps between messages.
constexpr std::size_t most_kept = 16'384;

/// Single letters that are tried together as words.
constexpr std::size_t most_joined = 40;

/// Keeps its memory between messages, up to that: one per thread.
struct Workspace {
    Pieces text;
    std::string word;
    std::vector<TextPiece> sources; ///< of each word of the result
    NormalisedText held;        ///< the result so far, while its single letters are joined
};

class Run {
public:
    Run(const Lexicon& lexicon, Workspace& space, NormalisedText& out)
        : lexicon_(lexicon), repair_(lexicon), space_(space), out_(out)
    {
    }

    void go()
    {
        space_.text.cut(lexicon_, out_);
        space_.sources.clear();
        each_piece_or_run([&](const TextPiece& piece) { resolve(piece); });
        // What was read as a single letter ("1d" is "i would", an emoji) may make a word with the letters beside it.
        while (letters_read_apart() && join_read()) {
        }
        join_single_words();
        mark_questions();
    }

private:
    /// Joins every run of single letters that makes words, and gives the other pieces to `alone`. Whether one was joined.
    template <class Alone> bool each_piece_or_run(Alone alone)
    {
        bool joined = false;
        for (std::size_t i = 0; i < space_.text.pieces.size();) {
            // The longest run of single letters from here that makes words: "s o k i l l" may begin later or end
            // sooner.
            auto apart = letters_apart(i);
            while (apart > 2 && (digit(i + apart - 1) || !join(i, apart)))
                --apart;
            joined = joined || apart > 2;
            if (apart > 2)
                i += apart;
            else
                alone(space_.text.pieces[i++]);
        }
        return joined;
    }

    /// The single letter that a piece is read as, or will be once its repeats are mended ("kkkk"); empty for any other.
    std::string single_letter(const TextPiece& piece) const
    {
        if (piece.read) {
            const auto word = piece.meant;
            const bool different = word.size() > 1 && word[0] != word[1] && word[0] >= 'a' && word[1] >= 'a';
            return different ? std::string() : repair_.one_letter(word);
        }
        if (sort_of(space_.text.letters[piece.first].c) == Sort::Emoji || !piece.meant.empty())
            return {};
        const auto one = space_.text.letters[piece.first].c;
        const auto two = space_.text.letters[piece.last - piece.first > 1 ? piece.first + 1 : piece.first].c;
        if (one != two && sort_of(one) == Sort::Letter && sort_of(two) == Sort::Letter) // nearly every word ends here
            return {};
        return repair_.one_letter(space_.text.written(piece.first, piece.last));
    }

    /// Letters apart do not end in a digit: of "3mg" one is cut off only later, and it must not make a word the second time.
    bool digit(std::size_t piece) const
    {
        if (const auto& read = space_.text.pieces[piece]; read.read)
            return read.meant.front() >= '0' && read.meant.front() <= '9';
        return sort_of(space_.text.letters[space_.text.pieces[piece].first].c) == Sort::Digit;
    }

    /// How many pieces from here on are single letters, whatever stands between them ("d. i. e."); no more are counted than
    /// are ever joined.
    std::size_t letters_apart(std::size_t from) const
    {
        const auto limit = std::min(space_.text.pieces.size(), from + most_joined);
        auto end = from;
        while (end < limit && !single_letter(space_.text.pieces[end]).empty())
            ++end;
        return end - from;
    }

    bool join(std::size_t from, std::size_t count)
    {
        std::string run;
        for (auto i = from; i < from + count; ++i)
            run += single_letter(space_.text.pieces[i]);
        if (run.size() != count)
            return false;
        auto parts = repair_.parted(run);
        if (parts.empty())
            if (const auto mended = repair_.mended(run); !mended.empty() && lexicon_.find(mended)->critical) {
                add(mended, space_.text.pieces[from], space_.text.pieces[from + count - 1]);
                return true;
            }
        if (parts.empty())
            return false;
        std::size_t done = 0;
        for (const auto part : parts) {
            add(part, space_.text.pieces[from + done], space_.text.pieces[from + done + part.size() - 1]);
            done += part.size();
        }
        return true;
    }

    /// Joins single letters among the words of the result; whether there were any that make words.
    bool join_read()
    {
        auto& held = space_.held;
        held.letters.swap(out_.letters);
        held.words.swap(out_.words);
        space_.text.pieces = space_.sources;
        for (std::size_t i = 0; i < held.words.size(); ++i) {
            space_.text.pieces[i].meant = held.letters_of(held.words[i]);
            space_.text.pieces[i].read = true;
        }
        out_.letters.clear();
        out_.words.clear();
        space_.sources.clear();
        return each_piece_or_run([&](const TextPiece& piece) {
            auto word = held.words[static_cast<std::size_t>(&piece - space_.text.pieces.data())];
            word.asks = false;
            append(word, piece.meant, piece, piece);
        });
    }

    /// Whether three words of the result in a row are single letters.
    bool letters_read_apart() const
    {
        std::size_t row = 0;
        for (const auto& word : out_.words) {
            row = single_letter({0, 0, Break::None, false, out_.letters_of(word), true}).empty() ? 0 : row + 1;
            if (row > 2)
                return true;
        }
        return false;
    }

    void resolve(const TextPiece& piece)
    {
        const auto& letters = space_.text.letters;
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

    void resolve_word(const TextPiece& piece)
    {
        const auto& letters = space_.text.letters;
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
                const TextPiece first{piece.first, border, piece.before, piece.asks_before};
                const TextPiece second{border, piece.last, Break::None, false};
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

    void add_parts(const std::vector<std::string_view>& parts, const TextPiece& piece)
    {
        std::uint32_t done = 0;
        std::vector<std::string> held(parts.begin(),
                                      parts.end()); // the views lie in space_.word, which add() may reuse
        for (const auto& part : held) {
            const auto first = piece.first + done;
            done += static_cast<std::uint32_t>(part.size());
            const TextPiece each{first, piece.first + done, first == piece.first ? piece.before : Break::None,
                             first == piece.first && piece.asks_before};
            add(part, each, each);
        }
    }

    void add(std::string_view word, const TextPiece& first, const TextPiece& last)
    {
        add(word, first, last, lexicon_.find(word));
    }

    /// Adds a word, or the words it is read as.
    void add(std::string_view word, const TextPiece& first, const TextPiece& last, const WordEntry* entry)
    {
        if (entry == nullptr || entry->alias < 0)
            return put(word, first, last, entry);
        const auto raw_languages = entry->languages;
        TextPiece next = first;
        for (const auto& meant : lexicon_.alias(entry->alias)) {
            put(meant, next, last, lexicon_.find(meant));
            out_.words.back().languages = raw_languages;
            next.before = Break::None;
            next.asks_before = false;
        }
    }

    void put(std::string_view letters, const TextPiece& first, const TextPiece& last, const WordEntry* entry)
    {
        Word word;
        word.length = static_cast<std::uint32_t>(letters.size());
        word.begin = space_.text.letters[first.first].at;
        word.end = space_.text.letters[last.last - 1].at + 1;
        word.before = out_.words.empty() ? Break::None : first.before;
        word.quoted = space_.text.quoted[first.first];
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
        append(word, letters, first, last);
    }

    void append(Word& word, std::string_view letters, const TextPiece& first, const TextPiece& last)
    {
        word.at = static_cast<std::uint32_t>(out_.letters.size());
        out_.letters += letters;
        if (first.asks_before && !out_.words.empty())
            out_.words.back().asks = true;
        out_.words.push_back(word);
        space_.sources.push_back({first.first, last.last, first.before, first.asks_before});
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
        bool asks = space_.text.asks_at_end;
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
    read_code_points(utf8, space.text.original);
    out.code_points = static_cast<std::uint32_t>(space.text.original.size());
    Run(lexicon_, space, out).go();
    space.text.forget(most_kept);
    std::fill(space.word.begin(), space.word.end(), ' ');
    std::fill(space.held.letters.begin(), space.held.letters.end(), ' ');
    keep_room(space.word, most_kept);
    keep_room(space.sources, most_kept);
    keep_room(space.held.letters, most_kept);
    keep_room(space.held.words, most_kept);
}

} // namespace handrail::nlp
