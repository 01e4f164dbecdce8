#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "storage/store.h"

namespace handrail::storage {

/// Who listens for announcements in this process.
class Listeners {
public:
    Listeners() : circle_(std::make_shared<Circle>()) {}
    /// Heard until the returned token is dropped; a call that is under way then still ends.
    std::shared_ptr<void> add(std::function<void(const Announcement&)> heard);
    /// On the calling thread, in the order they were added.
    void tell(const Announcement& announcement) const;

private:
    struct Circle {
        std::mutex mutex;
        std::map<long, std::shared_ptr<const std::function<void(const Announcement&)>>> members;
        long next = 0;
    };
    std::shared_ptr<Circle> circle_; ///< shared with the tokens, which may outlive the store
};

} // namespace handrail::storage
