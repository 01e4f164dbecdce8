#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/crypto.h"

namespace handrail::nlp {

/// Which messages were read before and say nothing that counts for those after them, so that a long conversation is not
/// read again, whole, with each message. It holds no words: marks under a key that no other process has. It may forget.
/// Safe to call from any thread.
class SilentMessages {
public:
    SilentMessages();
    using Mark = std::uint64_t;
    Mark mark(std::string_view text) const;
    bool known(Mark mark) const;
    void remember(Mark mark);

private:
    static constexpr std::size_t room = 32'768;
    SecretKey key_;
    std::unique_ptr<std::array<std::atomic<Mark>, room>> marks_;
};

} // namespace handrail::nlp
