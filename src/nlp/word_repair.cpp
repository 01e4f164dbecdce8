#include "nlp/word_repair.h"

#include <algorithm>
#include <array>

namespace handrail::nlp {

namespace {

constexpr std::size_t longest_parted = 48;

/// The letters a sign or digit may stand for; the likelier first.
std::string_view stands_for(char sign)
{
    switch (sign) {
    case '0':
        return "o";
    case '1':
        return "il";
    case '3':
        return "e";
    case '4':
        return "a";
    case '5':
        return "s";
    case '7':
        return "t";
    case '8':
        return "b";
    case '9':
        return "g";
    case '@':
        return "a";
    case '$':
        return "s";
    case '!':
        return "i";
    case '|':
        return "li";
    case '+':
        return "t";
    default:
        return {};
    }
}

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

} // namespace

bool WordRepair::known(std::string_view word) const
{
    return lexicon_.find(word) != nullptr;
}

std::string WordRepair::without_repeats(std::string_view word) const
{
    // Each run of three or more is tried with two letters and with one ("willlling", "diiie"); a run of two with one
    // ("killl" has three; "diie" two) only when nothing else fits.
    struct Run {
        char letter;
        std::size_t length;
    };
    std::vector<Run> runs;
    for (const char c : word) {
        if (!runs.empty() && runs.back().letter == c)
            ++runs.back().length;
        else
            runs.push_back({c, 1});
    }
    std::vector<std::size_t> long_runs;
    bool three = false;
    for (std::size_t i = 0; i < runs.size(); ++i)
        if (runs[i].length > 1) {
            long_runs.push_back(i);
            three = three || runs[i].length > 2;
        }
    if (!three || long_runs.size() > 6)
        return {};
    for (unsigned choice = 0; choice < (1U << long_runs.size()); ++choice) {
        std::string tried;
        for (std::size_t i = 0, slot = 0; i < runs.size(); ++i) {
            std::size_t count = 1;
            if (runs[i].length > 1)
                count = ((choice >> slot++) & 1U) != 0 ? 1 : 2;
            tried.append(count, runs[i].letter);
        }
        if (known(tried))
            return tried;
    }
    return {};
}

std::string WordRepair::mended(std::string_view word) const
{
    if (word.size() < 2 || word.size() > 40)
        return {};
    const bool letters_only = std::all_of(word.begin(), word.end(), is_letter);
    if (letters_only) {
        if (auto plain = without_repeats(word); !plain.empty())
            return plain;
        return std::string(lexicon_.one_slip_from(word));
    }
    if (std::none_of(word.begin(), word.end(), is_letter))
        return {};
    if (word.find('*') != std::string_view::npos) {
        if (word.size() < 4 || !is_letter(word.front()))
            return {};
        return std::string(lexicon_.uncensored(word));
    }
    std::string first;
    std::string second;
    for (const char c : word) {
        const auto options = stands_for(c);
        if (options.empty() && !is_letter(c))
            return {};
        first.push_back(options.empty() ? c : options.front());
        second.push_back(options.empty() ? c : options.back());
    }
    for (const auto& tried : {first, second}) {
        if (const auto* entry = lexicon_.find(tried); entry != nullptr)
            return tried;
        if (auto plain = without_repeats(tried); !plain.empty())
            return plain;
    }
    return std::string(lexicon_.one_slip_from(first));
}

std::string WordRepair::one_letter(std::string_view word) const
{
    if (word.size() < 2)
        return std::string(word);
    const auto repeats = [&](char letter) {
        return std::all_of(word.begin(), word.end(), [&](char sign) {
            return sign == letter || stands_for(sign).find(letter) != std::string_view::npos;
        });
    };
    const auto options = stands_for(word.front());
    const auto letter = is_letter(word.front()) ? std::string_view(word).substr(0, 1) : options;
    const auto* const one = std::find_if(letter.begin(), letter.end(), repeats);
    const bool number = std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (one == letter.end() || word.size() < 3 || number || known(word))
        return {};
    auto meant = mended(word);
    return meant.empty() ? std::string(1, *one) : meant.size() == 1 ? meant : std::string();
}

std::vector<std::string_view> WordRepair::parted(std::string_view letters) const
{
    const auto size = letters.size();
    if (size < 4 || size > longest_parted)
        return {};
    // Fewest words win; `from[e]` is where the last word of the best way to e begins.
    std::array<std::size_t, longest_parted + 1> words{};
    std::array<std::size_t, longest_parted + 1> from{};
    words.fill(longest_parted + 1);
    words[0] = 0;
    for (std::size_t end = 1; end <= size; ++end) {
        for (std::size_t begin = end > 14 ? end - 14 : 0; begin < end; ++begin) {
            const auto part = letters.substr(begin, end - begin);
            if (words[begin] > longest_parted || words[begin] + 1 >= words[end])
                continue;
            if (part.size() == 1 ? part != "i" && part != "a" : !known(part))
                continue;
            words[end] = words[begin] + 1;
            from[end] = begin;
        }
    }
    if (words[size] > size / 2)
        return {};
    std::vector<std::string_view> parts;
    bool critical = false;
    for (std::size_t end = size; end > 0; end = from[end]) {
        parts.push_back(letters.substr(from[end], end - from[end]));
        const auto* entry = lexicon_.find(parts.back());
        critical = critical || (entry != nullptr && entry->critical);
    }
    if (!critical)
        return {};
    std::reverse(parts.begin(), parts.end());
    return parts;
}

} // namespace handrail::nlp
