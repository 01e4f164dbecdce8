#include "nlp/second_opinion.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::nlp {

namespace {

/// What the model was taught to hear, in plain words; it names no condition of the person.
std::string_view about(Category category)
{
    switch (category) {
    case Category::Suicide:
        return "thoughts of suicide";
    case Category::SelfHarm:
        return "self-injury";
    case Category::HarmToOthers:
        return "harm to somebody else";
    case Category::Abuse:
        return "abuse or violence";
    case Category::Psychosis:
        return "frightening perceptions or beliefs";
    case Category::Mania:
        return "sleeplessness with risky acts";
    case Category::EatingDisorder:
        return "dangerous eating";
    case Category::Substance:
        return "dangerous drinking or drug use";
    case Category::MedicalEmergency:
        return "medical danger";
    case Category::None:
        break;
    }
    return "danger";
}

/// For the person who reads the alert. No word of the message is in it: those that weighed most are its evidence.
std::string why(const SecondReader::Opinion& opinion, bool rules_found_something, const Combination* now_by)
{
    std::string out = rules_found_something
                          ? "A trained model finds the message more pressing than the rules do: "
                          : "No rule knows these words. A trained model finds them ";
    out += "like messages about " + std::string(about(opinion.category)) + " that ";
    out += opinion.urgency == Urgency::Now     ? "need a human at once. "
           : opinion.urgency == Urgency::Today ? "need a human the same day. "
                                               : "a human should read within the next working day. ";
    if (opinion.urgency == Urgency::Now)
        out += now_by != nullptr ? now_by->says + " " : "A model alone asks for one the same day. ";
    return out + "The words marked in it weighed most. Please read the whole message.";
}

std::string why_in_doubt(const SecondReader::Opinion& opinion)
{
    return "No rule knows these words, and a trained model is in doubt. It would not call them a danger, and yet finds it "
           "likely that a human is needed the same day, first of all for " +
           std::string(about(opinion.category)) + ". The words marked in it weighed most. Please read the whole message.";
}

std::size_t words_of(std::string_view text)
{
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        words += !space && !inside ? 1 : 0;
        inside = !space;
    }
    return words;
}

/// "ya", "no sé", "every day" are little for a model to judge by: of so few words it has to be very sure.
bool sure_of_few_words(std::string_view text, const SecondReader::Opinion& opinion)
{
    constexpr std::size_t enough = 3; ///< words
    constexpr double very_sure = 0.8; ///< chosen on one- and two-word texts: "purging" has 0.99, "ya" 0.70
    return words_of(text) >= enough || opinion.probability[static_cast<std::size_t>(opinion.category)] >= very_sure;
}

/// Of "hey it's me again" a model may be in doubt, and it says nothing: what is that short has to be more than doubtful.
constexpr std::size_t enough_for_doubt = 6; ///< words

/// The written rule by which this opinion may be now; null when there is none.
const Combination* now_by(const AskedAbout& message, const SecondReader::Opinion& opinion)
{
    // Chosen on the development half of the messages written to measure it, where nobody is answered otherwise because of
    // who they say they are; docs/screening.md has what it costs.
    constexpr double sure = 0.88;
    if (opinion.urgency != Urgency::Now)
        return nullptr;
    if (message.now_by != nullptr)
        return message.now_by;
    return opinion.now >= sure ? message.now_by_when_sure : nullptr;
}

/// What it was taught on is its source; the words that weighed most come first.
void show(Finding& finding, const AskedAbout& message, const SecondReader::Opinion& opinion, const SecondReader& reader,
          const char* rule)
{
    const auto words = reader.words(message.rest.empty() ? message.text : message.rest, opinion);
    finding.evidence.insert(finding.evidence.begin(),
                            {words.begin, words.end,
                             std::string(cut_code_points(message.text, words.begin, words.end)), rule,
                             "trained on messages written for it (models/screening/card.md)", message.context_index});
}

/// Doubt is unknown, and asks a human. What the rules call soon stays so: it is answered as what it is, and has an owner.
void doubt(Finding& finding, const AskedAbout& message, const SecondReader::Opinion& opinion, const SecondReader& reader)
{
    finding.urgency = Urgency::Unknown;
    finding.why = why_in_doubt(opinion);
    show(finding, message, opinion, reader, rule_of_doubt);
}

void raise(Finding& finding, const AskedAbout& message, const SecondReader::Opinion& opinion, Urgency urgency,
           const Combination* now_by, const SecondReader& reader)
{
    const auto category = opinion.category;
    finding.why = why(opinion, !finding.evidence.empty(), now_by);
    finding.urgency = urgency;
    std::erase(finding.categories, category);
    finding.categories.insert(finding.categories.begin(), category);
    finding.category = category;
    if (finding.subject == Subject::None)
        finding.subject = category == Category::HarmToOthers ? Subject::Other : Subject::Self;
    if (urgency == Urgency::Now)
        finding.time = When::Now;
    else if (finding.time == When::None)
        finding.time = When::Ongoing;
    finding.combination.clear();
    finding.combination_source.clear();
    if (now_by != nullptr) {
        finding.combination = now_by->id;
        finding.combination_source = now_by->rationale;
        if (now_by == message.now_by && message.when_end > 0)
            finding.evidence.insert(
                finding.evidence.begin(),
                {message.when_begin, message.when_end,
                 std::string(cut_code_points(message.text, message.when_begin, message.when_end)), now_by->id,
                 now_by->rationale, message.context_index});
    }
    show(finding, message, opinion, reader, "model:screening");
}

} // namespace

SecondReader::Opinion opinion_of(const AskedAbout& message, const SecondReader& reader)
{
    auto whole = reader.read(message.text);
    const bool says_something = need(whole.urgency) > need(Urgency::Usual) || whole.in_doubt;
    if (message.rest.empty() || !says_something)
        return whole;
    auto rest = reader.read(message.rest);
    rest.probability = whole.probability;
    if (need(rest.urgency) > need(whole.urgency))
        rest.urgency = whole.urgency;
    rest.in_doubt = rest.in_doubt && whole.in_doubt;
    rest.now = std::min(rest.now, whole.now);
    return rest;
}

bool asks_for_a_human(std::string_view text, const SecondReader::Opinion& opinion)
{
    return opinion.urgency != Urgency::Usual && opinion.urgency != Urgency::Soon && sure_of_few_words(text, opinion);
}

void add_second_opinion(Finding& finding, std::span<const AskedAbout> asked, const SecondReader& reader)
{
    for (const auto& message : asked) {
        const bool own = message.context_index < 0;
        if (!own && finding.urgency == Urgency::Now)
            return;
        const auto opinion = opinion_of(message, reader);
        if (own)
            for (std::size_t at = 1; at < category_count; ++at)
                finding.probability.emplace(name(static_cast<Category>(at)), opinion.probability[at]);
        const auto* by = now_by(message, opinion);
        const auto urgency = opinion.urgency == Urgency::Now && by == nullptr ? Urgency::Today : opinion.urgency;
        if (own && opinion.in_doubt && !message.explained && finding.urgency == Urgency::Usual &&
            words_of(message.text) >= enough_for_doubt)
            doubt(finding, message, opinion, reader);
        if (message.explained || need(urgency) <= need(finding.urgency))
            continue;
        // What is soon in an earlier message was said when it came; what asked for a human then asks for one still.
        if (own ? sure_of_few_words(message.text, opinion) : asks_for_a_human(message.text, opinion))
            raise(finding, message, opinion, urgency, by, reader);
    }
}

} // namespace handrail::nlp
