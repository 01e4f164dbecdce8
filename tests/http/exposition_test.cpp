#include "http/exposition.h"

#include <array>

#include <gtest/gtest.h>

namespace handrail::http {
namespace {

TEST(Exposition, WritesEveryKindAsPrometheusReadsIt)
{
    static constexpr std::array<double, 2> edges{0.005, 1};
    Tally tally(edges);
    tally.count(0.25);
    tally.count(2.0);
    Measure waiting{"handrail_alerts_waiting", "Alerts that nobody has acknowledged.", Measure::Kind::Gauge};
    waiting.points = {{{{"urgency", "now"}}, 2, {}}, {{{"urgency", "today"}}, 0, {}}};
    const std::array measures{waiting, Measure::counter("handrail_jumps_total", "Jumps.", 3),
                              Measure::histogram("handrail_commit_seconds", "Commits.", tally.read())};
    EXPECT_EQ(exposition(measures), "# HELP handrail_alerts_waiting Alerts that nobody has acknowledged.\n"
                                    "# TYPE handrail_alerts_waiting gauge\n"
                                    "handrail_alerts_waiting{urgency=\"now\"} 2\n"
                                    "handrail_alerts_waiting{urgency=\"today\"} 0\n"
                                    "# HELP handrail_jumps_total Jumps.\n"
                                    "# TYPE handrail_jumps_total counter\n"
                                    "handrail_jumps_total 3\n"
                                    "# HELP handrail_commit_seconds Commits.\n"
                                    "# TYPE handrail_commit_seconds histogram\n"
                                    "handrail_commit_seconds_bucket{le=\"0.005\"} 0\n"
                                    "handrail_commit_seconds_bucket{le=\"1\"} 1\n"
                                    "handrail_commit_seconds_bucket{le=\"+Inf\"} 2\n"
                                    "handrail_commit_seconds_sum 2.25\n"
                                    "handrail_commit_seconds_count 2\n");
}

TEST(Exposition, EscapesALabel)
{
    Measure odd{"x", "X.", Measure::Kind::Gauge};
    odd.points = {{{{"a", "q\"b\\n\nz"}}, 1.5, {}}};
    EXPECT_EQ(exposition(std::array{odd}), "# HELP x X.\n# TYPE x gauge\nx{a=\"q\\\"b\\\\n\\nz\"} 1.5\n");
}

} // namespace
} // namespace handrail::http
