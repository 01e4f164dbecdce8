#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>

#include "base/result.h"

namespace handrail::app {

/// Between the lines of an answer, which is one line on the wire.
inline constexpr char line_separator = '\x1e';

/// How a command on the same machine asks the running server: a socket in the data folder that only its owner may open.
/// One line in ("backup manual"), one line out ("ok …" or "error …").
class ControlSocket {
public:
    using Answer = std::function<std::string(const std::string& line)>;
    static Result<std::unique_ptr<ControlSocket>> open(const std::filesystem::path& folder, Answer answer);
    ~ControlSocket();
    ControlSocket(const ControlSocket&) = delete;
    ControlSocket& operator=(const ControlSocket&) = delete;

private:
    ControlSocket(int listener, std::filesystem::path path, Answer answer);
    void work();
    int listener_;
    int stop_[2] = {-1, -1};
    std::filesystem::path path_;
    Answer answer_;
    std::thread worker_;
};

/// What the running server answers; nothing when none is running for that folder.
/// @param longest  how long its answer may take; 0: as long as the work takes
std::optional<std::string> ask_running_server(const std::filesystem::path& folder, const std::string& line,
                                              std::chrono::seconds longest = std::chrono::seconds{0});
/// What such an answer says: the words after "ok", or the error after "error", its lines as they were.
Result<std::string> said_in(const std::string& answer);
/// The process that serves this folder; nothing when none does, or when only its owner may ask.
std::optional<pid_t> running_server(const std::filesystem::path& folder);

} // namespace handrail::app
