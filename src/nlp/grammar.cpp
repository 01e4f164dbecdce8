#include "nlp/grammar.h"

#include <algorithm>
#include <bit>
#include <string>

namespace handrail::nlp {

namespace {

constexpr std::array<const char*, 22> class_names{"negator",
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
                                                  "writer_is"};

/// People write without full stops: a sentence is looked at this many words to each side at most.
constexpr std::size_t sentence_reach = 40;
constexpr std::size_t negation_window = 7;

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

/// Whether it is said to happen within a day or to have just happened: in the same sentence, or in a short one after
/// it.
bool Grammar::soon_after(std::span<const Word> words, const Hit& hit, Sentence sentence) const
{
    const auto said = [&](Sentence in) {
        for (auto i = in.begin; i < in.end; ++i)
            if ((is(NearTime, words, i) || is(JustDone, words, i)) && (i == 0 || !is(Negator, words, i - 1)))
                return true;
        return false;
    };
    // Run-on writing: only what stands near the phrase belongs to it.
    const Sentence near{std::max(sentence.begin, hit.begin > 12 ? std::size_t{hit.begin} - 12 : 0),
                        std::min(sentence.end, hit.end + std::size_t{12})};
    if (said(near))
        return true;
    if (sentence.end >= words.size() || words[sentence.end].before != Break::Sentence)
        return false;
    const auto next = sentence_of(words, sentence.end);
    return next.end - next.begin <= 5 && said(next);
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
    if (!flags.keep_past && anywhere(OldTime, words, sentence) && !anywhere(RecentTime, words, sentence) &&
        !anywhere(NearTime, words, sentence)) {
        hit.urgency = Urgency::Usual;
        hit.time = When::Past;
        return;
    }
    if (flags.rises && soon_after(words, hit, sentence)) {
        hit.urgency = hit.urgency == rule.urgency ? Urgency::Now : Urgency::Today;
        hit.time = When::Now;
    }
    if (flags.hyperbole && need(hit.urgency) > need(Urgency::Soon) &&
        anywhere(Laugh, words, {sentence.begin, words.size()}))
        hit.urgency = Urgency::Soon;
}

/// Idioms, frames and titles silence what lies in their reach.
void Grammar::hush(std::span<const Word> words, std::vector<Hit>& hits) const
{
    for (const auto& calm : hits) {
        const auto& flags = calm.rule->flags;
        if (!flags.idiom && !flags.sentence && !flags.after && !flags.others)
            continue;
        const auto sentence = sentence_of(words, calm.begin);
        for (auto& hit : hits) {
            const auto& own = hit.rule->flags;
            if (own.idiom || own.sentence || own.after || own.others || hit.rule->urgency == Urgency::Usual)
                continue;
            const bool same_sentence = hit.begin >= sentence.begin && hit.begin < sentence.end;
            if (flags.idiom) {
                const bool overlaps = hit.begin < calm.end && calm.begin < hit.end;
                // A grave phrase that begins before the idiom and is twice as long says more than the idiom in it.
                if (overlaps && (hit.begin >= calm.begin || 2 * (calm.end - calm.begin) > hit.end - hit.begin))
                    hit.counts = false;
            }
            if (own.keep_framed)
                continue;
            // "I'm writing a book, but I want to die": after a turn the person speaks of themselves again.
            const bool turned =
                hit.begin > calm.end && hit.subject == Subject::Self && anywhere(Turn, words, {calm.end, hit.begin});
            if ((flags.sentence && same_sentence && !turned) ||
                (flags.after && same_sentence && hit.begin >= calm.end && !turned))
                hit.counts = false;
            if (flags.others &&
                (hit.subject == Subject::Other || hit.subject == Subject::Dependent || hit.subject == Subject::None ||
                 !hit.named || words[hit.begin].quoted || words[hit.begin].asks))
                hit.counts = false;
        }
    }
}

void Grammar::read(const NormalisedText& text, Direction direction, std::vector<Hit>& hits) const
{
    thread_local std::vector<Phrases::Found> found;
    book_.phrases.find(text.words, found);
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
        hush(text.words, hits);
}

} // namespace handrail::nlp
