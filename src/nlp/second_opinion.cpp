#include "nlp/second_opinion.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::nlp {

namespace {

/// For the person who reads the alert. No word of the message is in it.
std::string why(Urgency urgency, bool rules_found_something)
{
    const std::string found = rules_found_something
                                  ? "A trained model finds the message more pressing than the rules do: "
                                  : "No rule knows these words. A trained model finds them ";
    switch (urgency) {
    case Urgency::Now:
        return found + "like messages that need a human at once. Please read the whole message.";
    case Urgency::Today:
        return found + "like messages that need a human the same day. Please read the whole message.";
    default:
        return found + "like messages that a human should read within the next working day.";
    }
}

/// "ya", "no sé", "every day" are little for a model to judge by: of so few words it has to be very sure.
bool sure_of_few_words(std::string_view text, const SecondReader::Opinion& opinion)
{
    constexpr std::size_t enough = 3; ///< words
    constexpr double very_sure = 0.8; ///< chosen on one- and two-word texts: "purging" has 0.99, "ya" 0.70
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        words += !space && !inside ? 1 : 0;
        inside = !space;
    }
    return words >= enough || opinion.probability[static_cast<std::size_t>(opinion.category)] >= very_sure;
}

void raise(Finding& finding, std::string_view text, int context_index, const SecondReader::Opinion& opinion,
           const SecondReader& reader)
{
    const auto category = opinion.category;
    finding.urgency = opinion.urgency;
    finding.why = why(opinion.urgency, !finding.evidence.empty());
    std::erase(finding.categories, category);
    finding.categories.insert(finding.categories.begin(), category);
    finding.category = category;
    if (finding.subject == Subject::None)
        finding.subject = category == Category::HarmToOthers ? Subject::Other : Subject::Self;
    if (finding.time == When::None)
        finding.time = opinion.urgency == Urgency::Now ? When::Now : When::Ongoing;
    const auto words = reader.words(text, opinion);
    Evidence evidence;
    evidence.begin = words.begin;
    evidence.end = words.end;
    evidence.text = cut_code_points(text, words.begin, words.end);
    evidence.rule = "model:screening";
    evidence.source = "trained on messages written for it (models/screening/card.md)";
    evidence.context_index = context_index;
    finding.evidence.insert(finding.evidence.begin(), std::move(evidence));
    finding.combination.clear();
    finding.combination_source.clear();
}

} // namespace

bool asks_for_a_human(std::string_view text, const SecondReader::Opinion& opinion)
{
    return opinion.urgency != Urgency::Usual && opinion.urgency != Urgency::Soon && sure_of_few_words(text, opinion);
}

void add_second_opinion(Finding& finding, std::string_view text, bool explained, std::span<const std::string> context,
                        std::span<const std::size_t> to_read, const SecondReader& reader)
{
    const auto own = reader.read(text);
    for (std::size_t at = 1; at < category_count; ++at)
        finding.probability.emplace(name(static_cast<Category>(at)), own.probability[at]);
    const auto above = [&](const SecondReader::Opinion& opinion) {
        return need(opinion.urgency) > need(finding.urgency);
    };
    if (!explained && above(own) && sure_of_few_words(text, own))
        raise(finding, text, -1, own, reader);
    // What is soon in an earlier message was said when it came; what asked for a human then asks for one still.
    for (auto left = to_read.size(); left-- > 0 && finding.urgency != Urgency::Now;) {
        const auto at = to_read[left];
        if (const auto earlier = reader.read(context[at]); asks_for_a_human(context[at], earlier) && above(earlier))
            raise(finding, context[at], static_cast<int>(at), earlier, reader);
    }
}

} // namespace handrail::nlp
