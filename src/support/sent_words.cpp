#include "support/sent_words.h"

#include "base/fields.h"
#include "care/documents.h"

namespace handrail::support {

namespace {

constexpr std::string_view kind = "sent_words";

constexpr rows::Statement select_version{
    "sent_words.version", "SELECT version FROM document WHERE organisation = $1 AND person = $2 AND kind = $3 "
                          "ORDER BY version DESC LIMIT 1"};
constexpr rows::Statement insert{
    "sent_words.insert", "INSERT INTO document (organisation, person, kind, version, sealed_body, written_at, written_by) "
                         "VALUES ($1, $2, $3, $4, $5, $6, $7)"};
constexpr rows::Statement count_since{
    "sent_words.since",
    "SELECT COUNT(*) FROM document WHERE organisation = $1 AND person = $2 AND kind = $3 AND written_at >= $4"};
constexpr rows::Statement select_newest{
    "sent_words.newest", "SELECT version, sealed_body, written_at FROM document WHERE organisation = $1 AND person = $2 "
                         "AND kind = $3 AND written_at < $4 ORDER BY version DESC LIMIT $5"};

} // namespace

Result<void> write_down(trust::Writing& writing, PersonId person, const SentWords& sent)
{
    TRY(writing.admit(person, trust::Scope::Words));
    const auto found = TRY(writing.rows(select_version, {person, kind}));
    const auto version = found.empty() ? std::int64_t{1} : found.front()[0].number() + 1;
    const Fields body{{"conversation", sent.conversation.text()}, {"to", sent.to}, {"address", sent.address}, {"model", sent.model}, {"words", sent.words}};
    const auto sealed = TRY(writing.seal(person, care::document_place(kind, version), Confidential{body.encoded()}));
    TRY(writing.change(insert, {person, kind, version, sealed, writing.now(), writing.actor().account()}));
    return {};
}

Result<int> times_sent(trust::Reading& reading, PersonId person, Instant since)
{
    return static_cast<int>(TRY(reading.rows(count_since, {person, kind, since})).front()[0].number());
}

Result<std::vector<SentWords>> sent_words(trust::Reading& reading, PersonId person, Instant before, int most)
{
    std::vector<SentWords> all;
    for (const auto& row : TRY(reading.rows(select_newest, {person, kind, before, most}))) {
        const auto opened = TRY(reading.open(person, care::document_place(kind, row[0].number()), row[1].blob()));
        const auto body = TRY(Fields::decoded(opened.reveal()));
        all.push_back({row[2].instant(), TRY(ConversationId::from(body.text("conversation"))), body.text("to"),
                       body.text("address"), body.text("model"), body.text("words")});
    }
    return all;
}

} // namespace handrail::support
