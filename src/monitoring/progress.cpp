#include "monitoring/progress.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "monitoring/associations.h"
#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// Half a step of the mood scale: three equal answers are not certainty.
constexpr double least_deviation = 0.5;
constexpr double lowest_mood = 1;
constexpr double highest_mood = 5;
/// Of the service's own scales, so that much is not looked at for nothing.
constexpr std::size_t most_scales = 4;
/// Enough for one of all the pairs that there can be to stand; what is chance is seen after a few.
constexpr int orders = 10000;
constexpr int enough_as_strong = 20;

std::string whole_or_tenths(double value)
{
    const double tenths = std::round(value * 10);
    const auto whole = static_cast<long long>(tenths / 10);
    const auto rest = static_cast<long long>(std::abs(tenths)) % 10;
    return rest == 0 ? std::to_string(whole) : std::to_string(whole) + "." + std::to_string(rest);
}

std::string count_of(int number, const char* one, const char* many)
{
    return std::to_string(number) + " " + (number == 1 ? one : many);
}

/// The words with the value in the place that is named for it.
std::string with(std::string words, std::string_view place, const std::string& value)
{
    if (const auto at = words.find(place); at != std::string::npos)
        words.replace(at, place.size(), value);
    return words;
}

class Telling {
public:
    Telling(const Course& course, const CheckInForm& form, const content::Instruments& instruments,
            const ProgressProtocol& protocol, const ProgressQuestion& question)
        : course_(course), form_(form), instruments_(instruments), protocol_(protocol), question_(question),
          shown_days_(std::clamp(question.days, 7, Course::days_kept)), today_(day_of(question.now)),
          first_day_(today_ - days{shown_days_ - 1})
    {
        std::map<sys_days, std::vector<double>> by_day;
        for (const auto& answer : course_.answers())
            if (answer.mood > 0 && day_of(answer.at) <= today_)
                by_day[day_of(answer.at)].push_back(answer.mood);
        for (const auto& [day, values] : by_day)
            days_.push_back({day, mean_of(values), static_cast<int>(values.size())});
    }

    Progress told()
    {
        if (const auto* mood = form_.group("mood"))
            for (const auto& choice : mood->choices)
                out_.scale.push_back({choice.value, in_language(choice.text, question_.language)});
        int answers = 0;
        for (const auto& answer : course_.answers())
            answers += answer.mood > 0 ? 1 : 0;
        out_.empty = answers < protocol_.needed_answers;
        add_totals();
        if (out_.empty) {
            out_.sentence = answers == 0 ? "Your first check-in takes about 20 seconds. After five, you will see a "
                                           "picture here."
                                         : "After " + std::to_string(protocol_.needed_answers) +
                                               " check-ins you will see a picture here. You have " +
                                               std::to_string(answers) + ".";
            return std::move(out_);
        }
        add_points();
        add_gaps();
        add_average();
        add_usual();
        say_sentence();
        add_helps();
        return std::move(out_);
    }

private:
    sys_days day_of(Instant at) const { return std::chrono::floor<days>(at + question_.utc_offset); }
    Instant start_of(sys_days day) const { return Instant{day} - question_.utc_offset; }

    void add_points()
    {
        for (const auto& answer : course_.answers())
            if (answer.mood > 0 && day_of(answer.at) >= first_day_ && day_of(answer.at) <= today_)
                out_.points.push_back({answer.at, answer.mood});
    }

    /// Gaps between answers, and the one that is still open; the time before the first answer is no gap.
    void add_gaps()
    {
        const auto add = [&](sys_days from, sys_days to) {
            from = std::max(from, first_day_);
            if (to >= from && (to - from).count() + 1 >= protocol_.gap_days)
                out_.gaps.push_back({start_of(from), start_of(to + days{1})});
        };
        for (std::size_t i = 1; i < days_.size(); ++i)
            if (long_apart(days_[i - 1].day, days_[i].day))
                add(days_[i - 1].day + days{1}, days_[i].day - days{1});
        // Today is not over yet.
        if (!days_.empty())
            add(days_.back().day + days{1}, today_ - days{1});
    }

    bool long_apart(sys_days before, sys_days after) const { return (after - before).count() - 1 >= protocol_.gap_days; }

