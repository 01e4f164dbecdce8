#include "gateway/person_of_app.h"

#include "base/text.h"
#include "trust/person_profile.h"

namespace handrail::gateway {

namespace {

constexpr std::string_view field = "gateway_user";
constexpr std::size_t longest_shown = 40; ///< code points of a reference

constexpr rows::Statement oldest_team{
    "gateway.oldest_team", "SELECT team FROM team WHERE organisation = $1 ORDER BY created_at, team LIMIT 1"};
constexpr rows::Statement that_team{"gateway.team", "SELECT team FROM team WHERE organisation = $1 AND team = $2"};
constexpr rows::Statement add_person{"gateway.add_person",
                                     "INSERT INTO person (organisation, person, team, state, language, "
                                     "country, age_band, sealed_profile, created_at) "
                                     "VALUES ($1, $2, $3, 'active', $4, $5, $6, $7, $8)"};

Result<TeamId> team_of(trust::Reading& reading, const Key& key)
{
    if (!key.team.empty())
        if (const auto found = TRY(reading.rows(that_team, {rows::Value{key.team}})); !found.empty())
            return key.team;
    const auto found = TRY(reading.rows(oldest_team, {}));
    if (found.empty())
        return conflict("The service has no care team yet.");
    return found.front()[0].id<TeamId>();
}

/// What staff see: the app, and its own name for the person.
std::string shown(const Key& key, const std::string& reference)
{
    if (reference.empty())
        return key.app + ": without a reference";
    const auto whole = valid_utf8(reference) ? reference : to_hex(reference);
    return key.app + ": " + std::string(cut_code_points(whole, 0, longest_shown)) +
           (code_points(whole) > longest_shown ? "…" : "");
}

} // namespace

Result<PersonId> PeopleOfApps::person(const Actor& system, const Key& key, const std::string& reference,
                                      const Whereabouts& where) const
{
    const auto organisation = system.organisation();
    // The key's id has a fixed length and comes first: no reference of one key is another one of another.
    const auto named = key.id + "\n" + reference;
    if (const auto found = TRY(keyring_.look_up(organisation, field, named)))
        return *found;
    const auto person = PersonId::random();
    TRY(keyring_.create_person_key(organisation, person));
    const auto claimed = keyring_.add_look_up(organisation, person, field, named);
    if (!claimed) {
        TRY(keyring_.erase_person(organisation, person));
        if (claimed.error().kind != ErrorKind::Conflict)
            return claimed.error();
        if (const auto found = TRY(keyring_.look_up(organisation, field, named)))
            return *found; // another message of theirs was first
        return claimed.error();
    }
    const auto written = record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        const auto team = TRY(team_of(writing, key));
        auto profile = TRY(trust::seal_person_profile(writing, person, {{"display_name", shown(key, reference)}}));
        TRY(writing.change(add_person, {person, team, where.language.empty() ? "en" : where.language, where.region,
                                        where.age_band, std::move(profile), writing.now()}));
        writing.note({"add.person", person, "person", person, {}, {}});
        return {};
    });
    // A key without a person opens nothing; it goes so that nothing of the attempt is left.
    if (!written) {
        TRY(keyring_.erase_person(organisation, person));
        return written.error();
    }
    return person;
}

} // namespace handrail::gateway
