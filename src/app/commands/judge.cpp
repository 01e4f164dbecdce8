#include "app/commands/judge.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ostream>
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
    for (const auto& organisation : TRY(house.organisations.all())) {
        const auto one = TRY(house.nightly.everybody(trust::ActorDesk::system(organisation.id), threads));
        all.judged += one.judged;
        all.shut += one.shut;
        all.found += one.found;
        all.alerts += one.alerts;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    return fmt::format("{} people judged, {} not opened. {} new findings, {} of them ask for a human. {:.1f} s, {} "
                       "threads. People who did not agree to a record have nothing to be judged by.",
                       all.judged, all.shut, all.found, all.alerts, took.count(), threads);
}

int judge_all(const Where& where, std::ostream& out, std::ostream& err)
{
    const auto config = config_at(where);
    if (!config.ok()) {
        err << config.error().told << "\n";
        return 1;
    }
    Result<std::string> words{std::string{}};
    if (const auto answer = ask_running_server(config->folder, "judge")) {
        const auto said = answer->substr(answer->find(' ') + 1);
        words = answer->starts_with("ok ") ? Result<std::string>{said} : Result<std::string>{invalid(said)};
    } else {
        const auto house = House::open(*config);
        words = house.ok() ? judged_words(**house) : Result<std::string>{house.error()};
    }
    (words.ok() ? out : err) << (words.ok() ? *words : words.error().told) << "\n";
    return words.ok() ? 0 : 1;
}

} // namespace handrail::app
