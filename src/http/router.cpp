#include "http/router.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "base/text.h"
#include "http/idempotency_gate.h"
#include "http/origin.h"
#include "http/problem.h"
#include "http/rate_limit.h"
#include "http/static_files.h"

namespace handrail::http {
namespace {

constexpr std::size_t methods = 7;
constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t index_of(Method method)
{
    return static_cast<std::size_t>(method);
}

struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> children;
    std::unique_ptr<Node> any; ///< where a {name} stands
    std::array<std::size_t, methods> routes;
    Node() { routes.fill(none); }
    bool is_path() const
    {
        return std::ranges::any_of(routes, [](std::size_t route) { return route != none; });
    }
};

RateClass rate_of(const Route& route)
{
    if (route.rate != RateClass::Automatic)
        return route.rate;
    if (route.callers.may_be_nobody())
        return RateClass::Public;
    return is_safe(route.method) ? RateClass::Reading : RateClass::Writing;
}

Error store_away()
{
    return typed(
        ErrorKind::Unavailable, "store-away",
        "The record does not answer at the moment: nothing can be read and nothing is kept. It is tried again by "
        "itself.");
}

std::optional<std::string_view> name_in(std::string_view segment)
{
    if (segment.size() > 2 && segment.front() == '{' && segment.back() == '}')
        return segment.substr(1, segment.size() - 2);
    return std::nullopt;
}

/// A literal segment goes before a {name}; what does not lead to a path is gone back from.
const Node* walk(const Node& node, std::span<const std::string_view> segments, std::vector<std::string_view>& values)
{
    if (segments.empty())
        return node.is_path() ? &node : nullptr;
    const auto rest = segments.subspan(1);
    if (const auto child = node.children.find(segments[0]); child != node.children.end())
        if (const auto* found = walk(*child->second, rest, values))
            return found;
    if (node.any && !segments[0].empty()) {
        values.push_back(segments[0]);
        if (const auto* found = walk(*node.any, rest, values))
            return found;
        values.pop_back();
    }
    return nullptr;
}

} // namespace

bool by_address(RateClass rate)
{
    return rate == RateClass::Public || rate == RateClass::SignIn;
}

struct Router::State {
    Node root;
    std::vector<Route> routes;
    std::vector<std::vector<std::string>> names; ///< of each route's pattern, in order
    std::vector<Shape> shapes;
    RouterHooks hooks;
    IdempotencyGate gate;

    const Node* node(std::string_view path, std::vector<std::string_view>& values) const
    {
        if (path.empty() || path.front() != '/')
            return nullptr;
        const auto segments = split(path.substr(1), '/');
        return walk(root, segments, values);
    }

    void note(std::string_view line, const Request& request) const
    {
        if (hooks.note)
            hooks.note(line, request.reference);
    }
    Response told(const Error& error, const Route& route, const Request& request) const
    {
        auto out = problem(error);
        if (!error.noted.empty())
            note(route.pattern + " " + std::to_string(out.status) + ": " + error.noted, request);
        if (error.kind == ErrorKind::Unavailable && route.not_kept)
            if (auto instead = route.not_kept(request))
                return std::move(*instead);
        return out;
    }
    Response without_route(const Request& request, const Found& found, const Router& router) const;
    std::optional<Response> too_often(RateClass rate, std::string_view whom) const;
    Result<Response> carry(Request& request, const Route& route);
};

