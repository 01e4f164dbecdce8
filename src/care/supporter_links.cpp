#include "care/supporter_links.h"

#include "base/crypto.h"
#include "base/fields.h"
#include "base/text.h"
#include "care/document_rows.h"

namespace handrail::care {

namespace {

constexpr std::size_t token_size = 32;

constexpr rows::Statement link_insert{
    "supporter_link.insert", "INSERT INTO supporter_link (organisation, person, supporter, token_hash, made_at, ends_at, opened, "
                             "opened_at, sealed_body) VALUES ($1, $2, $3, $4, $5, $6, 0, NULL, $7)"};
constexpr rows::Statement link_delete{
    "supporter_link.delete", "DELETE FROM supporter_link WHERE organisation = $1 AND person = $2 AND supporter = $3"};
constexpr rows::Statement link_change{
    "supporter_link.change",
    "UPDATE supporter_link SET sealed_body = $2 WHERE organisation = $1 AND person = $3 AND supporter = $4"};
constexpr rows::Statement link_read{
    "supporter_link.read", "SELECT supporter, made_at, ends_at, opened, opened_at, sealed_body FROM supporter_link "
                           "WHERE organisation = $1 AND person = $2 AND supporter = $3"};
constexpr rows::Statement links_of_person{
    "supporter_link.of_person", "SELECT supporter, made_at, ends_at, opened, opened_at, sealed_body FROM supporter_link "
                                "WHERE organisation = $1 AND person = $2 ORDER BY supporter"};
constexpr rows::Statement link_by_token{
    "supporter_link.by_token",
    "SELECT person, supporter FROM supporter_link WHERE organisation = $1 AND token_hash = $2 AND ends_at > $3"};
constexpr rows::Statement link_opened{
    "supporter_link.opened", "UPDATE supporter_link SET opened = opened + 1, opened_at = $2 WHERE organisation = $1 "
                             "AND person = $3 AND supporter = $4 AND token_hash = $5 AND ends_at > $2"};

trust::Place place_of(SupporterId id) { return {"supporter_link", "body", id}; }

/// None for what no token of ours can be.
std::optional<rows::Blob> hash_of(const std::string& token)
{
    std::string bytes;
    if (token.size() > 100 || !from_base64url(token, bytes) || bytes.size() != token_size)
        return std::nullopt;
    return rows::Blob{hash_of_random(bytes)};
}

Result<rows::Blob> sealed(trust::Writing& writing, const SupporterLink& link)
{
    Fields body{{"called", link.called}, {"language", link.language}, {"wording", link.wording}};
    for (const auto& [part, name] : plan_parts)
        if (link.shares.contains(part))
            body.add("shares", name);
    if (const auto& note = link.understood)
        body.add("understood", Fields{{"by", note->by.text()}, {"text", note->text}}.add("at", to_stored(note->at)));
    return writing.seal(link.person, place_of(link.supporter), Confidential{body.encoded()});
}

Result<SupporterLink> link_in(trust::Reading& reading, PersonId person, const rows::Row& row)
{
    SupporterLink link;
    link.person = person;
    link.supporter = row[0].id<SupporterId>();
    link.made_at = row[1].instant();
    link.ends_at = row[2].instant();
    link.opened = static_cast<int>(row[3].number());
    if (!row[4].null())
        link.opened_at = row[4].instant();
    const auto body = TRY(Fields::decoded(TRY(reading.open(person, place_of(link.supporter), row[5].blob())).reveal()));
    link.called = body.text("called");
    link.language = body.text("language");
    link.wording = body.text("wording");
    for (const auto& shared : body.texts("shares"))
        for (const auto& [part, name] : plan_parts)
            if (name == shared)
                link.shares.insert(part);
    if (const auto note = body.inner("understood"); !note.empty()) {
        const auto by = TRY(AccountId::from(note.front().text("by")));
        link.understood = SupporterNote{by, from_stored(note.front().number("at")), note.front().text("text")};
    }
    return link;
}

} // namespace

Result<std::vector<Supporter>> read_supporters(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(latest_document(reading, person, "supporters"));
    std::vector<Supporter> supporters;
    for (const auto& each : found.body.inner("supporter")) {
        const auto id = TRY(SupporterId::from(each.text("id")));
        supporters.push_back({id, each.text("name"), each.text("relation")});
    }
    return supporters;
}

Result<void> write_supporters(trust::Writing& writing, PersonId person, const std::vector<Supporter>& everyone)
{
    const auto before = TRY(latest_document(writing, person, "supporters"));
    Fields body;
    for (const auto& each : everyone)
        body.add("supporter", Fields{{"id", each.id.text()}, {"name", each.name}, {"relation", each.relation}});
    return put_document(writing, person, "supporters", before.version + 1, body);
}

Result<std::string> make_supporter_link(trust::Writing& writing, const SupporterLink& link)
{
    const auto token = random_bytes(token_size);
    const auto body = TRY(sealed(writing, link));
    TRY(remove_supporter_link(writing, link.person, link.supporter));
    TRY(writing.change(link_insert, {link.person, link.supporter, rows::Blob{hash_of_random(token)}, link.made_at, link.ends_at, body}));
    return to_base64url(token);
}

Result<void> change_supporter_link(trust::Writing& writing, const SupporterLink& link)
{
    const auto body = TRY(sealed(writing, link));
    TRY(writing.change(link_change, {body, link.person, link.supporter}));
    return {};
}

Result<bool> remove_supporter_link(trust::Writing& writing, PersonId person, SupporterId supporter)
{
    return TRY(writing.change(link_delete, {person, supporter})) == 1;
}

Result<std::optional<SupporterLink>> read_supporter_link(trust::Reading& reading, PersonId person, SupporterId supporter)
{
    const auto found = TRY(reading.rows(link_read, {person, supporter}));
    if (found.empty())
        return std::optional<SupporterLink>{};
    return std::optional{TRY(link_in(reading, person, found.front()))};
}

Result<std::vector<SupporterLink>> supporter_links_of(trust::Reading& reading, PersonId person)
{
    std::vector<SupporterLink> links;
    for (const auto& row : TRY(reading.rows(links_of_person, {rows::Value{person}})))
        links.push_back(TRY(link_in(reading, person, row)));
    return links;
}

Result<std::optional<LedTo>> follow_supporter_link(trust::Reading& reading, const std::string& token)
{
    const auto hash = hash_of(token);
    if (!hash)
        return std::optional<LedTo>{};
    const auto found = TRY(reading.rows(link_by_token, {*hash, reading.now()}));
    if (found.empty())
        return std::optional<LedTo>{};
    return std::optional{LedTo{found.front()[0].id<PersonId>(), found.front()[1].id<SupporterId>()}};
}

Result<bool> count_opening(trust::Writing& writing, const SupporterLink& link, const std::string& token)
{
    const auto hash = hash_of(token);
    return hash && TRY(writing.change(link_opened, {writing.now(), link.person, link.supporter, *hash})) == 1;
}

} // namespace handrail::care
