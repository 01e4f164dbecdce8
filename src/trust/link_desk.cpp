#include "trust/link_desk.h"

#include "base/crypto.h"
#include "base/text.h"
#include "trust/account_row.h"
#include "trust/actor_desk.h"

namespace handrail::trust {

namespace {

constexpr std::size_t token_size = 32;

constexpr rows::Statement insert{
    "link.insert",
    "INSERT INTO ask_link (organisation, token_hash, person, ask, ends_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr rows::Statement delete_ended{
    "link.delete_ended", "DELETE FROM ask_link WHERE organisation = $1 AND person = $2 AND ends_at <= $3"};
constexpr rows::Statement by_token{
    "link.by_token", "SELECT l.person, l.ask FROM ask_link l "
                     "JOIN ask a ON a.organisation = l.organisation AND a.person = l.person AND a.ask = l.ask "
                     "WHERE l.organisation = $1 AND l.token_hash = $2 AND l.ends_at > $3 AND a.state = 'open' "
                     "AND a.ends_at > $3"};

} // namespace

Error no_such_link()
{
    return not_found("This link opens nothing: it was used, it is older than three days, or a part of it is missing.");
}

Result<std::string> LinkDesk::make(Writing& writing, PersonId person, const RawId& ask)
{
    const auto token = random_bytes(token_size);
    TRY(writing.change(delete_ended, {person, writing.now()}));
    TRY(writing.change(insert, {rows::Blob{hash_of_random(token)}, person, ask, writing.now() + lasts}));
    return to_base64url(token);
}

Result<LinkDesk::Led> LinkDesk::follow(OrganisationId organisation, const std::string& token) const
{
    std::string bytes;
    if (token.size() > 100 || !from_base64url(token, bytes) || bytes.size() != token_size)
        return no_such_link();
    std::optional<Led> led;
    TRY(record_.read(ActorDesk::system(organisation), [&](Reading& reading) -> Result<void> {
        led.reset();
        const auto found = TRY(reading.rows(by_token, {rows::Blob{hash_of_random(bytes)}, reading.now()}));
        if (found.empty())
            return {};
        const auto person = found.front()[0].id<PersonId>();
        const auto account = TRY(find_account_of(reading, person));
        if (!account || account->suspended)
            return {};
        led = Led{ActorDesk::signed_in(organisation, account->id, Role::Person, person, {}), found.front()[1].raw_id()};
        reading.note({"follow.link", person, "ask", led->ask, {}, {}});
        return {};
    }));
    if (!led)
        return no_such_link();
    return *led;
}

} // namespace handrail::trust
