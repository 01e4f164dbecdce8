#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace handrail::detect {

/// Counts of one label: said and so, said and not so, not said and so, neither.
struct Counts {
    double hits = 0;
    double false_alarms = 0;
    double misses = 0;
    double rest = 0;
    double precision() const { return hits + false_alarms > 0 ? hits / (hits + false_alarms) : 0; }
    double recall() const { return hits + misses > 0 ? hits / (hits + misses) : 0; }
    double f1() const { return hits > 0 ? 2 * hits / (2 * hits + false_alarms + misses) : 0; }
};

/// How often usual texts are taken for a danger: those written for a set, and the ordinary talk beside them.
class Alarms {
public:
    void count(bool ordinary, bool alarm)
    {
        auto& part = ordinary ? ordinary_ : own_;
        part.texts += 1;
        part.alarms += alarm ? 1 : 0;
    }
    double of_own() const { return own_.share(); }
    double of_ordinary() const { return ordinary_.share(); }

private:
    struct Part {
        double texts = 0;
        double alarms = 0;
        double share() const { return texts > 0 ? alarms / texts : 0; }
    };
    Part own_;
    Part ordinary_;
};

/// Area under the receiver operating characteristic; ties count half. 0.5 where one side is empty.
double auroc(std::span<const double> scores, std::span<const std::uint8_t> positive);
/// The share of the positives above the score that leaves `specificity` of the negatives at or below it.
double recall_at_specificity(std::span<const double> scores, std::span<const std::uint8_t> positive,
                             double specificity);

} // namespace handrail::detect
