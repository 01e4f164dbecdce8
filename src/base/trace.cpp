#include "base/trace.h"

#include <algorithm>

#include <sodium.h>

namespace handrail::trace {

namespace {

thread_local Trace* recorded = nullptr;
thread_local std::size_t open_part = Trace::none;

SpanId new_span()
{
    SpanId id;
    randombytes_buf(id.data(), id.size());
    return id;
}

template <std::size_t Size> bool read_hex(std::string_view text, std::array<unsigned char, Size>& out)
{
    const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
    if (text.size() != 2 * Size)
        return false;
    bool some = false;
    for (std::size_t i = 0; i < Size; ++i) {
        const int high = digit(text[2 * i]);
        const int low = digit(text[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = static_cast<unsigned char>(high * 16 + low);
        some = some || out[i] != 0;
    }
    return some;
}

} // namespace

Trace::Trace(TraceId id, std::optional<SpanId> caller, Steady::time_point began)
    : id_(id), steady_(Steady::now()), system_(std::chrono::system_clock::now())
{
    spans_.reserve(8);
    spans_.push_back({new_span(), caller.value_or(SpanId{}), {}, began, began, false, {}});
}

std::size_t Trace::begin(const char* name, std::size_t parent, Steady::time_point began)
{
    if (spans_.size() >= most_spans)
        return none;
    spans_.push_back({new_span(), spans_[parent == none ? 0 : parent].id, name, began, began, false, {}});
    return spans_.size() - 1;
}

std::int64_t Trace::unix_time(Steady::time_point at) const
{
    using std::chrono::duration_cast;
    using std::chrono::nanoseconds;
    return duration_cast<nanoseconds>(system_.time_since_epoch()).count() +
           duration_cast<nanoseconds>(at - steady_).count();
}

std::optional<Caller> caller_in(std::string_view traceparent)
{
    constexpr std::size_t length = 55;
    Caller caller;
    std::array<unsigned char, 1> flags{};
    if (traceparent.size() != length || traceparent.substr(0, 3) != "00-" || traceparent[35] != '-' ||
        traceparent[52] != '-' || !read_hex(traceparent.substr(3, 32), caller.trace) ||
        !read_hex(traceparent.substr(36, 16), caller.span))
        return std::nullopt;
    if (!read_hex(traceparent.substr(53, 2), flags) && traceparent.substr(53, 2) != "00")
        return std::nullopt;
    caller.sampled = (flags[0] & 1U) != 0;
    return caller;
}

Recording::Recording(Trace* trace)
{
    recorded = trace;
    open_part = trace == nullptr ? Trace::none : 0;
}

Recording::~Recording()
{
    recorded = nullptr;
    open_part = Trace::none;
}

Part::Part(const char* name) : trace_(recorded)
{
    if (trace_ == nullptr)
        return;
    around_ = open_part;
    place_ = trace_->begin(name, around_, Steady::now());
    if (place_ != Trace::none)
        open_part = place_;
}

Part::~Part()
{
    if (trace_ == nullptr)
        return;
    if (auto* span = trace_->at(place_))
        span->ended = Steady::now();
    open_part = around_;
}

void Part::say(const char* name, std::string_view value)
{
    if (trace_ != nullptr)
        if (auto* span = trace_->at(place_))
            span->attributes.push_back({name, std::string(value)});
}

void Part::failed()
{
    if (trace_ != nullptr)
        if (auto* span = trace_->at(place_))
            span->failed = true;
}

void add(const char* name, Steady::time_point began, Steady::time_point ended)
{
    if (recorded == nullptr)
        return;
    if (auto* span = recorded->at(recorded->begin(name, open_part, began)))
        span->ended = ended;
}

} // namespace handrail::trace
