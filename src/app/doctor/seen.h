#pragma once

#include <string>
#include <vector>

namespace handrail::app::doctor {

/// What `handrail doctor` says about one thing it looked at.
enum class Verdict {
    Ok,
    Look,  ///< may be meant so, or could not be looked at: somebody should know
    Wrong, ///< keeps the service from starting, from keeping what it acknowledges, or from being safe
};

struct Seen {
    Verdict verdict = Verdict::Ok;
    std::string what;
    std::string found; ///< a sentence: what is the case, and no word of anybody's
    std::string to_do; ///< a sentence; empty only when all is well
};

inline Seen fine(std::string what, std::string found)
{
    return {Verdict::Ok, std::move(what), std::move(found), {}};
}
inline Seen look(std::string what, std::string found, std::string to_do)
{
    return {Verdict::Look, std::move(what), std::move(found), std::move(to_do)};
}
inline Seen wrong(std::string what, std::string found, std::string to_do)
{
    return {Verdict::Wrong, std::move(what), std::move(found), std::move(to_do)};
}

/// "wrong  master key: … Run: chmod 600 …", on one line whatever a path holds.
std::string line_of(const Seen& seen);
/// "14 things looked at: 11 ok, 2 to look at, 1 wrong."
std::string count_of(const std::vector<Seen>& all);
/// 0 when nothing is wrong, 1 when something is.
int exit_status(const std::vector<Seen>& all);

} // namespace handrail::app::doctor
