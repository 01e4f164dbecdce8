#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "channels/web_push.h"
#include "errands/listening_port.h"
#include "trust/push_desk.h"

namespace handrail::errands {

/// A stand-in of a push service on a port of this machine, and of the browsers behind it. It checks every header, the signature
/// of who sends, and opens what was sealed for the browser; and it fails when it is told to.
class PushStandIn {
public:
    PushStandIn();
    PushStandIn(const PushStandIn&) = delete;
    PushStandIn& operator=(const PushStandIn&) = delete;

    /// What a browser gives when it is switched on. The same name is the same device.
    trust::PushDesk::Given device(const std::string& name);
    /// What a device gets until it is told otherwise (201 at first); 0: the connection is closed without a word.
    void answer_with(const std::string& name, int status);

    struct Ring {
        std::string device;
        boost::json::object notice; ///< say, open, tag
        std::string raw;            ///< of it, and of the headers
        int lasts = 0;
        std::string urgency, topic, service_key;
        int status = 0; ///< what it was answered
    };
    std::vector<Ring> rings() const;
    /// Those that a device took (answered 2xx).
    std::vector<Ring> taken(const std::string& name) const;
    /// Everything that a real push service or browser would have refused.
    std::vector<std::string> wrong() const;

private:
    std::string answer(const std::string& head, const std::string& body);
    void expect(bool holds, const std::string& what);

    mutable std::mutex mutex_;
    std::map<std::string, channels::PushKeyPair> browsers_;
    std::map<std::string, int> statuses_;
    std::vector<Ring> rings_;
    std::vector<std::string> wrong_;
    ListeningPort port_; ///< last: it answers with all of the above
};

} // namespace handrail::errands
