#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace handrail::gateway {

/// A language model's service that does what a test tells it, on a loopback socket of its own. One connection at a time is
/// answered by one script, each on a thread.
class ScriptedUpstream {
public:
    /// One request that came, and the way to answer it.
    class Call {
    public:
        std::string head; ///< request line and headers
        std::string body;
        bool say(std::string_view bytes) const; ///< false when the other side has gone
        void say_slowly(std::string_view bytes) const; ///< byte by byte
        /// 200 with these bytes as its body, ended by closing.
        void answer(std::string_view type, std::string_view body, int status = 200) const;
        void begin_events() const;
        /// Waits until the other side closes; false when it did not within that time.
        bool closed_within(std::chrono::milliseconds time) const;

    private:
        friend class ScriptedUpstream;
        int socket_ = -1;
    };
    using Script = std::function<void(const Call&)>;

    ScriptedUpstream();
    ~ScriptedUpstream();
    ScriptedUpstream(const ScriptedUpstream&) = delete;
    ScriptedUpstream& operator=(const ScriptedUpstream&) = delete;

    std::string url() const;
    /// From now on every request is answered by this.
    void does(Script script);
    int calls() const { return calls_; }
    std::string last_body() const;
    std::string last_head() const;

private:
    void accept();
    void serve(int socket);
    int listener_ = -1;
    int port_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<int> calls_{0};
    mutable std::mutex mutex_;
    Script script_;
    std::string last_body_, last_head_;
    std::vector<std::thread> threads_;
    std::thread accepting_;
};

/// "data: {…}\n\n" of a chunk with this delta (JSON).
std::string chunk_of(std::string_view delta, std::string_view finish = {}, int choice = 0);
std::string words_of(std::string_view text, int choice = 0);

} // namespace handrail::gateway
