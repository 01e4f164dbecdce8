#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/tally.h"

namespace handrail::http
{

class Router;

/// Requests by route and status class, and how long they took. Counting takes no lock.
class Metrics
{
public:
    /// Upper edges of the latency steps, in seconds.
    static constexpr std::array<double, 11> edges = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                                     0.05,   0.1,   0.25,   1.0,   5.0};
    explicit Metrics(std::size_t routes = 256);

    /// `route` is Router::Found::number, or no_route.
    void count(std::size_t route, int status, std::chrono::nanoseconds took);
    std::uint64_t requests(std::size_t route, int status_class) const; ///< status_class 2 for 2xx
    struct Totals {
        std::uint64_t requests = 0;
        std::uint64_t refused = 0; ///< 4xx
        std::uint64_t failed = 0;  ///< 5xx
    };
    Totals totals() const;
    /// Prometheus text exposition.
    std::string text(const Router& router) const;

    static constexpr std::size_t no_route = static_cast<std::size_t>(-1);

private:
    struct Row {
        std::array<std::atomic<std::uint64_t>, 6> by_class{};
        Tally took{edges};
    };
    std::unique_ptr<Row[]> rows_;
    std::size_t size_;
};

} // namespace handrail::http
