#include "http/metrics.h"

#include <algorithm>

#include "http/router.h"

namespace handrail::http
{
namespace
{

std::string labels(const Router& router, std::size_t row)
{
    const auto& routes = router.routes();
    if (row >= routes.size())
        return "method=\"other\",route=\"other\"";
    return "method=\"" + std::string(name(routes[row].method)) + "\",route=\"" + routes[row].pattern + "\"";
}

std::string seconds(double value)
{
    auto text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text += '0';
    return text;
}

} // namespace

Metrics::Metrics(std::size_t routes) : rows_(std::make_unique<Row[]>(routes + 1)), size_(routes) {}

void Metrics::count(std::size_t route, int status, std::chrono::nanoseconds took)
{
    auto& row = rows_[std::min(route, size_)];
    row.by_class[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1, std::memory_order_relaxed);
    row.took.count(took);
}

std::uint64_t Metrics::requests(std::size_t route, int status_class) const
{
    return rows_[std::min(route, size_)]
        .by_class[static_cast<std::size_t>(std::clamp(status_class, 0, 5))]
        .load();
}

Metrics::Totals Metrics::totals() const
{
    Totals all;
    for (std::size_t i = 0; i <= size_; ++i)
        for (std::size_t status = 0; status < rows_[i].by_class.size(); ++status) {
            const auto number = rows_[i].by_class[status].load(std::memory_order_relaxed);
            all.requests += number;
            all.refused += status == 4 ? number : 0;
            all.failed += status == 5 ? number : 0;
        }
    return all;
}

std::string Metrics::text(const Router& router) const
{
    std::string counts = "# HELP handrail_http_requests_total Requests by route and status class.\n"
                         "# TYPE handrail_http_requests_total counter\n";
    std::string lengths =
        "# HELP handrail_http_request_seconds How long requests took, from head to answer.\n"
        "# TYPE handrail_http_request_seconds histogram\n";
    for (std::size_t i = 0; i <= size_; ++i) {
        const auto& row = rows_[i];
        std::uint64_t all = 0;
        const auto label = labels(router, i);
        for (std::size_t status = 0; status < row.by_class.size(); ++status) {
            const auto number = row.by_class[status].load(std::memory_order_relaxed);
            all += number;
            if (number > 0)
                counts += "handrail_http_requests_total{" + label + ",status=\"" + std::to_string(status) +
                          "xx\"} " + std::to_string(number) + "\n";
        }
        if (all == 0)
            continue;
        const auto took = row.took.read();
        std::uint64_t below = 0;
        for (std::size_t step = 0; step < took.counts.size(); ++step) {
            below += took.counts[step];
            lengths += "handrail_http_request_seconds_bucket{" + label + ",le=\"" +
                       (step < edges.size() ? seconds(edges[step]) : "+Inf") + "\"} " +
                       std::to_string(below) + "\n";
        }
        lengths += "handrail_http_request_seconds_sum{" + label + "} " +
                   seconds(took.sum) + "\n";
        lengths += "handrail_http_request_seconds_count{" + label + "} " + std::to_string(below) + "\n";
    }
    return counts + lengths;
}

} // namespace handrail::http
