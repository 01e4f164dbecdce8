#include "monitoring/design_desk.h"

#include <algorithm>

#include "monitoring/design_calls.h"

namespace handrail::monitoring {

namespace {

constexpr std::ptrdiff_t most_designs = 50;
constexpr int most_versions = 500;

Result<void> may_design(const Actor& actor)
{
    if (actor.role() == Role::Clinician || actor.role() == Role::Lead || actor.role() == Role::Administrator)
        return {};
    return not_allowed("Only the service's staff designs check-ins.");
}

Error no_such_design() { return not_found("There is no such check-in."); }

} // namespace

Result<void> DesignDesk::sound(const CheckInDesign& design) const
{
    auto problems = problems_of(design);
    if (problems.empty())
        problems = problems_of_calls(design, protocol_.danger_words);
    return problems.empty() ? Result<void>{} : error_of(problems);
}

Result<KeptDesign> DesignDesk::create(const Actor& actor, const CheckInDesign& design) const
{
    TRY(may_design(actor));
    TRY(sound(design));
    KeptDesign kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(newest_designs(writing));
        if (std::count_if(before.begin(), before.end(), [](const auto& each) { return !each.retired_at; }) >= most_designs)
            return conflict("There are fifty check-ins already. Retire one first.");
        kept = {DesignId::at(writing.now()), 1, true, writing.now(), actor.account(), std::nullopt, design};
        TRY(insert_design(writing, kept));
        writing.note({"add.check_in_design", std::nullopt, "check_in_design", kept.id, {}, {}});
        return {};
    }));
    return kept;
}

Result<KeptDesign> DesignDesk::revise(const Actor& actor, DesignId id, int from_version, const CheckInDesign& design) const
{
    TRY(may_design(actor));
    TRY(sound(design));
    KeptDesign kept;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto newest = TRY(read_design(writing, id));
        if (!newest)
            return no_such_design();
        if (newest->retired_at)
            return conflict("This check-in is retired. Make a new one.");
        if (newest->version != from_version)
            return conflict("Someone else changed this check-in in between. Load it again.");
        if (newest->design.asks != design.asks)
            return invalid("Whom it asks does not change from version to version. Make a new check-in.", "/asks");
        if (newest->version >= most_versions)
            return conflict("This check-in was changed five hundred times. Make a new one.");
        if (!TRY(make_earlier(writing, id, from_version)))
            return conflict("Someone else changed this check-in at this moment. Load it again.");
        kept = {id, from_version + 1, true, writing.now(), actor.account(), std::nullopt, design};
        TRY(insert_design(writing, kept));
        writing.note({"change.check_in_design", std::nullopt, "check_in_design", id, {}, {}});
        return {};
    }));
    return kept;
}

Result<void> DesignDesk::retire(const Actor& actor, DesignId id) const
{
    TRY(may_design(actor));
    return record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        if (!TRY(retire_design(writing, id)))
            return not_found("There is no such check-in, or it is retired already.");
        writing.note({"retire.check_in_design", std::nullopt, "check_in_design", id, {}, {}});
        return {};
    });
}

Result<std::vector<KeptDesign>> DesignDesk::all(const Actor& actor) const
{
    TRY(may_design(actor));
    std::vector<KeptDesign> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all = TRY(newest_designs(reading));
        return {};
    }));
    return all;
}

Result<std::vector<KeptDesign>> DesignDesk::versions(const Actor& actor, DesignId id) const
{
    TRY(may_design(actor));
    std::vector<KeptDesign> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        all = TRY(versions_of(reading, id));
        return {};
    }));
    return all.empty() ? Result<std::vector<KeptDesign>>{no_such_design()} : all;
}

Result<KeptDesign> DesignDesk::shown(const Actor& actor, const std::string& form) const
{
    std::optional<KeptDesign> found;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        found = TRY(read_designed(reading, form));
        return {};
    }));
    const bool theirs = found && found->design.asks == CheckInDesign::Asks::Person;
    return found && !found->retired_at && (theirs || !actor.person()) ? Result<KeptDesign>{*std::move(found)} : no_such_design();
}

Result<std::vector<DesignedAnswer>> DesignDesk::answers(const Actor& actor, PersonId person, std::optional<Instant> before,
                                                        int most) const
{
    std::vector<DesignedAnswer> all;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        all.clear();
        DesignsRead designs(reading);
        for (auto& answer : TRY(answers_of(reading, person, designed_kind, std::nullopt, before, most)))
            if (const auto* design = TRY(designs.of(answer.instrument, answer.version)))
                all.push_back({std::move(answer), *design});
        reading.note({"read.check_ins", person, "answer", {}, {}, {}});
        return {};
    }));
    return all;
}

Result<const KeptDesign*> DesignsRead::of(const std::string& form, const std::string& version)
{
    auto found = read_.find({form, version});
    if (found == read_.end()) {
        auto kept = TRY(read_designed(reading_, form, version));
        found = read_.emplace(std::make_pair(form, version), std::move(kept)).first;
    }
    return found->second ? &*found->second : nullptr;
}

} // namespace handrail::monitoring
