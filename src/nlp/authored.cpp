#include "nlp/authored.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "nlp/table.h"

namespace handrail::nlp {

namespace {

constexpr std::array urgencies{Urgency::Usual, Urgency::Soon, Urgency::Today, Urgency::Now, Urgency::Unknown};

std::string percent(double share)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.1f %%", 100 * share);
    return out;
}

/// "93.3 % (14 of 15)", or "–" of nothing.
std::string share(int of, int all)
{
    if (all == 0)
        return "–";
    return percent(static_cast<double>(of) / all) + " (" + std::to_string(of) + " of " + std::to_string(all) + ")";
}

/// The interval in which the true share lies, 95 % (Wilson 1927).
std::string interval(int of, int all)
{
    if (all == 0)
        return "–";
    constexpr double z = 1.959964;
    const double n = all;
    const double p = of / n;
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return percent(middle - half) + " to " + percent(middle + half);
}

std::string line(const char* what, int of, int all, const char* reach)
{
    return std::string("| ") + what + " | " + share(of, all) + " | " + interval(of, all) + " | " + reach + " |\n";
}

/// By words as spaces part them. A space before the small numbers puts the names in order.
const char* length_of(std::string_view text)
{
    std::size_t words = 0;
    bool inside = false;
    for (const char c : text) {
        words += c != ' ' && !inside ? 1 : 0;
        inside = c != ' ';
    }
    return words <= 8 ? " 1 to 8 words" : words <= 20 ? " 9 to 20 words" : words <= 40 ? "21 to 40 words" : "over 40 words";
}

std::string thousandths(double value)
{
    char out[32];
    std::snprintf(out, sizeof out, "%.3f", value);
    return out;
}

bool is_grave(Urgency urgency)
{
    return urgency == Urgency::Now || urgency == Urgency::Today;
}

/// How often one that the author calls now or today is given the higher probability than a usual one; ties count half.
template <class Messages> std::string auroc(Messages said)
{
    std::sort(said.begin(), said.end(), [](const auto& a, const auto& b) { return a.danger < b.danger; });
    double grave = 0;
    double usual = 0;
    double above = 0; // pairs
    for (auto at = said.begin(); at != said.end();) {
        double grave_here = 0;
        double usual_here = 0;
        for (const auto tied = at->danger; at != said.end() && at->danger == tied; ++at) {
            grave_here += is_grave(at->author) ? 1 : 0;
            usual_here += at->author == Urgency::Usual ? 1 : 0;
        }
        above += grave_here * (usual + usual_here / 2);
        grave += grave_here;
        usual += usual_here;
    }
    return grave > 0 && usual > 0 ? thousandths(above / (grave * usual)) : "–";
}

} // namespace

Result<std::vector<AuthoredMessage>> read_authored(const std::filesystem::path& file)
{
    Complaints complaints;
    std::vector<AuthoredMessage> out;
    for (const auto& row : read_table(file, {"text", "category", "urgency", "kind", "group"}, complaints)) {
        const auto category = category_from(row.cells[1]);
        const auto urgency = urgency_from(row.cells[2]);
        if (!category)
            complaints.add(row.where, "there is no category " + row.cells[1]);
        if (!urgency)
            complaints.add(row.where, "there is no urgency " + row.cells[2]);
        if (category && urgency)
            out.push_back({row.cells[0], *category, *urgency, row.cells[3], row.cells[4],
                           file.filename().string().substr(0, 2), row.where});
    }
    if (!complaints.empty())
        return complaints.error();
    return out;
}

void AuthoredMeasure::count(Part& part, Urgency author, Urgency found)
{
    const bool asks = raises_alert(found);
    if (is_grave(author)) {
        ++part.grave;
        part.grave_heard += asks ? 1 : 0;
    }
    if (author == Urgency::Now) {
        ++part.now;
        part.now_heard += asks ? 1 : 0;
        part.now_as_now += found == Urgency::Now ? 1 : 0;
    }
    if (author == Urgency::Usual) {
        ++part.calm;
        part.calm_alarmed += asks ? 1 : 0;
        part.calm_raised += found != Urgency::Usual ? 1 : 0;
    }
}

