#pragma once

#include <string>
#include <utility>

namespace handrail {

/// A person's words. There is no operator<<, no formatter and no comparison with plain text: no log line can hold them.
/// The memory is wiped when the value goes.
class Confidential {
public:
    Confidential() = default;
    explicit Confidential(std::string words) : words_(std::move(words)) {}
    Confidential(const Confidential&) = default;
    Confidential(Confidential&&) noexcept = default;
    Confidential& operator=(const Confidential&) = default;
    Confidential& operator=(Confidential&&) noexcept = default;
    ~Confidential();

    const std::string& reveal() const { return words_; } ///< easy to search for
    bool empty() const { return words_.empty(); }

private:
    std::string words_;
};

} // namespace handrail
