#include "http/idempotency_gate.h"

#include <algorithm>

#include <sodium.h>

#include "base/text.h"
#include "http/problem.h"

namespace handrail::http
{
namespace
{

/// What makes two requests the same: method, target and body.
std::string hash_of(const Request& request)
{
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, crypto_generichash_BYTES);
    const auto take = [&](std::string_view text) {
        const auto size = static_cast<std::uint64_t>(text.size());
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    };
    take(name(request.method));
    take(request.target);
    take(request.body);
    std::string out(crypto_generichash_BYTES, '\0');
    crypto_generichash_final(&state, reinterpret_cast<unsigned char*>(out.data()), out.size());
    return to_hex(out);
}

Result<void> well_formed(std::string_view key)
{
    if (key.size() < 8 || key.size() > 128 ||
        !std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; }))
        return typed(ErrorKind::Invalid, "idempotency-key-form",
                     "Idempotency-Key must be 8 to 128 visible ASCII characters.");
    return {};
}

bool went_well(const Result<Response>& response)
{
    return response && response->status / 100 == 2;
}

Response again(Response response)
{
    response.headers.set("Idempotent-Replay", "true");
    return response;
}

/// The answer that is kept under the key, if there is one. Of type "idempotency-key" when it is another
/// request's.
Result<std::optional<Response>> answer_in(std::optional<IdempotencyKeeper::Kept> kept, std::string_view hash)
{
    if (kept && kept->request_hash != hash)
        return typed(ErrorKind::Conflict, "idempotency-key",
                     "This Idempotency-Key was used before with another request.");
    if (!kept || !kept->response)
        return std::optional<Response>{};
    return std::optional{again(*std::move(kept->response))};
}

/// What is told of a request that was done before and whose answer is not there. Nothing can be changed under a
/// taken claim (trust::Record::write), so an answer of 2xx was found without doing anything again: the same
/// client_id, the alert that one has already. A store that is away says nothing about the past.
Result<Response> told_of_the_past(Result<Response> response)
{
    if (went_well(response))
        return again(*std::move(response));
    if (!response && response.error().kind == ErrorKind::Unavailable)
        return response;
    return typed(ErrorKind::Conflict, "done-before",
                 "This request was done already, all of it or its first part, and the answer it had was not kept. It "
                 "was not done again. Please look at how things stand now.");
}

} // namespace

Result<Response> IdempotencyGate::pass(Request& request, IdempotencyKeeper& keeper, const Carry& carry,
                                       const std::function<void(std::string_view)>& note)
{
    const std::string key(request.idempotency_key());
    TRY(well_formed(key));

    const auto actor = request.actor();
    const auto scoped = actor.organisation().text() + actor.account().text() + key;
    {
        const std::lock_guard lock(mutex_);
        if (!in_flight_.insert(scoped).second)
            return typed(ErrorKind::Conflict, "in-flight",
                         "The same request is being carried out at this moment.");
    }
    struct Leave {
        IdempotencyGate& gate;
        const std::string& scoped;
        ~Leave()
        {
            const std::lock_guard lock(gate.mutex_);
            gate.in_flight_.erase(scoped);
        }
    } const leave{*this, scoped};

    const auto hash = hash_of(request);
    const auto kept = TRY(keeper.lookup(actor, key));
    if (auto answer = TRY(answer_in(kept, hash)))
        return *std::move(answer);
    const auto claim = keeper.claim(actor, key, hash);
    claim->state = kept ? Claim::State::Taken : Claim::State::Open;
    request.who = actor.claiming(claim);
    auto response = carry();
    if (claim->state == Claim::State::Taken) {
        // Another node may have come first while this one was on its way, and be done by now.
        if (auto answer = kept ? std::nullopt : TRY(answer_in(TRY(keeper.lookup(actor, key)), hash)))
            return *std::move(answer);
        response = told_of_the_past(std::move(response));
    }
    if (went_well(response) && !response->events && !response->headers.has("Set-Cookie")) {
        // What was asked for is done: a failure to remember it must not be told as a failure to do it.
        if (auto done = keeper.keep(actor, key, hash, *response); !done && note)
            note("an idempotent answer could not be kept: " + done.error().noted);
    }
    return response;
}

} // namespace handrail::http
