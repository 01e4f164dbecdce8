#pragma once

#include <array>
#include <optional>

namespace handrail::monitoring {

/// Predicts the next value of one person's series from those before it: the person's mean, plus shares of how far the last
/// value and a slow average lie from it. The shares begin at what was usual in other people's diaries (docs/trends.md)
/// and are learnt from this person's as values come. Beside it stands a first-order autoregression, which it has to beat.
class OneStep {
public:
    struct Predicted {
        double value = 0;
        double plain = 0; ///< by the autoregression
    };
    /// Whether the errors of the past show it to be better than the autoregression for this person.
    struct Compared {
        int predictions = 0;
        double error = 0;       ///< root of the mean square
        double plain_error = 0;
        bool better = false;    ///< by a margin that is unlikely to be chance; otherwise nothing was found
    };

    /// Nothing until there are 10 values and one at the last prompt.
    std::optional<Predicted> next() const;
    void take(std::optional<double> value);
    Compared compared() const;

private:
    double mean() const { return values_ > 0 ? sum_ / values_ : 0; }
    std::array<double, 2> shares() const;

    double values_ = 0;
    double sum_ = 0;
    double squares_ = 0; ///< around the mean
    double slow_ = 0;
    std::optional<double> last_;
    // Products of both distances from the mean, with each other and with the value that came.
    double near_near_ = 0;
    double near_slow_ = 0;
    double slow_slow_ = 0;
    double near_came_ = 0;
    double slow_came_ = 0;
    // The autoregression: means, squares and products of neighbouring values.
    double pairs_ = 0;
    double mean_before_ = 0;
    double mean_after_ = 0;
    double before_before_ = 0;
    double before_after_ = 0;
    // Squared errors, and how they differ.
    int predictions_ = 0;
    double error_ = 0;
    double plain_error_ = 0;
    double gain_ = 0;
    double gain_squares_ = 0;
};

} // namespace handrail::monitoring
