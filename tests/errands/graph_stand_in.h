#pragma once

#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "errands/listening_port.h"

namespace handrail::errands {

/// A stand-in of Meta's Graph API on a port of this machine. It checks every field of what is sent to it, as the real one
/// does, and fails when it is told to.
class GraphStandIn {
public:
    GraphStandIn();
    GraphStandIn(const GraphStandIn&) = delete;
    GraphStandIn& operator=(const GraphStandIn&) = delete;

    std::string url() const { return "http://" + port_.address(); }

    /// What the next request gets; with none left, 200. `code` 0: no error object. Status 0: the connection is closed.
    struct Failure {
        int status = 500;
        int code = 0;
    };
    void fail_next(Failure failure);

    /// A file that it gives out to whoever has the token.
    struct Media {
        std::string bytes;
        std::string mime_type = "audio/ogg; codecs=opus";
        std::string sha256 = {}; ///< empty: left out
        std::int64_t size = -1;  ///< -1: the true one
        std::string url = {};    ///< empty: one of its own
        int status = 200;        ///< of the file itself
    };
    void keep(const std::string& id, Media media);
    /// How often a file was asked for.
    int given_out() const;

    struct Received {
        boost::json::object body;
        std::string id; ///< what it was answered with; empty when it failed
        /// The words of a text or above buttons.
        std::string text() const;
        std::vector<std::string> choices() const; ///< ids
    };
    std::vector<Received> received() const;
    /// Everything that the real API would have refused.
    std::vector<std::string> wrong() const;

private:
    std::string answer(const std::string& head, const std::string& body);
    std::string give_out(const std::string& head);
    void check(const boost::json::object& body);
    void check_interactive(const boost::json::object& interactive);
    void expect(bool holds, const std::string& what);

    mutable std::mutex mutex_;
    std::deque<Failure> failures_;
    std::vector<Received> received_;
    std::vector<std::string> wrong_;
    std::map<std::string, Media> media_;
    int given_out_ = 0;
    ListeningPort port_; ///< last: it answers with all of the above
};

} // namespace handrail::errands
