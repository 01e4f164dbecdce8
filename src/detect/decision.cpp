#include "detect/decision.h"

#include <algorithm>
#include <cmath>

#include "detect/measures.h"

namespace handrail::detect {

namespace {

/// The cut that gives the best F1 of one label.
float best_cut(const Corpus& corpus, std::span<const double> probabilities, const std::vector<std::uint32_t>& rows,
               std::size_t label)
{
    struct Seen {
        double p;
        bool so;
    };
    std::vector<Seen> seen;
    double all = 0;
    for (const auto row : rows) {
        seen.push_back({probabilities[row * corpus.labels.size() + label], holds(corpus.rows[row].labels, label)});
        all += seen.back().so ? 1 : 0;
    }
    std::stable_sort(seen.begin(), seen.end(), [](const Seen& a, const Seen& b) { return a.p > b.p; });
    double hits = 0;
    double best = -1;
    double cut = 0.5;
    for (std::size_t at = 0; at + 1 < seen.size(); ++at) {
        hits += seen[at].so ? 1 : 0;
        const auto f1 = 2 * hits / (static_cast<double>(at + 1) + all);
        if (f1 > best && seen[at].p > seen[at + 1].p) {
            best = f1;
            cut = (seen[at].p + seen[at + 1].p) / 2;
        }
    }
    return static_cast<float>(cut);
}

/// What labels chosen with these offsets would be judged as.
class Judge {
public:
    Judge(const LabelSet& set, const Corpus& corpus, const Question& question, std::span<const double> probabilities,
          const std::vector<std::uint32_t>& rows)
        : set_(set), corpus_(corpus), question_(question), count_(question.end - question.begin),
          danger_(labels_named(set.measure == Measure::FewFalseAlarms ? set.positive : "", corpus.labels))
    {
        for (const auto row : rows) {
            rows_.push_back(&corpus.rows[row]);
            for (std::size_t k = question.begin; k < question.end; ++k) {
                logs_.push_back(std::log(std::max(probabilities[row * corpus.labels.size() + k], 1e-12)));
                if (holds(corpus.rows[row].labels, k))
                    truth_.push_back(static_cast<std::uint16_t>(k - question.begin));
            }
        }
    }
    std::size_t rows() const { return logs_.size() / count_; }

    double measure(std::span<const float> offsets) const
    {
        std::vector<Counts> counts(count_);
        Alarms alarms;
        double heard = 0;
        double dangers = 0;
        for (std::size_t row = 0; row < rows(); ++row) {
            const auto best = answer(row, offsets);
            dangers += danger_[truth_[row]] ? 1 : 0;
            heard += danger_[truth_[row]] && danger_[best] ? 1 : 0;
            if (corpus_.labels[question_.begin + truth_[row]] == harmless)
                alarms.count(rows_[row]->ordinary, danger_[best]);
            if (best == truth_[row]) {
                counts[best].hits += 1;
            } else {
                counts[best].false_alarms += 1;
                counts[truth_[row]].misses += 1;
            }
        }
        if (set_.measure == Measure::FewFalseAlarms) // as many dangers heard as false alarms allow
            return heard / std::max(dangers, 1.0) - 100 * std::max(alarms.of_own() - most_alarms, 0.0) -
                   1000 * std::max(alarms.of_ordinary() - (set_.name == reply_set ? most_ordinary_held : most_ordinary_alarms), 0.0);
        return judged(counts);
    }

private:
    std::size_t answer(std::size_t row, std::span<const float> offsets) const
    {
        std::size_t best = 0;
        double most = -1e300;
        for (std::size_t k = 0; k < count_; ++k) {
            const auto value = logs_[row * count_ + k] + static_cast<double>(offsets[k]);
            if (value > most) {
                most = value;
                best = k;
            }
        }
        return best;
    }
    double judged(const std::vector<Counts>& counts) const
    {
        double sum = 0;
        double total = 0;
        double in_scope = 0;
        double in_scope_all = 0;
        double out_recall = 0;
        for (std::size_t k = 0; k < count_; ++k) {
            const auto& label = corpus_.labels[question_.begin + k];
            const auto size = counts[k].hits + counts[k].misses;
            if (set_.measure == Measure::PositiveF1 && label == set_.positive)
                return counts[k].f1();
            if (set_.measure == Measure::IntentAccuracy && label == set_.positive) {
                out_recall = counts[k].recall();
                continue;
            }
            in_scope += counts[k].hits;
            in_scope_all += size;
            const auto weight = set_.measure == Measure::WeightedF1 ? size : 1.0;
            sum += weight * counts[k].f1();
            total += weight;
        }
        if (set_.measure == Measure::IntentAccuracy) // accuracy within the scope, once enough outside of it is noticed
            return in_scope / std::max(in_scope_all, 1.0) -
                   (out_recall < wanted_out_recall ? wanted_out_recall - out_recall : 0);
        return sum / std::max(total, 1.0);
    }

