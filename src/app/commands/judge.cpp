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

Result<std::string> replayed_words(House& house)
{
    const auto threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const auto began = std::chrono::steady_clock::now();
    errands::Nightly::Replay all;
    for (const auto& organisation : TRY(house.organisations.of_people()))
        all += TRY(house.nightly.replay(trust::ActorDesk::system(organisation.id), house.asking, threads));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    auto words = fmt::format("{} courses made again from {} answers, {} not opened. {} say something else than the block that is "
                             "kept. {} findings would come of them. {:.1f} s, {} threads. Nothing was changed.",
                             all.people, all.answers, all.shut, all.differ, all.findings, took.count(), threads);
    if (all.carried > 0)
        words += fmt::format(" {} questionnaires are of a version that is not here any more: their totals are as the block has "
                             "them.", all.carried);
    return words;
}

int judge_all(const Where& where, bool replay, std::ostream& out, std::ostream& err)
{
    const auto done = [&]() -> Result<std::string> {
        const auto config = TRY(config_at(where));
        if (const auto answer = ask_running_server(config.folder, replay ? "judge\treplay" : "judge"))
            return said_in(*answer);
        const auto house = TRY(House::open(config));
        return replay ? replayed_words(*house) : judged_words(*house);
    }();
    return told(done, out, err);
}

} // namespace handrail::app