void AuthoredMeasure::add(const AuthoredMessage& message, const Finding& finding)
{
    ++confusion_[message.urgency][finding.urgency];
    for (auto* part : {&all_, &by_language_[message.lang], &by_category_[std::string(name(message.category))],
                       &by_length_[length_of(message.text)], &by_kind_[message.kind], &by_group_[message.group]})
        count(*part, message.urgency, finding.urgency);
    if (!finding.probability.empty()) {
        double danger = 0;
        for (const auto& [category, probability] : finding.probability)
            danger += probability;
        said_.push_back({std::min(danger, 1.0), message.urgency});
    }
    if (finding.urgency == Urgency::Usual)
        return;
    auto& raised = by_rule_[!finding.combination.empty() ? finding.combination
                            : finding.evidence.empty()   ? "no rule: the words were not understood"
                                                         : finding.evidence.front().rule];
    const bool grave = is_grave(message.urgency);
    ++raised.all;
    raised.rightly += message.urgency != Urgency::Usual ? 1 : 0;
    raised.same_day += raises_alert(finding.urgency) ? 1 : 0;
    raised.same_day_rightly += raises_alert(finding.urgency) && grave ? 1 : 0;
}

std::string AuthoredMeasure::table(const char* title, const Parts& parts)
{
    auto out = std::string("\n| ") + title +
               " | now and today: a human is asked | calm: a human is asked | calm: raised at all |\n| --- | --- | --- "
               "| --- |\n";
    for (const auto& [key, part] : parts)
        out += "| " + key + " | " + share(part.grave_heard, part.grave) + " | " + share(part.calm_alarmed, part.calm) +
               " | " + share(part.calm_raised, part.calm) + " |\n";
    return out;
}

/// The model apart from the rules: how well its probability of a danger parts what the author calls now or today from
/// what is usual, and whether it is right as often as it says.
std::string AuthoredMeasure::told_of_probability() const
{
    constexpr std::size_t bins = 5;
    std::array<double, bins> stated{};
    std::array<double, bins> so{};
    std::array<int, bins> messages{};
    for (const auto& each : said_) {
        const auto bin = std::min(static_cast<std::size_t>(each.danger * bins), bins - 1);
        stated[bin] += each.danger;
        so[bin] += is_grave(each.author) ? 1 : 0;
        ++messages[bin];
    }
    std::string out = "\nThe model's probability that a message needs a human the same day, apart from the rules: AUROC " +
                      auroc(said_) +
                      " (now and today against usual).\n\n| probability | messages | stated, on average | the author says "
                      "now or today |\n| --- | ---: | ---: | ---: |\n";
    double error = 0;
    for (std::size_t bin = 0; bin < bins; ++bin) {
        char range[32];
        std::snprintf(range, sizeof range, "%.1f to %.1f", static_cast<double>(bin) / bins,
                      static_cast<double>(bin + 1) / bins);
        const double n = messages[bin];
        out += std::string("| ") + range + " | " + std::to_string(messages[bin]) + " | " +
               (n > 0 ? thousandths(stated[bin] / n) : "–") + " | " + (n > 0 ? thousandths(so[bin] / n) : "–") + " |\n";
        error += std::abs(stated[bin] - so[bin]);
    }
    return out + "\nExpected calibration error " + thousandths(error / static_cast<double>(said_.size())) +
           "; these sets are half dangers, which ordinary messages are not.\n";
}

std::string AuthoredMeasure::told() const
{
    std::string out =
        "| of messages whose author says | share | 95 % interval | to reach |\n| --- | --- | --- | --- |\n";
    out += line("now or today: answered today, now or unknown", all_.grave_heard, all_.grave, "98 %");
    out += line("now: answered today, now or unknown", all_.now_heard, all_.now, "100 %");
    out += line("now: answered now", all_.now_as_now, all_.now, "");
    out += line("usual: answered today, now or unknown", all_.calm_alarmed, all_.calm, "0 %");
    out += line("usual: answered anything else than usual", all_.calm_raised, all_.calm, "at most 5 %");
    out += "\nDown: the author. Across: the screener.\n\n| |";
    for (const auto urgency : urgencies)
        out += " " + std::string(name(urgency)) + " |";
    out += "\n| --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& [author, row] : confusion_) {
        out += "| " + std::string(name(author)) + " |";
        for (const auto urgency : urgencies) {
            const auto found = row.find(urgency);
            out += " " + std::to_string(found == row.end() ? 0 : found->second) + " |";
        }
        out += "\n";
    }
    if (!said_.empty())
        out += told_of_probability();
    out += table("language", by_language_) + table("category", by_category_) + table("length", by_length_) +
           table("said", by_kind_) + table("who seems to write", by_group_);
    out += "\n| raised by | messages | the author says now, today or soon | a human asked for the same day | the "
           "author says "
           "now or today |\n| --- | ---: | --- | ---: | --- |\n";
    for (const auto& [rule, raised] : by_rule_)
        out += "| " + rule + " | " + std::to_string(raised.all) + " | " + share(raised.rightly, raised.all) + " | " +
               std::to_string(raised.same_day) + " | " + share(raised.same_day_rightly, raised.same_day) + " |\n";
    return out;
}

} // namespace handrail::nlp
