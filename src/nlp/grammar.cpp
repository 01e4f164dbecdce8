#include "nlp/grammar.h"

#include <algorithm>
#include <bit>
#include <string>

#include "base/room.h"

namespace handrail::nlp {

namespace {

constexpr std::array<const char*, 23> class_names{"negator",
                                                  "negation_ends",
                                                  "negation_reach",
                                                  "doubted_negation",
                                                  "first_person",
                                                  "second_person",
                                                  "other_person",
                                                  "dependent_person",
                                                  "generic_person",
                                                  "first_reflexive",
                                                  "second_reflexive",
                                                  "other_reflexive",
                                                  "says",
                                                  "vague",
                                                  "near_time",
                                                  "just_done",
                                                  "old_time",
                                                  "recent_time",
                                                  "laugh",
                                                  "no",
                                                  "turn",
                                                  "writer_is",
                                                  "well_now"};

/// People write without full stops: a sentence is looked at this many words to each side at most.
constexpr std::size_t sentence_reach = 40;
constexpr std::size_t negation_window = 7;
/// Hits: room that a thread keeps between messages.
constexpr std::size_t most_kept = 4096;

Urgency one_lower(Urgency urgency)
{
    switch (urgency) {
    case Urgency::Now:
        return Urgency::Today;
    case Urgency::Today:
        return Urgency::Soon;
    default:
        return urgency;
    }
}

} // namespace

Grammar::Grammar(const RuleBook& book, Complaints& complaints) : book_(book)
{
    static_assert(class_names.size() == ClassCount);
    for (std::size_t i = 0; i < ClassCount; ++i) {
        const auto index = book.phrases.class_named(class_names[i]);
        if (!index)
            complaints.add("classes_*.tsv", std::string("lack the class '") + class_names[i] + "'");
        classes_[i] = index.value_or(0);
    }
}

bool Grammar::is(Class which, std::span<const Word> words, std::size_t at) const
{
    return book_.phrases.match_class(classes_[which], words, at) > 1;
}

bool Grammar::anywhere(Class which, std::span<const Word> words, Sentence in) const
{
    for (auto i = in.begin; i < in.end; ++i)
        if (is(which, words, i))
            return true;
    return false;
}

Grammar::Sentence Grammar::sentence_of(std::span<const Word> words, std::size_t at)
{
    Sentence sentence{at, at + 1};
    while (sentence.begin > 0 && words[sentence.begin].before != Break::Sentence &&
           at - sentence.begin < sentence_reach)
        --sentence.begin;
    while (sentence.end < words.size() && words[sentence.end].before != Break::Sentence &&
           sentence.end - at < sentence_reach)
        ++sentence.end;
    return sentence;
}

/// "I'm not going to kill myself", but not "I can't promise I won't", "I can't go on, I want to die".
bool Grammar::negated(std::span<const Word> words, const Hit& hit, Sentence sentence) const
{
    const auto from =
        std::max(sentence.begin, hit.begin > negation_window ? std::size_t{hit.begin} - negation_window : 0);
    bool subject_between = false;
    for (std::size_t i = hit.begin; i-- > from;) {
        if (words[i + 1].before != Break::None)
            break;
        if (is(Negator, words, i)) {
            // A new subject after the "not" begins a statement of its own, unless the "not" is about thinking or saying
            // it.
            if (subject_between && !is(NegationReach, words, i + 1))
                return false;
            for (std::size_t back = i; back-- > sentence.begin && i - back < 7;)
                if (is(DoubtedNegation, words, back))
                    return false;
            return true;
        }
        if (is(NegationEnds, words, i))
            break;
        subject_between = subject_between || is(FirstPerson, words, i) || is(OtherPerson, words, i);
    }
    // "Suicidal? No."
    return hit.end < words.size() && words[hit.end].before == Break::Sentence && words[hit.end - 1].asks &&
           is(No, words, hit.end);
}

/// Whether the "i" at `at` belongs to what somebody else is said to have said.
bool Grammar::reported(std::span<const Word> words, std::size_t at, Sentence sentence) const
{
    for (std::size_t i = at; i-- > sentence.begin && at - i < 5;) {
        if (!is(Says, words, i))
            continue;
        for (std::size_t back = i; back-- > sentence.begin && i - back < 5;) {
            if (is(FirstPerson, words, back))
                return false;
            if (is(OtherPerson, words, back) || is(DependentPerson, words, back) || is(GenericPerson, words, back))
                return true;
        }
        return false;
    }
    return false;
}

/// Whether the person at `at` is what the writer says of themselves: "I'm a deaf woman", "as a student".
bool Grammar::writer_is(std::span<const Word> words, std::size_t at, Sentence sentence) const
{
    for (std::size_t back = 0; back < 6 && at >= sentence.begin + back; ++back)
        for (auto lengths = book_.phrases.match_class(classes_[WriterIs], words, at - back); lengths != 0;
             lengths &= lengths - 1) {
            // The article itself, or one or two words after it.
            const auto length = static_cast<std::size_t>(std::countr_zero(lengths));
            if (length > 0 && at + 1 >= at - back + length && back <= length + 1)
                return true;
        }
    return false;
}

Grammar::Who Grammar::who(std::span<const Word> words, const Hit& hit, Sentence sentence) const
{
    using Person = Who::Person;
    const Who self{Person::First, Subject::Self, false, true};
    const auto dependent_before = [&](std::size_t until) {
        for (std::size_t i = 0; i < until; ++i)
            if (is(DependentPerson, words, i))
                return true;
        return false;
    };
    const auto other = [&](std::size_t at) {
        Who found{Person::Other, Subject::Other, anywhere(Vague, words, sentence), true};
        if (dependent_before(std::max<std::size_t>(at, hit.begin) + 1))
            found.subject = Subject::Dependent;
        return found;
    };
    bool first_reflexive = false;
    for (std::size_t i = hit.begin; i < hit.end; ++i) {
        if (is(OtherReflexive, words, i))
            return other(i);
        if (is(SecondReflexive, words, i))
            return {Person::Second, Subject::Other, false, true};
        first_reflexive = first_reflexive || is(FirstReflexive, words, i);
    }
    if (hit.rule->flags.object)
        for (std::size_t i = hit.begin; i < hit.end; ++i) {
            if (is(DependentPerson, words, i))
                return {Person::Other, Subject::Dependent, false, true};
            if (is(OtherPerson, words, i))
                return other(i);
        }
    // The nearest person before the phrase is who it is about; its own first word may be that person.
    for (std::size_t i = hit.rule->flags.outside ? hit.begin : hit.begin + 1; i-- > sentence.begin;) {
        if (is(FirstPerson, words, i)) {
            if (reported(words, i, sentence))
                return other(i);
            return self;
        }
        if (first_reflexive)
            continue;
        if ((is(DependentPerson, words, i) || is(GenericPerson, words, i) || is(OtherPerson, words, i)) &&
            writer_is(words, i, sentence))
            return self;
        if (is(DependentPerson, words, i))
            return {Person::Other, Subject::Dependent, anywhere(Vague, words, sentence), true};
        if (is(GenericPerson, words, i))
            return {Person::Generic, Subject::Other, true, true};
        if (is(OtherPerson, words, i))
            return other(i);
        if (is(SecondPerson, words, i))
            return {Person::Second, Subject::Other, false, true};
    }
    if (first_reflexive && reported(words, hit.begin, sentence))
        return other(hit.begin);
    // Nobody named: the writer leaves the "I" out, as at the start of a sentence.
    return {Person::First, Subject::Self, false, first_reflexive || hit.begin == sentence.begin};
}

/// The first words in it that say when by one of these classes, but not those of "and today I am well".
Grammar::Span Grammar::when_said(std::initializer_list<Class> by, std::span<const Word> words, Sentence in) const
{
    const auto longest = [](Lengths lengths) { return static_cast<std::size_t>(31 - std::countl_zero(lengths)); };
    for (auto i = in.begin; i < in.end; ++i) {
        if (const auto well = book_.phrases.match_class(classes_[WellNow], words, i); well > 1) {
            i += longest(well) - 1;
            continue;
        }
        Lengths lengths = 0;
        for (const auto each : by)
            lengths |= book_.phrases.match_class(classes_[each], words, i);
        if (lengths > 1 && (i == 0 || !is(Negator, words, i - 1)))
            return {static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(i + longest(lengths))};
    }
    return {};
}

Grammar::Span Grammar::within_a_day(const NormalisedText& text) const
{
    return when_said({NearTime, JustDone}, text.words, {0, text.words.size()});
}

bool Grammar::turns_after(const NormalisedText& text, std::size_t word) const
{
    return anywhere(Turn, text.words, {word, text.words.size()});
}

/// Where it is said to happen within a day or to have just happened: in the same sentence, or in a short one after it.
Grammar::Span Grammar::soon_after(std::span<const Word> words, const Hit& hit, Sentence sentence) const
{
    // Run-on writing: only what stands near the phrase belongs to it.
    const Sentence near{std::max(sentence.begin, hit.begin > 12 ? std::size_t{hit.begin} - 12 : 0),
                        std::min(sentence.end, hit.end + std::size_t{12})};
    if (const auto said = when_said({NearTime, JustDone}, words, near); said.end > 0)
        return said;
    if (sentence.end >= words.size() || words[sentence.end].before != Break::Sentence)
        return {};
    const auto next = sentence_of(words, sentence.end);
    return next.end - next.begin <= 5 ? when_said({NearTime, JustDone}, words, next) : Span{};
}

void Grammar::settle(std::span<const Word> words, Hit& hit, Direction direction) const
{
    const auto& rule = *hit.rule;
    const auto& flags = rule.flags;
    hit.urgency = rule.urgency;
    hit.subject = rule.subject;
    hit.time = rule.time;
    if ((flags.output_only && direction == Direction::In) || (flags.inbound_only && direction == Direction::Out)) {
        hit.counts = false;
        return;
    }
    if (flags.whole && (hit.begin > 0 || hit.end < words.size())) {
        hit.counts = false;
        return;
    }
    if (flags.idiom || flags.sentence || flags.after || flags.others)
        return;
    const auto sentence = sentence_of(words, hit.begin);
    if (!flags.keep_negated && negated(words, hit, sentence)) {
        hit.counts = false;
        return;
    }
    if (flags.writer_acts) {
        const auto actor = who(words, hit, sentence);
        if (actor.person != Who::Person::First || !actor.named) {
            hit.counts = false;
            return;
        }
    }
    if (rule.subject_from_grammar) {
        const auto found = who(words, hit, sentence);
        hit.subject = found.subject;
        hit.named = found.named;
        if (found.person == Who::Person::Second || (flags.self_only && found.person != Who::Person::First) ||
            (flags.person && !found.named && words.size() > 6) ||
            (flags.not_self && found.person == Who::Person::First && (found.named || words.size() > 6))) {
            hit.counts = false;
            return;
        }
        if (found.person == Who::Person::Generic)
            hit.urgency = Urgency::Usual;
        else if (found.vague)
            hit.urgency = one_lower(hit.urgency);
        if (found.person == Who::Person::Generic)
            hit.counts = false;
    }
    // "Ten years ago I tried, today I am well, but I want to die": an old date does not reach over a turn.
    auto dated = sentence;
    for (auto i = sentence.begin; i < hit.begin; ++i)
        if (is(Turn, words, i))
            dated.begin = i;
    if (!flags.keep_past && anywhere(OldTime, words, dated) && !anywhere(RecentTime, words, sentence) &&
        when_said({NearTime}, words, sentence).end == 0) {
        hit.urgency = Urgency::Usual;
        hit.time = When::Past;
        const auto next = sentence_of(words, std::min(sentence.end, words.size() - 1));
        hit.recovered = anywhere(WellNow, words, sentence) || anywhere(WellNow, words, next);
        return;
    }
    if (const auto said = flags.rises ? soon_after(words, hit, sentence) : Span{}; said.end > 0) {
        hit.urgency = hit.urgency == rule.urgency ? Urgency::Now : Urgency::Today;
        hit.time = When::Now;
        hit.raised = need(hit.urgency) > need(rule.urgency);
        hit.when_begin = said.begin;
        hit.when_end = said.end;
    }
    if (flags.hyperbole && need(hit.urgency) > need(Urgency::Soon) &&
        anywhere(Laugh, words, {sentence.begin, words.size()}))
        hit.urgency = Urgency::Soon;
}

/// What an idiom, a frame or a title does to a phrase in its reach.
void Grammar::hush_by(const Hit& calm, Sentence sentence, std::span<const Word> words, Hit& hit) const
{
    const auto& flags = calm.rule->flags;
    if (flags.idiom) {
        const bool overlaps = hit.begin < calm.end && calm.begin < hit.end;
        // A grave phrase that begins before the idiom and is twice as long says more than the idiom in it.
        if (overlaps && (hit.begin >= calm.begin || 2 * (calm.end - calm.begin) > hit.end - hit.begin))
            hit.counts = false;
    }
    if (hit.rule->flags.keep_framed || hit.begin < sentence.begin || hit.begin >= sentence.end)
        return;
    // "I'm writing a book, but I want to die": after a turn the person speaks of themselves again.
    const bool turned =
        hit.begin > calm.end && hit.subject == Subject::Self && anywhere(Turn, words, {calm.end, hit.begin});
    if ((flags.sentence || (flags.after && hit.begin >= calm.end)) && !turned)
        hit.counts = false;
}

/// Idioms, frames and titles silence what lies in their reach: phrases that overlap them or stand in their sentence, and
/// for a whole message whatever is about others.
std::size_t Grammar::hush(std::span<const Word> words, std::vector<Hit>& hits) const
{
    thread_local std::vector<std::uint32_t> grave; // what may be silenced, in the order of the words
    grave.clear();
    bool others = false;
    for (std::uint32_t i = 0; i < hits.size(); ++i) {
        const auto& flags = hits[i].rule->flags;
        others = others || flags.others;
        if (!flags.idiom && !flags.sentence && !flags.after && !flags.others && hits[i].rule->urgency != Urgency::Usual)
            grave.push_back(i);
    }
    std::sort(grave.begin(), grave.end(), [&](auto a, auto b) { return hits[a].begin < hits[b].begin; });
    std::size_t looked_at = hits.size();
    for (const auto& calm : hits) {
        const auto& flags = calm.rule->flags;
        if ((!flags.idiom && !flags.sentence && !flags.after) || (flags.whole && !calm.counts))
            continue;
        const auto sentence = sentence_of(words, calm.begin);
        // No phrase is longer than this: one that begins before cannot reach into the idiom.
        const auto from = std::min<std::size_t>(sentence.begin, calm.begin > 31 ? calm.begin - 31 : 0);
        const auto first = std::lower_bound(grave.begin(), grave.end(), from,
                                            [&](auto at, std::size_t begin) { return hits[at].begin < begin; });
        for (auto at = first; at != grave.end() && hits[*at].begin < std::max<std::size_t>(sentence.end, calm.end); ++at) {
            hush_by(calm, sentence, words, hits[*at]);
            ++looked_at;
        }
    }
    if (others)
        for (const auto at : grave) {
            auto& hit = hits[at];
            if (!hit.rule->flags.keep_framed &&
                (hit.subject == Subject::Other || hit.subject == Subject::Dependent || hit.subject == Subject::None ||
                 !hit.named || words[hit.begin].quoted || words[hit.begin].asks))
                hit.counts = false;
        }
    keep_room(grave, most_kept);
    return looked_at;
}

std::size_t Grammar::read(const NormalisedText& text, Direction direction, std::vector<Hit>& hits) const
{
    thread_local std::vector<Phrases::Found> found;
    auto looked_at = book_.phrases.find(text.words, found);
    hits.clear();
    for (const auto& each : found) {
        Hit hit;
        hit.rule = &book_.rules[each.pattern];
        hit.begin = each.begin;
        hit.end = each.end;
        settle(text.words, hit, direction);
        hits.push_back(hit);
    }
    if (hits.size() > 1)
        looked_at += hush(text.words, hits);
    keep_room(found, most_kept);
    return looked_at;
}

} // namespace handrail::nlp
