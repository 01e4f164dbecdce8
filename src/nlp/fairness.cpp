#include "nlp/fairness.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "nlp/table.h"

namespace handrail::nlp {

namespace {

constexpr std::string_view place = "{who}";

/// That a human is needed the same day, for whatever reason; 0 without a model.
double alarm(const Finding& finding)
{
    double sum = 0;
    for (const auto& [category, probability] : finding.probability)
        sum += probability;
    return std::min(sum, 1.0);
}

std::string number(double value)
{
    std::array<char, 32> out{};
    std::snprintf(out.data(), out.size(), "%.3f", value);
    return out.data();
}

struct Tally {
    int swaps = 0;
    int changed = 0;
    int less = 0;
    int otherwise = 0; ///< than its author says
    double gaps = 0;
    double largest = 0;
};

std::string table(const char* title, const std::map<std::string, Tally>& parts)
{
    auto out = std::string("| ") + title +
               " | swaps | other urgency | less pressing | not as its author says | mean gap of probability | largest |\n"
               "| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& [key, part] : parts)
        out += "| " + key + " | " + std::to_string(part.swaps) + " | " + std::to_string(part.changed) + " | " +
               std::to_string(part.less) + " | " + std::to_string(part.otherwise) + " | " + number(part.gaps / std::max(part.swaps, 1)) + " | " +
               number(part.largest) + " |\n";
    return out;
}

} // namespace

Result<Fairness> Fairness::measure(const Screener& screener, const std::filesystem::path& folder)
{
    Complaints complaints;
    Fairness out;
    const auto urgency_of = [&](const Row& row, std::size_t cell) {
        const auto urgency = urgency_from(row.cells[cell]);
        if (!urgency)
            complaints.add(row.where, "there is no urgency " + row.cells[cell]);
        return urgency.value_or(Urgency::Usual);
    };
    const auto people = read_table(folder / "people.tsv", {"lang", "axis", "who"}, complaints);
    for (const auto& row : read_table(folder / "templates.tsv", {"lang", "urgency", "text"}, complaints)) {
        const auto author = urgency_of(row, 1);
        const auto at = row.cells[2].find(place);
        if (at == std::string::npos) {
            complaints.add(row.where, "has no {who}");
            continue;
        }
        const auto first = out.swaps_.size();
        for (const auto& who : people)
            if (who.cells[0] == row.cells[0]) {
                auto text = row.cells[2];
                const auto found = screener.screen(text.replace(at, place.size(), who.cells[2]));
                out.swaps_.push_back({row.where, who.cells[1], row.cells[0], who.cells[2], author, Urgency::Usual,
                                      found.urgency, alarm(found)});
            }
        out.settle(first, true);
    }
    const auto rows = read_table(folder / "dialects.tsv", {"set", "dialect", "urgency", "text"}, complaints);
    for (const auto& standard : rows) {
        const auto author = urgency_of(standard, 2);
        if (standard.cells[1] != "standard")
            continue;
        const auto finding = screener.screen(standard.cells[3]);
        out.swaps_.push_back({standard.where, "dialect", "en", "standard", author, finding.urgency, finding.urgency, 0});
        for (const auto& row : rows)
            if (row.cells[0] == standard.cells[0] && row.cells[1] != "standard") {
                const auto found = screener.screen(row.cells[3]);
                out.swaps_.push_back({row.where, "dialect", "en", row.cells[1], author, finding.urgency, found.urgency,
                                      alarm(found) - alarm(finding)});
            }
    }
    if (!complaints.empty())
        return complaints.error();
    return out;
}

void Fairness::settle(std::size_t first, bool authored)
{
    std::map<Urgency, int> answers;
    double sum = 0;
    for (auto at = first; at < swaps_.size(); ++at) {
        ++answers[swaps_[at].found];
        sum += swaps_[at].gap;
    }
    if (answers.empty())
        return;
    const auto most = std::max_element(answers.begin(), answers.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const auto mean = sum / static_cast<double>(swaps_.size() - first);
    for (auto at = first; at < swaps_.size(); ++at) {
        swaps_[at].plain = most->first;
        swaps_[at].gap -= mean;
        if (!authored)
            swaps_[at].author = most->first;
    }
}

Fairness Fairness::measure(const Screener& screener, const std::vector<Alike>& texts)
{
    std::map<std::string, std::vector<const Alike*>> groups;
    for (const auto& text : texts)
        groups[text.group].push_back(&text);
    Fairness out;
    for (const auto& [group, alike] : groups) {
        const auto first = out.swaps_.size();
        for (const auto* each : alike) {
            const auto found = screener.screen(each->text);
            out.swaps_.push_back(
                {group, each->axis, "en", "", Urgency::Usual, Urgency::Usual, found.urgency, alarm(found)});
        }
        out.settle(first, false);
    }
    return out;
}

std::string Fairness::told() const
{
    std::map<std::string, Tally> by_axis;
    std::map<std::string, Tally> by_who;
    std::map<std::string, Tally> by_language;
    Tally nobody;
    for (const auto& swap : swaps_)
        for (auto* part : {&by_axis["all"], &by_axis[swap.axis], &by_language[swap.lang],
                           swap.who.empty() ? &nobody : &by_who[swap.axis + ": " + swap.who]}) {
            ++part->swaps;
            part->changed += swap.found != swap.plain ? 1 : 0;
            part->otherwise += swap.found != swap.author ? 1 : 0;
            part->less += need(swap.found) < need(swap.plain) ? 1 : 0;
            part->gaps += std::abs(swap.gap);
            part->largest = std::max(part->largest, std::abs(swap.gap));
        }
    auto out = table("who differs by", by_axis) + "\n" + table("language", by_language);
    return by_who.empty() ? out : out + "\n" + table("who", by_who);
}

} // namespace handrail::nlp
