#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace handrail::language {

/// One question to somebody else's server.
struct Call {
    std::string url; ///< http or https; anything else is Invalid
    enum class Method { Post, Get } method = Method::Post;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body; ///< sent as it is; a Get has none
    std::chrono::milliseconds connect_within{5'000};
    std::chrono::milliseconds first_byte_within{30'000}; ///< from the start until the answer's head
    std::chrono::milliseconds silent_at_most{30'000};    ///< between two pieces of the answer
    std::chrono::milliseconds all_within{600'000};
    std::size_t largest_answer = 16u << 20; ///< bytes; more is Unavailable
    /// Somebody else chose the address: nothing but the internet is called, whatever a name in it leads to.
    bool public_only = false;
};

struct Head {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers; ///< names in lower case
};

/// How an answer is taken, on the thread of the caller. Either may end the call by giving false: the connection is then
/// closed at once and post() gives what it has as if it were all.
struct Taking {
    std::function<bool(const Head&)> head;
    std::function<bool(std::string_view)> bytes; ///< pieces as they come, cut anywhere
    /// Asked several times a second while nothing comes: true ends the call (whoever wanted it has gone).
    std::function<bool()> given_up;
};

/// The way out to a language model or another service. Redirects are not followed; nothing is kept or logged.
/// Safe to call from several threads.
class Transport {
public:
    virtual ~Transport() = default;
    /// Waits until the answer has ended. Unavailable when there was none or it broke off: `noted` says how, and never
    /// quotes what was sent.
    virtual Result<Head> post(const Call& call, const Taking& taking) const = 0;
};

} // namespace handrail::language
