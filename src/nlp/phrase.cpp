#include "nlp/phrase.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "nlp/folding.h"

namespace handrail::nlp {

namespace {
constexpr std::uint32_t longest_match = 31;
constexpr std::int32_t longest_gap = 18;
constexpr std::int32_t any_number = 999999;
} // namespace

/// Reads the pattern language. One pass, recursive over parentheses.
class Phrases::Reader {
public:
    Reader(Phrases& phrases, std::string_view text, const std::string& where, Complaints& complaints)
        : phrases_(phrases), text_(text), where_(where), complaints_(complaints)
    {
    }

    std::vector<Sequence> alternatives()
    {
        std::vector<Sequence> all(1);
        while (good_) {
            skip_spaces();
            if (at_ >= text_.size() || text_[at_] == ')')
                break;
            if (text_[at_] == '|') {
                ++at_;
                all.emplace_back();
                continue;
            }
            part(all.back());
        }
        return all;
    }

    bool finished()
    {
        if (good_ && at_ < text_.size())
            wrong("has a ) too many");
        return good_;
    }

private:
    void skip_spaces()
    {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
    }

    void wrong(const std::string& what)
    {
        if (good_)
            complaints_.add(where_, "the pattern " + what);
        good_ = false;
    }

    bool optional_mark()
    {
        if (at_ < text_.size() && text_[at_] == '?') {
            ++at_;
            return true;
        }
        return false;
    }

    std::string_view until(char close)
    {
        const auto end = text_.find(close, at_);
        if (end == std::string_view::npos) {
            wrong(std::string("lacks a ") + close);
            return {};
        }
        const auto inside = text_.substr(at_, end - at_);
        at_ = end + 1;
        return inside;
    }

    std::int32_t whole(std::string_view digits)
    {
        std::int32_t value = -1;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || value < 0)
            wrong("has '" + std::string(digits) + "' where a whole number is due");
        return value;
    }

    void part(Sequence& into)
    {
        Part made;
        const char c = text_[at_];
        if (c == '^' || c == '$') {
            ++at_;
            made.kind = c == '^' ? Part::Kind::Start : Part::Kind::End;
            into.push_back(made);
            return;
        }
        if (c == '{') {
            ++at_;
            const auto name = std::string(until('}'));
            made.kind = Part::Kind::Group;
            made.value = static_cast<std::uint32_t>(phrases_.group_named(name));
            phrases_.asked_for_.try_emplace(name, where_);
            made.optional = optional_mark();
            into.push_back(made);
            return;
        }
        if (c == '(') {
            ++at_;
            auto inside = alternatives();
            if (at_ >= text_.size() || text_[at_] != ')')
                return wrong("lacks a )");
            ++at_;
            Group group;
            group.sequences = std::move(inside);
            group.read = true;
            phrases_.groups_.push_back(std::move(group));
            made.kind = Part::Kind::Group;
            made.value = static_cast<std::uint32_t>(phrases_.groups_.size() - 1);
            made.optional = optional_mark();
            into.push_back(made);
            return;
        }
        if (c == '<') {
            ++at_;
            const auto inside = until('>');
            const auto dash = inside.find('-');
            made.kind = Part::Kind::Gap;
            made.low = dash == std::string_view::npos ? 0 : whole(inside.substr(0, dash));
            made.high = whole(dash == std::string_view::npos ? inside : inside.substr(dash + 1));
            if (good_ && (made.high < made.low || made.high > longest_gap))
                wrong("has a gap that is not between 0 and 18 words");
            into.push_back(made);
            return;
        }
        if (c == '#') {
            ++at_;
            auto end = at_;
            while (end < text_.size() && text_[end] != ' ' && text_[end] != ')' && text_[end] != '|' &&
                   text_[end] != '?')
                ++end;
            const auto range = text_.substr(at_, end - at_);
            at_ = end;
            made.kind = Part::Kind::Number;
            made.high = any_number;
            if (!range.empty()) {
                const auto sign = range.find_first_of("+-");
                made.low = whole(range.substr(0, sign));
                if (sign != std::string_view::npos && range[sign] == '-')
                    made.high = whole(range.substr(sign + 1));
                else if (sign == std::string_view::npos)
                    made.high = made.low;
            }
            made.optional = optional_mark();
            into.push_back(made);
            return;
        }
        word(into);
    }

