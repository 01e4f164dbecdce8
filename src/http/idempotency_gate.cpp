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

} // namespace

Result<Response> IdempotencyGate::pass(const Request& request, IdempotencyKeeper& keeper, const Carry& carry,
                                       const std::function<void(std::string_view)>& note)
{
    const std::string key(request.idempotency_key());
    if (key.size() < 8 || key.size() > 128 ||
        !std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; }))
        return typed(ErrorKind::Invalid, "idempotency-key-form",
                     "Idempotency-Key must be 8 to 128 visible ASCII characters.");

    const auto& actor = request.actor();
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
    auto kept = TRY(keeper.lookup(actor, key));
    if (kept) {
        if (kept->request_hash != hash)
            return typed(ErrorKind::Conflict, "idempotency-key",
                         "This Idempotency-Key was used before with another request.");
        kept->response.headers.set("Idempotent-Replay", "true");
        return std::move(kept->response);
    }
    auto response = carry();
    if (!response)
        return response;
    const bool keepable =
        response->status / 100 == 2 && !response->events && !response->headers.has("Set-Cookie");
    if (keepable) {
        // What was asked for is done: a failure to remember it must not be told as a failure to do it.
        if (auto done = keeper.keep(actor, key, hash, *response); !done && note)
            note("an idempotent answer could not be kept: " + done.error().noted);
    }
    return response;
}

} // namespace handrail::http
