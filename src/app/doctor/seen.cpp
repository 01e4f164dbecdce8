#include "app/doctor/seen.h"

#include <fmt/format.h>

#include <algorithm>

namespace handrail::app::doctor {

namespace {

std::ptrdiff_t number_of(const std::vector<Seen>& all, Verdict verdict)
{
    return std::count_if(all.begin(), all.end(), [&](const Seen& each) { return each.verdict == verdict; });
}

} // namespace

std::string line_of(const Seen& seen)
{
    const char* verdict = seen.verdict == Verdict::Ok ? "ok" : seen.verdict == Verdict::Look ? "look" : "wrong";
    auto line = fmt::format("{:<5}  {}: {}", verdict, seen.what, seen.found);
    if (!seen.to_do.empty())
        line += " " + seen.to_do;
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
    return line;
}

std::string count_of(const std::vector<Seen>& all)
{
    return fmt::format("{} things looked at: {} ok, {} to look at, {} wrong.", all.size(), number_of(all, Verdict::Ok),
                       number_of(all, Verdict::Look), number_of(all, Verdict::Wrong));
}

int exit_status(const std::vector<Seen>& all)
{
    return number_of(all, Verdict::Wrong) == 0 ? 0 : 1;
}

} // namespace handrail::app::doctor
