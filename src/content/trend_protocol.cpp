#include "content/trend_protocol.h"

#include "content/document.h"

namespace handrail::content {

Result<TrendProtocol> load_trend_protocol(const std::filesystem::path& content_folder)
{
    const std::string name = "protocols/trend.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.trend/1")
        root["schema"].wrong("expected handrail.trend/1");
    const auto in_range = [&](const char* key, double lowest, double highest) {
        const double value = root[key]["value"].number();
        if (value < lowest || value > highest)
            root[key]["value"].wrong("is out of range");
        return value;
    };
    const auto days = [&](const char* key, int lowest, int highest) {
        const int value = root[key]["value"].whole();
        if (value < lowest || value > highest)
            root[key]["value"].wrong("is out of range");
        return value;
    };
    TrendProtocol protocol;
    protocol.version = root["version"].text();
    protocol.baseline_days = days("baseline_days", 5, 90);
    protocol.baseline_longest = days("baseline_longest", protocol.baseline_days, 365);
    protocol.baseline_lag_days = days("baseline_lag_days", 0, 60);
    protocol.least_steps = in_range("least_steps", 0, 2);
    protocol.furthest_day = in_range("furthest_day", 1, 10);
    protocol.weekday_needs_days = days("weekday_needs_days", 14, 365);
    protocol.weekday_pull_days = in_range("weekday_pull_days", 0, 1000);
    protocol.alike_usual = in_range("alike_usual", 0, 0.9);
    protocol.alike_pull_days = in_range("alike_pull_days", 1, 1000);
    protocol.alike_most = in_range("alike_most", 0, 0.9);
    protocol.ewma_weight = in_range("ewma_weight", 0.01, 1);
    protocol.ewma_limit = in_range("ewma_limit", 1, 10);
    protocol.cusum_slack = in_range("cusum_slack", 0, 3);
    protocol.cusum_limit = in_range("cusum_limit", 1, 50);
    protocol.ends_at = in_range("ends_at", 0.1, 1);
    protocol.passing_days = days("passing_days", 0, 60);
    protocol.today_after_days = days("today_after_days", 1, 60);
    protocol.silence_days = days("silence_days", 1, 60);
    protocol.silence_intervals = in_range("silence_intervals", 1, 20);
    protocol.completeness_days = days("completeness_days", 7, 365);
    protocol.fatigue_recent_days = days("fatigue_recent_days", 7, 90);
    protocol.fatigue_earlier_days = days("fatigue_earlier_days", 7, 180);
    protocol.fatigue_fall = in_range("fatigue_fall", 0.05, 1);
    protocol.fatigue_limit = in_range("fatigue_limit", 1, 10);
    protocol.same_answers_least = days("same_answers_least", 3, 1000);
    protocol.same_answers_chance = in_range("same_answers_chance", 1e-9, 0.1);
    protocol.slowing_window_days = days("slowing_window_days", 14, 120);
    protocol.slowing_trend_days = days("slowing_trend_days", 14, 120);
    protocol.slowing_filled = in_range("slowing_filled", 0.3, 1);
    protocol.slowing_rise = in_range("slowing_rise", 0.1, 1);
    protocol.slowing_preceded = in_range("slowing_preceded", 0, 1);
    if (!document.sound())
        return document.error();
    return protocol;
}

} // namespace handrail::content
