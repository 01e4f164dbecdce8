#include "errands/imports.h"

#include <algorithm>

#include "care/heard.h"
#include "errands/import_undo.h"
#include "monitoring/answer_rows.h"
#include "monitoring/check_in_design.h"
#include "monitoring/daily_desk.h"
#include "monitoring/daily_rows.h"
#include "trust/actor_desk.h"

namespace handrail::errands {

namespace {

using monitoring::ImportBatch;
using monitoring::ImportId;
using State = ImportBatch::State;

constexpr std::size_t together = 1000;
constexpr int most_removed = 2000;
constexpr int most_looked_at = 1000;

constexpr rows::Statement insert_answer{
    "answer.import", "INSERT INTO answer (organisation, person, answer, kind, instrument, version, at, urgency, sealed_body, "
                     "batch) VALUES ($1, $2, $3, 'check_in', $4, $5, $6, 'usual', $7, $8)"};
constexpr rows::Statement select_person{"import.person",
                                        "SELECT state FROM person WHERE organisation = $1 AND person = $2"};

Result<void> may_import(const Actor& actor)
{
    if (actor.role() == Role::System || actor.role() == Role::Administrator || actor.role() == Role::Lead)
        return {};
    return not_allowed("Only an administrator or a lead takes files in.");
}

Actor service_of(const Actor& actor) { return trust::ActorDesk::system(actor.organisation()); }

} // namespace

Result<std::vector<ImportBatch>> Imports::all(const Actor& actor, int most) const
{
    TRY(may_import(actor));
    std::vector<ImportBatch> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all = TRY(monitoring::newest_batches(reading, most));
        trust::Deed deed{"read.imports", std::nullopt, "import_batch", {}, {}, {}};
        for (const auto& batch : all)
            deed.listed.push_back(batch.person);
        reading.note(std::move(deed));
        return {};
    }));
    return all;
}

Result<std::optional<ImportBatch>> Imports::same_file(const Actor& actor, const std::string& checksum) const
{
    for (auto& batch : TRY(all(actor, most_looked_at)))
        if (batch.checksum == checksum && batch.state != State::TakenBack)
            return std::optional{std::move(batch)};
    return std::optional<ImportBatch>{};
}

Result<ImportBatch> Imports::begin(const Actor& actor, PersonId person, const char* kind,
                                   const monitoring::ImportPreview& preview, const std::string& checksum) const
{
    TRY(may_import(actor));
    ImportBatch batch;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto there = TRY(writing.rows(select_person, {rows::Value{person}}));
        if (there.empty() || there.front()[0].text() != "active")
            return not_found("There is no such person.");
        batch = {};
        batch.id = ImportId::at(writing.now());
        batch.person = person;
        batch.kind = kind;
        batch.made_at = writing.now();
        batch.by = actor.account();
        batch.checksum = checksum;
        batch.mapping = preview.mapping;
        batch.rows = static_cast<std::int64_t>(preview.rows);
        batch.not_taken = static_cast<std::int64_t>(preview.problems.all());
        TRY(monitoring::insert_batch(writing, batch));
        writing.note({"begin.import", person, "import_batch", batch.id, {}, {}});
        return {};
    }));
    return batch;
}

Result<void> Imports::finish(const Actor& actor, const ImportBatch& batch) const
{
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        TRY(monitoring::update_batch(writing, batch));
        const bool back = batch.state == State::TakenBack;
        writing.note({back ? "take_back.import" : "take.import", batch.person, "import_batch", batch.id, {}, {}});
        writing.announce("caseload", {});
        return {};
    });
}

