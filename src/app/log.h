#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/router.h"

namespace spdlog {
class logger;
}

namespace handrail::app {

enum class LogLevel { Debug, Info, Warn, Error };

/// The log on standard error: one JSON object a line, always with "at", "level", "part" and "what", and with "request"
/// when the line belongs to one. Lines come from Error::noted and from fixed sentences; nothing that anybody wrote gets
/// here, at no level.
class Log {
public:
    /// @param least "debug", "info", "warn" or "error": lines below it are left out. Invalid for another word.
    static Result<Log> open(std::string_view least);

    /// @param part "http", "timers", "keeper" …: which part of the program says it
    void line(LogLevel level, std::string_view part, std::string_view what, std::string_view request = {}) const;
    /// A request that was answered; at debug.
    void answered(const http::Answered& request) const;
    bool tells(LogLevel level) const;

private:
    explicit Log(std::shared_ptr<spdlog::logger> to) : to_(std::move(to)) {}
    std::shared_ptr<spdlog::logger> to_;
};

} // namespace handrail::app
