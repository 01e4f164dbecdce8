#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "care/heard.h"
#include "care/service_desk.h"
#include "monitoring/course_replay.h"
#include "monitoring/night_judge.h"
#include "trust/every_person.h"
#include "trust/record.h"

namespace handrail::errands {

/// Judges everybody once a night from one sealed block each, so that nobody has to be looked at to be noticed.
///
/// By the clock a pass goes in slices of some hundred people, each of which any node may take: where the pass stands is a
/// row in the store, held for a minute by whoever works on it. A node that is killed leaves a slice that another one does
/// again, and a finding has the same id whoever makes it: nothing is lost or told twice.
class Nightly {
public:
    struct Tally {
        std::int64_t judged = 0; ///< people whose course was opened
        std::int64_t shut = 0;   ///< people whose course did not open: erased meanwhile, or a key is lost
        std::int64_t found = 0;  ///< findings that were new
        std::int64_t alerts = 0; ///< of them, those that ask for a human
        Tally& operator+=(const Tally& more);
    };

    Nightly(const trust::EveryPerson& people, trust::Record& record, const care::Listening& listening,
            const care::ServiceDesk& service, monitoring::NightJudge judge, const Clock& clock,
            int people_a_page = 500)
        : people_(people), record_(record), listening_(listening), service_(service), judge_(std::move(judge)),
          clock_(clock), people_a_page_(people_a_page)
    {
    }

    /// The whole pass at once, whatever the clock says. System only.
    /// @param threads  how many judge at the same time
    Result<Tally> everybody(const Actor& system, int threads) const;

    /// What a replay of the whole history came to.
    struct Replay {
        std::int64_t people = 0;  ///< whose course was made again
        std::int64_t answers = 0; ///< that were opened for it
        std::int64_t carried = 0; ///< totals that only the block can still tell: CourseReplay
        std::int64_t differ = 0;  ///< people whose block says something else than their answers
        std::int64_t shut = 0;    ///< people who did not open
        std::int64_t findings = 0; ///< that a night's pass would make of the courses made again
        Replay& operator+=(const Replay& more);
    };
    /// Makes everybody's course again from all they ever answered, compares it with the block that is kept, and judges it as a
    /// night does. Changes nothing. System only.
    Result<Replay> replay(const Actor& system, const monitoring::Asking& asking, int threads) const;

    /// The next slice of the night's pass when it is due and no other node works on it. System only.
    /// @return whether a slice was done
    Result<bool> round(const Actor& system);

    /// What it judges with: what was told of data that was taken back is looked at again by the same rules.
    const monitoring::NightJudge& judge() const { return judge_; }
    /// The id that a finding of one night has, whoever makes it.
    static FindingId id_of(PersonId person, const monitoring::NightFinding& finding);

private:
    /// Where the pass of an organisation stands.
    struct Pass {
        Instant due_at{};
        std::optional<Instant> begun_at; ///< none between two passes
        PersonId after;
        Tally tally;
    };
    struct Slice {
        Tally tally;
        PersonId last;
        bool more = false;
    };

    Result<std::optional<Pass>> read_pass(trust::Reading& reading) const;
    Result<rows::Blob> sealed(trust::Writing& writing, const Pass& pass) const;
    Result<Instant> next_night(trust::Reading& reading, Instant now) const;
    Result<std::optional<Pass>> claim(const Actor& system, Instant until) const;
    Result<void> put_back(const Actor& system, Pass pass, Instant claimed_until, const Slice& slice) const;
    struct Judged {
        PersonId person;
        std::vector<std::pair<FindingId, monitoring::NightFinding>> found;
    };
    Result<Tally> judge_page(const Actor& system, PersonId after, const trust::EveryPerson::Page& page,
                             Instant now) const;
    Result<Replay> replay_page(const Actor& system, const monitoring::Asking& asking,
                               const trust::EveryPerson::Page& page, Instant now) const;
    /// One look for a page: most of what stands was told on an earlier night.
    Result<void> leave_out_what_is_kept(const Actor& system, std::vector<Judged>& all) const;
    Result<Tally> keep(const Actor& system, const Judged& judged) const;

    const trust::EveryPerson& people_;
    trust::Record& record_;
    const care::Listening& listening_;
    const care::ServiceDesk& service_;
    monitoring::NightJudge judge_;
    const Clock& clock_;
    int people_a_page_;
    std::mutex mutex_;
    std::map<OrganisationId, Instant> not_before_; ///< when the row is worth another look
};

} // namespace handrail::errands
