#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/tally.h"

namespace handrail {

/// A number that whoever runs the service watches, in the shape in which it is handed out: what it is called, what it
/// means, and its value by label. Lengths are in seconds and sizes in bytes. No label names a person, an account, a
/// team or an organisation, nor holds an id of anything: whoever may see numbers must not learn about anybody.
struct Measure {
    enum class Kind {
        Counter,   ///< only grows; its name ends in _total
        Gauge,     ///< as it is now
        Histogram, ///< how many fell into each step
    };
    using Labels = std::vector<std::pair<std::string, std::string>>;
    struct Point {
        Labels labels = {};
        double value = 0;
        std::optional<Tally::Steps> steps = {}; ///< of a histogram
    };

    std::string name; ///< "handrail_alerts"
    std::string help; ///< one sentence
    Kind kind = Kind::Gauge;
    std::vector<Point> points = {};

    static Measure gauge(std::string name, std::string help, double value)
    {
        return {std::move(name), std::move(help), Kind::Gauge, {{{}, value, {}}}};
    }
    static Measure counter(std::string name, std::string help, double value)
    {
        return {std::move(name), std::move(help), Kind::Counter, {{{}, value, {}}}};
    }
    static Measure histogram(std::string name, std::string help, Tally::Steps steps)
    {
        return {std::move(name), std::move(help), Kind::Histogram, {{{}, 0, std::move(steps)}}};
    }
};

} // namespace handrail
