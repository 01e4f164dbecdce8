#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "domain/instrument.h"

namespace handrail::monitoring {

/// What arrived for one item. Unanswered is not zero.
struct GivenAnswer {
    enum class Kind {
        Unanswered,
        Whole,
        NotWhole, ///< text, a decimal number, true or false, a list: an error, never guessed at
    };
    Kind kind = Kind::Unanswered;
    std::int64_t value = 0;
};

/// By item id.
using GivenAnswers = std::map<std::string, GivenAnswer, std::less<>>;

/// What is known beside the answers.
struct AnswerContext {
    std::map<std::string, ContextValue, std::less<>> values; ///< "sex", "not_working"
    std::vector<std::string> refused;                        ///< items for which "I would rather not answer" was chosen
};

enum class ScoringStatus { Ok, Incomplete, Invalid };

struct AnswerError {
    std::string code; ///< unknown_item, not_integer, value_out_of_range
    std::string item;
};

/// A number with how it is written: totals are whole, table values and prorated means are not.
struct ScoreValue {
    std::string score;
    double value = 0;
    bool whole = true;
};

/// The result object of the instrument schema, and what it was worked out from.
struct ScoringResult {
    ScoringStatus status = ScoringStatus::Ok;
    std::vector<ScoreValue> scores;                          ///< in the instrument's order
    std::vector<std::pair<std::string, double>> exact;       ///< unrounded, 4 decimals; of prorated scores only
    std::vector<std::pair<std::string, std::string>> bands;  ///< score, code of the band
    bool prorated = false;
    std::vector<std::string> flags;                          ///< sorted
    std::vector<AnswerError> errors;                         ///< by code, then in the order of the items
    std::vector<std::string> missing;                        ///< in the order of the items; only when incomplete
    bool has_result = false;                                 ///< the instrument has an ordered result
    std::optional<std::string> result;                       ///< a code of the instrument: never displayed or printed
    bool has_profile = false;
    std::optional<std::string> profile;
    std::string bands_system;                                ///< which of several published bandings was used
    std::map<std::string, int, std::less<>> used;            ///< the valid answers and what skip rules filled in

    std::optional<double> score(std::string_view id) const;
    bool flagged(std::string_view flag) const;
};

/// Changes whenever the same answers could give another result. Stored with every result.
inline constexpr std::string_view scorer_version = "scoring/1";

/// Scores a filled-in form by the instrument's own file; there is no instrument in this code.
///
/// Pure: the same answers, context and instrument give the same result. Never fails: what is wrong with the answers is
/// part of the result, and critical items are flagged even when other answers are missing or make no sense.
/// The order of work and every rule are those of the instrument schema (handrail.instrument/1, scoring_semantics).
ScoringResult score(const Instrument& instrument, const GivenAnswers& answers, const AnswerContext& context = {});

std::string_view name(ScoringStatus status);

} // namespace handrail::monitoring
