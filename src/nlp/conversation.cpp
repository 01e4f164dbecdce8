#include "nlp/conversation.h"

#include <algorithm>

#include "base/text.h"

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

Finding conclude(const std::vector<const ReadMessage*>& messages, const RuleBook& book)
{
    Finding finding;
    std::vector<Piece> pieces;
    Signs signs = 0;
    bool eased = false;
    Urgency here = Urgency::Usual;
    Urgency earlier = Urgency::Usual;
    for (const auto* message : messages)
        for (const auto& hit : message->hits) {
            if (!hit.counts || calm(*hit.rule))
                continue;
            signs |= hit.time == When::Past && hit.urgency == Urgency::Usual ? 0 : hit.rule->signs;
            pieces.push_back({message, &hit, hit.urgency});
            auto& level = message->context_index < 0 ? here : earlier;
            level = sooner(level, hit.urgency);
            eased = eased || (message->context_index < 0 && hit.rule->flags.eases);
        }
    if (pieces.empty())
        return finding;

    std::vector<std::pair<Category, Urgency>> ranked;
    const auto rank = [&](Category category, Urgency urgency) {
        const auto known =
            std::find_if(ranked.begin(), ranked.end(), [&](const auto& each) { return each.first == category; });
        if (known == ranked.end())
            ranked.emplace_back(category, urgency);
        else
            known->second = sooner(known->second, urgency);
    };
    const Rule* deciding = nullptr;
    const Hit* deciding_hit = nullptr;
    std::string_view says;
    finding.urgency = Urgency::Usual;
    for (const auto& piece : pieces) {
        if (piece.hit->rule->urgency != Urgency::Usual) // a sign alone names no category
            for (const auto category : piece.hit->rule->categories)
                rank(category, piece.urgency);
        const bool stronger =
            deciding == nullptr || need(piece.urgency) > need(finding.urgency) ||
            (need(piece.urgency) == need(finding.urgency) && main_gravity(*piece.hit->rule) > main_gravity(*deciding));
        if (stronger) {
            deciding = piece.hit->rule;
            deciding_hit = piece.hit;
            finding.urgency = piece.urgency;
        }
    }
    says = deciding->says;
    finding.subject = deciding_hit->subject;
    finding.time = deciding_hit->time;
    std::string joined;
    Signs joined_signs = 0;
    for (const auto& combination : book.combinations) {
        if ((signs & combination.needs) != combination.needs)
            continue;
        joined_signs |= combination.needs;
        for (const auto category : combination.categories)
            rank(category, combination.urgency);
        if (need(combination.urgency) > need(finding.urgency)) {
            finding.urgency = combination.urgency;
            finding.subject = Subject::Self;
            if (combination.urgency == Urgency::Now)
                finding.time = When::Now;
            says = combination.says;
            joined = combination.id;
            finding.combination_source = combination.rationale;
        }
    }
    // The one logged way down: the person says they are safe now, and nothing in this message says otherwise.
    if (eased && finding.urgency == Urgency::Now && here != Urgency::Now && earlier == Urgency::Now) {
        finding.urgency = Urgency::Today;
        for (auto& each : ranked)
            if (each.second == Urgency::Now)
                each.second = Urgency::Today;
    }

    std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
        return need(a.second) != need(b.second) ? need(a.second) > need(b.second) : gravity(a.first) > gravity(b.first);
    });
    for (const auto& [category, urgency] : ranked)
        if (urgency != Urgency::Usual || finding.urgency == Urgency::Usual)
            finding.categories.push_back(category);
    if (!finding.categories.empty())
        finding.category = finding.categories.front();
    // A deciding rule with several categories names its own main one first.
    if (joined.empty() && !deciding->categories.empty() && finding.category != deciding->categories.front()) {
        const auto own = std::find(finding.categories.begin(), finding.categories.end(), deciding->categories.front());
        if (own != finding.categories.end() && need(ranked.front().second) == need(deciding_hit->urgency)) {
            std::rotate(finding.categories.begin(), own, own + 1);
            finding.category = finding.categories.front();
        }
    }
    if (finding.category == Category::None && finding.urgency == Urgency::Usual) {
        finding.subject = Subject::None;
        finding.time = When::None;
    }

    std::erase_if(pieces, [&](const Piece& piece) {
        const bool past = piece.hit->time == When::Past && !piece.hit->rule->categories.empty();
        return piece.urgency == Urgency::Usual && (piece.hit->rule->signs & joined_signs) == 0 && !past &&
               !(eased && piece.hit->rule->flags.eases);
    });
    std::stable_sort(pieces.begin(), pieces.end(), [](const Piece& a, const Piece& b) {
        if (need(a.urgency) != need(b.urgency))
            return need(a.urgency) > need(b.urgency);
        if (a.message->context_index != b.message->context_index)
            return static_cast<unsigned>(a.message->context_index) > static_cast<unsigned>(b.message->context_index);
        return a.hit->begin < b.hit->begin;
    });
    for (const auto& piece : pieces) {
        if (finding.evidence.size() == most_evidence)
            break;
        auto made = evidence_of(piece);
        const bool repeated = std::any_of(finding.evidence.begin(), finding.evidence.end(), [&](const Evidence& each) {
            return each.rule == made.rule && each.context_index == made.context_index && made.begin < each.end &&
                   each.begin < made.end;
        });
        if (!repeated)
            finding.evidence.push_back(std::move(made));
    }
    if (finding.urgency != Urgency::Usual || finding.category != Category::None)
        finding.why = std::string(says);
    finding.combination = joined;
    if (eased && finding.urgency == Urgency::Today && here != Urgency::Today)
        finding.why += " Earlier this was Now; the person has since said that they are safe.";
    return finding;
}

} // namespace handrail::nlp
