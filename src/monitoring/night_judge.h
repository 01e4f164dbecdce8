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

/// What a series tells beside a change for the worse, for whoever opens the page: it calls nobody and fills no list.
struct TrendOffer {
    std::string kind; ///< slowing_down, entry_fatigue
    Instant at;       ///< of the answer with which it became known
    std::string form; ///< empty: the mood of the daily check-in
    std::string item;
    std::string why;
    std::string numbers; ///< in words
    std::string source;  ///< what is published about it, or where the rule comes from
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
    /// The newest of each kind of the last weeks, of the mood and of each designed scale that has a worse direction.
    std::vector<TrendOffer> offers(const Course& course, Instant now) const;

private:
    std::vector<TrendEvent> follow(const std::vector<TrendRow>& rows, Instant since) const;

    TrendProtocol protocol_;
    std::map<std::string, bool, std::less<>> higher_is_worse_;
};

} // namespace handrail::monitoring
