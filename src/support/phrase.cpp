#include "support/phrase.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::support {
namespace {

constexpr std::size_t most_steps_taken = 4000; ///< a pattern that needs more is not found here

/// Pattern words are folded as people's words are, so that "don't" may be written with its apostrophe.
std::string folded(std::string_view written)
{
    std::string out;
    for (const auto& word : words_of(written))
        out += word.folded;
    return out;
}

template <std::size_t N> void set(std::array<std::uint64_t, N>& bits, std::uint64_t number)
{
    bits[number / 64 % N] |= std::uint64_t{1} << (number % 64);
}

template <std::size_t N> bool is_set(const std::array<std::uint64_t, N>& bits, std::uint64_t number)
{
    return (bits[number / 64 % N] >> (number % 64) & 1U) != 0;
}

std::uint64_t first_two(std::string_view word)
{
    return static_cast<unsigned char>(word[0]) * 31U + static_cast<unsigned char>(word[1]);
}

} // namespace

/// Turns the written pattern into steps.
class Phrase::Reader {
public:
    using Kind = Phrase::Step::Kind;
    /// A step while it is still moved about.
    struct Step {
        using Kind = Phrase::Step::Kind;
        Kind kind = Kind::Done;
        std::vector<std::string> words;    ///< OneOf
        std::vector<std::string> prefixes; ///< OneOf
        std::size_t first = 0;             ///< Either, Goto: where to go on
        std::size_t second = 0;            ///< Either: where else
    };
    explicit Reader(std::string_view pattern) : pattern_(pattern) {}

    std::vector<Step> read()
    {
        sequence();
        steps_.push_back({});
        return std::move(steps_);
    }

private:
    void spaces()
    {
        while (at_ < pattern_.size() && pattern_[at_] == ' ')
            ++at_;
    }

    std::size_t put(Step step)
    {
        steps_.push_back(std::move(step));
        return steps_.size() - 1;
    }

    void gap(std::size_t most)
    {
        // Each word of the gap may be left out: the rest of the pattern is tried first.
        std::vector<std::size_t> exits;
        for (std::size_t i = 0; i < most; ++i) {
            exits.push_back(put({Step::Kind::Either, {}, {}, 0, steps_.size() + 1}));
            put({Step::Kind::Any, {}, {}, 0, 0});
        }
        for (const auto exit : exits)
            steps_[exit].first = steps_.size();
    }

    void sequence()
    {
        for (;;) {
            spaces();
            if (at_ >= pattern_.size() || pattern_[at_] == '|' || pattern_[at_] == ')')
                return;
            item();
        }
    }

    void item()
    {
        const auto begins = steps_.size();
        if (pattern_[at_] == '(') {
            group();
        } else {
            auto to = pattern_.find_first_of(" |()?", at_);
            if (to == std::string_view::npos)
                to = pattern_.size();
            const auto word = pattern_.substr(at_, to - at_);
            at_ = to;
            if (word == "*" || word == "**")
                gap(word.size() == 1 ? 3 : 8);
            else if (word == "^")
                put({Step::Kind::Begin, {}, {}, 0, 0});
            else if (word == "$")
                put({Step::Kind::End, {}, {}, 0, 0});
            else if (word == "#")
                put({Step::Kind::Number, {}, {}, 0, 0});
            else if (word.ends_with('~'))
                put({Step::Kind::OneOf, {}, {folded(word.substr(0, word.size() - 1))}, 0, 0});
            else
                put({Step::Kind::OneOf, {folded(word)}, {}, 0, 0});
        }
        if (at_ < pattern_.size() && pattern_[at_] == '?') {
            ++at_;
            optional(begins);
        }
    }

    /// Puts a fork before the steps from `begins`: into them, or past them.
    void optional(std::size_t begins)
    {
        for (auto i = begins; i < steps_.size(); ++i)
            move(steps_[i], 1);
        steps_.insert(steps_.begin() + static_cast<std::ptrdiff_t>(begins),
                      Step{Step::Kind::Either, {}, {}, begins + 1, steps_.size() + 1});
    }

    static void move(Step& step, std::size_t by)
    {
        if (step.kind == Step::Kind::Either || step.kind == Step::Kind::Goto)
            step.first += by;
        if (step.kind == Step::Kind::Either)
            step.second += by;
    }

