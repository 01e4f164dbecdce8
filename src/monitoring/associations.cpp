#include "monitoring/associations.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <initializer_list>
#include <map>
#include <numeric>
#include <random>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

using Column = std::vector<double>;

constexpr unsigned order_seed = 20260101; ///< any; the same series give the same answer
/// Taken out of both sides: a level, a straight line, the effect's day before.
constexpr int taken_out = 3;

double product(const Column& a, const Column& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); }

void take_out(Column& from, const Column& direction)
{
    const double under = product(direction, direction);
    if (under <= 1e-12)
        return;
    const double share = product(from, direction) / under;
    for (std::size_t i = 0; i < from.size(); ++i)
        from[i] -= share * direction[i];
}

/// What is left of cause and effect on the days that can be compared (Frisch & Waugh 1933).
struct Left {
    Column cause;
    Column effect;
};

Left left_of(const DailySeries& cause, const DailySeries& effect, std::size_t lag)
{
    Left out;
    Column before;
    Column time;
    const std::size_t length = std::min(cause.values.size() + lag, effect.values.size());
    for (std::size_t day = 1; day < length; ++day) {
        if (day < lag || !cause.values[day - lag] || !effect.values[day] || !effect.values[day - 1])
            continue;
        out.cause.push_back(*cause.values[day - lag]);
        out.effect.push_back(*effect.values[day]);
        before.push_back(*effect.values[day - 1]);
        time.push_back(static_cast<double>(day));
    }
    const Column level(out.cause.size(), 1.0);
    take_out(time, level);
    take_out(before, level);
    take_out(before, time);
    for (auto* side : {&out.cause, &out.effect})
        for (const auto* each : std::initializer_list<const Column*>{&level, &time, &before})
            take_out(*side, *each);
    return out;
}

/// Newey & West's variance of the slope: what is left over may still resemble the days before it.
double slope_variance(const Left& left, double slope, double under)
{
    const auto n = left.cause.size();
    Column score(n);
    for (std::size_t i = 0; i < n; ++i)
        score[i] = left.cause[i] * (left.effect[i] - slope * left.cause[i]);
    const auto lags = static_cast<std::size_t>(std::floor(4 * std::pow(static_cast<double>(n) / 100, 2.0 / 9)));
    double sum = product(score, score);
    for (std::size_t lag = 1; lag <= lags && lag < n; ++lag) {
        double together = 0;
        for (std::size_t i = lag; i < n; ++i)
            together += score[i] * score[i - lag];
        sum += 2 * (1 - static_cast<double>(lag) / static_cast<double>(lags + 1)) * together;
    }
    const double free = static_cast<double>(n) - taken_out - 1;
    // The weights keep the sum from going negative, but not from nearly vanishing in a short series.
    return std::max(sum, product(score, score) / 2) / (under * under) * static_cast<double>(n) / free;
}

/// How often blocks of the cause in any order go with the effect at least as strongly.
double chance_of(const Left& left, const AssociationSettings& settings)
{
    const auto n = left.cause.size();
    const auto block = static_cast<std::size_t>(std::ceil(std::cbrt(static_cast<double>(n))));
    const std::size_t blocks = (n + block - 1) / block;
    // What was taken out of both sides leaves them fewer ways to differ than a cause in another order has.
    const double seen = std::abs(product(left.cause, left.effect)) *
                        std::sqrt((static_cast<double>(n) - taken_out) / (static_cast<double>(n) - 1));
    std::vector<std::size_t> order(blocks);
    std::iota(order.begin(), order.end(), 0U);
    std::mt19937 random(order_seed);
    int as_strong = 0;
    for (int i = 0; i < settings.orders; ++i) {
        // Written out: std::shuffle may differ from one library to the next.
        for (std::size_t k = blocks - 1; k > 0; --k)
            std::swap(order[k], order[random() % (k + 1)]);
        // Blocks begin at another day each time, and run round the end.
        const std::size_t from = random() % n;
        double together = 0;
        std::size_t at = 0;
        for (const std::size_t each : order)
            for (std::size_t k = each * block; k < std::min(n, (each + 1) * block); ++k)
                together += left.cause[(from + k) % n] * left.effect[at++];
        as_strong += std::abs(together) >= seen * (1 - 1e-9) ? 1 : 0;
        if (settings.enough > 0 && as_strong == settings.enough)
            return static_cast<double>(as_strong) / (i + 1.0);
    }
    return (as_strong + 1.0) / (settings.orders + 1.0);
}

