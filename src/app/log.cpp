#include "app/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/json_text.h"

namespace handrail::app {

namespace {

struct Level {
    std::string_view name;
    spdlog::level::level_enum spdlog;
};
/// In the order of LogLevel.
constexpr std::array<Level, 4> levels{{{"debug", spdlog::level::debug},
                                       {"info", spdlog::level::info},
                                       {"warn", spdlog::level::warn},
                                       {"error", spdlog::level::err}}};

const Level& of(LogLevel level)
{
    return levels[static_cast<std::size_t>(level)];
}

/// A line is JSON whatever a library's error message was made of.
std::string readable(std::string_view what)
{
    std::string text(what);
    if (!valid_utf8(text))
        std::ranges::replace_if(
            text, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return text;
}

http::JsonObject begun(LogLevel level, std::string_view part, std::string_view what)
{
    http::JsonObject line;
    line.add("at", std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()));
    line.add("level", of(level).name).add("part", part).add("what", readable(what));
    return line;
}

} // namespace

Result<Log> Log::open(std::string_view least)
{
    for (const auto& level : levels)
        if (level.name == least) {
            auto to = std::make_shared<spdlog::logger>("handrail", std::make_shared<spdlog::sinks::stderr_sink_mt>());
            to->set_pattern("%v");
            to->set_level(level.spdlog);
            return Log(std::move(to));
        }
    return invalid("[server] log_level is \"error\", \"warn\", \"info\" or \"debug\".");
}

bool Log::tells(LogLevel level) const
{
    return to_->should_log(of(level).spdlog);
}

void Log::line(LogLevel level, std::string_view part, std::string_view what, std::string_view request) const
{
    if (!tells(level))
        return;
    auto line = begun(level, part, what);
    if (!request.empty())
        line.add("request", request);
    to_->log(of(level).spdlog, "{}", line.done());
}

void Log::answered(const http::Answered& request) const
{
    if (!tells(LogLevel::Debug))
        return;
    auto line = begun(LogLevel::Debug, "http", "answered");
    line.add("request", request.request).add("method", request.method).add("route", request.route);
    line.add("status", request.status);
    line.add("seconds", std::chrono::duration<double>(request.took).count());
    to_->debug("{}", line.done());
}

} // namespace handrail::app
