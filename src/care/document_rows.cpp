#include "care/document_rows.h"

#include "care/documents.h"

namespace handrail::care {

namespace {

constexpr rows::Statement select_latest{
    "document.latest", "SELECT version, sealed_body, written_at FROM document "
                       "WHERE organisation = $1 AND person = $2 AND kind = $3 ORDER BY version DESC LIMIT 1"};
constexpr rows::Statement select_newest{
    "document.newest", "SELECT version, sealed_body, written_at, written_by FROM document "
                       "WHERE organisation = $1 AND person = $2 AND kind = $3 AND written_at < $4 "
                       "ORDER BY version DESC LIMIT $5"};
constexpr rows::Statement insert{
    "document.insert", "INSERT INTO document (organisation, person, kind, version, sealed_body, written_at, written_by) "
                       "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr rows::Statement delete_before{
    "document.delete_before",
    "DELETE FROM document WHERE organisation = $1 AND person = $2 AND kind = $3 AND version < $4"};

} // namespace

Result<std::vector<KeptDocument>> documents_before(trust::Reading& reading, PersonId person, std::string_view kind,
                                                   Instant before, int most)
{
    std::vector<KeptDocument> kept;
    for (const auto& row : TRY(reading.rows(select_newest, {person, kind, before, most}))) {
        const auto words = TRY(reading.open(person, document_place(kind, row[0].number()), row[1].blob()));
        kept.push_back({row[0].number(), row[2].instant(), row[3].id<AccountId>(), TRY(Fields::decoded(words.reveal()))});
    }
    return kept;
}

Result<LatestDocument> latest_document(trust::Reading& reading, PersonId person, std::string_view kind)
{
    const auto found = TRY(reading.rows(select_latest, {person, kind}));
    if (found.empty())
        return LatestDocument{};
    const auto& row = found.front();
    const auto words = TRY(reading.open(person, document_place(kind, row[0].number()), row[1].blob()));
    return LatestDocument{row[0].number(), row[2].instant(), TRY(Fields::decoded(words.reveal()))};
}

Result<void> put_document(trust::Writing& writing, PersonId person, std::string_view kind, std::int64_t version,
                          const Fields& body)
{
    TRY(writing.admit(person, trust::Scope::Words));
    const auto sealed = TRY(writing.seal(person, document_place(kind, version), Confidential{body.encoded()}));
    TRY(writing.change(insert, {person, kind, version, sealed, writing.now(), writing.actor().account()}));
    return {};
}

Result<void> put_only_document(trust::Writing& writing, PersonId person, std::string_view kind, std::int64_t version,
                               const Fields& body)
{
    TRY(put_document(writing, person, kind, version, body));
    TRY(writing.change(delete_before, {person, kind, version}));
    return {};
}

Result<void> only_themselves(const Actor& actor, PersonId person)
{
    if (actor.person() == person || actor.role() == Role::System)
        return {};
    return not_allowed("Only the person writes this.");
}

} // namespace handrail::care
