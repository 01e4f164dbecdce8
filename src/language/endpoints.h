#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "base/confidential.h"
#include "base/result.h"
#include "language/chat.h"
#include "language/transport.h"

namespace handrail::language {

/// Somebody's server that speaks the OpenAI way.
struct Endpoint {
    std::string name;    ///< as people are told: "Mistral AI, France"
    std::string url;     ///< up to and without /chat/completions
    std::string model;
    Confidential key;    ///< empty: none is sent
};

struct EndpointLimits {
    std::chrono::milliseconds first_sentence{3'000}; ///< from the question until the first whole sentence
    std::chrono::milliseconds all{8'000};
    int at_once = 8;      ///< questions under way: more are not asked, so that slow servers do not hold all threads
    int failures = 3;     ///< one after the other, then an endpoint is left alone
    std::chrono::seconds left_alone{30}; ///< doubles with each try that fails again, up to an hour
};

/// Endpoints in order of preference. The first that answers in time is used; one that failed several times is left alone
/// for a while. Safe to call from several threads.
class Endpoints {
public:
    using Now = std::function<std::chrono::steady_clock::time_point()>;
    Endpoints(const Transport& transport, std::vector<Endpoint> endpoints, EndpointLimits limits,
              Now now = [] { return std::chrono::steady_clock::now(); });

    const std::vector<Endpoint>& all() const { return endpoints_; }
    bool empty() const { return endpoints_.empty(); }
    const EndpointLimits& limits() const { return limits_; }

    /// How one question is asked and its answer read, on the thread of the caller.
    struct Asking {
        /// Before anything leaves; an error sends nothing to anyone. Called again for each endpoint that is tried.
        std::function<Result<void>(const Endpoint&)> leaves;
        std::function<void()> begins;                  ///< an answer from its start
        std::function<bool(std::string_view)> text;    ///< false: what came is not wanted; nobody else is asked
        std::function<bool()> sentence;                ///< whether a whole sentence has come
    };
    /// @param until the end of all patience, at most limits().all from now: a second try has what the first left over
    /// @return how the answer ended. Unavailable when nobody answered in time; Conflict when `text` wanted no more.
    Result<ChatAnswer::End> ask(const ChatRequest& request, const Asking& asking,
                                std::chrono::steady_clock::time_point until = std::chrono::steady_clock::time_point::max()) const;
    std::chrono::steady_clock::time_point now() const { return now_(); }

private:
    struct Breaker {
        int failures = 0;
        std::chrono::steady_clock::time_point closed_until{};
        std::chrono::seconds next{0};
        bool trying = false; ///< one question goes through to see
    };
    bool may_try(std::size_t which) const;
    void tell(std::size_t which, bool worked) const;

    const Transport& transport_;
    std::vector<Endpoint> endpoints_;
    EndpointLimits limits_;
    Now now_;
    mutable std::atomic<int> under_way_{0};
    mutable std::mutex mutex_;
    mutable std::vector<Breaker> breakers_;
};

/// The host of an address, for telling people where words go: "api.example.org". Empty when it is no http address.
std::string host_of(std::string_view url);

} // namespace handrail::language