    /// No window reaches back across a gap.
    void add_average()
    {
        std::size_t begin = 0;
        for (std::size_t i = 0; i < days_.size(); ++i) {
            if (i > 0 && long_apart(days_[i - 1].day, days_[i].day))
                begin = i;
            if (days_[i].day < first_day_)
                continue;
            std::vector<double> window;
            for (std::size_t j = begin; j <= i; ++j)
                if (days_[i].day - days_[j].day < days{protocol_.average_days})
                    window.push_back(days_[j].value);
            if (static_cast<int>(window.size()) < protocol_.average_needs)
                continue;
            const auto mean = mean_interval(window, least_deviation);
            out_.average.push_back({start_of(days_[i].day) + std::chrono::hours{12}, mean.mean,
                                    std::max(mean.low, lowest_mood), std::min(mean.high, highest_mood)});
        }
    }

    /// The middle four fifths of the person's own days.
    void add_usual()
    {
        if (static_cast<int>(days_.size()) < protocol_.usual_needs_days)
            return;
        std::vector<double> values;
        for (const auto& day : days_)
            values.push_back(day.value);
        out_.usual = Progress::Range{quantile(values, 0.1), quantile(values, 0.9)};
    }

    std::vector<double> values_between(sys_days from, sys_days to) const
    {
        std::vector<double> out;
        for (const auto& day : days_)
            if (day.day >= from && day.day <= to)
                out.push_back(day.value);
        return out;
    }

    void say_sentence()
    {
        const auto recent = values_between(today_ - days{13}, today_);
        const auto before = values_between(today_ - days{27}, today_ - days{14});
        const int counted = static_cast<int>(recent.size());
        if (counted < protocol_.average_needs) {
            out_.sentence = counted == 0 ? "There is no check-in from the last two weeks. That is fine."
                                         : "There are only a few check-ins from the last two weeks. That is fine.";
            out_.how_sure = "Too few days to say more.";
            return;
        }
        if (static_cast<int>(before.size()) < protocol_.average_needs) {
            out_.sentence = "Most days of the last two weeks were “" + word_for(quantile(recent, 0.5)) + "”.";
            out_.how_sure = "From " + count_of(counted, "day", "days") + ". Too few days before that to compare.";
            return;
        }
        const double change = mean_of(recent) - mean_of(before);
        const double error = error_of_difference(recent, before);
        const bool told = std::abs(change) >= protocol_.smallest_told_change && std::abs(change) >= 1.645 * error;
        if (!told) {
            out_.sentence = "The last two weeks were much like the two before.";
            out_.how_sure = "Days still go up and down. That is usual.";
            return;
        }
        const bool clear = std::abs(change) >= protocol_.clear_change;
        if (change > 0)
            out_.sentence = clear ? "The last two weeks were lighter." : "The last two weeks were a little lighter.";
        else
            out_.sentence = clear ? "The last two weeks were heavier than before."
                                  : "The last two weeks were a little heavier than before.";
        out_.how_sure = std::abs(change) >= 2.576 * error ? "Quite sure. " : "Fairly sure, not certain. ";
        out_.how_sure += "From " + count_of(counted, "day", "days") + ", and " +
                         count_of(static_cast<int>(before.size()), "day", "days") + " before. Days still go up and down.";
    }

    /// Standard error of the difference of two means. Days that follow each other are alike, so they count for less.
    double error_of_difference(const std::vector<double>& a, const std::vector<double>& b) const
    {
        const double alike = std::clamp(day_to_day_correlation(days_).value_or(0.3), 0.0, 0.8);
        const double worth = (1 - alike) / (1 + alike);
        const auto variance = [&](const std::vector<double>& values) {
            const double deviation = std::max(deviation_of(values), least_deviation);
            return deviation * deviation / std::max(1.0, static_cast<double>(values.size()) * worth);
        };
        return std::sqrt(variance(a) + variance(b));
    }

    std::string word_for(double mood) const
    {
        const int nearest = static_cast<int>(std::lround(mood));
        for (const auto& level : out_.scale)
            if (level.value == nearest)
                return level.text;
        return "";
    }

