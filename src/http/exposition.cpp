#include "http/exposition.h"

#include <array>
#include <charconv>
#include <string_view>

namespace handrail::http {
namespace {

std::string number(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
}

void append_value(std::string& out, std::string_view value)
{
    for (const char c : value) {
        if (c == '\n') {
            out += "\\n";
            continue;
        }
        if (c == '\\' || c == '"')
            out += '\\';
        out += c;
    }
}

void append_line(std::string& out, const std::string& name, const Measure::Labels& labels, double value,
                 std::string_view below = {})
{
    out += name;
    char before = '{';
    const auto label = [&](std::string_view key, std::string_view text) {
        out += before;
        out += key;
        out += "=\"";
        append_value(out, text);
        out += '"';
        before = ',';
    };
    for (const auto& [key, text] : labels)
        label(key, text);
    if (!below.empty())
        label("le", below);
    if (before == ',')
        out += '}';
    out += ' ' + number(value) + '\n';
}

void append_steps(std::string& out, const std::string& name, const Measure::Point& point)
{
    const auto& steps = *point.steps;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < steps.counts.size(); ++i) {
        below += steps.counts[i];
        append_line(out, name + "_bucket", point.labels, static_cast<double>(below),
                    i < steps.edges.size() ? number(steps.edges[i]) : "+Inf");
    }
    append_line(out, name + "_sum", point.labels, steps.sum);
    append_line(out, name + "_count", point.labels, static_cast<double>(below));
}

std::string_view name_of(Measure::Kind kind)
{
    switch (kind) {
    case Measure::Kind::Counter:
        return "counter";
    case Measure::Kind::Histogram:
        return "histogram";
    case Measure::Kind::Gauge:
        break;
    }
    return "gauge";
}

} // namespace

std::string exposition(std::span<const Measure> measures)
{
    std::string out;
    for (const auto& measure : measures) {
        out += "# HELP " + measure.name + ' ' + measure.help + "\n# TYPE " + measure.name + ' ';
        out += name_of(measure.kind);
        out += '\n';
        for (const auto& point : measure.points) {
            if (point.steps)
                append_steps(out, measure.name, point);
            else
                append_line(out, measure.name, point.labels, point.value);
        }
    }
    return out;
}

} // namespace handrail::http
