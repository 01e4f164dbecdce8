#include "errands/link_codes.h"

#include "base/crypto.h"
#include "base/fields.h"

namespace handrail::errands {

namespace {

constexpr std::chrono::hours counted_for{1};
constexpr int digits = 8;

constexpr rows::Statement insert_code{
    "link_code.keep", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                      "VALUES ($1, $2, 'link_code', $3, 0, NULL, $4) ON CONFLICT (organisation, job) DO NOTHING"};
constexpr rows::Statement select_code{"link_code.read",
                                      "SELECT due_at, kind, sealed_body FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement update_code{"link_code.take",
                                      "UPDATE job SET sealed_body = $2 WHERE organisation = $1 AND job = $3"};
constexpr rows::Statement remove_code{"link_code.drop", "DELETE FROM job WHERE organisation = $1 AND job = $2"};
// Those of the next minutes: a range of a few rows.
constexpr rows::Statement select_codes{
    "link_code.all", "SELECT job, sealed_body FROM job WHERE organisation = $1 AND due_at > $2 AND due_at <= $3 "
                     "AND kind = 'link_code'"};

constexpr rows::Statement select_tries{"link_try.read",
                                       "SELECT tries, due_at FROM job WHERE organisation = $1 AND job = $2"};
constexpr rows::Statement upsert_tries{
    "link_try.add", "INSERT INTO job (organisation, job, kind, due_at, tries, claimed_until, sealed_body) "
                    "VALUES ($1, $2, 'link_try', $3, $4, NULL, $5) ON CONFLICT (organisation, job) DO UPDATE SET "
                    "due_at = excluded.due_at, tries = excluded.tries"};

trust::Place place_of(const RawId& id) { return {"job", "body", id}; }

Result<LinkCode> opened(trust::Reading& reading, const RawId& id, const rows::Blob& sealed)
{
    const auto words = TRY(reading.open(place_of(id), sealed));
    const auto body = TRY(Fields::decoded(words.reveal()));
    LinkCode code;
    code.person = TRY(PersonId::from(body.text("person")));
    if (body.has("former"))
        code.former = TRY(PersonId::from(body.text("former")));
    code.taken = body.text("taken");
    return code;
}

Result<rows::Blob> sealed(trust::Writing& writing, const RawId& id, const LinkCode& code)
{
    Fields body{{"person", code.person.text()}, {"taken", code.taken}};
    if (!code.former.empty())
        body.add("former", code.former.text());
    return writing.seal(place_of(id), Confidential{body.encoded()});
}

} // namespace

std::string fresh_link_code()
{
    std::string code;
    while (code.size() < digits)
        for (const char each : random_bytes(digits))
            // 250 of 256 give every digit alike.
            if (const auto byte = static_cast<unsigned char>(each); byte < 250 && code.size() < digits)
                code.push_back(static_cast<char>('0' + byte % 10));
    return code;
}

Result<void> keep_link_code(trust::Writing& writing, const RawId& hash, PersonId person)
{
    TRY(drop_link_codes_of(writing, person));
    const LinkCode code{person, {}, {}, {}};
    if (TRY(writing.change(insert_code, {hash, writing.now() + link_code_lasts, TRY(sealed(writing, hash, code))})) == 0)
        return conflict("Please ask for another code.");
    return {};
}

Result<std::optional<LinkCode>> link_code(trust::Reading& reading, const RawId& hash)
{
    const auto found = TRY(reading.rows(select_code, {rows::Value{hash}}));
    if (found.empty() || found.front()[1].text() != "link_code" || found.front()[0].instant() <= reading.now())
        return std::optional<LinkCode>{};
    auto code = TRY(opened(reading, hash, found.front()[2].blob()));
    code.ends_at = found.front()[0].instant();
    return std::optional{std::move(code)};
}

Result<void> take_link_code(trust::Writing& writing, const RawId& hash, const LinkCode& code)
{
    TRY(writing.change(update_code, {TRY(sealed(writing, hash, code)), hash}));
    return {};
}

Result<void> drop_link_code(trust::Writing& writing, const RawId& hash)
{
    TRY(writing.change(remove_code, {rows::Value{hash}}));
    return {};
}

Result<void> drop_link_codes_of(trust::Writing& writing, PersonId person)
{
    const auto now = writing.now();
    for (const auto& row : TRY(writing.rows(select_codes, {now, now + link_code_lasts}))) {
        const auto id = row[0].raw_id();
        if (TRY(opened(writing, id, row[1].blob())).person == person)
            TRY(drop_link_code(writing, id));
    }
    return {};
}

Result<std::int64_t> link_tries(trust::Reading& reading, const RawId& whose)
{
    const auto found = TRY(reading.rows(select_tries, {rows::Value{whose}}));
    return found.empty() || found.front()[1].instant() <= reading.now() ? 0 : found.front()[0].number();
}

Result<void> add_link_try(trust::Writing& writing, const RawId& whose)
{
    const auto found = TRY(writing.rows(select_tries, {rows::Value{whose}}));
    const bool goes_on = !found.empty() && found.front()[1].instant() > writing.now();
    TRY(writing.change(upsert_tries, {whose, goes_on ? found.front()[1].instant() : writing.now() + counted_for,
                                      goes_on ? found.front()[0].number() + 1 : std::int64_t{1},
                                      TRY(writing.seal(place_of(whose), Confidential{}))}));
    return {};
}

} // namespace handrail::errands
