#include "storage/listeners.h"

#include <vector>

namespace handrail::storage {

std::shared_ptr<void> Listeners::add(std::function<void(const Announcement&)> heard)
{
    const std::lock_guard lock(circle_->mutex);
    const long number = circle_->next++;
    circle_->members.emplace(number,
                             std::make_shared<const std::function<void(const Announcement&)>>(std::move(heard)));
    return {static_cast<void*>(circle_.get()), [circle = circle_, number](void*) {
                const std::lock_guard leaving(circle->mutex);
                circle->members.erase(number);
            }};
}

void Listeners::tell(const Announcement& announcement) const
{
    std::vector<std::shared_ptr<const std::function<void(const Announcement&)>>> members;
    {
        // Called without the lock: a listener may add or drop another.
        const std::lock_guard lock(circle_->mutex);
        for (const auto& [number, heard] : circle_->members)
            members.push_back(heard);
    }
    for (const auto& heard : members)
        (*heard)(announcement);
}

} // namespace handrail::storage
