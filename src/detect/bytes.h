#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::detect {

static_assert(std::endian::native == std::endian::little, "model files are little-endian");

/// Writes a model file, number after number.
class ByteWriter {
public:
    template <class T> void number(T value)
    {
        static_assert(std::is_arithmetic_v<T>);
        out_.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    /// Seven bits a byte, the last one without its high bit.
    void small(std::uint64_t value)
    {
        for (; value >= 0x80; value >>= 7U)
            out_.push_back(static_cast<char>(value | 0x80U));
        out_.push_back(static_cast<char>(value));
    }
    void text(std::string_view text)
    {
        small(text.size());
        out_.append(text);
    }
    template <class T> void numbers(const std::vector<T>& all)
    {
        small(all.size());
        out_.append(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(T));
    }
    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

/// Reads a model file without trusting it: whatever would go past the end, or past a limit, is an error and stays one.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : left_(bytes) {}

    template <class T> T number()
    {
        static_assert(std::is_arithmetic_v<T>);
        T value{};
        if (left_.size() < sizeof value) {
            fail();
            return value;
        }
        std::memcpy(&value, left_.data(), sizeof value);
        left_.remove_prefix(sizeof value);
        return value;
    }
    std::uint64_t small(std::uint64_t most)
    {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 63; shift += 7) {
            const auto byte = number<std::uint8_t>();
            value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
            if (byte < 0x80) {
                if (value > most || (byte == 0 && shift > 0)) // one way of writing each number
                    fail();
                return good_ ? value : 0;
            }
        }
        fail();
        return 0;
    }
    std::string text(std::size_t most)
    {
        const auto size = small(most);
        if (left_.size() < size) {
            fail();
            return {};
        }
        std::string out(left_.substr(0, size));
        left_.remove_prefix(size);
        return out;
    }
    template <class T> std::vector<T> numbers(std::size_t most)
    {
        const auto size = small(most);
        if (left_.size() / sizeof(T) < size) {
            fail();
            return {};
        }
        std::vector<T> out(size);
        if (size > 0)
            std::memcpy(out.data(), left_.data(), size * sizeof(T));
        left_.remove_prefix(size * sizeof(T));
        return out;
    }
    void fail()
    {
        good_ = false;
        left_ = {};
    }
    bool good() const { return good_; }
    bool at_end() const { return left_.empty(); }

private:
    std::string_view left_;
    bool good_ = true;
};

} // namespace handrail::detect
