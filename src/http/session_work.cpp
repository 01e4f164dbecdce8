// What happens to a request between its last byte and the first of its answer, on a worker or longer.
#include "http/later.h"
#include "http/metrics.h"
#include "http/problem.h"
#include "http/session_parts.h"
#include "http/wire.h"

namespace handrail::http {

/// An answer that another thread owes.
class Session::Owed final : public Later {
public:
    Owed(std::shared_ptr<Session> session, std::shared_ptr<Work> work)
        : session_(std::move(session)), work_(std::move(work))
    {
    }
    ~Owed() override
    {
        if (work_)
            give(problem(503, "", "This could not be answered. Please try again."));
    }
    void give(Response response) override
    {
        ensure(work_ != nullptr, "an answer is given once");
        session_->hand_in(std::exchange(work_, nullptr), std::move(response));
    }
    bool gone() const override { return session_->closed_; }

private:
    std::shared_ptr<Session> session_;
    std::shared_ptr<Work> work_;
};

Response Session::routed(Work& work) const
{
    work.number = work.found.number;
    work.route = work.found.route ? std::string_view(work.found.route->pattern) : "other";
    const trace::Recording recording(work.trace.get());
    return house_.router.answer(work.request, std::move(work.found));
}

Session::Answer Session::finished(Work& work, Response response) const
{
    const auto& request = work.request;
    const auto& hooks = house_.router.hooks();
    if (work.trace) {
        auto& span = work.trace->request();
        span.name = std::string(name(request.method)) + " " + std::string(work.route);
        span.failed = response.status >= 500;
        span.attributes = {{"http.request.method", std::string(name(request.method))},
                           {"http.route", std::string(work.route)},
                           {"http.response.status_code", {}, response.status, true},
                           {"handrail.request", request.reference}};
    }
    compress(response, request.header("Accept-Encoding"));
    Answer answer;
    answer.keep_alive = keep_alive_ && !house_.stopping && !response.events;
    answer.can_be_asked_again = is_safe(request.method);
    const Leaving leaving{request.method == Method::Head, answer.keep_alive, request.secure,
                          !response.shared_body && !response.headers.has("ETag"), request.reference};
    if (request.method == Method::Head && response.events)
        response.events->leave();
    answer.outgoing.head = head_of(response, leaving);
    if (!leaving.head_only) {
        if (response.shared_body)
            answer.outgoing.parts.push_back(std::move(response.shared_body));
        else
            answer.outgoing.body = std::move(response.body);
        answer.events = std::move(response.events);
    }
    const auto took = Steady::now() - began_;
    if (hooks.metrics)
        hooks.metrics->count(work.number, response.status, took);
    if (hooks.answered)
        hooks.answered({request.reference, name(request.method), work.route, response.status, took});
    answer.trace = std::move(work.trace);
    return answer;
}

Session::Answer Session::carried_out(Work& work) const
{
    return finished(work, routed(work));
}

void Session::hand_in(std::shared_ptr<Work> work, Response response)
{
    auto answer = std::make_shared<Answer>(finished(*work, std::move(response)));
    socket_->post([self = shared_from_this(), answer] {
        if (self->state_ != State::Working) {
            if (answer->events) // whoever writes it learns that nobody reads
                answer->events->leave();
            return;
        }
        self->reply(std::move(*answer));
        self->advance();
    });
}

void Session::work_on(const std::shared_ptr<Work>& work)
{
    auto response = routed(*work);
    if (!response.later)
        return hand_in(work, std::move(response));
    // Only while it is owed: an ordinary handler is not interrupted, and its socket is not read meanwhile.
    socket_->post([self = shared_from_this()] {
        if (self->state_ == State::Working)
            self->want_bytes();
    });
    response.later(std::make_shared<Owed>(shared_from_this(), work));
}

void Session::take_request()
{
    state_ = State::Working;
    auto parser = std::move(parser_);
    parser->request.body = std::move(parser->beast.get().body());
    if (in_.empty() && in_.capacity() > 4096)
        in_ = {};
    const auto* route = parser->found.route;
    parser->found.refused = route && house_.router.waits_in_vain(*route);
    const bool at_once = !route || route->light || parser->found.refused;
    auto work = std::make_shared<Work>(
        Work{std::move(parser->request), std::move(parser->found), std::move(parser->trace), 0, {}});
    // Static files and plain refusals are ready at once too.
    if (at_once) {
        reply(carried_out(*work));
        return;
    }
    const bool taken = house_.workers.take([self = shared_from_this(), work] { self->work_on(work); });
    if (!taken && route->not_kept) {
        work->found.refused = true;
        reply(carried_out(*work));
    } else if (!taken) {
        refuse(503, "busy", "Too much is going on at the moment. Please try again in a moment.");
    }
}

} // namespace handrail::http
