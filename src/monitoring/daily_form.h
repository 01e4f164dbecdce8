#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "domain/check_in.h"

namespace handrail::monitoring {

/// What arrived for one group, before it was checked.
struct NotAnAnswer {}; ///< a kind of value no group takes
using GivenCheckInAnswer =
    std::variant<std::monostate, std::int64_t, std::string, std::vector<std::string>, NotAnAnswer>;
using GivenCheckIn = std::map<std::string, GivenCheckInAnswer, std::less<>>;

struct FieldProblem {
    std::string where; ///< JSON pointer, such as /answers/mood
    std::string told;  ///< what is wrong and what would be right; quotes nothing the person wrote
};

/// All of them as one Invalid: one JSON pointer a line in `where`, what is wrong in the same line of `told`.
Error error_of(const std::vector<FieldProblem>& problems);

struct CheckInReading {
    CheckInAnswers answers;             ///< only meant to be used when there is no problem
    std::vector<FieldProblem> problems; ///< all of them at once
    bool sound() const { return problems.empty(); }
};

/// Checks a set of answers against the form. Nothing in a check-in is required, but one wholly empty is not a check-in.
CheckInReading read_check_in(const CheckInForm& form, const GivenCheckIn& given);

} // namespace handrail::monitoring