    static constexpr double wanted_out_recall = 0.63;
    // Shares that may be taken for a danger: of usual messages that were written to look like one, and of ordinary
    // talk.
    static constexpr double most_alarms = 0.05;
    static constexpr double most_ordinary_alarms = 0.001;
    static constexpr double most_ordinary_held = 0.05; ///< of replies: another is made, nobody is called
    const LabelSet& set_;
    const Corpus& corpus_;
    Question question_;
    std::size_t count_;
    std::vector<bool> danger_; ///< of each label, for FewFalseAlarms
    std::vector<const Row*> rows_;
    std::vector<double> logs_;
    std::vector<std::uint16_t> truth_;
};

constexpr std::size_t most_offsets = 12; ///< with more labels each would be chosen on too few rows

void choose_offsets(const LabelSet& set, const Corpus& corpus, const Judge& judge, const Question& question,
                    std::span<float> offsets)
{
    const auto count = offsets.size();
    std::vector<std::size_t> free;
    for (std::size_t k = 0; k < count; ++k)
        if (set.measure == Measure::IntentAccuracy   ? corpus.labels[question.begin + k] == set.positive
            : set.measure == Measure::FewFalseAlarms ? corpus.labels[question.begin + k] == harmless
                                                     : count <= most_offsets)
            free.push_back(k);
    const int steps = set.measure == Measure::FewFalseAlarms ? 32 : 12;
    auto best = judge.measure(offsets);
    for (int pass = 0; pass < 2; ++pass)
        for (const auto k : free) {
            const auto from = offsets[k];
            auto chosen = from;
            for (int step = -steps; step <= steps; ++step) {
                offsets[k] = static_cast<float>(step) * 0.125F;
                // A little gain is chance.
                if (const auto value = judge.measure(offsets); value > best + 5e-4) {
                    best = value;
                    chosen = offsets[k];
                }
            }
            offsets[k] = chosen;
        }
}

constexpr double answered_share = 0.9; ///< of the texts that it is chosen on

} // namespace

Decision::Answer Decision::decide(std::span<const double> probabilities) const
{
    Answer out;
    out.certain = 1;
    double nearest = -1e300;
    double firmest = -1;
    std::uint16_t near = 0;
    for (const auto& question : questions) {
        if (!question.one_of()) {
            const auto k = question.begin;
            const auto p = probabilities[k];
            const bool so = p >= static_cast<double>(cuts[k]);
            if (so)
                out.labels.push_back(k);
            out.certain *= so ? p : 1 - p;
            const auto by = p / std::max(static_cast<double>(cuts[k]), 1e-6);
            if (by > nearest) {
                nearest = by;
                near = k;
            }
            continue;
        }
        auto best = question.begin;
        double most = -1e300;
        for (auto k = question.begin; k < question.end; ++k) {
            const auto value = std::log(std::max(probabilities[k], 1e-12)) + static_cast<double>(cuts[k]);
            if (value > most) {
                most = value;
                best = k;
            }
        }
        out.labels.push_back(best);
        out.certain *= probabilities[best];
        // Of several questions the one that is answered with something is named: levels begin with none.
        const auto firm = probabilities[best] + (best > question.begin ? 1 : 0);
        if (firm > firmest) {
            firmest = firm;
            near = best;
        }
    }
    out.first = near;
    if (out.labels.empty() && at_least_one)
        out.labels.push_back(near);
    return out;
}

Decision Decision::choose(const LabelSet& set, const Corpus& corpus, std::span<const double> probabilities,
                          const std::vector<std::uint32_t>& rows)
{
    Decision out;
    out.questions = corpus.questions;
    out.cuts.assign(corpus.labels.size(), 0);
    for (const auto& question : corpus.questions) {
        if (!question.one_of()) {
            out.cuts[question.begin] = best_cut(corpus, probabilities, rows, question.begin);
            continue;
        }
        const Judge judge(set, corpus, question, probabilities, rows);
        choose_offsets(set, corpus, judge, question,
                       {out.cuts.data() + question.begin, static_cast<std::size_t>(question.end - question.begin)});
    }
    out.at_least_one =
        std::all_of(corpus.rows.begin(), corpus.rows.end(), [](const Row& row) { return !row.labels.empty(); });
    std::vector<double> certain;
    certain.reserve(rows.size());
    for (const auto row : rows)
        certain.push_back(out.decide(probabilities.subspan(row * corpus.labels.size(), corpus.labels.size())).certain);
    std::sort(certain.begin(), certain.end());
    if (!certain.empty())
        out.least_certain = static_cast<float>(
            certain[static_cast<std::size_t>((1 - answered_share) * static_cast<double>(certain.size()))]);
    return out;
}

} // namespace handrail::detect
