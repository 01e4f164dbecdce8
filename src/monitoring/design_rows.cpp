#include "monitoring/design_rows.h"

#include <algorithm>
#include <charconv>

namespace handrail::monitoring {

namespace {

using RevisionId = Id<struct CheckInRevisionNoun>;

constexpr rows::Statement design_insert{
    "check_in_design.insert",
    "INSERT INTO check_in_design (organisation, design, revision, version, state, made_at, made_by, retired_at, sealed_body) "
    "VALUES ($1, $2, $3, $4, 'newest', $5, $6, NULL, $7)"};
constexpr rows::Statement design_earlier{
    "check_in_design.earlier", "UPDATE check_in_design SET state = 'earlier' WHERE organisation = $1 AND design = $2 "
                               "AND version = $3 AND state = 'newest' AND retired_at IS NULL"};
constexpr rows::Statement design_retire{
    "check_in_design.retire",
    "UPDATE check_in_design SET retired_at = $2 WHERE organisation = $1 AND design = $3 AND retired_at IS NULL"};
constexpr rows::Statement design_newest{
    "check_in_design.newest",
    "SELECT design, revision, version, state, made_at, made_by, retired_at, sealed_body FROM check_in_design "
    "WHERE organisation = $1 AND design = $2 AND state = 'newest'"};
constexpr rows::Statement design_version{
    "check_in_design.version",
    "SELECT design, revision, version, state, made_at, made_by, retired_at, sealed_body FROM check_in_design "
    "WHERE organisation = $1 AND design = $2 AND version = $3"};
constexpr rows::Statement design_all_newest{
    "check_in_design.all_newest",
    "SELECT design, revision, version, state, made_at, made_by, retired_at, sealed_body FROM check_in_design "
    "WHERE organisation = $1 AND state = 'newest' ORDER BY design"};
constexpr rows::Statement design_versions{
    "check_in_design.versions",
    "SELECT design, revision, version, state, made_at, made_by, retired_at, sealed_body FROM check_in_design "
    "WHERE organisation = $1 AND design = $2 ORDER BY version DESC"};

trust::Place place_of(const RawId& revision) { return {"check_in_design", "body", revision}; }

Result<KeptDesign> kept_in(trust::Reading& reading, const rows::Row& row)
{
    KeptDesign kept;
    kept.id = row[0].id<DesignId>();
    kept.version = static_cast<int>(row[2].number());
    kept.newest = row[3].text() == "newest";
    kept.made_at = row[4].instant();
    kept.by = row[5].id<AccountId>();
    if (!row[6].null())
        kept.retired_at = row[6].instant();
    const auto words = TRY(reading.open(place_of(row[1].raw_id()), row[7].blob()));
    kept.design = TRY(design_in(TRY(Fields::decoded(words.reveal()))));
    return kept;
}

Result<std::optional<KeptDesign>> first_in(trust::Reading& reading, const rows::Rows& found)
{
    if (found.empty())
        return std::optional<KeptDesign>{};
    return std::optional{TRY(kept_in(reading, found.front()))};
}

Result<std::vector<KeptDesign>> all_in(trust::Reading& reading, const rows::Rows& found)
{
    std::vector<KeptDesign> all;
    for (const auto& row : found)
        all.push_back(TRY(kept_in(reading, row)));
    return all;
}

} // namespace

Result<void> insert_design(trust::Writing& writing, const KeptDesign& kept)
{
    const auto revision = RevisionId::at(writing.now());
    const auto sealed = TRY(writing.seal(place_of(revision), Confidential{encoded(kept.design).encoded()}));
    TRY(writing.change(design_insert, {kept.id, revision, kept.version, kept.made_at, kept.by, sealed}));
    return {};
}

Result<bool> make_earlier(trust::Writing& writing, DesignId id, int version)
{
    return TRY(writing.change(design_earlier, {id, version})) == 1;
}

Result<bool> retire_design(trust::Writing& writing, DesignId id)
{
    return TRY(writing.change(design_retire, {writing.now(), id})) > 0;
}

Result<std::optional<KeptDesign>> read_design(trust::Reading& reading, DesignId id)
{
    return first_in(reading, TRY(reading.rows(design_newest, {rows::Value{id}})));
}

Result<std::optional<KeptDesign>> read_design(trust::Reading& reading, DesignId id, int version)
{
    return first_in(reading, TRY(reading.rows(design_version, {id, version})));
}

Result<std::optional<KeptDesign>> read_designed(trust::Reading& reading, std::string_view form)
{
    const auto id = design_named(form);
    return id ? read_design(reading, *id) : std::optional<KeptDesign>{};
}

Result<std::optional<KeptDesign>> read_designed(trust::Reading& reading, std::string_view form, std::string_view version)
{
    const auto id = design_named(form);
    int number = 0;
    const auto read = std::from_chars(version.data(), version.data() + version.size(), number);
    if (!id || read.ec != std::errc{} || read.ptr != version.data() + version.size())
        return std::optional<KeptDesign>{};
    return read_design(reading, *id, number);
}

Result<std::vector<KeptDesign>> newest_designs(trust::Reading& reading)
{
    auto all = TRY(all_in(reading, TRY(reading.rows(design_all_newest, {}))));
    std::stable_partition(all.begin(), all.end(), [](const KeptDesign& each) { return !each.retired_at; });
    return all;
}

Result<std::vector<KeptDesign>> versions_of(trust::Reading& reading, DesignId id)
{
    return all_in(reading, TRY(reading.rows(design_versions, {rows::Value{id}})));
}

} // namespace handrail::monitoring
