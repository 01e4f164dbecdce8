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
    protocol.ewma_weight = in_range("ewma_weight", 0.01, 1);
    protocol.ewma_limit = in_range("ewma_limit", 1, 10);
    protocol.cusum_slack = in_range("cusum_slack", 0, 3);
    protocol.cusum_limit = in_range("cusum_limit", 1, 50);
    protocol.silence_days = days("silence_days", 1, 60);
    protocol.silence_intervals = in_range("silence_intervals", 1, 20);
    protocol.today_after_days = days("today_after_days", 1, 60);
    if (!document.sound())
        return document.error();
    return protocol;
}

} // namespace handrail::content