    void word(Sequence& into)
    {
        auto end = at_;
        while (end < text_.size() && std::string_view(" ?|(){}<>#^$").find(text_[end]) == std::string_view::npos)
            ++end;
        if (end == at_)
            return wrong(std::string("has a stray '") + text_[at_] + "'");
        const auto written = folded(text_.substr(at_, end - at_));
        at_ = end;
        const bool optional = optional_mark();
        const auto* entry = phrases_.lexicon_.find(written);
        std::vector<std::string> words{written};
        if (entry != nullptr && entry->alias >= 0)
            words = phrases_.lexicon_.alias(entry->alias);
        if (written.find('\'') != std::string::npos)
            return wrong("has an apostrophe in '" + written + "': write the words out");
        if (optional && words.size() > 1) {
            Group group;
            group.read = true;
            group.sequences.emplace_back();
            for (const auto& each : words)
                group.sequences.back().push_back({Part::Kind::Word, false, phrases_.lexicon_.add(each), 0, 0});
            phrases_.groups_.push_back(std::move(group));
            into.push_back({Part::Kind::Group, true, static_cast<std::uint32_t>(phrases_.groups_.size() - 1), 0, 0});
            return;
        }
        for (const auto& each : words)
            into.push_back({Part::Kind::Word, optional, phrases_.lexicon_.add(each), 0, 0});
    }

    Phrases& phrases_;
    std::string_view text_;
    const std::string& where_;
    Complaints& complaints_;
    std::size_t at_ = 0;
    bool good_ = true;
};

std::size_t Phrases::group_named(const std::string& name)
{
    const auto [found, fresh] = names_.try_emplace(name, groups_.size());
    if (fresh) {
        groups_.emplace_back();
        groups_.back().name = name;
    }
    return found->second;
}

void Phrases::add_class(const std::string& name, std::string_view alternatives, const std::string& where,
                        Complaints& complaints)
{
    const auto index = group_named(name);
    Reader reader(*this, alternatives, where, complaints);
    auto read = reader.alternatives();
    if (!reader.finished())
        return;
    groups_[index].read = true;
    for (auto& sequence : read) {
        if (sequence.empty())
            complaints.add(where, "the class '" + name + "' has an empty alternative");
        else
            groups_[index].sequences.push_back(std::move(sequence));
    }
}

std::optional<std::size_t> Phrases::add_pattern(std::string_view pattern, const std::string& where,
                                                Complaints& complaints)
{
    Reader reader(*this, pattern, where, complaints);
    auto read = reader.alternatives();
    if (!reader.finished())
        return std::nullopt;
    if (read.size() > 1) {
        complaints.add(where, "the pattern has | outside parentheses");
        return std::nullopt;
    }
    // Words that may follow and say nothing would only make the evidence longer.
    auto& parts = read.front();
    while (!parts.empty() && parts.back().kind == Part::Kind::Gap && parts.back().low == 0)
        parts.pop_back();
    patterns_.push_back({std::move(parts), where, 0, {}, {}});
    return patterns_.size() - 1;
}

void Phrases::settle(const Sequence& parts, Group& into, std::vector<int>& state, Complaints& complaints)
{
    std::uint32_t shortest = 0;
    std::uint32_t longest = 0;
    bool first = true;
    for (const auto& part : parts) {
        std::uint32_t least = 1;
        std::uint32_t most = 1;
        switch (part.kind) {
        case Part::Kind::Word:
            if (first)
                into.first.add(part.value);
            break;
        case Part::Kind::Number:
            into.number_first = into.number_first || first;
            break;
        case Part::Kind::Group: {
            settle(part.value, state, complaints);
            const auto& group = groups_[part.value];
            least = group.may_be_empty ? 0 : group.shortest;
            most = group.longest;
            if (first) {
                into.first.add_all(group.first);
                into.number_first = into.number_first || group.number_first;
            }
            break;
        }
        case Part::Kind::Gap:
            least = static_cast<std::uint32_t>(part.low);
            most = static_cast<std::uint32_t>(part.high);
            break;
        case Part::Kind::Start:
        case Part::Kind::End:
            least = most = 0;
            break;
        }
        if (part.optional)
            least = 0;
        if (least > 0)
            first = false;
        shortest += least;
        longest += most;
    }
    if (shortest == 0)
        into.may_be_empty = true;
    into.shortest = std::min(into.shortest, shortest);
    into.longest = std::max(into.longest, std::min(longest, longest_match));
    into.forms += forms(parts);
}

