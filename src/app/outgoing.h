#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>

#include "app/house.h"

namespace handrail::app {

/// What a sender has to say after it looked at one organisation.
struct WentOut {
    bool got_out = false; ///< something was taken where it went
    std::string problem;  ///< why something was not; empty: nothing is wrong, or nothing was tried
    int given_up = 0;
};

/// The round of a thread that takes what has to leave from the store: each organisation in turn, then a pause, until it is
/// stopped.
class Outgoing {
public:
    using Send = std::function<Result<WentOut>(const trust::Keyring::Organisation&, const std::function<bool()>& stopping)>;

    /// @param note  told what does not get out, when it is something else than the last time
    void go_on(const std::stop_token& stop, House& house, std::chrono::seconds pause, const Send& send,
               const std::function<void(const std::string&)>& note);

private:
    std::mutex mutex_; ///< guards what is waited on
    std::condition_variable_any wake_;
};

} // namespace handrail::app