/// Benjamini & Hochberg's step-up: the largest rank whose chance is under its share of the bound, and all before it.
void mark_found(std::vector<Association>& all, double false_share)
{
    std::vector<std::size_t> by_chance(all.size());
    std::iota(by_chance.begin(), by_chance.end(), 0U);
    std::stable_sort(by_chance.begin(), by_chance.end(),
                     [&](std::size_t a, std::size_t b) { return all[a].chance < all[b].chance; });
    std::size_t found = 0;
    for (std::size_t rank = 1; rank <= all.size(); ++rank)
        if (all[by_chance[rank - 1]].chance <= false_share * static_cast<double>(rank) / static_cast<double>(all.size()))
            found = rank;
    for (std::size_t i = 0; i < found; ++i)
        all[by_chance[i]].found = true;
}

} // namespace

std::vector<Association> associations(std::span<const DailySeries> causes, std::span<const DailySeries> effects,
                                      const AssociationSettings& settings)
{
    std::vector<Association> out;
    for (const auto& cause : causes)
        for (const auto& effect : effects)
            for (const int lag : {0, 1}) {
                if (cause.name == effect.name)
                    continue;
                const auto left = left_of(cause, effect, static_cast<std::size_t>(lag));
                const int days = static_cast<int>(left.cause.size());
                const double under = product(left.cause, left.cause);
                if (days < std::max(settings.needs_days, taken_out + 3) || under <= 1e-9 ||
                    product(left.effect, left.effect) <= 1e-9)
                    continue;
                Association each{cause.name, effect.name, lag, days};
                each.estimate = product(left.cause, left.effect) / under;
                const double half =
                    student_95(days - taken_out - 1) * std::sqrt(slope_variance(left, each.estimate, under));
                each.low = each.estimate - half;
                each.high = each.estimate + half;
                each.chance = chance_of(left, settings);
                out.push_back(std::move(each));
            }
    mark_found(out, settings.false_share);
    return out;
}

namespace {

/// Least squares by the normal equations, a few columns.
struct Fitted {
    Column slopes;
    std::vector<Column> inverse; ///< of the products of the columns
};

Fitted fitted(const std::vector<Column>& rows, const Column& effect)
{
    const std::size_t width = rows.front().size();
    std::vector<Column> system(width, Column(2 * width));
    Column right(width);
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t a = 0; a < width; ++a) {
            right[a] += rows[i][a] * effect[i];
            for (std::size_t b = 0; b < width; ++b)
                system[a][b] += rows[i][a] * rows[i][b];
        }
    for (std::size_t a = 0; a < width; ++a)
        system[a][width + a] = 1;
    for (std::size_t a = 0; a < width; ++a) {
        const double pivot = system[a][a];
        for (auto& each : system[a])
            each /= pivot;
        for (std::size_t b = 0; b < width; ++b)
            if (b != a) {
                const double share = system[b][a];
                for (std::size_t k = 0; k < 2 * width; ++k)
                    system[b][k] -= share * system[a][k];
            }
    }
    Fitted out{Column(width), std::vector<Column>(width)};
    for (std::size_t a = 0; a < width; ++a) {
        out.inverse[a].assign(system[a].begin() + static_cast<std::ptrdiff_t>(width), system[a].end());
        out.slopes[a] = product(out.inverse[a], right);
    }
    return out;
}

} // namespace

Association pooled_association(std::span<const PersonDay> all)
{
    std::map<std::string, std::vector<std::size_t>> by_person;
    for (std::size_t i = 0; i < all.size(); ++i)
        by_person[all[i].person].push_back(i);
    // Each observation less its person's mean: what differs between people cannot pass for what changes within them.
    const std::size_t width = all.front().causes.size();
    std::vector<Column> causes(all.size(), Column(width));
    Column effect(all.size());
    for (const auto& [person, places] : by_person) {
        const auto n = static_cast<double>(places.size());
        Column mean(width);
        double mean_effect = 0;
        for (const auto place : places) {
            mean_effect += all[place].effect / n;
            for (std::size_t k = 0; k < width; ++k)
                mean[k] += all[place].causes[k] / n;
        }
        for (const auto place : places) {
            effect[place] = all[place].effect - mean_effect;
            for (std::size_t k = 0; k < width; ++k)
                causes[place][k] = all[place].causes[k] - mean[k];
        }
    }
    const auto fit = fitted(causes, effect);
    Association out;
    out.days = static_cast<int>(all.size());
    out.estimate = fit.slopes[0];
    double variance = 0;
    for (const auto& [person, places] : by_person) {
        double score = 0;
        for (const auto place : places)
            score += product(fit.inverse[0], causes[place]) * (effect[place] - product(causes[place], fit.slopes));
        variance += score * score;
    }
    const auto people = static_cast<double>(by_person.size());
    const double half = student_95(static_cast<int>(people) - 1) * std::sqrt(variance * people / (people - 1));
    out.low = out.estimate - half;
    out.high = out.estimate + half;
    out.found = out.low > 0 || out.high < 0;
    return out;
}

} // namespace handrail::monitoring
