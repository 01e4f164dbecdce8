#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "errands/listening_port.h"

namespace handrail::errands {

/// A stand-in of a transcriber on a port of this machine. It checks what is sent to it as OpenAI's API does, and fails when
/// it is told to.
class TranscriberStandIn {
public:
    TranscriberStandIn();
    TranscriberStandIn(const TranscriberStandIn&) = delete;
    TranscriberStandIn& operator=(const TranscriberStandIn&) = delete;

    std::string url() const { return "http://" + port_.address() + "/v1"; }

    /// What every question gets until it is told otherwise. Status 0: the connection is closed without a word.
    struct Answer {
        int status = 200;
        std::string body;
        std::chrono::milliseconds after{0};
    };
    void answers(Answer answer);
    void says(const std::string& words);

    struct Heard {
        std::string sound;
        std::string language;
    };
    std::vector<Heard> heard() const;
    /// Everything that a real one would have refused.
    std::vector<std::string> wrong() const;

private:
    std::string answer(const std::string& head, const std::string& body);
    void expect(bool holds, const std::string& what);

    mutable std::mutex mutex_;
    Answer answer_;
    std::vector<Heard> heard_;
    std::vector<std::string> wrong_;
    ListeningPort port_; ///< last: it answers with all of the above
};

} // namespace handrail::errands
