#include "detect/evaluation.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "detect/order.h"

namespace handrail::detect {

namespace {

std::vector<Counts> counts_of(const Corpus& corpus, const CrossValidated& said, const std::vector<std::uint32_t>& rows)
{
    std::vector<Counts> out(corpus.labels.size());
    for (const auto row : rows)
        for (std::size_t k = 0; k < out.size(); ++k) {
            const bool so = holds(corpus.rows[row].labels, k);
            const bool answered = holds(said.answers[row].labels, k);
            (answered ? (so ? out[k].hits : out[k].false_alarms) : (so ? out[k].misses : out[k].rest)) += 1;
        }
    return out;
}

std::vector<Figure> figures_on(const LabelSet& set, const Corpus& corpus, const CrossValidated& said,
                               const std::vector<std::uint32_t>& rows)
{
    const auto counts = counts_of(corpus, said, rows);
    double macro = 0;
    double weighted = 0;
    double total = 0;
    for (const auto& each : counts) {
        macro += each.f1() / static_cast<double>(counts.size());
        weighted += each.f1() * (each.hits + each.misses);
        total += each.hits + each.misses;
    }
    double right = 0;
    for (const auto row : rows)
        right += said.answers[row].labels == corpus.rows[row].labels ? 1 : 0;
    std::vector<Figure> out{
        {"macro-F1", macro, 0, 0},
        {"weighted F1", total > 0 ? weighted / total : 0, 0, 0},
        {"accuracy (whole answer)", rows.empty() ? 0 : right / static_cast<double>(rows.size()), 0, 0}};
    const auto to_front = [&](Figure figure) { out.insert(out.begin(), std::move(figure)); };
    const auto positive = labels_named(set.positive, corpus.labels);
    switch (set.measure) {
    case Measure::MacroF1:
        break;
    case Measure::WeightedF1:
        std::swap(out[0], out[1]);
        break;
    case Measure::PositiveF1:
        for (std::size_t k = 0; k < positive.size(); ++k)
            if (positive[k])
                to_front({"F1 of " + corpus.labels[k], counts[k].f1(), 0, 0});
        break;
    case Measure::RiskAuroc: {
        std::vector<double> risk;
        std::vector<std::uint8_t> so;
        for (const auto row : rows) {
            double sum = 0;
            bool any = false;
            for (std::size_t k = 0; k < positive.size(); ++k)
                if (positive[k]) {
                    sum += said.probabilities[row * positive.size() + k];
                    any = any || holds(corpus.rows[row].labels, k);
                }
            risk.push_back(sum);
            so.push_back(any ? 1 : 0);
        }
        to_front({"risk against rest, recall at 95 % specificity", recall_at_specificity(risk, so, 0.95), 0, 0});
        to_front({"risk against rest, AUROC", auroc(risk, so), 0, 0});
        break;
    }
    case Measure::FewFalseAlarms: {
        double heard = 0;
        double dangers = 0;
        Alarms alarms;
        for (const auto row : rows) {
            const auto& labels = corpus.rows[row].labels;
            const bool danger = std::any_of(labels.begin(), labels.end(), [&](auto k) { return positive[k]; });
            const auto& answered = said.answers[row].labels;
            const bool alarm = std::any_of(answered.begin(), answered.end(), [&](auto k) { return positive[k]; });
            dangers += danger ? 1 : 0;
            heard += danger && alarm ? 1 : 0;
            if (corpus.labels[labels.front()] == harmless)
                alarms.count(corpus.rows[row].ordinary, alarm);
        }
        const bool replies = set.name == reply_set;
        to_front({replies ? "counsellors' sentences held back" : "alarms over ordinary talk", alarms.of_ordinary(), 0, 0});
        to_front({replies ? "good ones held back" : "alarms over usual messages", alarms.of_own(), 0, 0});
        to_front({replies ? "bad ones held back" : "dangers heard", heard / std::max(1.0, dangers), 0, 0});
        break;
    }
    case Measure::IntentAccuracy: {
        double in_scope = 0;
        double in_scope_all = 0;
        double out_recall = 0;
        for (std::size_t k = 0; k < positive.size(); ++k)
            if (positive[k]) {
                out_recall = counts[k].recall();
            } else {
                in_scope += counts[k].hits;
                in_scope_all += counts[k].hits + counts[k].misses;
            }
        to_front({"out-of-scope recall", out_recall, 0, 0});
        to_front({"in-scope accuracy", in_scope_all > 0 ? in_scope / in_scope_all : 0, 0, 0});
        break;
    }
    }
    return out;
}

void add_calibration(const Corpus& corpus, const CrossValidated& said, Evaluation& out)
{
    constexpr std::size_t bins = 15;
    struct Sum {
        double said = 0;
        double so = 0;
        std::size_t count = 0;
    };
    std::vector<Sum> sums(bins);
    const auto labels = corpus.labels.size();
    double brier = 0;
    double answers = 0;
    for (std::size_t row = 0; row < corpus.rows.size(); ++row)
        for (const auto& question : corpus.questions) {
            // One of several: the likeliest. By itself: the label.
            std::size_t best = question.begin;
            for (std::size_t k = question.begin; k < question.end; ++k) {
                const auto p = said.probabilities[row * labels + k];
                const double so = holds(corpus.rows[row].labels, k) ? 1 : 0;
                brier += (p - so) * (p - so);
                if (p > said.probabilities[row * labels + best])
                    best = k;
            }
            const auto p = said.probabilities[row * labels + best];
            auto& sum = sums[std::min(bins - 1, static_cast<std::size_t>(p * bins))];
            sum.said += p;
            sum.so += holds(corpus.rows[row].labels, best) ? 1 : 0;
            ++sum.count;
            ++answers;
        }
    out.brier = brier / std::max(answers, 1.0);
    for (const auto& sum : sums) {
        const auto count = static_cast<double>(sum.count);
        if (sum.count > 0) {
            out.reliability.push_back({sum.said / count, sum.so / count, sum.count});
            out.calibration_error += std::abs(sum.said - sum.so) / std::max(answers, 1.0);
        }
    }
}

void add_coverage(const Corpus& corpus, const CrossValidated& said, Evaluation& out)
{
    std::vector<std::uint32_t> order(corpus.rows.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return said.answers[a].certain > said.answers[b].certain; });
    const auto right = [&](std::uint32_t row) { return said.answers[row].labels == corpus.rows[row].labels; };
    std::size_t at = 0;
    double good = 0;
    for (int tenth = 1; tenth <= 10; ++tenth) {
        const auto until = order.size() * static_cast<std::size_t>(tenth) / 10;
        for (; at < until; ++at)
            good += right(order[at]) ? 1 : 0;
        if (until > 0)
            out.coverage.push_back({static_cast<double>(tenth) / 10, good / static_cast<double>(until)});
    }
    double answered = 0;
    double answered_right = 0;
    for (std::uint32_t row = 0; row < corpus.rows.size(); ++row)
        if (said.abstained[row] == 0) {
            answered += 1;
            answered_right += right(row) ? 1 : 0;
        }
    out.answered = answered / std::max(1.0, static_cast<double>(corpus.rows.size()));
    out.answered_accuracy = answered_right / std::max(1.0, answered);
}

void add_lengths(const LabelSet& set, const Corpus& corpus, const CrossValidated& said, Evaluation& out)
{
    std::vector<std::size_t> lengths;
    for (const auto& row : corpus.rows)
        lengths.push_back(code_points(row.text));
    auto sorted = lengths;
    std::sort(sorted.begin(), sorted.end());
    if (sorted.empty())
        return;
    const std::size_t cuts[] = {0, sorted[sorted.size() / 3], sorted[sorted.size() * 2 / 3], SIZE_MAX};
    for (int part = 0; part < 3; ++part) {
        std::vector<std::uint32_t> rows;
        for (std::uint32_t row = 0; row < lengths.size(); ++row)
            if (lengths[row] >= cuts[part] && lengths[row] < cuts[part + 1])
                rows.push_back(row);
        const auto name = part == 0   ? "under " + std::to_string(cuts[1]) + " code points"
                          : part == 1 ? std::to_string(cuts[1]) + " to " + std::to_string(cuts[2]) + " code points"
                                      : "from " + std::to_string(cuts[2]) + " code points";
        if (!rows.empty())
            out.by_length.push_back({name, rows.size(), figures_on(set, corpus, said, rows).front().value});
    }
}

} // namespace