Router::Router() : state_(std::make_unique<State>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

void Router::add(Route route)
{
    ensure(route.pattern.starts_with('/'), "a route's pattern begins with /");
    ensure(static_cast<bool>(route.handler), "a route has a handler");
    ensure(route.method != Method::Head && route.method != Method::Options,
           "HEAD and OPTIONS are answered by themselves");
    auto* node = &state_->root;
    std::vector<std::string> names;
    for (const auto segment : split(std::string_view(route.pattern).substr(1), '/')) {
        if (const auto name = name_in(segment)) {
            ensure(std::ranges::find(names, *name) == names.end(), "a pattern names each part once");
            names.emplace_back(*name);
            if (!node->any)
                node->any = std::make_unique<Node>();
            node = node->any.get();
        } else {
            ensure(segment.find_first_of("{}") == std::string_view::npos, "a {name} fills its whole segment");
            auto& child = node->children[std::string(segment)];
            if (!child)
                child = std::make_unique<Node>();
            node = child.get();
        }
    }
    auto& place = node->routes[index_of(route.method)];
    ensure(place == none, "a route is declared once");
    place = state_->routes.size();
    state_->routes.push_back(std::move(route));
    state_->names.push_back(std::move(names));
}

void Router::shape(Shape shape)
{
    state_->shapes.push_back(std::move(shape));
}
void Router::set_hooks(RouterHooks hooks)
{
    state_->hooks = std::move(hooks);
}
const std::vector<Route>& Router::routes() const
{
    return state_->routes;
}
const std::vector<Shape>& Router::shapes() const
{
    return state_->shapes;
}
const RouterHooks& Router::hooks() const
{
    return state_->hooks;
}

Router::Found Router::find(Method method, std::string_view path) const
{
    std::vector<std::string_view> values;
    Found found{nullptr, none, false, {}};
    const auto* node = state_->node(path, values);
    if (!node)
        return found;
    found.path_known = true;
    const auto number = node->routes[index_of(method == Method::Head ? Method::Get : method)];
    if (number == none)
        return found;
    found.route = &state_->routes[number];
    found.number = number;
    const auto& names = state_->names[number];
    for (std::size_t i = 0; i < names.size(); ++i)
        found.path_values.emplace_back(names[i], values[i]);
    return found;
}

bool Router::waits_in_vain(const Route& route) const
{
    return route.needs_store && !route.light && state_->hooks.store_away && state_->hooks.store_away();
}

std::string Router::allowed(std::string_view path) const
{
    std::vector<std::string_view> values;
    const auto* node = state_->node(path, values);
    std::string out;
    for (std::size_t i = 0; node && i < methods; ++i)
        if (node->routes[i] != none) {
            out += std::string(name(static_cast<Method>(i))) + ", ";
            if (static_cast<Method>(i) == Method::Get)
                out += "HEAD, ";
        }
    return out + "OPTIONS";
}

Response Router::State::without_route(const Request& request, const Found& found, const Router& router) const
{
    if (hooks.no_route && request.method != Method::Options)
        if (auto answered = hooks.no_route(request))
            return std::move(*answered);
    if (found.path_known) {
        const auto allow = router.allowed(request.resource);
        if (request.method == Method::Options)
            return Response::no_content().with("Allow", allow);
        return problem(405, "", "This address takes " + allow + ".").with("Allow", allow);
    }
    if (hooks.files && !request.resource.starts_with("/api/")) {
        if (const auto file = hooks.files->answer(request)) {
            if (request.method == Method::Get || request.method == Method::Head)
                return std::move(*file);
            if (request.method == Method::Options)
                return Response::no_content().with("Allow", "GET, HEAD, OPTIONS");
            return problem(405, "", "This address takes GET, HEAD, OPTIONS.").with("Allow", "GET, HEAD, OPTIONS");
        }
    }
    if (request.method == Method::Options && request.resource == "*")
        return Response::no_content().with("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return problem(404, "", "There is nothing under this address.");
}

std::optional<Response> Router::State::too_often(RateClass rate, std::string_view whom) const
{
    if (!hooks.rate_limits)
        return std::nullopt;
    const auto wait = hooks.rate_limits->wait(rate, whom);
    if (wait.count() == 0)
        return std::nullopt;
    const auto* told = "Too many requests from this address. Please wait a moment.";
    if (rate == RateClass::Organisation)
        told = "More is asked of this service at the moment than it was set to answer. Please wait a moment.";
    else if (rate == RateClass::Costly)
        told = "This takes long work, and it was asked for several times. Please wait a minute.";
    else if (!by_address(rate))
        told = "Too many requests from this account. Please wait a moment.";
    return problem(429, "too-often", told).with("Retry-After", std::to_string(wait.count()));
}

Result<Response> Router::State::carry(Request& request, const Route& route)
{
    const auto rate = rate_of(route);
    if (by_address(rate))
        if (auto refused = too_often(rate, request.remote_address))
            return std::move(*refused);
    if (!route.from_anywhere)
        TRY(check_origin(request, hooks.public_url, hooks.session_cookie));
    if (route.callers.asks_who() && hooks.authenticate)
        request.who = TRY(hooks.authenticate(request, route.strength));
    if (request.who) {
        if (!by_address(rate))
            if (auto refused = too_often(rate, request.who->account().text()))
                return std::move(*refused);
        if (rate != RateClass::None && !route.for_help)
            if (auto refused = too_often(RateClass::Organisation, request.who->organisation().text()))
                return std::move(*refused);
    }
    if (!route.callers.may_be_nobody()) {
        if (!request.who) {
            // Whoever tries one key after the other is somebody at an address too.
            if (auto refused = too_often(RateClass::Public, request.remote_address))
                return std::move(*refused);
            return Error{ErrorKind::NotSignedIn, "Please sign in.", {}, {}};
        }
        if (!route.callers.includes(request.who->role()))
            return not_allowed("Your role may not do this.");
    }
    const bool once =
        hooks.idempotency && request.who && !is_safe(request.method) && request.headers.has("Idempotency-Key");
    if (!once)
        return route.handler(request);
    return gate.pass(
        request, *hooks.idempotency, [&] { return route.handler(request); },
        [&](std::string_view line) { note(line, request); });
}

Response Router::answer(Request& request) const
{
    return answer(request, find(request.method, request.resource));
}

Response Router::answer(Request& request, Found found) const
{
    if (!found.route) {
        auto out = state_->without_route(request, found, *this);
        return out;
    }
    const auto& route = *found.route;
    request.path_values = std::move(found.path_values);
    const bool refused = found.refused;
    // One of the three places that catch: a bug in one request must not take the others with it.
    try {
        auto response = refused ? Result<Response>(store_away()) : state_->carry(request, route);
        if (!response)
            return state_->told(response.error(), route, request);
        if (response->status < 400)
            response->may_compress = response->may_compress || route.may_compress || !route.callers.asks_who();
        return std::move(*response);
    } catch (const std::exception& bug) {
        const auto reference = to_text(random_id());
        state_->note(route.pattern + " 500 reference " + reference + ": " + bug.what(), request);
        return internal_problem(reference);
    } catch (...) {
        const auto reference = to_text(random_id());
        state_->note(route.pattern + " 500 reference " + reference + ": an exception of no known kind", request);
        return internal_problem(reference);
    }
}

} // namespace handrail::http
