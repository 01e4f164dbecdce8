#include "gateway/tally.h"

namespace handrail::gateway {

std::vector<Measure> Tally::measures() const
{
    Measure bytes{"handrail_gateway_bytes_total",
                  "Words through the gateway: received is screened, and released and withheld together.",
                  Measure::Kind::Counter};
    for (const auto& [way, name] : {std::pair{&in, "in"}, std::pair{&out, "out"}}) {
        const auto add = [&, way_name = name](const char* what, std::uint64_t value) {
            bytes.points.push_back({{{"way", way_name}, {"what", what}}, static_cast<double>(value), {}});
        };
        add("received", way->received);
        add("screened", way->screened);
        add("released", way->released);
        add("withheld", way->withheld);
    }
    const auto count = [](const char* name, const char* help, std::uint64_t value) {
        return Measure::counter(name, help, static_cast<double>(value));
    };
    return {std::move(bytes), count("handrail_gateway_requests_total", "Chat requests.", requests),
            count("handrail_gateway_helped_total", "Chat requests answered with fixed words for danger.", helped),
            count("handrail_gateway_replaced_total", "Answers of the model of which something was replaced.", replaced),
            count("handrail_gateway_not_screened_total", "Requests of which nothing was let through, as the screener failed.",
                  not_screened)};
}

} // namespace handrail::gateway