    void group()
    {
        ++at_;
        Step single{Step::Kind::OneOf, {}, {}, 0, 0};
        std::vector<std::vector<Step>> longer;
        for (;;) {
            std::vector<Step> branch;
            std::swap(branch, steps_);
            sequence();
            std::swap(branch, steps_);
            if (branch.size() == 1 && branch[0].kind == Step::Kind::OneOf) {
                single.words.insert(single.words.end(), branch[0].words.begin(), branch[0].words.end());
                single.prefixes.insert(single.prefixes.end(), branch[0].prefixes.begin(), branch[0].prefixes.end());
            } else if (!branch.empty()) {
                longer.push_back(std::move(branch));
            }
            if (at_ >= pattern_.size() || pattern_[at_] == ')')
                break;
            ++at_; // the bar
        }
        if (at_ < pattern_.size())
            ++at_;
        std::sort(single.words.begin(), single.words.end());
        if (!single.words.empty() || !single.prefixes.empty())
            longer.push_back({single});
        std::vector<std::size_t> exits;
        for (std::size_t i = 0; i < longer.size(); ++i) {
            std::size_t fork = 0;
            const bool more = i + 1 < longer.size();
            if (more)
                fork = put({Step::Kind::Either, {}, {}, steps_.size() + 1, 0});
            const auto by = steps_.size();
            for (auto& step : longer[i]) {
                move(step, by);
                steps_.push_back(std::move(step));
            }
            if (more) {
                exits.push_back(put({Step::Kind::Goto, {}, {}, 0, 0}));
                steps_[fork].second = steps_.size();
            }
        }
        for (const auto exit : exits)
            steps_[exit].first = steps_.size();
    }

    std::string_view pattern_;
    std::vector<Step> steps_;
    std::size_t at_ = 0;
};

bool Phrase::readable(std::string_view pattern)
{
    int depth = 0;
    for (const char c : pattern) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth < 0)
            return false;
    }
    return depth == 0 && !trimmed(pattern).empty();
}

Phrase::Phrase(std::string_view pattern)
{
    for (const auto& read : Reader(pattern).read()) {
        Step step{read.kind, static_cast<std::uint16_t>(read.prefixes.size()), static_cast<std::uint32_t>(read.first),
                  static_cast<std::uint32_t>(read.second), static_cast<std::uint32_t>(prefixes_.size())};
        if (read.kind == Step::Kind::OneOf) {
            step.first = static_cast<std::uint32_t>(marks_.size());
            for (const auto& word : read.words)
                marks_.push_back(mark_of(word));
            step.second = static_cast<std::uint32_t>(marks_.size());
            std::sort(marks_.begin() + step.first, marks_.end());
            prefixes_.insert(prefixes_.end(), read.prefixes.begin(), read.prefixes.end());
        }
        steps_.push_back(step);
    }
    at_begin_ = steps_.front().kind == Step::Kind::Begin;
    for (std::size_t at = 0; at < steps_.size(); ++at) {
        const auto& step = steps_[at];
        const auto words = step.second - step.first;
        // Of those with the fewest words the last: the first one is what the phrase was found by.
        if (step.kind == Step::Kind::OneOf && step.prefixes == 0 &&
            (needs_end_ == needs_first_ || words <= needs_end_ - needs_first_) && !passable_without(at)) {
            needs_first_ = step.first;
            needs_end_ = step.second;
        }
    }
    steps_.shrink_to_fit();
    marks_.shrink_to_fit();
}

bool Phrase::run(std::span<const Word> words, std::size_t start, std::size_t at, std::size_t step, std::size_t& end,
                 std::size_t& budget) const
{
    for (;;) {
        if (budget == 0)
            return false;
        --budget;
        const auto& now = steps_[step];
        // A sentence that ended before this word ends the pattern with it.
        const bool open = at < words.size() && (at == start || !words[at - 1].ends_sentence);
        switch (now.kind) {
        case Step::Kind::Done:
            end = at;
            return true;
        case Step::Kind::Begin:
            if (at != 0)
                return false;
            break;
        case Step::Kind::End:
            if (at != words.size())
                return false;
            break;
        case Step::Kind::Goto:
            step = now.first;
            continue;
        case Step::Kind::Either:
            if (run(words, start, at, now.first, end, budget))
                return true;
            step = now.second;
            continue;
        case Step::Kind::Any:
            if (!open)
                return false;
            ++at;
            break;
        case Step::Kind::Number:
            if (!open || !is_number(words[at].folded))
                return false;
            ++at;
            break;
        case Step::Kind::OneOf: {
            if (!open)
                return false;
            const auto& word = words[at];
            const auto marks = marks_.begin();
            const auto beginnings = prefixes_.begin() + now.third;
            const bool known = std::binary_search(marks + now.first, marks + now.second, word.mark) ||
                               std::any_of(beginnings, beginnings + now.prefixes,
                                           [&](const auto& prefix) { return word.folded.starts_with(prefix); });
            if (!known)
                return false;
            ++at;
            break;
        }
        }
        ++step;
    }
}

bool Phrase::stands_at(std::span<const Word> words, std::size_t at, Hit* hit) const
{
    std::size_t end = 0;
    std::size_t budget = most_steps_taken;
    if (!run(words, at, at, 0, end, budget) || end <= at)
        return false;
    if (hit != nullptr)
        *hit = {at, end};
    return true;
}

bool Phrase::find(std::span<const Word> words, Hit* hit, std::size_t from) const
{
    for (std::size_t at = from; at < words.size(); ++at) {
        if (stands_at(words, at, hit))
            return true;
        if (at_begin_)
            return false;
    }
    return false;
}

