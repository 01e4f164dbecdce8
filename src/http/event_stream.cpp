#include "http/event_stream.h"

#include <algorithm>
#include <charconv>
#include <deque>
#include <optional>
#include <random>
#include <unordered_map>

namespace handrail::http {
namespace {

using Steady = std::chrono::steady_clock;
using Bytes = EventStream::Bytes;

struct Kept {
    std::uint64_t number;
    Bytes bytes;
};

struct Channel {
    std::deque<Kept> kept;
    std::uint64_t dropped_through = 0; ///< numbers up to here may be missing from kept
    Steady::time_point last_event{};
    std::vector<std::shared_ptr<EventStream>> streams;
};

/// A text with line breaks takes one "data:" line each.
Bytes encoded(const Event& event, const std::string& id)
{
    std::string out;
    out.reserve(event.name.size() + event.data.size() + id.size() + 32);
    if (!id.empty())
        out += "id: " + id + "\n";
    if (!event.name.empty())
        out += "event: " + event.name + "\n";
    out += "data: ";
    for (const char c : event.data) {
        if (c == '\n')
            out += "\ndata: ";
        else if (c != '\r')
            out += c;
    }
    out += "\n\n";
    return std::make_shared<const std::string>(std::move(out));
}

} // namespace

EventStream::Taken EventStream::take()
{
    const std::lock_guard lock(mutex_);
    waiting_bytes_ = 0;
    taken_.notify_all();
    return {std::exchange(waiting_, {}), closed_};
}

void EventStream::on_ready(std::function<void()> wake)
{
    {
        const std::lock_guard lock(mutex_);
        wake_ = std::move(wake);
    }
    woken();
}

void EventStream::leave()
{
    const std::lock_guard lock(mutex_);
    left_ = true;
    closed_ = true;
    waiting_.clear();
    wake_ = nullptr;
    taken_.notify_all();
}

void EventStream::woken() const
{
    std::function<void()> wake;
    {
        const std::lock_guard lock(mutex_);
        if (!waiting_.empty() || closed_)
            wake = wake_;
    }
    if (wake)
        wake();
}

void EventStream::push(const Bytes& bytes, std::size_t most_waiting)
{
    bool first = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_)
            return;
        first = waiting_.empty();
        if (waiting_bytes_ + bytes->size() > most_waiting) {
            // Too slow. The browser comes back with the last id it saw, and the channel still holds the rest.
            waiting_.clear();
            closed_ = true;
        } else {
            waiting_.push_back(bytes);
            waiting_bytes_ += bytes->size();
        }
    }
    if (first)
        woken();
}

void EventStream::close(const Bytes& last)
{
    {
        const std::lock_guard lock(mutex_);
        if (closed_)
            return;
        if (last)
            waiting_.push_back(last);
        closed_ = true;
    }
    woken();
}

struct EventHub::State {
    explicit State(EventHubLimits given) : limits(given)
    {
        // Numbers begin anew with the process, so ids carry which process they are of.
        static constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuv";
        std::random_device random;
        for (int i = 0; i < 8; ++i)
            epoch += letters[random() % letters.size()];
    }

    std::string id(std::uint64_t number) const { return epoch + "-" + std::to_string(number); }

    std::optional<std::uint64_t> number_of(std::string_view last_event_id) const
    {
        if (last_event_id.size() <= epoch.size() + 1 || !last_event_id.starts_with(epoch))
            return std::nullopt;
        const auto digits = last_event_id.substr(epoch.size() + 1);
        std::uint64_t number = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
        if (error != std::errc() || end != digits.data() + digits.size() || number > last_number)
            return std::nullopt;
        return number;
    }

    Channel& channel(std::string_view name)
    {
        auto [at, made] = channels.try_emplace(std::string(name));
        if (made)
            at->second.dropped_through = forgotten_through;
        return at->second;
    }

    void trim(Channel& channel, Steady::time_point now) const
    {
        if (now - channel.last_event > limits.kept_for && !channel.kept.empty()) {
            channel.dropped_through = channel.kept.back().number;
            channel.kept.clear();
        }
        while (channel.kept.size() > limits.kept_per_channel) {
            channel.dropped_through = channel.kept.front().number;
            channel.kept.pop_front();
        }
    }

    /// Forgets channels that nobody listens to and whose events are too old to be asked for.
    void sweep(Steady::time_point now)
    {
        if (now - swept < limits.kept_for / 4)
            return;
        swept = now;
        for (auto at = channels.begin(); at != channels.end();) {
            auto& channel = at->second;
            forget_closed(channel);
            trim(channel, now);
            const bool needed = !channel.streams.empty() || !channel.kept.empty();
            if (!needed)
                forgotten_through = std::max(forgotten_through, channel.dropped_through);
            at = needed ? std::next(at) : channels.erase(at);
        }
    }

    void forget_closed(Channel& channel)
    {
        open -= std::erase_if(channel.streams, [](const auto& stream) {
            const std::lock_guard lock(stream->mutex_);
            return stream->closed_;
        });
    }

