#pragma once

#include <optional>
#include <string>
#include <vector>

namespace handrail {

/// content/courses/<measure>.json: what share of the first total is still there after so many days, and from where on
/// somebody is behind. In shares, so that one file serves every questionnaire of the same thing.
struct ExpectedCourse {
    struct Curve {
        std::optional<double> quantile; ///< that share of people lay under it; nothing for a line set by hand
        std::vector<double> shares;     ///< of the first total, one for each of `days`
    };
    /// People who began within a part of the scale, as shares of it: from inclusive, to exclusive.
    struct Band {
        double intake_from = 0;
        double intake_to = 0;
        std::vector<Curve> curves; ///< the lowest first
    };
    std::string measure;
    std::string version;
    bool fitted = false;
    std::vector<std::string> instruments;
    std::vector<double> days;  ///< ascending; between them the share goes straight in log(1 + day / 7)
    double judged_from = 0;    ///< days of treatment; before, nothing is said
    double judged_to = 0;
    std::vector<Band> bands;   ///< from the lowest intake up, without a gap
    std::size_t limit = 0;     ///< the curve above which somebody is behind
    std::string source;
};

} // namespace handrail
