#include "nlp/conversation.h"

#include <algorithm>

#include "base/text.h"
#include "nlp/safety_answer.h"

namespace handrail::nlp {

namespace {

constexpr std::size_t most_evidence = 24;

/// Which category is named first when two have the same urgency.
int gravity(Category category)
{
    switch (category) {
    case Category::Suicide:
        return 9;
    case Category::MedicalEmergency:
        return 8;
    case Category::HarmToOthers:
        return 7;
    case Category::Abuse:
        return 6;
    case Category::SelfHarm:
        return 5;
    case Category::Psychosis:
        return 4;
    case Category::Substance:
        return 3;
    case Category::EatingDisorder:
        return 2;
    case Category::Mania:
        return 1;
    case Category::None:
        return 0;
    }
    return 0;
}

struct Piece {
    const ReadMessage* message;
    const Hit* hit;
    Urgency urgency;
};

Evidence evidence_of(const Piece& piece)
{
    const auto& words = piece.message->words.words;
    Evidence made;
    made.begin = words[piece.hit->begin].begin;
    made.end = words[piece.hit->end - 1].end;
    made.text = cut_code_points(piece.message->text, made.begin, made.end);
    made.rule = piece.hit->rule->id;
    made.source = piece.hit->rule->rationale;
    made.context_index = piece.message->context_index;
    return made;
}

/// The words that say when, of a piece that is more pressing for them.
Evidence evidence_of(const Piece& piece, const Definition& raised)
{
    const auto& words = piece.message->words.words;
    Evidence made;
    made.begin = words[piece.hit->when_begin].begin;
    made.end = words[piece.hit->when_end - 1].end;
    made.text = cut_code_points(piece.message->text, made.begin, made.end);
    made.rule = "when.within_a_day";
    made.source = raised.rationale;
    made.context_index = piece.message->context_index;
    return made;
}

int main_gravity(const Rule& rule)
{
    return rule.categories.empty() ? 0 : gravity(rule.categories.front());
}

} // namespace

bool calm(const Rule& rule)
{
    return rule.urgency == Urgency::Usual &&
           (rule.flags.idiom || rule.flags.sentence || rule.flags.after || rule.flags.others);
}

void ReadMessage::forget(std::size_t most)
{
    std::fill(words.letters.begin(), words.letters.end(), ' ');
    text = {};
    if (words.letters.capacity() <= most && words.words.capacity() <= most && hits.capacity() <= most)
        return;
    words = {};
    hits = {};
}

namespace {

/// Whether a message holds an answer of safety and nothing that is now by itself: else the answer counts for nothing.
bool answers_with_safety(const ReadMessage& message)
{
    bool eases = false;
    for (const auto& hit : message.hits) {
        if (!hit.counts || calm(*hit.rule))
            continue;
        if (hit.urgency == Urgency::Now)
            return false;
        eases = eases || hit.rule->flags.eases;
    }
    return eases;
}

/// Signs of a conversation: all, and those that stood before the last answer of safety.
struct HeardSigns {
    Signs all = 0;
    Signs before = 0;
    Signs since = 0;

    /// Whether the whole combination was there before the answer of safety, and nothing of it was said again.
    bool eased(Signs needed) const { return (before & needed) == needed && (since & needed) == 0; }
};

/// Which categories, and how pressing each is.
class Ranking {
public:
    void add(const std::vector<Category>& categories, Urgency urgency)
    {
        for (const auto category : categories) {
            const auto known =
                std::find_if(all_.begin(), all_.end(), [&](const auto& each) { return each.first == category; });
            if (known == all_.end())
                all_.emplace_back(category, urgency);
            else
                known->second = sooner(known->second, urgency);
        }
    }

