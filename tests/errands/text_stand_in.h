#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "errands/listening_port.h"

namespace handrail::errands {

/// A stand-in of a site's gateway for text messages. It checks the signature and every field, and fails when it is told to.
class TextStandIn {
public:
    explicit TextStandIn(std::string key);
    TextStandIn(const TextStandIn&) = delete;
    TextStandIn& operator=(const TextStandIn&) = delete;

    std::string url() const { return "http://" + port_.address() + "/text"; }
    /// What every request gets until it is told otherwise; 0: the connection is closed without a word.
    void answer_with(int status);

    struct Text {
        std::string id, to, text, kind;
        int status = 0; ///< what it was answered
    };
    std::vector<Text> texts() const;
    /// Everything that a real gateway would have refused.
    std::vector<std::string> wrong() const;

private:
    std::string answer(const std::string& head, const std::string& body);
    void expect(bool holds, const std::string& what);

    std::string key_;
    mutable std::mutex mutex_;
    int status_ = 202;
    std::vector<Text> texts_;
    std::vector<std::string> wrong_;
    ListeningPort port_; ///< last: it answers with all of the above
};

} // namespace handrail::errands
