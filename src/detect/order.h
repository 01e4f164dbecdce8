#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace handrail::detect {

/// Numbers that look random and are the same everywhere (splitmix64): what the standard library's distributions give
/// differs between libraries.
class Order {
public:
    explicit Order(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        auto z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31U);
    }
    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>(((next() >> 32U) * limit) >> 32U); }
    /// From 0 up to but not including 1.
    float unit() { return static_cast<float>(next() >> 40U) * 0x1p-24F; }
    template <class T> void shuffle(std::vector<T>& all)
    {
        for (auto left = static_cast<std::uint32_t>(all.size()); left > 1; --left)
            std::swap(all[left - 1], all[below(left)]);
    }

private:
    std::uint64_t state_;
};

} // namespace handrail::detect
