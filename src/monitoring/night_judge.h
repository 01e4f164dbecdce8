#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/finding.h"
#include "monitoring/course.h"
#include "monitoring/trend.h"

namespace handrail::monitoring {

/// What a course says that no single answer said when it was saved.
struct NightFinding {
    std::string about; ///< course, silence
    /// The same for the same thing found again: one finding a week for each measure, kind and urgency, whichever node
    /// finds it and however often.
    std::string key;
    Finding finding;
};

/// Judges one person from their course alone, without opening any answer: mood against the person's own usual days, the
/// totals of each instrument and each scale of a designed check-in that has a worse direction likewise, and silence. Pure; may run on any number of threads.
class NightJudge {
public:
    /// @param higher_is_worse  by instrument; one that is not named is not followed
    NightJudge(TrendProtocol protocol, std::map<std::string, bool, std::less<>> higher_is_worse)
        : protocol_(std::move(protocol)), higher_is_worse_(std::move(higher_is_worse))
    {
    }

    /// @param since  what became known before this instant was judged by an earlier pass
    std::vector<NightFinding> judge(const Course& course, Instant since, Instant now) const;

private:
    std::vector<TrendEvent> follow(const std::vector<TrendRow>& rows, Instant since) const;

    TrendProtocol protocol_;
    std::map<std::string, bool, std::less<>> higher_is_worse_;
};

} // namespace handrail::monitoring
