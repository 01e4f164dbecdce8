#include "monitoring/import_reading.h"

#include <algorithm>

#include "monitoring/import_rows.h"

namespace handrail::monitoring {

namespace {

template <class Mapping> const Mapping* fitting(const std::vector<Mapping>& all, const std::vector<std::string>& columns)
{
    const Mapping* best = nullptr;
    for (const auto& each : all) {
        const auto& wanted = each.recognised_by;
        if (std::all_of(wanted.begin(), wanted.end(),
                        [&](const auto& name) { return std::find(columns.begin(), columns.end(), name) != columns.end(); }) &&
            (best == nullptr || wanted.size() > best->recognised_by.size()))
            best = &each;
    }
    return best;
}

/// A mapping that takes nothing but the day of a file fits it by chance.
const DailyMapping* fitting_daily(const ImportKinds& kinds, const std::vector<std::string>& columns)
{
    const auto* mapping = fitting(kinds.daily, columns);
    if (mapping == nullptr || std::none_of(mapping->columns.begin(), mapping->columns.end(), [&](const auto& each) {
            return std::find(columns.begin(), columns.end(), each.column) != columns.end();
        }))
        return nullptr;
    return mapping;
}

Result<void> find_mapping(ImportReading& reading, std::string_view text, const ImportKinds& kinds, const ImportAsk& ask)
{
    if (ask.mapping) {
        reading.mapping = *ask.mapping;
        return {};
    }
    const auto columns = TRY(ImportRows::open(text)).columns();
    const auto* check_ins = ask.kind == "daily" ? nullptr : fitting(kinds.check_ins, columns);
    const auto* daily = ask.kind == "check-ins" ? nullptr : fitting_daily(kinds, columns);
    if (check_ins != nullptr) {
        reading.mapping = *check_ins;
    } else if (daily != nullptr) {
        reading.mapping = *daily;
    } else {
        auto proposal = TRY(propose_mapping(text, kinds.wearables));
        reading.mapping = std::move(proposal.mapping);
        reading.doubts = std::move(proposal.doubts);
        reading.proposed = true;
    }
    return {};
}

} // namespace

const ImportPreview& ImportReading::preview() const
{
    return std::visit([](const auto& each) -> const ImportPreview& { return each.preview; }, read);
}

Result<ImportReading> read_import(std::string_view text, const ImportKinds& kinds, const ImportAsk& ask)
{
    ImportReading reading;
    TRY(find_mapping(reading, text, kinds, ask));
    if (!ask.kind.empty() && ask.kind != kind_of(reading.mapping))
        return invalid("This file looks like " + std::string(kind_of(reading.mapping)) + ", and not like " + ask.kind + ".");
    if (const auto* check_ins = std::get_if<CheckInMapping>(&reading.mapping))
        reading.read = TRY(read_check_in_import(text, {*check_ins}, kinds.form, {ask.now, std::chrono::minutes{0}}));
    else
        reading.read = TRY(
            read_daily_import(text, {std::get<DailyMapping>(reading.mapping)}, kinds.wearables, {ask.now, ask.only}));
    return reading;
}

} // namespace handrail::monitoring
