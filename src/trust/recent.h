#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <utility>

namespace handrail::trust {

/// What was asked for lately, at most about `most` of it, by any thread. Two generations: when the young one
/// is full it becomes the old one and the old one goes. What is asked for again is young again.
///
/// A value read elsewhere and put here later could be out of date by then. So a reader takes era() first, and
/// put() keeps nothing when something was dropped since.
template <class Key, class Value, class Hash = std::hash<Key>> class Recent {
public:
    explicit Recent(std::size_t most) : half_(most / 2 + 1) {}

    std::size_t era() const
    {
        const std::lock_guard lock(mutex_);
        return era_;
    }

    std::optional<Value> find(const Key& key)
    {
        const std::lock_guard lock(mutex_);
        if (const auto at = young_.find(key); at != young_.end())
            return at->second;
        const auto at = old_.find(key);
        if (at == old_.end())
            return std::nullopt;
        Value value = std::move(at->second);
        old_.erase(at);
        add(key, value);
        return value;
    }

    void put(const Key& key, Value value, std::size_t read_in_era)
    {
        const std::lock_guard lock(mutex_);
        if (read_in_era == era_)
            add(key, std::move(value));
    }

    template <class Which> void drop_if(const Which& which)
    {
        const std::lock_guard lock(mutex_);
        ++era_;
        std::erase_if(young_, [&](const auto& each) { return which(each.first, each.second); });
        std::erase_if(old_, [&](const auto& each) { return which(each.first, each.second); });
    }

    void drop(const Key& key)
    {
        const std::lock_guard lock(mutex_);
        ++era_;
        young_.erase(key);
        old_.erase(key);
    }

    void clear()
    {
        const std::lock_guard lock(mutex_);
        ++era_;
        young_.clear();
        old_.clear();
    }

private:
    mutable std::mutex mutex_;
    std::size_t half_;
    std::size_t era_ = 0;
    std::unordered_map<Key, Value, Hash> young_;
    std::unordered_map<Key, Value, Hash> old_;

    void add(const Key& key, Value value)
    {
        if (young_.size() >= half_) {
            old_ = std::move(young_);
            young_.clear();
        }
        young_.insert_or_assign(key, std::move(value));
    }
};

} // namespace handrail::trust
