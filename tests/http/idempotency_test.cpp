#include "http/idempotency.h"

#include <future>
#include <map>
#include <mutex>

#include <gmock/gmock.h>

#include "http/actor_for_test.h"
#include "http/router.h"

namespace handrail::http
{
namespace
{

class Memory final : public IdempotencyKeeper
{
public:
    Result<std::optional<Kept>> lookup(const Actor& actor, std::string_view key) override
    {
        const std::lock_guard lock(mutex_);
        const auto at = kept_.find(actor.account().text() + std::string(key));
        if (at == kept_.end())
            return std::optional<Kept>{};
        return std::optional<Kept>{at->second};
    }
    std::shared_ptr<Claim> claim(const Actor& actor, std::string_view key, std::string_view request_hash) override
    {
        return std::make_shared<Claim>(
            Claim{actor.account().text() + std::string(key), std::string(request_hash), Claim::State::Open});
    }
    /// What trust::Record::write does with a request's first change.
    bool change(const Actor& actor)
    {
        const std::lock_guard lock(mutex_);
        auto& claim = *actor.claim();
        if (claim.state == Claim::State::Open)
            claim.state = kept_.try_emplace(claim.key_hash, Kept{claim.request_hash, {}}).second ? Claim::State::Held
                                                                                                 : Claim::State::Taken;
        return claim.state == Claim::State::Held;
    }
    Result<void> keep(const Actor& actor, std::string_view key, std::string_view request_hash,
                      const Response& response) override
    {
        if (stopped_before_keeping)
            return {};
        const std::lock_guard lock(mutex_);
        kept_[actor.account().text() + std::string(key)] = {std::string(request_hash), response};
        return {};
    }
    bool stopped_before_keeping = false; ///< as a crash between the request and its answer does

private:
    std::mutex mutex_;
    std::map<std::string, Kept> kept_;
};

class Idempotency : public ::testing::Test
{
protected:
    Idempotency() : ada(trust::ActorDesk::make(Role::Person)), bo(trust::ActorDesk::make(Role::Person))
    {
        Route route;
        route.method = Method::Post;
        route.pattern = "/check-ins";
        route.handler = [this](const Request& request) {
            asking = request.who;
            return act();
        };
        router.add(route);
        route.pattern = "/sign-in";
        route.callers = Callers::anyone_known();
        router.add(route);
        RouterHooks hooks;
        hooks.authenticate = [this](const Request& request, Strength) -> Result<std::optional<Actor>> {
            if (request.header("X-Who") == "nobody")
                return std::optional<Actor>{};
            return std::optional<Actor>{request.header("X-Who") == "bo" ? bo : ada};
        };
        hooks.idempotency = &memory;
        router.set_hooks(hooks);
    }
    Response post(std::string key, std::string body, std::string who = "ada",
                  std::string target = "/check-ins")
    {
        Request request;
        request.method = Method::Post;
        request.target = std::move(target);
        request.body = std::move(body);
        request.headers = {{"Idempotency-Key", std::move(key)}, {"X-Who", std::move(who)}};
        EXPECT_TRUE(request.read_target());
        return router.answer(request);
    }
    Actor ada, bo;
    Memory memory;
    Router router;
    int done = 0;
    std::optional<Actor> asking; ///< as the handler sees the caller
    /// A handler that changes something, as every one does through the record.
    Result<Response> changed(const std::function<Result<Response>()>& then)
    {
        if (!memory.change(*asking))
            return conflict("carried out before");
        ++done;
        return then();
    }
    std::function<Result<Response>()> act = [this]() -> Result<Response> {
        return Response::created("{\"number\":" + std::to_string(++done) + "}");
    };
};

TEST_F(Idempotency, DoesTheSameRequestOnce)
{
    EXPECT_EQ(post("key-0001", "{}").body, R"({"number":1})");
    const auto again = post("key-0001", "{}");
    EXPECT_EQ(again.body, R"({"number":1})");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.headers.get("Idempotent-Replay"), "true");
    EXPECT_EQ(post("key-0002", "{}").body, R"({"number":2})");
    EXPECT_EQ(post("key-0001", "{}", "bo").body, R"({"number":3})") << "keys are each account's own";
}

TEST_F(Idempotency, RefusesTheSameKeyForSomethingElse)
{
    post("key-0001", "{}");
    EXPECT_EQ(post("key-0001", R"({"mood":1})").status, 422);
    EXPECT_EQ(done, 1);
    EXPECT_EQ(post("short", "{}").status, 400);
    EXPECT_EQ(post("with a space", "{}").status, 400);
    EXPECT_EQ(post(std::string(129, 'k'), "{}").status, 400);
}

TEST_F(Idempotency, KeepsOnlyWhatWasDone)
{
    const auto fine = act;
    act = []() -> Result<Response> { return unavailable("later", "disk full"); };
    EXPECT_EQ(post("key-0001", "{}").status, 503);
    act = fine;
    EXPECT_EQ(post("key-0001", "{}").status, 201);
}

TEST_F(Idempotency, GivesNobodyASession)
{
    act = [this]() -> Result<Response> {
        ++done;
        return Response::ok("{}").with("Set-Cookie", "__Host-handrail=x");
    };
    post("key-0001", "{}", "nobody", "/sign-in");
    post("key-0001", "{}", "nobody", "/sign-in");
    EXPECT_EQ(done, 2) << "strangers share no keys";
    post("key-0001", "{}");
    post("key-0001", "{}");
    EXPECT_EQ(done, 4) << "an answer with a cookie is not kept";
}

TEST_F(Idempotency, IsNotDoneAgainWhenItsAnswerWasLost)
{
    act = [this] { return changed([this]() -> Result<Response> { return Response::created("{}"); }); };
    memory.stopped_before_keeping = true;
    EXPECT_EQ(post("key-0001", "{}").status, 201);
    memory.stopped_before_keeping = false;
    const auto again = post("key-0001", "{}");
    EXPECT_EQ(again.status, 409);
    EXPECT_THAT(again.body, testing::HasSubstr("/problems/done-before"));
    EXPECT_EQ(done, 1);
    EXPECT_EQ(post("key-0001", R"({"mood":1})").status, 422) << "the key is still that request's";
    EXPECT_EQ(post("key-0002", "{}").status, 201);
}

TEST_F(Idempotency, GivesTheAnswerThatNeedsNoDoing)
{
    memory.stopped_before_keeping = true;
    act = [this] { return changed([this]() -> Result<Response> { return Response::created("{}"); }); };
    post("key-0001", "{}");
    memory.stopped_before_keeping = false;
    act = []() -> Result<Response> { return unavailable("later", "the store is away"); };
    EXPECT_EQ(post("key-0001", "{}").status, 503) << "nothing is known yet";
    act = []() -> Result<Response> { return Response::created(R"({"known":"by its client_id"})"); };
    const auto again = post("key-0001", "{}");
    EXPECT_EQ(again.body, R"({"known":"by its client_id"})");
    EXPECT_EQ(again.headers.get("Idempotent-Replay"), "true");
    act = []() -> Result<Response> { return invalid("not asked again"); };
    EXPECT_EQ(post("key-0001", "{}").status, 201) << "and it is kept from then on";
}

TEST_F(Idempotency, IsNotBegunAgainAfterItsFirstPart)
{
    act = [this] {
        return changed([]() -> Result<Response> { return unavailable("later", "the second part failed"); });
    };
    EXPECT_EQ(post("key-0001", "{}").status, 503);
    EXPECT_EQ(post("key-0001", "{}").status, 409);
    EXPECT_EQ(done, 1);
    act = [this] { return changed([]() -> Result<Response> { throw std::logic_error("a bug after the change"); }); };
    EXPECT_EQ(post("key-0002", "{}").status, 500);
    EXPECT_EQ(post("key-0002", "{}").status, 409);
    EXPECT_EQ(done, 2);
}

TEST_F(Idempotency, TellsTheAnswerOfTheNodeThatWasFirst)
{
    act = [this]() -> Result<Response> {
        // The other node takes the key while this one is on its way, and is done before this one has looked.
        EXPECT_TRUE(memory.change(asking->claiming(memory.claim(*asking, "key-0001", asking->claim()->request_hash))));
        EXPECT_TRUE(memory.keep(*asking, "key-0001", asking->claim()->request_hash, Response::created("{\"by\":2}")));
        return changed([]() -> Result<Response> { return Response::created("{\"by\":1}"); });
    };
    const auto told = post("key-0001", "{}");
    EXPECT_EQ(told.body, "{\"by\":2}");
    EXPECT_EQ(told.headers.get("Idempotent-Replay"), "true");
    EXPECT_EQ(done, 0);
}

TEST_F(Idempotency, SaysThatItIsBeingDone)
{
    std::promise<void> entered, go_on;
    act = [&]() -> Result<Response> {
        entered.set_value();
        go_on.get_future().wait();
        return Response::created("{}");
    };
    auto first = std::async(std::launch::async, [&] { return post("key-0001", "{}"); });
    entered.get_future().wait();
    EXPECT_EQ(post("key-0001", "{}").status, 409);
    go_on.set_value();
    EXPECT_EQ(first.get().status, 201);
    EXPECT_EQ(post("key-0001", "{}").headers.get("Idempotent-Replay"), "true");
}

} // namespace
} // namespace handrail::http
