#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "domain/instrument.h"

/// Whether a change of a total is more than chance, and whether somebody crossed the line between ill and well
/// (Jacobson and Truax 1991). Pure arithmetic; what follows from it is judged elsewhere, and it lowers nothing.
namespace handrail::monitoring {

/// sd * sqrt(2) * sqrt(1 - reliability): the error of the difference of two totals.
///
/// @param sd          Of a clinical sample at baseline, over 0. Else Invalid, with "sd_not_positive" as `where`.
/// @param reliability Alpha or test-retest, 0 to 1; which one changes the answer. Else "reliability_out_of_range".
Result<double> error_of_difference(double sd, double reliability);

/// How far a total must move before it is unlikely to be chance.
struct ReliablePoints {
    double error = 0;  ///< of the difference
    double points = 0; ///< z * error
    int whole = 0;     ///< the smallest whole number of points that is at least that
};
/// @param z 1.96 for 95 %, 1.645 for 90 %: the same numbers give the CORE-10 7 or 6 points.
Result<ReliablePoints> reliable_points(double sd, double reliability, double z);

struct ReliableScore {
    double rc = 0; ///< (last - first) / error; without any error, infinite for every change
    bool reliable = false;
};
Result<ReliableScore> reliable_score(double first, double last, double sd, double reliability, double z);

/// Three lines between ill and well: a, two deviations from the ill; b, two deviations from the well; c, between both,
/// where each mean is weighted by the other group's spread, so that it lies nearer the group that varies less.
struct CutOffs {
    double a = 0;
    double b = 0;
    double c = 0;
};
/// Invalid ("sd_not_positive") when neither group varies.
Result<CutOffs> cut_offs(const ChangeNorms::Group& clinical, const ChangeNorms::Group& general);

enum class Moved { Not, Better, Worse };
/// none, improved, deteriorated
std::string_view name(Moved moved);

/// One measure at the start and at the end.
struct Outcome {
    double change = 0; ///< last - first, in the instrument's own direction
    Moved reliably = Moved::Not;
    bool was_case = false;
    bool is_case = false;
    bool recovery = false;          ///< was a case and is none; 10 to 9 is a recovery without reliable change
    bool reliable_recovery = false; ///< needs both
    std::optional<double> percent_better; ///< of the first total; nothing from 0, or where higher is better
    FigureMark mark = FigureMark::Verified; ///< the weaker of the two figures it rests on
    bool beyond_chance = true;      ///< as ReliableChange says
};
/// Nothing when the instrument has no published reliable change, or nothing that says who is a case.
std::optional<Outcome> outcome_of(const Instrument& instrument, double first, double last);

/// Depression and anxiety read together, as NHS Talking Therapies does.
struct TwoMeasures {
    bool reliable_improvement = false;   ///< on one at least, and not reliably worse on the other
    bool reliable_deterioration = false; ///< the other way round
    bool was_case = false;               ///< on either
    bool recovery = false;               ///< a case on either at the start, on neither at the end
    bool reliable_recovery = false;
};
TwoMeasures together(const Outcome& one, const Outcome& other);

/// "Reliably better, and no longer in the range of a case." For clinicians; no diagnosis.
std::string outcome_words(const Outcome& outcome);

/// Points worse in the direction in which the instrument is worse; under 0 is better.
double points_worse(const Instrument& instrument, double first, double last);
/// Whether it moved by the published amount, both ways; Not without one.
Moved moved(const Instrument& instrument, double first, double last);

} // namespace handrail::monitoring
