#include "detect/folds.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>

#include <unicode/uchar.h>

#include "nlp/folding.h"

namespace handrail::detect {

namespace {

/// The text by its words alone: what differs only in signs, case or spaces is the same.
std::uint64_t words_alone(const std::string& text)
{
    std::u32string folded;
    for (const auto c : nlp::code_points_of(text))
        nlp::fold(c, folded);
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    bool apart = false;
    bool begun = false;
    const auto take = [&](char32_t c) { hash = (hash ^ c) * 0x100000001B3ULL + (hash >> 29U); };
    for (const auto c : folded) {
        if (c != U'\'' && u_isalnum(static_cast<UChar32>(c)) == 0) {
            apart = true;
            continue;
        }
        if (apart && begun)
            take(U' ');
        apart = false;
        begun = true;
        take(c);
    }
    return hash;
}

class Joined {
public:
    explicit Joined(std::size_t count) : above_(count) { std::iota(above_.begin(), above_.end(), 0U); }
    std::uint32_t top(std::uint32_t at)
    {
        while (above_[at] != at)
            at = above_[at] = above_[above_[at]];
        return at;
    }
    void join(std::uint32_t a, std::uint32_t b)
    {
        a = top(a);
        b = top(b);
        above_[std::max(a, b)] = std::min(a, b);
    }

private:
    std::vector<std::uint32_t> above_;
};

} // namespace

std::vector<std::vector<std::uint8_t>> deal_folds(const std::vector<const Corpus*>& corpora, unsigned folds)
{
    std::size_t count = 0;
    for (const auto* corpus : corpora)
        count += corpus->rows.size();
    Joined joined(count);
    std::vector<std::uint64_t> hashes(count);
    std::unordered_map<std::uint64_t, std::uint32_t> first_text;
    std::map<std::string, std::uint32_t> first_group;
    std::uint32_t at = 0;
    for (const auto* corpus : corpora)
        for (const auto& row : corpus->rows) {
            hashes[at] = words_alone(row.text);
            joined.join(first_text.try_emplace(hashes[at], at).first->second, at);
            if (!row.group.empty())
                joined.join(first_group.try_emplace(row.group, at).first->second, at);
            ++at;
        }
    // The least hash of what belongs together says the fold: adding a corpus moves only what it ties together.
    std::vector<std::uint64_t> least(count, UINT64_MAX);
    for (std::uint32_t each = 0; each < count; ++each)
        least[joined.top(each)] = std::min(least[joined.top(each)], hashes[each]);
    std::vector<std::vector<std::uint8_t>> out;
    at = 0;
    for (const auto* corpus : corpora) {
        auto& dealt = out.emplace_back();
        for (std::size_t row = 0; row < corpus->rows.size(); ++row, ++at)
            dealt.push_back(static_cast<std::uint8_t>((least[joined.top(at)] >> 17U) % folds));
    }
    return out;
}

} // namespace handrail::detect
