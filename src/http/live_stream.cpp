#include "http/live_stream.h"

namespace handrail::http {

bool LiveStream::write(std::string events)
{
    if (events.empty())
        return !gone();
    bool first = false;
    {
        std::unique_lock lock(stream_->mutex_);
        stream_->taken_.wait(lock, [&] {
            return stream_->closed_ || stream_->waiting_.empty() ||
                   stream_->waiting_bytes_ + events.size() <= most_waiting_;
        });
        if (stream_->closed_)
            return false;
        first = stream_->waiting_.empty();
        stream_->waiting_bytes_ += events.size();
        stream_->waiting_.push_back(std::make_shared<const std::string>(std::move(events)));
    }
    if (first)
        stream_->woken();
    return true;
}

void LiveStream::close()
{
    stream_->close(nullptr);
}

bool LiveStream::gone() const
{
    const std::lock_guard lock(stream_->mutex_);
    return stream_->left_;
}

} // namespace handrail::http
