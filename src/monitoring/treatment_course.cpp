#include "monitoring/treatment_course.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "monitoring/change.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool asks_critical(const Instrument& instrument)
{
    return std::any_of(instrument.scoring.flags.begin(), instrument.scoring.flags.end(),
                       [](const auto& rule) { return rule.level == FlagLevel::Critical; });
}

/// In time order, one a day: the later entry counts.
template <typename Keep> std::vector<TreatmentForm> one_a_day(const std::vector<TreatmentForm>& forms, Keep keep)
{
    std::vector<TreatmentForm> out;
    for (const auto& each : forms)
        if (keep(each)) {
            if (!out.empty() && out.back().on == each.on)
                out.back() = each;
            else
                out.push_back(each);
        }
    return out;
}

class Standing {
public:
    Standing(std::vector<TreatmentForm> forms, const Treatment& treatment, sys_days today, const Instrument& instrument,
             const ChangeProtocol& protocol)
        : forms_(std::move(forms)), treatment_(treatment), today_(today), instrument_(instrument), protocol_(protocol)
    {
        std::erase_if(forms_, [&](const auto& form) { return form.on > today_; });
        std::stable_sort(forms_.begin(), forms_.end(), [](const auto& a, const auto& b) { return a.on < b.on; });
        complete_ = one_a_day(forms_, [](const auto& form) { return form.total.has_value(); });
    }

    TreatmentStanding stand()
    {
        find_baseline();
        if (!complete_.empty())
            out_.current = complete_.back().total;
        look_at_last_form();
        if (!baseline_)
            raise("no_baseline");
        else if (complete_.back().on > baseline_->on)
            look_at_change();
        std::sort(out_.flags.begin(), out_.flags.end());
        return std::move(out_);
    }

private:
    void raise(const char* flag) { out_.flags.emplace_back(flag); }

    void find_baseline()
    {
        const auto start = treatment_.started_on;
        for (const auto& form : complete_)
            if (form.on <= start && form.on >= start - days{protocol_.baseline_days_before})
                baseline_ = form;
        if (!baseline_)
            for (const auto& form : complete_)
                if (!baseline_ && form.on > start && form.on <= start + days{protocol_.baseline_days_after})
                    baseline_ = form;
        if (baseline_)
            out_.baseline = baseline_->total;
    }

    void look_at_last_form()
    {
        if (forms_.empty() || today_ - forms_.back().on > days{protocol_.overdue_days})
            raise("measure_overdue");
        if (forms_.empty() || !asks_critical(instrument_))
            return;
        const auto& last = forms_.back();
        if (!last.total && !last.critical)
            raise("critical_item_missing");
        if (last.critical.value_or(0) < 1)
            return;
        raise("suicidality_item");
        const auto answered = one_a_day(forms_, [](const auto& form) { return form.critical.has_value(); });
        if (answered.size() > 1 && *answered[answered.size() - 2].critical < *last.critical)
            raise("suicidality_item_rise");
    }

    void look_at_change()
    {
        const double baseline = *baseline_->total;
        const double current = *complete_.back().total;
        out_.change = current - baseline;
        const auto direction = moved(instrument_, baseline, current);
        if (direction == Moved::Better)
            raise("reliable_improvement");
        if (direction == Moved::Worse)
            raise("reliable_deterioration");
        if (instrument_.direction != ScoreDirection::HigherIsWorse || baseline == 0)
            return;
        out_.percent_fall = 100 * (baseline - current) / baseline;
        const bool staged = std::find(protocol_.staged.begin(), protocol_.staged.end(), instrument_.id) !=
                            protocol_.staged.end();
        if (staged && instrument_.caseness && instrument_.caseness->bound.holds(baseline))
            look_at_stage(current);
    }

    /// Only of somebody who was a case: a fall from 8 to 4 is no response to anything.
    void look_at_stage(double current)
    {
        const double fall = *out_.percent_fall;
        if (fall >= protocol_.response_percent)
            raise("response");
        else if (fall >= protocol_.partial_percent)
            raise("partial_response");
        const auto& remission = instrument_.remission_below;
        if (remission && current < remission->value)
            raise("remission");
        const bool was_well = remission && std::any_of(complete_.begin(), complete_.end() - 1, [&](const auto& form) {
                                  return form.on > baseline_->on && *form.total < remission->value;
                              });
        if (was_well && instrument_.caseness->bound.holds(current))
            raise("relapse_signal");

        const auto day = (complete_.back().on - treatment_.started_on).count();
        const bool at_a_point =
            std::any_of(protocol_.on_track.begin(), protocol_.on_track.end(), [&](const OnTrackPoint& point) {
                return std::abs(day - 7 * point.week) <= 7 * protocol_.on_track_weeks_around &&
                       current >= point.at_least;
            });
        if (treatment_.psychological && at_a_point)
            raise("not_on_track");
        const bool hardly_better = fall < protocol_.partial_percent;
        if (treatment_.medication && hardly_better && day >= 7 * protocol_.medication_weeks &&
            day < 7 * protocol_.decision_weeks)
            raise("insufficient_response_6w");
        if (hardly_better && day >= 7 * protocol_.decision_weeks)
            raise("no_response_10w");
    }

    std::vector<TreatmentForm> forms_;
    const Treatment& treatment_;
    sys_days today_;
    const Instrument& instrument_;
    const ChangeProtocol& protocol_;
    std::vector<TreatmentForm> complete_;
    std::optional<TreatmentForm> baseline_;
    TreatmentStanding out_;
};

} // namespace

bool TreatmentStanding::has(std::string_view flag) const
{
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

TreatmentStanding stand(const std::vector<TreatmentForm>& forms, const Treatment& treatment, sys_days today,
                        const Instrument& instrument, const ChangeProtocol& protocol)
{
    return Standing(forms, treatment, today, instrument, protocol).stand();
}

} // namespace handrail::monitoring
