#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/doctor/seen.h"

namespace handrail::app::doctor {

/// What is on the address that the server would listen on.
enum class Listening {
    Nobody,
    Handrail,   ///< it answered as one, over loopback
    Unasked,    ///< somebody, who was not asked: TLS, or not on loopback
    Other,      ///< somebody who does not answer as Handrail
    NotAllowed, ///< this user may not listen there
    NotHere,    ///< no address of this machine
};
/// Tries to take the address for a moment; asks over loopback who has it, when it cannot.
Listening who_listens(const std::string& address, int port, bool tls);
/// @param serving  a server runs on the data folder that was looked at
Seen judge(Listening listening, const std::string& address, int port, bool serving);

/// How many files a process may have open; of this one, or of another. Nothing when the kernel does not say.
std::optional<std::uint64_t> file_limit(std::optional<pid_t> process);
/// @param of_server  false: the limit is that of this shell
Seen judge_file_limit(std::optional<std::uint64_t> limit, int connections, bool of_server);

/// What only a running server knows.
struct RunningState {
    bool durable = false;
    std::int64_t ahead_seconds = 0; ///< of its clock, before the system's
    int jumps = 0;
    std::string backup_problem;
    std::string checkpoint_problem;
};
/// One line for the control socket, and back.
std::string written(const RunningState& state);
std::optional<RunningState> read_running_state(const std::string& answer);
/// @param process  nothing when no server runs
std::vector<Seen> judge(std::optional<pid_t> process, const std::optional<std::string>& answer);

} // namespace handrail::app::doctor
