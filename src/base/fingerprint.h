#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace handrail {

/// Names what it was given, whatever pieces it came in: FNV-1a, 64 bits. Tells versions apart, and guards against nothing.
class Fingerprint {
public:
    Fingerprint& take(std::string_view bytes)
    {
        for (const char c : bytes)
            hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 1099511628211U;
        return *this;
    }
    /// 16 hexadecimal digits.
    std::string text() const
    {
        std::string out;
        for (int shift = 60; shift >= 0; shift -= 4)
            out.push_back("0123456789abcdef"[(hash_ >> static_cast<unsigned>(shift)) & 15U]);
        return out;
    }

private:
    std::uint64_t hash_ = 14695981039346656037U;
};

} // namespace handrail