    /// The most pressing first; of equally pressing ones the gravest.
    const std::vector<std::pair<Category, Urgency>>& sorted()
    {
        std::stable_sort(all_.begin(), all_.end(), [](const auto& a, const auto& b) {
            return need(a.second) != need(b.second) ? need(a.second) > need(b.second)
                                                    : gravity(a.first) > gravity(b.first);
        });
        return all_;
    }

private:
    std::vector<std::pair<Category, Urgency>> all_;
};

Urgency today_at_most(Urgency urgency)
{
    return urgency == Urgency::Now ? Urgency::Today : urgency;
}

/// The pieces in the order in which they are shown, each once, and after a piece that is more pressing by when it
/// happens the words that say when.
std::vector<Evidence> evidence_of(const std::vector<Piece>& pieces, const RuleBook& book)
{
    std::vector<Evidence> out;
    const auto add = [&](Evidence made) {
        const bool repeated = std::any_of(out.begin(), out.end(), [&](const Evidence& each) {
            return each.rule == made.rule && each.context_index == made.context_index && made.begin < each.end &&
                   each.begin < made.end;
        });
        if (!repeated && out.size() < most_evidence)
            out.push_back(std::move(made));
    };
    for (const auto& piece : pieces) {
        if (out.size() == most_evidence)
            break;
        add(evidence_of(piece));
        if (piece.hit->raised)
            add(evidence_of(piece, book.raised));
    }
    return out;
}

} // namespace

Conclusion conclude(const std::vector<const ReadMessage*>& messages, const RuleBook& book)
{
    Conclusion out;
    auto& finding = out.finding;
    out.eased_at = messages.size();
    for (std::size_t at = messages.size(); at-- > 0 && out.eased_at == messages.size();)
        if (answers_with_safety(*messages[at]))
            out.eased_at = at;
    const bool answered = out.eased_at + 1 == messages.size();

    std::vector<Piece> pieces;
    HeardSigns signs;
    Ranking ranking;
    bool was_now = false;
    for (std::size_t at = 0; at < messages.size(); ++at)
        for (const auto& hit : messages[at]->hits) {
            if (!hit.counts || calm(*hit.rule))
                continue;
            const bool eased = out.eased_at < messages.size() && at < out.eased_at;
            const Signs own = hit.time == When::Past && hit.urgency == Urgency::Usual ? 0 : hit.rule->signs;
            signs.all |= own;
            (eased ? signs.before : signs.since) |= own;
            was_now = was_now || (eased && hit.urgency == Urgency::Now);
            pieces.push_back({messages[at], &hit, eased ? today_at_most(hit.urgency) : hit.urgency});
        }
    if (pieces.empty())
        return out;

    const Piece* deciding = nullptr;
    for (const auto& piece : pieces) {
        if (piece.hit->rule->urgency != Urgency::Usual) // a sign alone names no category
            ranking.add(piece.hit->rule->categories, piece.urgency);
        const bool stronger =
            deciding == nullptr || need(piece.urgency) > need(deciding->urgency) ||
            (need(piece.urgency) == need(deciding->urgency) &&
             main_gravity(*piece.hit->rule) > main_gravity(*deciding->hit->rule));
        if (stronger)
            deciding = &piece;
    }
    finding.urgency = deciding->urgency;
    finding.subject = deciding->hit->subject;
    finding.time = deciding->hit->time;
    std::string says = deciding->hit->rule->says;
    if (deciding->hit->raised)
        says += " " + book.raised.says;
    Signs joined_signs = 0;
    for (const auto& combination : book.combinations) {
        if ((signs.all & combination.needs) != combination.needs)
            continue;
        joined_signs |= combination.needs;
        const bool eased = signs.eased(combination.needs);
        was_now = was_now || (eased && combination.urgency == Urgency::Now);
        const auto urgency = eased ? today_at_most(combination.urgency) : combination.urgency;
        ranking.add(combination.categories, urgency);
        if (need(urgency) > need(finding.urgency)) {
            finding.urgency = urgency;
            // Signs of a dependant stay about the dependant; all others join to something about the writer.
            const auto& of = deciding->hit->rule->categories;
            const bool same = std::ranges::any_of(of, [&](auto each) {
                return std::ranges::find(combination.categories, each) != combination.categories.end();
            });
            finding.subject = same && deciding->hit->subject == Subject::Dependent ? Subject::Dependent : Subject::Self;
            if (urgency == Urgency::Now)
                finding.time = When::Now;
            says = combination.says;
            finding.combination = combination.id;
            finding.combination_source = combination.rationale;
        }
    }

    const auto& ranked = ranking.sorted();
    for (const auto& [category, urgency] : ranked)
        if (urgency != Urgency::Usual || finding.urgency == Urgency::Usual)
            finding.categories.push_back(category);
    if (!finding.categories.empty())
        finding.category = finding.categories.front();
    // A deciding rule with several categories names its own main one first.
    const auto& main = deciding->hit->rule->categories;
    if (finding.combination.empty() && !main.empty() && finding.category != main.front()) {
        const auto own = std::find(finding.categories.begin(), finding.categories.end(), main.front());
        if (own != finding.categories.end() && need(ranked.front().second) == need(deciding->urgency)) {
            std::rotate(finding.categories.begin(), own, own + 1);
            finding.category = finding.categories.front();
        }
    }
    if (finding.category == Category::None && finding.urgency == Urgency::Usual) {
        finding.subject = Subject::None;
        finding.time = When::None;
    }
    if (finding.urgency != Urgency::Usual || finding.category != Category::None)
        finding.why = says;
    // The one logged way down.
    if (was_now && finding.urgency == Urgency::Today) {
        finding.combination = answered ? safety_answered : safety_remembered;
        finding.combination_source = book.eased.rationale;
        finding.why += " " + book.eased.says;
    }

    std::erase_if(pieces, [&](const Piece& piece) {
        const bool past = piece.hit->time == When::Past && !piece.hit->rule->categories.empty();
        const bool safe = piece.hit->rule->flags.eases && out.eased_at < messages.size() &&
                          piece.message == messages[out.eased_at] && (answered || was_now);
        return piece.urgency == Urgency::Usual && (piece.hit->rule->signs & joined_signs) == 0 && !past && !safe;
    });
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
        if (need(a.urgency) != need(b.urgency))
            return need(a.urgency) > need(b.urgency);
        if (a.message->context_index != b.message->context_index)
            return static_cast<unsigned>(a.message->context_index) > static_cast<unsigned>(b.message->context_index);
        return a.hit->begin < b.hit->begin;
    });
    finding.evidence = evidence_of(pieces, book);
    return out;
}

} // namespace handrail::nlp