void Phrases::settle(std::size_t index, std::vector<int>& state, Complaints& complaints)
{
    if (state[index] == 2)
        return;
    if (state[index] == 1) {
        complaints.add("classes", "the class '" + groups_[index].name + "' contains itself");
        state[index] = 2;
        return;
    }
    state[index] = 1;
    Group made = std::move(groups_[index]);
    made.shortest = std::numeric_limits<std::uint32_t>::max();
    std::vector<Sequence> longer;
    for (auto& sequence : made.sequences) {
        settle(sequence, made, state, complaints);
        if (sequence.size() == 1 && sequence.front().kind == Part::Kind::Word && !sequence.front().optional)
            made.singles.add(sequence.front().value);
        else
            longer.push_back(std::move(sequence));
    }
    made.sequences = std::move(longer);
    const auto certain = [](const Sequence& sequence, std::size_t at) {
        const bool is = at < sequence.size() && sequence[at].kind == Part::Kind::Word && !sequence[at].optional;
        return is ? WordId{sequence[at].value} : WordId{};
    };
    made.begins.clear();
    made.starts.clear();
    for (const auto& sequence : made.sequences) {
        const auto one = certain(sequence, 0);
        made.begins.emplace_back(one, one == 0 ? WordId{} : certain(sequence, 1));
        Group own;
        settle(sequence, own, state, complaints);
        const bool tells = one == 0 && !own.may_be_empty && sequence.front().kind != Part::Kind::Gap;
        made.starts.push_back(tells ? starts_.index_of(own.first, own.number_first) : Needs::none);
    }
    groups_[index] = std::move(made);
    state[index] = 2;
}

double Phrases::forms(const Sequence& parts) const
{
    double count = 1;
    for (const auto& part : parts)
        if (part.kind == Part::Kind::Group)
            count *= groups_[part.value].forms + (part.optional ? 1 : 0);
        else if (part.kind == Part::Kind::Word && part.optional)
            count *= 2;
    return count;
}

double Phrases::forms(std::size_t pattern) const
{
    return forms(patterns_[pattern].parts);
}

void Phrases::link(Complaints& complaints)
{
    for (const auto& [name, where] : asked_for_)
        if (!groups_[names_.at(name)].read)
            complaints.add(where, "there is no class '" + name + "'");
    std::vector<int> state(groups_.size(), 0);
    for (std::size_t i = 0; i < groups_.size(); ++i)
        settle(i, state, complaints);
    if (const auto index = class_named("frequent"))
        frequent_ = groups_[*index].singles;
    lexicon_.each_word([&](std::string_view word) {
        const auto* entry = lexicon_.find(word);
        if (entry->languages != 0)
            common_.add(entry->id);
    });
    anchors_.resize(lexicon_.size() + 1);
    for (std::uint32_t i = 0; i < patterns_.size(); ++i)
        anchor(i, complaints);
    needs_.settle(anchors_.size());
    starts_.settle(anchors_.size());
    for (auto& pattern : patterns_)
        needs_.rarest_first(pattern.needs);
    const auto take_rarest = [&](Anchor& anchor) { anchor.rarest = patterns_[anchor.pattern].needs.front(); };
    for (auto& anchors : anchors_)
        std::for_each(anchors.begin(), anchors.end(), take_rarest);
    std::for_each(number_anchors_.begin(), number_anchors_.end(), take_rarest);
}

/// A pattern is looked for only where its rarest part may stand, and in texts that have what it cannot do without.
void Phrases::anchor(std::uint32_t index, Complaints& complaints)
{
    auto& pattern = patterns_[index];
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    double best = std::numeric_limits<double>::max();
    std::vector<WordId> words;
    bool at_numbers = false;
    Anchor made{index, 0, 0};
    struct Fixed {
        double weight; ///< how often a word may meet it, by the frequency of its words
        std::uint32_t place;
        Needs::Index need;
        auto operator<=>(const Fixed&) const = default;
    };
    std::vector<Fixed> fixed;
    std::size_t anchored = 0; ///< of them, one more than the place of the anchor; 0: it has no fixed place
    const auto needed = [&](Needs::Index need, double weight) {
        pattern.needs.push_back(need);
        if (least == most)
            fixed.push_back({weight, least, need});
    };
    for (const auto& part : pattern.parts) {
        WordSet first;
        std::uint32_t shortest = 1;
        std::uint32_t longest = 1;
        bool can_anchor = !part.optional;
        bool numbers = false;
        if (part.kind == Part::Kind::Word) {
            first.add(part.value);
        } else if (part.kind == Part::Kind::Group) {
            const auto& group = groups_[part.value];
            first = group.first;
            shortest = group.may_be_empty ? 0 : group.shortest;
            longest = group.longest;
            can_anchor = can_anchor && !group.may_be_empty;
            numbers = group.number_first;
        } else if (part.kind == Part::Kind::Gap) {
            shortest = static_cast<std::uint32_t>(part.low);
            longest = static_cast<std::uint32_t>(part.high);
            can_anchor = false;
        } else if (part.kind == Part::Kind::Number) {
            if (!part.optional)
                needed(needs_.index_of(first, true), 0);
            can_anchor = false;
        } else {
            shortest = longest = 0;
            can_anchor = false;
        }
        if (can_anchor) {
            const auto ids = first.ids();
            double weight = (longest > 1 ? 1 : 0) + (numbers ? 100 : 0);
            for (const auto id : ids)
                weight += frequent_.has(id) ? 400 : common_.has(id) ? 30 : 1;
            needed(needs_.index_of(first, numbers), weight);
            if (weight < best) {
                best = weight;
                anchored = least == most ? fixed.size() : 0;
                words = ids;
                at_numbers = numbers;
                made.before_least = static_cast<std::uint16_t>(least);
                made.before_most = static_cast<std::uint16_t>(std::min(most, longest_match));
            }
        }
        least += part.optional ? 0 : shortest;
        most += longest;
    }
    pattern.shortest = least;
    // Where it is anchored its anchor stands; of the others what is met least often tells first.
    if (anchored > 0)
        fixed.erase(fixed.begin() + static_cast<std::ptrdiff_t>(anchored - 1));
    std::sort(fixed.begin(), fixed.end());
    for (const auto& each : fixed)
        pattern.fixed.emplace_back(each.place, each.need);
    if (words.empty()) {
        complaints.add(pattern.where, "the pattern has no word that must be there");
        return;
    }
    for (const auto id : words)
        anchors_[id].push_back(made);
    if (at_numbers)
        number_anchors_.push_back(made);
}

