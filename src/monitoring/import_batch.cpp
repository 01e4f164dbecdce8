#include "monitoring/import_batch.h"

#include "base/fields.h"

namespace handrail::monitoring {

namespace {

constexpr rows::Statement insert{
    "import_batch.insert", "INSERT INTO import_batch (organisation, person, batch, kind, state, made_at, made_by, sealed_body) "
                           "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
constexpr rows::Statement update{
    "import_batch.update", "UPDATE import_batch SET state = $2, taken_back_at = $3, taken_back_by = $4, sealed_body = $5 "
                           "WHERE organisation = $1 AND person = $6 AND batch = $7"};
constexpr rows::Statement select_one{
    "import_batch.read", "SELECT batch, person, kind, state, made_at, made_by, taken_back_at, taken_back_by, sealed_body "
                         "FROM import_batch WHERE organisation = $1 AND batch = $2"};
constexpr rows::Statement select_newest{
    "import_batch.newest", "SELECT batch, person, kind, state, made_at, made_by, taken_back_at, taken_back_by, sealed_body "
                           "FROM import_batch WHERE organisation = $1 ORDER BY batch DESC LIMIT $2"};

rows::Value optional_id(const RawId& id) { return id.empty() ? rows::Value{} : rows::Value{id}; }

trust::Place place_of(ImportId id) { return {"import_batch", "body", id}; }

Result<rows::Blob> sealed(trust::Writing& writing, const ImportBatch& batch)
{
    Fields body{{"checksum", batch.checksum}, {"mapping", batch.mapping}};
    body.add("rows", batch.rows).add("taken", batch.taken).add("not_taken", batch.not_taken);
    return writing.seal(place_of(batch.id), Confidential{body.encoded()});
}

Result<ImportBatch> batch_in(trust::Reading& reading, const rows::Row& row)
{
    ImportBatch batch;
    batch.id = row[0].id<ImportId>();
    batch.person = row[1].id<PersonId>();
    batch.kind = row[2].text();
    for (const auto state : {ImportBatch::State::Taken, ImportBatch::State::TakingBack, ImportBatch::State::TakenBack})
        if (row[3].text() == name(state))
            batch.state = state;
    batch.made_at = row[4].instant();
    batch.by = row[5].id<AccountId>();
    if (!row[6].null())
        batch.taken_back_at = row[6].instant();
    batch.taken_back_by = row[7].id<AccountId>();
    const auto words = TRY(reading.open(place_of(batch.id), row[8].blob()));
    const auto body = TRY(Fields::decoded(words.reveal()));
    batch.checksum = body.text("checksum");
    batch.mapping = body.text("mapping");
    batch.rows = body.number("rows");
    batch.taken = body.number("taken");
    batch.not_taken = body.number("not_taken");
    return batch;
}

} // namespace

std::string_view name(ImportBatch::State state)
{
    switch (state) {
    case ImportBatch::State::Taken: return "taken";
    case ImportBatch::State::TakingBack: return "taking_back";
    case ImportBatch::State::TakenBack: return "taken_back";
    case ImportBatch::State::Taking: break;
    }
    return "taking";
}

Result<void> insert_batch(trust::Writing& writing, const ImportBatch& batch)
{
    TRY(writing.change(insert, {batch.person, batch.id, batch.kind, name(batch.state), batch.made_at,
                                optional_id(batch.by), TRY(sealed(writing, batch))}));
    return {};
}

Result<void> update_batch(trust::Writing& writing, const ImportBatch& batch)
{
    TRY(writing.change(update, {name(batch.state), batch.taken_back_at ? rows::Value{*batch.taken_back_at} : rows::Value{},
                                optional_id(batch.taken_back_by), TRY(sealed(writing, batch)), batch.person, batch.id}));
    return {};
}

Result<std::optional<ImportBatch>> read_batch(trust::Reading& reading, ImportId id)
{
    const auto found = TRY(reading.rows(select_one, {rows::Value{id}}));
    if (found.empty())
        return std::optional<ImportBatch>{};
    return std::optional{TRY(batch_in(reading, found.front()))};
}

Result<std::vector<ImportBatch>> newest_batches(trust::Reading& reading, int most)
{
    std::vector<ImportBatch> all;
    for (const auto& row : TRY(reading.rows(select_newest, {rows::Value{most}})))
        all.push_back(TRY(batch_in(reading, row)));
    return all;
}

} // namespace handrail::monitoring
