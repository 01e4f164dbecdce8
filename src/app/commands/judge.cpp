#include "app/commands/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "app/control_socket.h"
#include "app/house.h"
#include "trust/actor_desk.h"

namespace handrail::app {

Result<std::string> judged_words(House& house)
{
    const auto threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const auto began = std::chrono::steady_clock::now();
    errands::Nightly::Tally all;
    for (const auto& organisation : TRY(house.organisations.of_people()))
        all += TRY(house.nightly.everybody(trust::ActorDesk::system(organisation.id), threads));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return fmt::format("{} people judged, {} not opened. {} new findings, {} of them ask for a human. {:.1f} s, {} "
                       "threads. People who did not agree to a record have nothing to be judged by.",
                       all.judged, all.shut, all.found, all.alerts, took.count(), threads);
}

int judge_all(const Where& where, std::ostream& out, std::ostream& err)
{
    const auto done = [&]() -> Result<std::string> {
        const auto config = TRY(config_at(where));
        if (const auto answer = ask_running_server(config.folder, "judge"))
            return said_in(*answer);
        const auto house = TRY(House::open(config));
        return judged_words(*house);
    }();
    return told(done, out, err);
}

} // namespace handrail::app
