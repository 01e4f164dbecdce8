#include "nlp/second_opinion.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::nlp {

namespace {

void raise(Finding& finding, std::string_view text, int context_index, const SecondReader::Opinion& opinion)
{
    const auto category = *opinion.today;
    finding.urgency = Urgency::Today;
    std::erase(finding.categories, category);
    finding.categories.insert(finding.categories.begin(), category);
    finding.category = category;
    if (finding.subject == Subject::None)
        finding.subject = category == Category::HarmToOthers ? Subject::Other : Subject::Self;
    if (finding.time == When::None)
        finding.time = When::Ongoing;
    Evidence evidence;
    evidence.begin = opinion.begin;
    evidence.end = opinion.end;
    if (valid_utf8(text)) {
        const auto first = byte_offset(text, opinion.begin);
        const auto rest = text.substr(first);
        evidence.text = std::string(rest.substr(0, byte_offset(rest, opinion.end - opinion.begin)));
    }
    evidence.rule = "model:screening";
    evidence.source = "trained on messages written for it (models/screening/card.md); raises to today at most";
    evidence.context_index = context_index;
    finding.evidence.insert(finding.evidence.begin(), std::move(evidence));
    finding.combination.clear();
    finding.combination_source.clear();
    finding.why = "No rule knows these words. A trained model finds them like messages that need a human the same day: "
                  "please read the whole message.";
}

} // namespace

void add_second_opinion(Finding& finding, std::string_view text, bool explained, std::span<const std::string> context,
                        const SecondReader& reader)
{
    const auto own = reader.read(text);
    finding.probability = own.probability;
    const auto asked_for = [&] { return need(finding.urgency) >= need(Urgency::Today); };
    if (asked_for())
        return;
    if (own.today && !explained)
        return raise(finding, text, -1, own);
    for (std::size_t at = context.size(); at-- > 0;)
        if (const auto earlier = reader.read(context[at]); earlier.today)
            return raise(finding, context[at], static_cast<int>(at), earlier);
}

} // namespace handrail::nlp
