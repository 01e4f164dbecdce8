#pragma once

#include <chrono>
#include <cstdint>
#include <string>

// An Ogg file with one Opus stream that plays for as long as it says: two pages (RFC 3533, RFC 7845). The sound in it is none.
namespace handrail::tests {

inline std::string little_endian(std::uint64_t number, int bytes)
{
    std::string out;
    for (int i = 0; i < bytes; ++i)
        out.push_back(static_cast<char>(number >> static_cast<unsigned>(8 * i)));
    return out;
}

/// @param words up to 254 bytes
inline std::string ogg_page(std::uint64_t position, std::uint64_t number, const std::string& words)
{
    return std::string("OggS\0\0", 6) + little_endian(position, 8) + little_endian(7, 4) + little_endian(number, 4) +
           little_endian(0, 4) + '\x01' + static_cast<char>(words.size()) + words;
}

inline std::string opus_file(std::chrono::milliseconds length, const std::string& sound = "sound", std::uint64_t skipped = 0)
{
    const auto head = std::string("OpusHead\x01\x01") + little_endian(skipped, 2) + little_endian(16'000, 4) +
                      little_endian(0, 2) + '\0';
    return ogg_page(0, 0, head) + ogg_page(skipped + static_cast<std::uint64_t>(length.count()) * 48, 1, sound);
}

} // namespace handrail::tests