    const EventHubLimits limits;
    mutable std::mutex mutex;
    std::string epoch;
    std::uint64_t last_number = 0;
    std::uint64_t forgotten_through = 0;
    std::size_t open = 0; ///< streams in all channels, closed ones that were not yet forgotten among them
    Steady::time_point swept = Steady::now();
    std::unordered_map<std::string, Channel> channels;
};

EventHub::EventHub(EventHubLimits limits) : state_(std::make_unique<State>(limits)) {}

EventHub::~EventHub()
{
    close_everything();
}

void EventHub::publish(std::string_view channel_name, const Event& event)
{
    std::vector<std::shared_ptr<EventStream>> listeners;
    Bytes bytes;
    {
        const std::lock_guard lock(state_->mutex);
        const auto now = Steady::now();
        state_->sweep(now);
        auto& channel = state_->channel(channel_name);
        bytes = encoded(event, state_->id(++state_->last_number));
        channel.kept.push_back({state_->last_number, bytes});
        channel.last_event = now;
        state_->trim(channel, now);
        state_->forget_closed(channel);
        listeners = channel.streams;
        // Inside the lock: two events published at one moment reach every stream in the order of their
        // numbers, or a browser that saw the later one would never ask for the earlier one again.
        for (const auto& stream : listeners)
            stream->push(bytes, state_->limits.waiting_bytes);
    }
}

void EventHub::publish_to_all(const Event& event)
{
    const auto bytes = encoded(event, {}); // without a number: what a browser saw last stays what it was
    const std::lock_guard lock(state_->mutex);
    for (auto& [name, channel] : state_->channels)
        for (const auto& stream : channel.streams)
            stream->push(bytes, state_->limits.waiting_bytes);
}

Result<std::shared_ptr<EventStream>> EventHub::subscribe(std::string_view channel_name, std::string_view session,
                                                         std::string_view last_event_id)
{
    const std::lock_guard lock(state_->mutex);
    const auto now = Steady::now();
    if (state_->open >= state_->limits.streams) {
        for (auto& [name, each] : state_->channels)
            state_->forget_closed(each);
        if (state_->open >= state_->limits.streams)
            return unavailable("Too many pages are listening at the moment. This one will try again.",
                               "event streams: the limit is reached");
    }
    auto& channel = state_->channel(channel_name);
    state_->forget_closed(channel);
    state_->trim(channel, now);
    while (channel.streams.size() >= std::max<std::size_t>(1, state_->limits.streams_per_account)) {
        channel.streams.front()->close(nullptr);
        channel.streams.erase(channel.streams.begin());
        --state_->open;
    }

    auto stream = std::make_shared<EventStream>();
    stream->session_ = session;
    const auto retry = "retry: " + std::to_string(state_->limits.retry.count()) + "\n";
    const auto seen = state_->number_of(last_event_id);
    if (last_event_id.empty() || (seen && *seen >= channel.dropped_through)) {
        // An id without data sets where the browser resumes and is not shown to the page.
        const auto from = last_event_id.empty() ? state_->last_number : *seen;
        stream->waiting_.push_back(std::make_shared<const std::string>(retry + "id: " + state_->id(from) + "\n\n"));
        for (const auto& kept : channel.kept)
            if (kept.number > from)
                stream->waiting_.push_back(kept.bytes);
    } else {
        stream->waiting_.push_back(
            std::make_shared<const std::string>(retry + *encoded({"resync", "{}"}, state_->id(state_->last_number))));
    }
    channel.streams.push_back(stream);
    ++state_->open;
    return stream;
}

void EventHub::close_all(std::string_view channel_name, const Event& last)
{
    const std::lock_guard lock(state_->mutex);
    const auto found = state_->channels.find(std::string(channel_name));
    if (found == state_->channels.end())
        return;
    auto& channel = found->second;
    const auto bytes = last.name.empty() ? nullptr : encoded(last, {});
    for (const auto& stream : channel.streams)
        stream->close(bytes);
    state_->forget_closed(channel);
    if (!channel.kept.empty())
        channel.dropped_through = channel.kept.back().number;
    channel.kept.clear();
}

void EventHub::close_session(std::string_view session, const Event& last)
{
    const std::lock_guard lock(state_->mutex);
    const auto bytes = last.name.empty() ? nullptr : encoded(last, {});
    for (auto& [name, channel] : state_->channels)
        for (const auto& stream : channel.streams)
            if (stream->session_ == session)
                stream->close(bytes);
}

void EventHub::close_everything()
{
    const std::lock_guard lock(state_->mutex);
    for (auto& [name, channel] : state_->channels) {
        for (const auto& stream : channel.streams)
            stream->close(nullptr);
        state_->forget_closed(channel);
    }
}

std::size_t EventHub::open_streams() const
{
    const std::lock_guard lock(state_->mutex);
    std::size_t out = 0;
    for (const auto& [name, channel] : state_->channels)
        for (const auto& stream : channel.streams) {
            const std::lock_guard stream_lock(stream->mutex_);
            out += stream->closed_ ? 0U : 1U;
        }
    return out;
}

} // namespace handrail::http
