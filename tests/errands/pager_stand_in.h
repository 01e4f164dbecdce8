#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "errands/listening_port.h"

namespace handrail::errands {

/// The fields of a body, and which of them is the id that stands in the header too.
struct SignedBody {
    std::set<std::string, std::less<>> fields;
    std::string id;
};
SignedBody pager_fields();

/// A stand-in of a pager's server, or of another one that takes signed bodies, on a port of this machine. It checks signature
/// and every field, counts by delivery id, and fails when it is told to.
class PagerStandIn {
public:
    explicit PagerStandIn(std::string key, SignedBody takes = pager_fields());
    PagerStandIn(const PagerStandIn&) = delete;
    PagerStandIn& operator=(const PagerStandIn&) = delete;

    std::string url() const { return "http://" + port_.address() + "/page"; }

    /// For a secret that is made where the address is set.
    void signed_with(std::string key);
    /// What every request gets until it is told otherwise; 0: the connection is closed without a word.
    void answer_with(int status);

    struct Call {
        std::string id; ///< of the delivery
        boost::json::object body;
        std::string raw;
        int status = 0; ///< what it was answered
    };
    std::vector<Call> calls() const;
    /// How often each delivery was taken (answered 2xx).
    std::map<std::string, int> taken() const;
    /// Everything that a real receiver would have refused.
    std::vector<std::string> wrong() const;

private:
    std::string answer(const std::string& head, const std::string& body);
    void expect(bool holds, const std::string& what);

    std::string key_;
    SignedBody takes_;
    mutable std::mutex mutex_;
    int status_ = 200;
    std::vector<Call> calls_;
    std::vector<std::string> wrong_;
    ListeningPort port_; ///< last: it answers with all of the above
};

} // namespace handrail::errands