Result<ImportBatch> Imports::take(const Actor& actor, PersonId person, const monitoring::CheckInImport& file,
                                  const std::string& checksum) const
{
    auto batch = TRY(begin(actor, person, "check_ins", file.preview, checksum));
    const auto& all = file.check_ins;
    for (std::size_t from = 0; from < all.size(); from += together) {
        std::int64_t now_taken = 0;
        TRY(record_.write(service_of(actor), [&](trust::Writing& writing) -> Result<void> {
            now_taken = 0;
            auto course = TRY(monitoring::read_course(writing, person));
            for (std::size_t i = from; i < std::min(all.size(), from + together); ++i) {
                const auto& each = all[i];
                const auto id =
                    monitoring::answer_id_for(person, "import " + std::to_string(to_stored(each.at)));
                if (TRY(monitoring::read_answer(writing, person, id)))
                    continue;
                const auto sealed = TRY(writing.seal(person, {"answer", "body", id},
                                                     Confidential{monitoring::encoded(each.answers()).encoded()}));
                TRY(writing.change(insert_answer, {person, id, asking_.daily.id, asking_.daily.version, each.at, sealed,
                                                   batch.id}));
                course.add(monitoring::CourseAnswer{std::chrono::floor<std::chrono::seconds>(each.at),
                                                    each.mood.value_or(0), each.sleep.value_or(0)});
                ++now_taken;
            }
            TRY(monitoring::write_course(writing, person, course));
            if (const auto heard = course.heard_at())
                TRY(care::mark_heard(writing, person, *heard));
            writing.note({"import.check_ins", person, "import_batch", batch.id, {}, {}});
            return {};
        }));
        batch.taken += now_taken;
    }
    batch.state = State::Taken;
    TRY(finish(actor, batch));
    return batch;
}

Result<ImportBatch> Imports::take(const Actor& actor, PersonId person, const monitoring::DailyImport& file,
                                  const std::string& source, const std::string& checksum) const
{
    TRY(may_import(actor));
    TRY(record_.read(service_of(actor), [&](trust::Reading& reading) -> Result<void> {
        return monitoring::agreed_to_wearables(reading, consents_, person);
    }));
    auto batch = TRY(begin(actor, person, "daily", file.preview, checksum));
    for (std::size_t from = 0; from < file.days.size(); from += together) {
        const auto until = std::min(file.days.size(), from + together);
        TRY(record_.write(service_of(actor), [&](trust::Writing& writing) -> Result<void> {
            TRY(monitoring::agreed_to_wearables(writing, consents_, person));
            for (std::size_t i = from; i < until; ++i)
                TRY(monitoring::put_day(writing, person,
                                        {file.days[i].day, writing.now(), source, file.days[i].values, batch.id}));
            writing.note({"import.daily_summaries", person, "import_batch", batch.id, {}, {}});
            return {};
        }));
        batch.taken += static_cast<std::int64_t>(until - from);
    }
    batch.state = State::Taken;
    TRY(finish(actor, batch));
    return batch;
}

Result<Imports::TakenBack> Imports::take_back(const Actor& actor, ImportId id) const
{
    TRY(may_import(actor));
    TakenBack out;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        out = {};
        const auto found = TRY(monitoring::read_batch(writing, id));
        if (!found)
            return not_found("There is no such import.");
        if (found->state == State::TakenBack)
            return conflict("This import was taken back already.");
        out.batch = *found;
        out.batch.state = State::TakingBack;
        out.batch.taken_back_at = writing.now();
        out.batch.taken_back_by = actor.account();
        TRY(monitoring::update_batch(writing, out.batch));
        writing.note({"begin.take_back", found->person, "import_batch", id, {}, {}});
        return {};
    }));
    for (std::int64_t gone = 1; gone > 0;) {
        TRY(record_.write(service_of(actor), [&](trust::Writing& writing) -> Result<void> {
            gone = TRY(remove_imported(writing, out.batch, most_removed));
            if (gone > 0) {
                writing.note({"remove.imported", out.batch.person, "import_batch", id, {}, {}});
                return {};
            }
            const auto reworked = TRY(rework(writing, judge_, out.batch));
            out.withdrawn = reworked.withdrawn;
            out.alerts_marked = reworked.alerts_marked;
            writing.note({"rework.course", out.batch.person, "course", {}, {}, {}});
            return {};
        }));
        out.rows += gone;
    }
    out.batch.state = State::TakenBack;
    TRY(finish(actor, out.batch));
    return out;
}

} // namespace handrail::errands
