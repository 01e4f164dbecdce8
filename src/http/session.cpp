#include "http/session.h"

#include <algorithm>

#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>

#include "base/crypto.h"
#include "base/text.h"
#include "http/metrics.h"
#include "http/problem.h"
#include "http/session_parts.h"
#include "http/wire.h"

namespace handrail::http {
namespace {

namespace beast = boost::beast;

constexpr std::chrono::milliseconds drain_time{2000};
constexpr std::chrono::milliseconds short_drain_time{200}; ///< when the server stops
constexpr std::size_t most_drained = 4u << 20;
constexpr std::size_t most_headers = 100;
constexpr std::size_t longest_target = 8 * 1024;

std::string_view view(beast::string_view text)
{
    return {text.data(), text.size()};
}

} // namespace

Session::Session(std::unique_ptr<Socket> socket, House& house, SessionHome& home, std::string peer, bool tls)
    : socket_(std::move(socket)), house_(house), home_(home), peer_(std::move(peer)), tls_(tls), share_(house.buffers)
{
}

Session::~Session() = default;

void Session::start()
{
    // From the first moment it is the header's time that counts: a connection that says nothing is no reason
    // to wait.
    until(house_.limits.header_time);
    want_bytes();
}

void Session::want_bytes()
{
    if (reading_)
        return;
    reading_ = true;
    socket_->read(shared_from_this());
}

void Session::on_bytes(std::string_view bytes)
{
    reading_ = false;
    switch (state_) {
    case State::Closed:
        return;
    case State::Streaming:
        want_bytes(); // whatever it says; only its end matters
        return;
    case State::Draining:
        drained_ += bytes.size();
        if (drained_ > most_drained)
            close();
        else
            want_bytes();
        return;
    default:
        in_.append(bytes);
        advance();
    }
}

void Session::on_end()
{
    reading_ = false;
    close();
}

void Session::advance()
{
    if (advancing_)
        return;
    advancing_ = true;
    const auto self = shared_from_this();
    while (step()) {
    }
    advancing_ = false;
}

/// One step towards the next answer. False when bytes, a worker or the socket must come first.
bool Session::step()
{
    switch (state_) {
    case State::Idle: {
        // Empty lines before a request are allowed (RFC 9112, 2.2).
        in_.erase(0, std::min(in_.find_first_not_of("\r\n"), in_.size()));
        if (in_.empty()) {
            if (house_.stopping) {
                close();
                return false;
            }
            want_bytes();
            return false;
        }
        state_ = State::Head;
        head_bytes_ = 0;
        began_ = Steady::now();
        deadline_ = began_ + house_.limits.header_time;
        request_bytes_ = random_bytes(sizeof(trace::TraceId));
        request_id_ = to_hex(request_bytes_);
        parser_ = std::make_unique<Parser>();
        parser_->beast.header_limit(static_cast<std::uint32_t>(house_.limits.header_bytes));
        parser_->beast.body_limit(boost::none); // by route, once the route is known
        return true;
    }
    case State::Head:
        return read_head();
    case State::Body:
        return read_body();
    default:
        return false;
    }
}

bool Session::read_head()
{
    beast::error_code error;
    const auto used = parser_->beast.put(boost::asio::buffer(in_), error);
    in_.erase(0, used);
    head_bytes_ += used;
    if (!has_room())
        return true;
    if (parser_->beast.is_header_done() && (!error || error == beast::http::error::need_more)) {
        take_head();
        return true;
    }
    if (error == beast::http::error::need_more || !error) {
        want_bytes();
        return false;
    }
    if (error == beast::http::error::header_limit)
        refuse(431, "", "The header of this request is too large.");
    else if (error == beast::http::error::bad_version)
        refuse(505, "", "This server speaks HTTP/1.1 and HTTP/1.0.");
    else
        refuse(400, "", "This is not an HTTP request: " + error.message() + ".");
    return true;
}

/// Knows the head; finds the route, and refuses before the body is sent what would be refused after it.
void Session::take_head()
{
    const auto& head = parser_->beast.get();
    auto& request = parser_->request;
    keep_alive_ = parser_->beast.keep_alive();
    head_only_ = false;
    state_ = State::Body;

    const auto method = method_from(view(head.method_string()));
    request.target = view(head.target());
    std::size_t count = 0;
    for (const auto& field : head) {
        request.headers.add(std::string(view(field.name_string())), std::string(view(field.value())));
        ++count;
    }
    request.reference = request_id_;
    request.remote_address = peer_;
    request.secure = tls_;
    if (house_.proxies.trusted(peer_)) {
        std::string forwarded;
        for (const auto& [name, value] : request.headers)
            if (same_name(name, "X-Forwarded-For"))
                forwarded += (forwarded.empty() ? "" : ",") + value;
        request.remote_address = house_.proxies.browser(peer_, forwarded);
        request.secure = tls_ || lower_ascii(request.header("X-Forwarded-Proto")) == "https";
    }

    if (!method)
        return refuse(501, "", "This server knows GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS.");
    request.method = *method;
    head_only_ = *method == Method::Head;
    if (count > most_headers)
        return refuse(431, "", "This request has too many header fields.");
    if (request.target.size() > longest_target)
        return refuse(414, "", "The address of this request is too long.");
    // Two of them would let a proxy and this server disagree about whom the request is for (RFC 9112, 3.2).
    const auto hosts = head.count(beast::http::field::host);
    if (hosts > 1 || (hosts == 0 && head.version() >= 11))
        return refuse(400, "", "A request names its Host once.");
    if (const auto read = request.read_target(); !read)
        return refuse(400, "", read.error().told);

    parser_->found = house_.router.find(request.method, request.resource);
    const auto* route = parser_->found.route;
    if (route && !route->light)
        parser_->trace = begun_trace(request);
    const std::size_t largest = route ? route->largest_body : 64 * 1024;
    const auto length = parser_->beast.content_length();
    if (length && *length > largest)
        return refuse(413, "", "This is too large: at most " + std::to_string(largest) + " bytes.");
    parser_->beast.body_limit(largest);
    parser_->beast.eager(true);

    if (const auto expect = request.headers.find("Expect")) {
        if (lower_ascii(*expect) != "100-continue")
            return refuse(417, "", "Only Expect: 100-continue is known.");
        if (!parser_->beast.is_done() && in_.empty()) {
            Outgoing go_on;
            go_on.head = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto sent = socket_->send(std::move(go_on), shared_from_this());
            sending_ = sent == Sent::Later;
            if (sent == Sent::Failed)
                return close();
        }
    }
    until(house_.limits.body_time);
}

bool Session::read_body()
{
    auto& parser = parser_->beast;
    while (!parser.is_done() && !in_.empty()) {
        beast::error_code error;
        const auto used = parser.put(boost::asio::buffer(in_), error);
        in_.erase(0, used);
        if (error == beast::http::error::body_limit) {
            refuse(413, "", "This is too large.");
            return true;
        }
        if (error && error != beast::http::error::need_more) {
            refuse(400, "", "This is not an HTTP request: " + error.message() + ".");
            return true;
        }
        if (!has_room())
            return true;
        if (used == 0)
            break;
    }
    if (!parser.is_done()) {
        want_bytes();
        return false;
    }
    take_request();
    return true;
}

bool Session::has_room()
{
    if (share_.hold(in_.size() + head_bytes_ + parser_->beast.get().body().size()))
        return true;
    refuse(503, "busy", "Too much is being sent to this service at the moment. Please try again in a moment.");
    return false;
}

/// Null unless somebody collects traces. A trusted proxy may have begun this one, or decided that nobody keeps it.
std::unique_ptr<trace::Trace> Session::begun_trace(const Request& request) const
{
    if (!house_.router.hooks().traced)
        return nullptr;
    if (house_.proxies.trusted(peer_))
        if (const auto caller = trace::caller_in(request.header("traceparent")))
            return caller->sampled ? std::make_unique<trace::Trace>(caller->trace, caller->span, began_) : nullptr;
    trace::TraceId id;
    std::ranges::copy(request_bytes_, id.begin());
    return std::make_unique<trace::Trace>(id, std::nullopt, began_);
}

/// The answer is with the socket, or nobody waits for it any more.
void Session::end_trace()
{
    if (!trace_)
        return;
    const auto now = Steady::now();
    if (auto* reply = trace_->at(reply_))
        reply->ended = now;
    trace_->request().ended = now;
    if (const auto& traced = house_.router.hooks().traced)
        traced(std::move(trace_));
    trace_.reset();
}

void Session::refuse(int status, std::string_view type, std::string_view told)
{
    auto response = problem(status, type, told);
    if (status == 503)
        response.headers.add("Retry-After", "2");
    // After a request that was not read to its end nobody can say where the next one begins.
    const bool whole = state_ == State::Working;
    Answer answer;
    answer.keep_alive = whole && keep_alive_ && !house_.stopping;
    answer.outgoing.head = head_of(response, {head_only_, answer.keep_alive, tls_, true, request_id_});
    if (!head_only_)
        answer.outgoing.body = std::move(response.body);
    if (auto* metrics = house_.router.hooks().metrics)
        metrics->count(Metrics::no_route, status, Steady::now() - began_);
    if (const auto& answered = house_.router.hooks().answered)
        answered({request_id_, "other", "other", status, Steady::now() - began_});
    parser_.reset();
    reply(std::move(answer));
}

void Session::reply(Answer answer)
{
    if (sending_) { // "100 Continue" is still on its way
        state_ = State::Sending;
        held_ = std::make_unique<Answer>(std::move(answer));
        return;
    }
    const auto size = answer.outgoing.head.size() + answer.outgoing.body.size();
    if (answer.can_be_asked_again) {
        if (!share_.hold(size)) {
            if (answer.events)
                answer.events->leave();
            return refuse(503, "busy",
                          "Too many large answers are on their way at the moment. Please try again in a moment.");
        }
    } else {
        share_.hold_anyway(size);
    }
    state_ = State::Sending;
    keep_alive_ = answer.keep_alive;
    trace_ = std::move(answer.trace);
    reply_ = trace_ ? trace_->begin("reply", 0, Steady::now()) : trace::Trace::none;
    events_ = std::move(answer.events);
    until(house_.limits.write_time);
    switch (socket_->send(std::move(answer.outgoing), shared_from_this())) {
    case Sent::Done:
        sent();
        break;
    case Sent::Later:
        sending_ = true;
        break;
    case Sent::Failed:
        close();
        break;
    }
}

void Session::on_sent(bool all)
{
    sending_ = false;
    if (state_ == State::Closed)
        return;
    if (!all)
        return close();
    if (state_ == State::Streaming)
        pump();
    else if (auto held = std::move(held_))
        reply(std::move(*held));
    else if (state_ == State::Sending)
        sent();
    advance();
}

void Session::sent()
{
    end_trace();
    share_.let_go();
    if (events_) {
        state_ = State::Streaming;
        in_ = {};
        until(house_.limits.heartbeat);
        want_bytes();
        // Weak: the stream must not keep a connection whose browser has gone.
        events_->on_ready([weak = weak_from_this()] {
            if (const auto self = weak.lock())
                self->socket_->post([self] { self->pump(); });
        });
    } else if (!keep_alive_) {
        drain();
    } else {
        state_ = State::Idle;
        until(house_.limits.idle_time);
    }
}

void Session::pump()
{
    if (state_ != State::Streaming || sending_)
        return;
    auto taken = events_->take();
    if (!taken.parts.empty()) {
        Outgoing outgoing;
        outgoing.parts = std::move(taken.parts);
        const auto sent = socket_->send(std::move(outgoing), shared_from_this());
        if (sent == Sent::Failed)
            return close();
        sending_ = sent == Sent::Later;
        until(sending_ ? house_.limits.write_time : house_.limits.heartbeat);
        if (sending_)
            return; // what closed meanwhile is seen when this has gone
    }
    if (taken.closed || house_.stopping)
        drain();
}

/// Says goodbye and waits a little for the other side's: closing at once, with bytes unread, would tear the
/// last answer out of its hands.
void Session::drain()
{
    if (events_) {
        events_->leave();
        events_.reset();
    }
    state_ = State::Draining;
    drained_ = 0;
    in_ = {};
    until(house_.stopping ? short_drain_time : drain_time);
    socket_->end_sending(shared_from_this());
    want_bytes();
}

void Session::tick(Steady::time_point now)
{
    if (now < deadline_)
        return;
    switch (state_) {
    case State::Working:
    case State::Closed:
        break;
    case State::Head:
        refuse(408, "", "The header of this request took too long.");
        break;
    case State::Body:
        refuse(408, "", "The body of this request took too long.");
        break;
    case State::Streaming:
        if (sending_) {
            close();
            break;
        }
        until(house_.limits.heartbeat);
        {
            Outgoing beat;
            beat.head = ":\n\n";
            const auto sent = socket_->send(std::move(beat), shared_from_this());
            sending_ = sent == Sent::Later;
            if (sending_)
                until(house_.limits.write_time);
            if (sent == Sent::Failed)
                close();
        }
        break;
    default:
        close();
    }
}

void Session::finish()
{
    // What has reached this machine by now is in flight, also when nobody has read it yet.
    if (state_ == State::Idle && in_.empty() && !socket_->has_unread())
        close();
    else if (state_ == State::Streaming && !sending_)
        drain();
    else if (state_ == State::Draining)
        until(short_drain_time);
}

void Session::close()
{
    if (state_ == State::Closed)
        return;
    const auto self = shared_from_this();
    state_ = State::Closed;
    closed_ = true;
    end_trace();
    if (events_) {
        events_->leave();
        events_.reset();
    }
    parser_.reset();
    share_.let_go();
    socket_->close();
    home_.left(*this);
}

} // namespace handrail::http