std::vector<Figure> figures_of(const LabelSet& set, const Corpus& corpus, const CrossValidated& said)
{
    std::vector<std::uint32_t> all(corpus.rows.size());
    std::iota(all.begin(), all.end(), 0U);
    return figures_on(set, corpus, said, all);
}

Evaluation evaluate(const LabelSet& set, const Corpus& corpus, const CrossValidated& said)
{
    Evaluation out;
    out.set = &set;
    out.rows = corpus.rows.size();
    out.figures = figures_of(set, corpus, said);

    constexpr int draws = 200;
    std::vector<std::vector<double>> drawn(out.figures.size());
    Order random(95);
    std::vector<std::uint32_t> rows(corpus.rows.size());
    for (int draw = 0; draw < draws && !rows.empty(); ++draw) {
        for (auto& row : rows)
            row = random.below(static_cast<std::uint32_t>(rows.size()));
        const auto figures = figures_on(set, corpus, said, rows);
        for (std::size_t at = 0; at < figures.size(); ++at)
            drawn[at].push_back(figures[at].value);
    }
    for (std::size_t at = 0; at < out.figures.size() && !rows.empty(); ++at) {
        std::sort(drawn[at].begin(), drawn[at].end());
        out.figures[at].low = drawn[at][draws / 40];
        out.figures[at].high = drawn[at][draws - 1 - draws / 40];
    }

    std::vector<std::uint32_t> all(corpus.rows.size());
    std::iota(all.begin(), all.end(), 0U);
    const auto counts = counts_of(corpus, said, all);
    for (std::size_t k = 0; k < corpus.labels.size(); ++k) {
        std::vector<double> p;
        std::vector<std::uint8_t> so;
        for (const auto row : all) {
            p.push_back(said.probabilities[row * corpus.labels.size() + k]);
            so.push_back(holds(corpus.rows[row].labels, k) ? 1 : 0);
        }
        out.labels.push_back({corpus.labels[k], counts[k], auroc(p, so)});
    }
    if (set.kind == Kind::OneOf) { // of the first question, should another be asked beside it
        const std::size_t count = corpus.questions.front().end;
        out.confusion.assign(count, std::vector<std::uint32_t>(count, 0));
        for (const auto row : all)
            ++out.confusion[corpus.rows[row].labels.front()][said.answers[row].labels.front()];
    }
    add_calibration(corpus, said, out);
    add_coverage(corpus, said, out);
    add_lengths(set, corpus, said, out);
    return out;
}

} // namespace handrail::detect
