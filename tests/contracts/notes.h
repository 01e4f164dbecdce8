#pragma once

#include <array>
#include <string>

#include "actors.h"
#include "rows/value.h"
#include "storage/migrations.h"
#include "storage/store.h"

/// A small schema that the contract and the fault tests write to, and what they ask of it.
namespace handrail::tests {

inline constexpr storage::Migration notes_schema[] = {
    {1, "0001_notes", R"(
-- Notes and counters of a test.
CREATE TABLE note (
    organisation BLOB NOT NULL,
    note BLOB NOT NULL,
    number INTEGER,
    words TEXT,
    bytes BLOB,
    PRIMARY KEY (organisation, note)
) WITHOUT ROWID;
CREATE UNIQUE INDEX note_words ON note (organisation, words);
CREATE TABLE counter (
    organisation BLOB NOT NULL,
    counter TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (organisation, counter)
) WITHOUT ROWID;
)"},
};

inline constexpr rows::Statement add_note{
    "test.add_note", "INSERT INTO note (organisation, note, number, words, bytes) VALUES ($1, $2, $3, $4, $5)"};
inline constexpr rows::Statement note_by_id{
    "test.note_by_id", "SELECT number, words, bytes FROM note WHERE organisation = $1 AND note = $2"};
inline constexpr rows::Statement all_notes{
    "test.all_notes", "SELECT note, number, words FROM note WHERE organisation = $1 ORDER BY note"};
inline constexpr rows::Statement count_notes{"test.count_notes", "SELECT count(*) FROM note WHERE organisation = $1"};
inline constexpr rows::Statement count_everywhere{"test.count_everywhere", "SELECT count(*) FROM note"};
inline constexpr rows::Statement numbers_everywhere{
    "test.numbers_everywhere", "SELECT number FROM note WHERE number >= $2 ORDER BY number LIMIT $3"};
inline constexpr rows::Statement set_counter{
    "test.set_counter", "INSERT INTO counter (organisation, counter, value) VALUES ($1, $2, $3)"
                        " ON CONFLICT (organisation, counter) DO UPDATE SET value = excluded.value"};
inline constexpr rows::Statement get_counter{"test.get_counter",
                                             "SELECT value FROM counter WHERE organisation = $1 AND counter = $2"};
inline constexpr rows::Statement sum_counters{"test.sum_counters",
                                              "SELECT sum(value) FROM counter WHERE organisation = $1"};

inline Actor clinician_of(OrganisationId organisation)
{
    return trust::ActorDesk::make(organisation, Role::Clinician, AccountId::random());
}
inline Actor the_system(OrganisationId organisation = {})
{
    return trust::ActorDesk::make(organisation, Role::System);
}

/// Writes one note; `words` must be unique in the organisation.
inline Result<void> write_note(storage::Store& store, const Actor& actor, const RawId& note, std::int64_t number,
                               const std::string& words)
{
    return store.write(actor, [&](storage::Writing& writing) -> Result<void> {
        TRY(writing.change(add_note, {note, number, words, rows::Blob{"b"}}));
        return {};
    });
}

/// The one number a statement gives; -1 when it gives none.
inline std::int64_t number_from(storage::Store& store, const Actor& actor, const rows::Statement& statement,
                                rows::Values values = {})
{
    std::int64_t number = -1;
    const auto read = store.read(actor, [&](storage::Reading& reading) -> Result<void> {
        const auto found = TRY(reading.rows(statement, values));
        if (!found.empty())
            number = found[0][0].number();
        return {};
    });
    return read ? number : -1;
}

} // namespace handrail::tests
