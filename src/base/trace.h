#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What one request did and how long each part of it took, for whoever runs the service. Only fixed words, numbers and
/// urgencies are said in it: no path with an id, no words, nobody's id.
namespace handrail::trace {

using TraceId = std::array<unsigned char, 16>;
using SpanId = std::array<unsigned char, 8>;
using Steady = std::chrono::steady_clock;

struct Attribute {
    const char* name; ///< as OpenTelemetry names it, where it does
    std::string text;
    std::int64_t number = 0;
    bool is_number = false;
};

struct Span {
    SpanId id;
    SpanId parent; ///< all zero: none
    std::string name;
    Steady::time_point began;
    Steady::time_point ended;
    bool failed = false;
    std::vector<Attribute> attributes;
};

/// The spans of one request; the first is the request itself.
class Trace {
public:
    /// More parts of one request are left out, so that one is never large.
    static constexpr std::size_t most_spans = 64;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    /// @param caller The span at a trusted proxy that asked for this; none: the trace begins here.
    Trace(TraceId id, std::optional<SpanId> caller, Steady::time_point began);

    const TraceId& id() const { return id_; }
    const std::vector<Span>& spans() const { return spans_; }
    Span& request() { return spans_.front(); }
    Span* at(std::size_t place) { return place == none ? nullptr : &spans_[place]; }
    /// Its place; none when there are too many.
    std::size_t begin(const char* name, std::size_t parent, Steady::time_point began);
    /// Nanoseconds since 1970.
    std::int64_t unix_time(Steady::time_point at) const;

private:
    TraceId id_;
    Steady::time_point steady_; ///< one look at both clocks
    std::chrono::system_clock::time_point system_;
    std::vector<Span> spans_;
};

/// "00-<trace>-<span>-<flags>" (W3C Trace Context). None when it is not of that form.
struct Caller {
    TraceId trace;
    SpanId span;
    bool sampled = false;
};
std::optional<Caller> caller_in(std::string_view traceparent);

/// While it lives, what this thread does is written into `trace`; null: nothing is.
class Recording {
public:
    explicit Recording(Trace* trace);
    ~Recording();
    Recording(const Recording&) = delete;
    Recording& operator=(const Recording&) = delete;
};

/// One part of what the request on this thread does, from here to the end of the block. Costs a look at one variable
/// when nothing is recorded.
class Part {
public:
    explicit Part(const char* name);
    ~Part();
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    /// @param value One of a few fixed words, such as an urgency; never anything that anybody wrote.
    void say(const char* name, std::string_view value);
    void failed();

private:
    Trace* trace_;
    std::size_t place_ = Trace::none;
    std::size_t around_ = Trace::none;
};

/// A part that another thread carried out while this one waited.
void add(const char* name, Steady::time_point began, Steady::time_point ended);

} // namespace handrail::trace
