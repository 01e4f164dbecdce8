#include "app/outgoing.h"

namespace handrail::app {

namespace {

std::string noted(const Error& error) { return error.noted.empty() ? error.told : error.noted; }

} // namespace

void Outgoing::go_on(const std::stop_token& stop, House& house, std::chrono::seconds pause, const Send& send,
                     const std::function<void(const std::string&)>& note)
{
    std::string before;
    for (;;) {
        std::string problem;
        bool got_out = false;
        const auto organisations = house.organisations.all();
        if (!organisations.ok())
            problem = noted(organisations.error());
        if (organisations.ok())
            for (const auto& organisation : *organisations) {
                const auto sent = send(organisation, [&stop] { return stop.stop_requested(); });
                if (!sent.ok()) {
                    problem = noted(sent.error());
                    continue;
                }
                got_out = got_out || sent->got_out;
                if (!sent->problem.empty())
                    problem = sent->problem;
                if (sent->given_up > 0)
                    note(std::to_string(sent->given_up) + " given up.");
            }
        if (problem.empty() && !got_out)
            problem = before; // nothing was tried: it stands as it stood
        if (!problem.empty() && problem != before)
            note(problem);
        before = problem;
        std::unique_lock lock(mutex_);
        wake_.wait_for(lock, stop, pause, [] { return false; });
        if (stop.stop_requested())
            return;
    }
}

} // namespace handrail::app