Phrase::Start Phrase::start() const
{
    Start out;
    std::vector<bool> seen(steps_.size());
    std::vector<std::size_t> next{0};
    while (!next.empty()) {
        const auto at = next.back();
        next.pop_back();
        if (seen[at])
            continue;
        seen[at] = true;
        const auto& step = steps_[at];
        switch (step.kind) {
        case Step::Kind::OneOf:
            out.words.insert(out.words.end(), marks_.begin() + step.first, marks_.begin() + step.second);
            out.prefixes.insert(out.prefixes.end(), prefixes_.begin() + step.third,
                                prefixes_.begin() + step.third + step.prefixes);
            break;
        case Step::Kind::Number:
        case Step::Kind::Any:
            out.any = true;
            break;
        case Step::Kind::Either:
            next.push_back(step.first);
            next.push_back(step.second);
            break;
        case Step::Kind::Goto:
            next.push_back(step.first);
            break;
        case Step::Kind::Begin:
            next.push_back(at + 1);
            break;
        case Step::Kind::End: // behind the last word nothing begins
        case Step::Kind::Done:
            break; // a phrase of no words is not found
        }
    }
    return out;
}

bool Phrase::passable_without(std::size_t step) const
{
    std::vector<bool> seen(steps_.size());
    std::vector<std::size_t> next{0};
    while (!next.empty()) {
        const auto at = next.back();
        next.pop_back();
        if (at == step || seen[at])
            continue;
        seen[at] = true;
        switch (steps_[at].kind) {
        case Step::Kind::Done:
            return true;
        case Step::Kind::Either:
            next.push_back(steps_[at].first);
            next.push_back(steps_[at].second);
            break;
        case Step::Kind::Goto:
            next.push_back(steps_[at].first);
            break;
        default:
            next.push_back(at + 1);
        }
    }
    return false;
}

std::span<const std::uint64_t> Phrase::needs() const
{
    return std::span(marks_).subspan(needs_first_, needs_end_ - needs_first_);
}

Phrases::Phrases(const std::vector<std::string>& patterns)
{
    phrases_.reserve(patterns.size());
    for (const auto& pattern : patterns) {
        const auto number = static_cast<std::uint32_t>(phrases_.size());
        const auto start = phrases_.emplace_back(pattern).start();
        if (start.any) {
            with_any_.push_back(number);
            continue;
        }
        for (const auto mark : start.words) {
            set(may_begin_.words, mark);
            by_word_.emplace_back(mark, number);
        }
        for (const auto& prefix : start.prefixes) {
            if (prefix.size() < 2)
                may_begin_.any_prefix = true;
            else
                set(may_begin_.prefixes, first_two(prefix));
            longest_prefix_ = std::max(longest_prefix_, prefix.size());
            by_prefix_.emplace_back(prefix, number);
        }
    }
    std::sort(by_word_.begin(), by_word_.end());
    std::sort(by_prefix_.begin(), by_prefix_.end());
    by_word_.shrink_to_fit();
}

bool Phrases::in(std::span<const Word> words, Phrase::Hit* hit) const
{
    // The first phrase of the list that is found anywhere, at its first place: as if each were looked for in turn.
    std::vector<std::pair<std::uint32_t, std::size_t>> worth_trying;
    std::array<std::uint64_t, 16> there{}; // which words the text has, once one of them can begin a phrase
    bool looked = false;
    const auto add = [&](std::uint32_t number, std::size_t at) {
        if (!looked) {
            for (const auto& word : words)
                set(there, word.mark);
            looked = true;
        }
        const auto& phrase = phrases_[number];
        const auto needs = phrase.needs();
        if ((at == 0 || !phrase.at_begin()) &&
            (needs.empty() ||
             std::any_of(needs.begin(), needs.end(), [&](std::uint64_t mark) { return is_set(there, mark); })))
            worth_trying.emplace_back(number, at);
    };
    for (std::size_t at = 0; at < words.size(); ++at) {
        const std::string_view word = words[at].folded;
        if (const auto mark = words[at].mark; is_set(may_begin_.words, mark))
            for (auto found = std::lower_bound(by_word_.begin(), by_word_.end(), std::pair{mark, std::uint32_t{0}});
                 found != by_word_.end() && found->first == mark; ++found)
                add(found->second, at);
        if (may_begin_.any_prefix ||
            (word.size() >= 2 && longest_prefix_ > 0 && is_set(may_begin_.prefixes, first_two(word))))
            for (std::size_t length = 0; length <= std::min(word.size(), longest_prefix_); ++length) {
                const auto beginning = word.substr(0, length);
                const auto before = [](const auto& each, std::string_view wanted) { return each.first < wanted; };
                for (auto found = std::lower_bound(by_prefix_.begin(), by_prefix_.end(), beginning, before);
                     found != by_prefix_.end() && found->first == beginning; ++found)
                    add(found->second, at);
            }
        for (const auto number : with_any_)
            add(number, at);
    }
    std::sort(worth_trying.begin(), worth_trying.end());
    return std::any_of(worth_trying.begin(), worth_trying.end(),
                       [&](const auto& each) { return phrases_[each.first].stands_at(words, each.second, hit); });
}

} // namespace handrail::support
