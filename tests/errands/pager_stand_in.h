#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>

namespace handrail::errands {

/// A stand-in of a pager's server on a port of this machine. It checks signature and every field, counts by delivery id,
/// and fails when it is told to.
class PagerStandIn {
public:
    explicit PagerStandIn(std::string key);
    ~PagerStandIn();
    PagerStandIn(const PagerStandIn&) = delete;
    PagerStandIn& operator=(const PagerStandIn&) = delete;

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/page"; }

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
    void serve();
    std::string answer(const std::string& head, const std::string& body);
    void expect(bool holds, const std::string& what);

    std::string key_;
    int listening_ = -1;
    int port_ = 0;
    mutable std::mutex mutex_;
    int status_ = 200;
    std::vector<Call> calls_;
    std::vector<std::string> wrong_;
    std::thread worker_;
};

} // namespace handrail::errands