    void add_totals()
    {
        for (const auto& total : course_.totals()) {
            const Instrument* instrument = instruments_.find(total.instrument);
            if (instrument == nullptr || instrument->main_score() == nullptr || !total.total ||
                total.at > question_.now || (!total.version.empty() && total.version != instrument->version))
                continue;
            add_total(*instrument, total);
        }
        for (auto& totals : out_.totals)
            totals.change = change_of(totals);
    }

    void add_total(const Instrument& instrument, const CourseTotal& total)
    {
        const auto& score = *instrument.main_score();
        auto found = std::find_if(out_.totals.begin(), out_.totals.end(),
                                  [&](const auto& each) { return each.instrument == instrument.id; });
        if (found == out_.totals.end()) {
            Progress::Totals fresh;
            fresh.instrument = instrument.id;
            const auto name = protocol_.names.find(instrument.id);
            fresh.title = name != protocol_.names.end() ? in_language(name->second, question_.language) : instrument.name;
            fresh.lowest = score.lowest;
            fresh.highest = score.highest;
            fresh.better = instrument.direction == ScoreDirection::HigherIsBetter ? "up" : "down";
            out_.totals.push_back(std::move(fresh));
            found = out_.totals.end() - 1;
        }
        Progress::TotalPoint point;
        point.at = total.at;
        point.total = *total.total;
        const double about = give_or_take(instrument).value_or(0);
        point.low = std::max(score.lowest, point.total - about);
        point.high = std::min(score.highest, point.total + about);
        point.text = whole_or_tenths(point.total) + " on a scale from " + whole_or_tenths(score.lowest) + " to " +
                     whole_or_tenths(score.highest) + ". " + (found->better == "up" ? "Higher" : "Lower") +
                     " is better.";
        if (about > 0)
            point.text += " It may really be anywhere from " + whole_or_tenths(point.low) + " to " +
                          whole_or_tenths(point.high) + ".";
        found->points.push_back(std::move(point));
    }

    std::string change_of(const Progress::Totals& totals) const
    {
        if (totals.points.size() < 2)
            return {};
        const Instrument& instrument = *instruments_.find(totals.instrument);
        const double first = totals.points.front().total;
        const double last = totals.points.back().total;
        std::string out = "From " + whole_or_tenths(first) + " to " + whole_or_tenths(last) + ".";
        if (!instrument.reliable_change || !instrument.reliable_change->judges())
            return out;
        const auto points = whole_or_tenths(instrument.reliable_change->points);
        const bool beyond_chance = instrument.reliable_change->beyond_chance;
        if (std::abs(last - first) >= instrument.reliable_change->points)
            return out + (beyond_chance ? " A change of " + points + " or more is unlikely to be chance."
                                        : " A change of " + points + " or more counts on these questions.");
        return out + (beyond_chance ? " A change under " + points + " may be chance."
                                    : " A change under " + points + " does not count for much on these questions.");
    }

    const std::string& words(std::string_view id) const
    {
        static const std::string none;
        const auto found = protocol_.words.find(id);
        return found == protocol_.words.end() ? none : in_language(found->second, question_.language);
    }

    std::optional<double> counted(std::string_view measure, sys_days day) const
    {
        if (question_.counted == nullptr)
            return std::nullopt;
        const auto series = question_.counted->find(measure);
        if (series == question_.counted->end())
            return std::nullopt;
        const auto value = series->second.find(day);
        return value == series->second.end() ? std::nullopt : std::optional{value->second};
    }

    /// Whether the night before was long, as the person said; what a wearable counted stands in where they did not say.
    std::optional<bool> long_night(const CheckInGroup& group, const CourseAnswer& answer) const
    {
        if (answer.sleep > 0) {
            const auto* choice = group.choice(answer.sleep);
            return choice == nullptr || !choice->hours_from ? std::nullopt
                                                            : std::optional(*choice->hours_from >= protocol_.enough_sleep_hours);
        }
        const auto minutes = counted("sleep_minutes", day_of(answer.at));
        return minutes ? std::optional(*minutes / 60 >= protocol_.enough_sleep_hours) : std::nullopt;
    }

    /// A kind of day that may have gone with better ones: on which days it was so, and on which it was not.
    struct Cause {
        std::map<sys_days, bool> days;
        const char* better;
        const char* next_day; ///< the day after; null: nothing is told of it
        const char* looked;
        const char* better_scale; ///< of a scale of the service's own
        std::string activity = {};
        bool told = false;
    };
    /// What may have been better: how the day was, or a scale of the service's own. Higher is better here.
    struct Effect {
        std::map<sys_days, double> days;
        std::string question = {};
    };

