#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/trace.h"
#include "domain/actor.h"
#include "http/request.h"
#include "http/response.h"

namespace handrail::http {

class IdempotencyKeeper;
class Metrics;
class RateLimits;
class StaticFiles;

using Handler = std::function<Result<Response>(const Request&)>;

/// Who may call a route.
class Callers {
public:
    /// Nobody is asked who they are; request.who stays empty.
    static constexpr Callers anyone() { return Callers{0, false}; }
    /// Anyone; request.who is filled in when they are signed in.
    static constexpr Callers anyone_known() { return Callers{0, true}; }
    static constexpr Callers signed_in() { return Callers{0xff, true}; }
    static constexpr Callers only(std::initializer_list<Role> roles)
    {
        unsigned set = 0;
        for (const auto role : roles)
            set |= 1u << static_cast<unsigned>(role);
        return Callers{set, true};
    }
    static constexpr Callers person() { return only({Role::Person}); }
    static constexpr Callers staff() { return only({Role::Clinician, Role::Lead}); }
    static constexpr Callers lead() { return only({Role::Lead}); }
    static constexpr Callers administrator() { return only({Role::Administrator}); }

    constexpr bool may_be_nobody() const { return roles_ == 0; }
    constexpr bool asks_who() const { return asks_who_; }
    constexpr bool includes(Role role) const { return (roles_ >> static_cast<unsigned>(role)) & 1u; }
    constexpr bool every_role() const { return roles_ == 0xff; }

private:
    constexpr Callers(unsigned roles, bool asks_who) : roles_(roles), asks_who_(asks_who) {}
    unsigned roles_;
    bool asks_who_;
};

/// How well the caller must have shown who they are. Staff have a second factor; before it is set up a password alone
/// opens only what sets it up, and the way out.
enum class Strength { Full, PasswordOnly };

/// One field of a request, an answer or a named shape.
///
/// `name` ends in "?" when the field may be absent. `type` is written as TypeScript would write it:
///   text · integer · number · flag · instant · day · id · json · "soon"|"today" (exactly these texts) ·
///   Message (a shape declared with Router::shape) · T[] · T[2] (exactly two) · T|null · map<T> (any names)
struct Field {
    std::string name;
    std::string type;
    std::string about = {};
};

/// Which token bucket a request is counted in: Public and SignIn by address, Reading, Writing and Costly by account,
/// and Organisation over all its accounts. Automatic: Public when anyone may call, otherwise Reading or Writing by
/// method.
enum class RateClass { Automatic, None, Public, SignIn, Reading, Writing, Costly, Organisation };
bool by_address(RateClass rate);

/// What a route declares. OpenAPI and the TypeScript types are made from this, so the document cannot outlive
/// the route.
struct Route {
    Method method = Method::Get;
    std::string pattern = {}; ///< "/api/v1/alerts/{alert}/acknowledge"
    std::string summary = {}; ///< one sentence
    Callers callers = Callers::signed_in();
    Strength strength = Strength::Full;
    std::vector<Field> query = {};
    std::vector<Field> fields = {};  ///< of the JSON body; empty: no body is read
    std::string example = {};        ///< a request body, JSON
    int status = 200;                ///< of the answer when all is well
    std::vector<Field> answer = {};  ///< its fields; or answer_type
    std::string answer_type = {};    ///< when the answer is a named shape: "Alert"
    std::string answer_example = {}; ///< JSON
    std::string produces = "application/json";
    Handler handler = {};
    bool light = false;                  ///< runs on the socket's own thread: must never wait for anything
    bool from_anywhere = false;          ///< a webhook: Origin is not checked, so it must prove itself otherwise
    bool may_compress = false;           ///< signed-in callers: the answer never mixes a secret with typed text
    std::size_t largest_body = 1u << 20; ///< bytes
    RateClass rate = RateClass::Automatic;
    bool needs_store = true; ///< false: answered also while the store is away
    /// What is said in place of a bare refusal when the store did not keep what was sent: fixed words for whoever wrote
    /// of danger. Runs on any thread, before anybody has said who they are, and waits for nothing. Nothing: the
    /// refusal.
    std::function<std::optional<Response>(const Request&)> not_kept = {};
    bool for_help = false; ///< somebody may need a human: what others of the organisation ask for does not hold it back
};

/// A group of fields with a name, for the document: "Message".
struct Shape {
    std::string name;
    std::vector<Field> fields;
    std::string about = {};
    std::string type = {}; ///< in place of fields: what it is a name for, such as a choice of other shapes
};

/// What may be told of a request: its route as declared, never its path.
struct Answered {
    std::string_view request; ///< Request::reference
    std::string_view method;
    std::string_view route; ///< "other": no route of ours
    int status = 0;
    std::chrono::nanoseconds took{};
};

/// What the router asks of the rest of the house. Every hook may be left out.
struct RouterHooks {
    /// Who is calling, from the session cookie or the Authorization header, when they have shown it as well as
    /// the route asks. Nothing when nobody is signed in. May wait on the store.
    std::function<Result<std::optional<Actor>>(const Request&, Strength)> authenticate = {};
    IdempotencyKeeper* idempotency = nullptr;
    RateLimits* rate_limits = nullptr;
    Metrics* metrics = nullptr;
    /// The store does not come back: whoever needs it is told so at once, and no worker waits for it.
    std::function<bool()> store_away = {};
    /// A line for the operator's log: names no one, quotes nothing that was sent. `request` is its Request::reference.
    std::function<void(std::string_view noted, std::string_view request)> note = {};
    /// A request was answered; left out unless every request is to stand in the log.
    std::function<void(const Answered&)> answered = {};
    /// Takes what a request did, once its answer is on its way; must not wait. Left out: nothing is recorded.
    std::function<void(std::unique_ptr<trace::Trace>)> traced = {};
    std::string public_url = {}; ///< "https://help.example.org": the origin that pages are served under
    std::string session_cookie = "__Host-handrail";
    std::shared_ptr<const StaticFiles> files = {};
    /// Answers in another protocol's shape what no route takes; nothing: the usual problem document.
    std::function<std::optional<Response>(const Request&)> no_route = {};
};

/// Finds the route of a request and carries it out. Routes are added before the first request and never
/// after.
class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// A bug when a route of the same method and pattern is there already, or when the pattern is no pattern.
    void add(Route route);
    void shape(Shape shape);
    void set_hooks(RouterHooks hooks);

    struct Found {
        const Route* route = nullptr;
        std::size_t number = 0;  ///< of the route, for the metrics
        bool path_known = false; ///< the path is known under another method
        bool refused = false;    ///< nothing that needs the store is to be tried
        std::vector<std::pair<std::string, std::string>> path_values = {};
    };
    Found find(Method method, std::string_view path) const;
    /// Whether the route would only wait for a store that is away.
    bool waits_in_vain(const Route& route) const;
    std::string allowed(std::string_view path) const; ///< "GET, HEAD, POST, OPTIONS"

    /// Carries a request out. Never throws; every error is a problem document.
    Response answer(Request& request) const;
    Response answer(Request& request, Found found) const;

    const std::vector<Route>& routes() const;
    const std::vector<Shape>& shapes() const;
    const RouterHooks& hooks() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace handrail::http