std::optional<std::size_t> Phrases::class_named(const std::string& name) const
{
    const auto found = names_.find(name);
    if (found == names_.end() || !groups_[found->second].read)
        return std::nullopt;
    return found->second;
}

Lengths Phrases::match_class(std::size_t index, std::span<const Word> words, std::size_t at) const
{
    return at < words.size() ? match_group(groups_[index], words, at) : 0;
}

Lengths Phrases::match_part(const Part& part, std::span<const Word> words, std::size_t at, bool inside) const
{
    Lengths lengths = part.optional ? 1U : 0U;
    if (part.kind == Part::Kind::Start)
        return at == 0 || at >= words.size() || words[at].before != Break::None ? 1U : 0U;
    if (part.kind == Part::Kind::End)
        return at >= words.size() || words[at].before != Break::None ? 1U : 0U;
    if (part.kind == Part::Kind::Gap) {
        for (std::int32_t i = 0; i <= part.high; ++i) {
            if (i >= part.low)
                lengths |= Lengths{1} << static_cast<unsigned>(i);
            const auto next = at + static_cast<std::size_t>(i);
            if (next >= words.size() || (words[next].before == Break::Sentence && (inside || i > 0)))
                break;
        }
        return lengths;
    }
    // No phrase runs over the end of a sentence.
    if (at >= words.size() || (inside && words[at].before == Break::Sentence)) {
        if (part.kind == Part::Kind::Group && groups_[part.value].may_be_empty)
            lengths |= 1U;
        return lengths;
    }
    switch (part.kind) {
    case Part::Kind::Word:
        return lengths | (words[at].id == part.value ? 2U : 0U);
    case Part::Kind::Number:
        return lengths | (words[at].number >= part.low && words[at].number <= part.high ? 2U : 0U);
    default:
        return lengths | match_group(groups_[part.value], words, at);
    }
}

Lengths Phrases::match_group(const Group& group, std::span<const Word> words, std::size_t at) const
{
    const auto word = words[at].id;
    Lengths lengths = group.singles.has(word) ? 2U : 0U;
    if (group.sequences.empty())
        return lengths;
    if (!group.may_be_empty && !group.first.has(word) && !(group.number_first && words[at].number >= 0))
        return lengths;
    const auto after = at + 1 < words.size() ? words[at + 1].id : WordId{};
    for (std::size_t i = 0; i < group.sequences.size(); ++i) {
        const auto [one, two] = group.begins[i];
        if (one == 0 ? group.starts[i] != Needs::none && !starts_.meets(words[at], group.starts[i])
                     : one != word || (two != 0 && two != after))
            continue;
        lengths |= match(group.sequences[i], words, at);
    }
    return lengths;
}

Lengths Phrases::match(const Sequence& parts, std::span<const Word> words, std::size_t at) const
{
    Lengths reached = 1U;
    for (const auto& part : parts) {
        Lengths next = 0;
        for (auto left = reached; left != 0; left &= left - 1) {
            const auto length = static_cast<unsigned>(std::countr_zero(left));
            next |= match_part(part, words, at + length, length > 0) << length;
        }
        reached = next;
        if (reached == 0)
            return 0;
    }
    return reached;
}

} // namespace handrail::nlp