    void add_helps()
    {
        auto causes = causes_of_days();
        std::vector<Effect> effects{{}};
        for (const auto& answer : course_.answers()) // the last check-in of a day counts
            if (answer.mood > 0 && day_of(answer.at) <= today_)
                effects[0].days[day_of(answer.at)] = answer.mood;
        const auto few = [&](const Cause& cause) { return !enough_days(cause, effects[0], 0); };
        std::erase_if(causes, few);
        if (causes.empty())
            return;
        add_scales(effects);
        say_helps(causes, effects, links_of(causes, effects));
    }

    std::vector<Cause> causes_of_days() const
    {
        std::vector<Cause> causes;
        if (const auto* group = form_.group("sleep")) {
            Cause sleep{{}, "longer_sleep_better", nullptr, "looked_at_sleep", "longer_sleep_better_scale"};
            for (const auto& answer : course_.answers())
                if (day_of(answer.at) <= today_)
                    if (const auto enough = long_night(*group, answer))
                        sleep.days[day_of(answer.at)] = *enough;
            causes.push_back(std::move(sleep));
        }
        causes.push_back(days_of_steps());
        if (const auto* group = form_.group("did"); group != nullptr && question_.did != nullptr)
            for (const auto& choice : group->choices)
                causes.push_back(days_of(choice));
        return causes;
    }

    /// Days with more steps than half of the person's own. Today's are not all counted yet.
    Cause days_of_steps() const
    {
        Cause steps{{}, "more_steps_better", "more_steps_next_day", "looked_at_steps", "more_steps_better_scale"};
        std::map<sys_days, double> counted_days;
        for (const auto& answer : course_.answers())
            if (const auto day = day_of(answer.at); answer.mood > 0 && day < today_)
                if (const auto count = counted("steps", day))
                    counted_days[day] = *count;
        std::vector<double> all;
        for (const auto& [day, count] : counted_days)
            all.push_back(count);
        const double half = quantile(all, 0.5);
        for (const auto& [day, count] : counted_days)
            steps.days[day] = count > half;
        return steps;
    }

    /// Days on which it was chosen, beside those on which only something else was. A day on which nothing was chosen was left open.
    Cause days_of(const CheckInChoice& choice) const
    {
        Cause cause{{}, "activity_better", "activity_next_day", "looked_at_activities", "activity_better_scale"};
        cause.activity = in_language(choice.text, question_.language);
        for (const auto& did : *question_.did)
            if (const auto day = day_of(did.at); day <= today_) {
                auto& such = cause.days[day];
                such = such || std::find(did.what.begin(), did.what.end(), choice.id) != did.what.end();
            }
        return cause;
    }

    /// Scales of the service's own for which it said which way is worse; of each question the version that is answered now.
    void add_scales(std::vector<Effect>& effects) const
    {
        for (const auto& series : course_.series()) {
            const bool earlier = std::any_of(course_.series().begin(), course_.series().end(), [&](const CourseSeries& other) {
                return other.form == series.form && other.item == series.item && other.version > series.version;
            });
            const auto named = question_.scales == nullptr ? ScaleNames::const_iterator{}
                                                           : question_.scales->find({series.form, series.item});
            if (series.worse == CourseValue::Worse::Neither || earlier || question_.scales == nullptr ||
                named == question_.scales->end() || effects.size() > most_scales)
                continue;
            Effect effect{{}, named->second};
            for (const auto& [at, value] : series.points)
                if (day_of(at) <= today_)
                    effect.days[day_of(at)] = series.worse == CourseValue::Worse::Up ? -value : value;
            effects.push_back(std::move(effect));
        }
    }

    /// Values of the effect after such days and after the others.
    static std::pair<std::vector<double>, std::vector<double>> beside(const Cause& cause, const Effect& effect, int lag)
    {
        std::pair<std::vector<double>, std::vector<double>> out;
        for (const auto& [day, such] : cause.days)
            if (const auto then = effect.days.find(day + days{lag}); then != effect.days.end())
                (such ? out.first : out.second).push_back(then->second);
        return out;
    }

