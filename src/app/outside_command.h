#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace handrail::app {

struct OutsideCommand {
    std::string line;         ///< given to /bin/sh -c as it stands in the configuration: nothing is put into it
    std::string calls_itself; ///< "The command that …", for what is said when it fails
    std::string keep_from_it; ///< a variable of the environment that it must not see; empty: it sees all
    std::chrono::seconds longest{60};
};

/// Runs it with the file on its standard input and waits for it. Its output is dropped; its errors go where the
/// server's go. Unavailable unless it ended with 0: with another code, a signal, not in time, or when `stop` asks; then
/// it is ended with all that it started.
Result<void> give_to(const OutsideCommand& command, const std::filesystem::path& file,
                     const std::stop_token& stop = {});

} // namespace handrail::app
