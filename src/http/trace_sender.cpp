#include "http/trace_sender.h"

#include <algorithm>
#include <iterator>

#include "http/otlp.h"

namespace handrail::http {

TraceSender::TraceSender(CollectorAddress to, std::string version, std::function<void(const std::string&)> note,
                         TraceSenderLimits limits)
    : to_(std::move(to)), version_(std::move(version)), note_(std::move(note)), limits_(limits)
{
    thread_ = std::thread([this] { run(); });
}

TraceSender::~TraceSender()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void TraceSender::take(std::unique_ptr<trace::Trace> trace)
{
    bool full = false;
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() >= limits_.waiting) {
            ++counts_.dropped;
            return;
        }
        waiting_.push_back(std::move(trace));
        full = waiting_.size() == limits_.batch;
    }
    if (full)
        wake_.notify_one();
}

TraceSender::Counts TraceSender::counts() const
{
    const std::lock_guard lock(mutex_);
    return counts_;
}

std::vector<Measure> TraceSender::measures() const
{
    const auto now = counts();
    return {Measure::counter("handrail_traces_sent_total", "Traces that the collector took.",
                             static_cast<double>(now.sent)),
            {"handrail_traces_dropped_total",
             "Traces that nobody will see: the queue was full, or the collector refused them.",
             Measure::Kind::Counter,
             {{{{"why", "queue_full"}}, static_cast<double>(now.dropped), {}},
              {{{"why", "refused"}}, static_cast<double>(now.refused), {}}}}};
}

TraceSender::Batch TraceSender::next()
{
    const std::lock_guard lock(mutex_);
    const auto end = waiting_.begin() + static_cast<std::ptrdiff_t>(std::min(limits_.batch, waiting_.size()));
    Batch batch(std::make_move_iterator(waiting_.begin()), std::make_move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

/// The collector was not there: they wait for it, as far as there is room.
void TraceSender::put_back(Batch batch)
{
    const std::lock_guard lock(mutex_);
    for (auto each = batch.rbegin(); each != batch.rend(); ++each) {
        if (waiting_.size() >= limits_.waiting)
            ++counts_.dropped;
        else
            waiting_.push_front(std::move(*each));
    }
}

/// False when the collector could not be reached, or asked to come back later.
bool TraceSender::deliver(const Batch& batch, std::chrono::milliseconds within)
{
    const auto status = post_json(to_, otlp_json(batch, version_), within);
    const bool later = !status.ok() || *status == 429 || *status >= 500;
    if (later != away_ && note_)
        note_(later ? "the collector does not take traces: " +
                          (status.ok() ? "status " + std::to_string(*status) : status.error().noted)
                    : "the collector takes traces again");
    away_ = later;
    if (later)
        return false;
    const std::lock_guard lock(mutex_);
    (*status >= 200 && *status < 300 ? counts_.sent : counts_.refused) += batch.size();
    return true;
}

void TraceSender::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        const auto pause = away_ ? limits_.pause : limits_.between;
        wake_.wait_for(lock, pause, [this] { return stopping_ || (!away_ && waiting_.size() >= limits_.batch); });
        if (waiting_.empty())
            continue;
        // What was asked to stop sends one last batch, and does not wait long for it.
        const auto within =
            stopping_ ? std::min(limits_.answer_time, std::chrono::milliseconds{500}) : limits_.answer_time;
        lock.unlock();
        auto batch = next();
        if (!deliver(batch, within))
            put_back(std::move(batch));
        lock.lock();
    }
}

} // namespace handrail::http