    bool enough_days(const Cause& cause, const Effect& effect, int lag) const
    {
        const auto [such, others] = beside(cause, effect, lag);
        const auto needed = static_cast<std::size_t>(protocol_.help_needs_days);
        return such.size() >= needed && others.size() >= needed;
    }

    /// All of them at once, on the same day and the next: the allowance for chance is for everything that was looked at.
    std::vector<Association> links_of(const std::vector<Cause>& causes, const std::vector<Effect>& effects) const
    {
        auto first = today_;
        for (const auto& cause : causes)
            first = std::min(first, cause.days.begin()->first);
        for (const auto& effect : effects)
            if (!effect.days.empty())
                first = std::min(first, effect.days.begin()->first);
        const auto series_of = [&](const std::string& name, const auto& known) {
            DailySeries series{name, {}};
            series.values.resize(static_cast<std::size_t>((today_ - first).count()) + 1);
            for (const auto& [day, value] : known)
                series.values[static_cast<std::size_t>((day - first).count())] = static_cast<double>(value);
            return series;
        };
        std::vector<DailySeries> such;
        std::vector<DailySeries> better;
        for (std::size_t i = 0; i < causes.size(); ++i)
            such.push_back(series_of("cause " + std::to_string(i), causes[i].days));
        for (std::size_t i = 0; i < effects.size(); ++i)
            better.push_back(series_of("effect " + std::to_string(i), effects[i].days));
        return associations(such, better, {2 * protocol_.help_needs_days, protocol_.help_false_share, orders, enough_as_strong});
    }

    /// In the order in which associations() looks: cause, effect, the same day and the next.
    void say_helps(std::vector<Cause>& causes, const std::vector<Effect>& effects, const std::vector<Association>& links)
    {
        for (const auto& link : links) {
            auto& cause = causes[static_cast<std::size_t>(std::stoul(link.cause.substr(6)))];
            const auto& effect = effects[static_cast<std::size_t>(std::stoul(link.effect.substr(7)))];
            const bool scale = !effect.question.empty();
            const auto* id = scale ? (link.lag_days == 0 ? cause.better_scale : nullptr)
                                   : (link.lag_days == 0 ? cause.better : cause.next_day);
            if (id == nullptr || !link.found || link.low <= 0 || !enough_days(cause, effect, link.lag_days))
                continue;
            cause.told = true;
            const auto [such, others] = beside(cause, effect, link.lag_days);
            const double other_days = quantile(others, 0.5);
            const auto better = std::count_if(such.begin(), such.end(), [&](double value) { return value > other_days; });
            out_.helps.push_back({with(with(words(id), "{activity}", cause.activity), "{question}", effect.question),
                                  with(with(words("so_many_days"), "{better}", std::to_string(better)), "{days}",
                                       std::to_string(such.size()))});
        }
        for (std::size_t i = 0; i < causes.size(); ++i) {
            const auto same = [&](const Cause& other) { return std::string_view(other.looked) == causes[i].looked; };
            const bool said_before = std::any_of(causes.begin(), causes.begin() + static_cast<std::ptrdiff_t>(i), same);
            const bool found = std::any_of(causes.begin(), causes.end(), [&](const Cause& other) { return same(other) && other.told; });
            if (!said_before && !found)
                out_.helps.push_back({words("nothing_found"), words(causes[i].looked)});
        }
    }

    const Course& course_;
    const CheckInForm& form_;
    const content::Instruments& instruments_;
    const ProgressProtocol& protocol_;
    const ProgressQuestion& question_;
    int shown_days_;
    sys_days today_;
    sys_days first_day_;
    std::vector<DayMean> days_;
    Progress out_;
};

} // namespace

std::optional<double> give_or_take(const Instrument& instrument)
{
    if (!instrument.reliable_change || !instrument.reliable_change->judges() ||
        !instrument.reliable_change->beyond_chance)
        return std::nullopt;
    // A change of two measurements is uncertain by the square root of two more than one is.
    return std::round(instrument.reliable_change->points / std::sqrt(2.0));
}

Progress progress(const Course& course, const CheckInForm& form, const content::Instruments& instruments,
                  const ProgressProtocol& protocol, const ProgressQuestion& question)
{
    return Telling(course, form, instruments, protocol, question).told();
}

} // namespace handrail::monitoring
