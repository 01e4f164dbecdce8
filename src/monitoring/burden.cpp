#include "monitoring/burden.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "monitoring/day_series.h"

namespace handrail::monitoring {

namespace {

std::vector<double> moods_since(const Course& course, Instant since, Instant now)
{
    std::vector<double> moods;
    for (const auto& answer : course.answers())
        if (answer.mood > 0 && answer.at >= since && answer.at <= now)
            moods.push_back(answer.mood);
    return moods;
}

bool within(const std::optional<Instant>& at, Instant now, int days)
{
    return at && now - *at < std::chrono::hours{24 * days};
}

bool not_well(const std::vector<double>& moods, const Lately& lately, const AskingProtocol::Burden& protocol, Instant now)
{
    if (within(lately.concern_at, now, protocol.concern_days))
        return true;
    const auto last = static_cast<std::ptrdiff_t>(protocol.low_answers);
    if (std::ssize(moods) < last)
        return false;
    return std::accumulate(moods.end() - last, moods.end(), 0.0) / static_cast<double>(last) <= protocol.low_at_most;
}

bool steady_and_well(const std::vector<double>& moods, const Lately& lately, const AskingProtocol::Burden& protocol,
                     Instant now)
{
    if (within(lately.concern_at, now, protocol.quiet_days) || std::ssize(moods) < protocol.answers_at_least)
        return false;
    return *std::min_element(moods.begin(), moods.end()) >= protocol.mood_at_least &&
           quantile(moods, 0.5) >= protocol.median_at_least;
}

} // namespace

std::string_view name(Rhythm rhythm)
{
    return rhythm == Rhythm::Less ? "less" : rhythm == Rhythm::More ? "more" : "usual";
}

const LocalText& why(Rhythm rhythm, const AskingProtocol::Burden& protocol)
{
    return rhythm == Rhythm::Less ? protocol.less : rhythm == Rhythm::More ? protocol.more : protocol.usual;
}

Asked how_often(const Course& course, const Lately& lately, RhythmBounds bounds, const AskingProtocol::Burden& protocol,
                Instant now)
{
    const int usual = std::max(bounds.usual, 1);
    const auto moods = moods_since(course, now - std::chrono::hours{24 * protocol.days}, now);
    if (not_well(moods, lately, protocol, now)) {
        const int closer = std::max(1, usual / protocol.factor);
        return closer < usual ? Asked{closer, Rhythm::More} : Asked{usual, Rhythm::Usual};
    }
    // Only what was understood, and called for nobody at once, lets go.
    const bool lets_go = lately.last_result == Urgency::Usual || lately.last_result == Urgency::Soon;
    if (lets_go && steady_and_well(moods, lately, protocol, now)) {
        const int wider = std::min(usual * protocol.factor, std::max(bounds.least, usual));
        if (wider > usual)
            return {wider, Rhythm::Less};
    }
    return {usual, Rhythm::Usual};
}

} // namespace handrail::monitoring
