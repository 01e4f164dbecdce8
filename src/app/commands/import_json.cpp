#include "app/commands/import_json.h"

#include <cmath>

#include "app/commands/json_text.h"

namespace handrail::app {

namespace {

using monitoring::ImportMapping;

std::string number(double value) { return json_number(value, value == std::floor(value)); }

template <class All, class Each> std::string list(const All& all, const Each& each)
{
    std::string out = "[";
    for (const auto& one : all)
        out += (out.size() == 1 ? "" : ",") + each(one);
    return out + "]";
}

std::string texts(const std::vector<std::string>& all) { return list(all, [](const auto& each) { return json_quoted(each); }); }

std::string scale(const MappedColumn& column)
{
    return "\"column\":" + json_quoted(column.column) + ",\"lowest\":" + number(column.lowest) +
           ",\"highest\":" + number(column.highest) + ",\"better\":" + (column.higher_is_better ? "\"up\"" : "\"down\"");
}

std::string head(const char* schema, const std::string& id, const std::string& title)
{
    return std::string("{\"schema\":\"") + schema + "\",\"id\":" + json_quoted(id) + ",\"version\":\"1\",\"title\":" +
           json_quoted(title);
}

std::string written(const CheckInMapping& mapping)
{
    const auto time = mapping.at_column.empty() ? "\"day\":" + json_quoted(mapping.day_column) +
                                                      ",\"minute_of_day\":" + json_quoted(mapping.minute_column)
                                                : "\"at\":" + json_quoted(mapping.at_column);
    return head("handrail.check-in-import/1", mapping.id, mapping.title) + ",\"recognised_by\":" +
           texts(mapping.recognised_by) + ",\"time\":{" + time + "},\"mood\":{\"needs\":" +
           std::to_string(mapping.mood_needs) + ",\"columns\":" +
           list(mapping.mood, [](const auto& each) { return "{" + scale(each) + "}"; }) + "},\"sleep_hours\":" +
           json_quoted(mapping.sleep_hours_column) + ",\"note\":" + json_quoted(mapping.note_column) + ",\"series\":" +
           list(mapping.series, [](const auto& each) { return "{\"measure\":" + json_quoted(each.measure) + "," + scale(each.from) + "}"; }) +
           "}";
}

std::string written(const DailyMapping& mapping)
{
    return head("handrail.daily-import/1", mapping.id, mapping.title) + ",\"recognised_by\":" +
           texts(mapping.recognised_by) + ",\"day\":" + json_quoted(mapping.day_column) + ",\"person\":" +
           json_quoted(mapping.person_column) + ",\"columns\":" +
           list(mapping.columns, [](const auto& each) {
               return "{\"column\":" + json_quoted(each.column) + ",\"measure\":" + json_quoted(each.measure) +
                      ",\"times\":" + number(each.times) + "}";
           }) +
           "}";
}

std::string remarks(const monitoring::ImportRemarks& all)
{
    return list(all.kept(), [](const auto& each) {
        return "{\"line\":" + std::to_string(each.line) + ",\"told\":" + json_quoted(each.told) + "}";
    });
}

} // namespace

std::string mapping_json(const ImportMapping& mapping)
{
    return std::visit([](const auto& each) { return written(each); }, mapping);
}

std::string preview_json(const monitoring::ImportReading& reading)
{
    const auto& preview = reading.preview();
    return "{\"kind\":\"" + std::string(monitoring::kind_of(reading.mapping)) + "\",\"proposed\":" + (reading.proposed ? "true" : "false") +
           ",\"mapping\":" + mapping_json(reading.mapping) + ",\"doubts\":" +
           list(reading.doubts, [](const auto& each) {
               return "{\"column\":" + json_quoted(each.first) + ",\"told\":" + json_quoted(each.second) + "}";
           }) +
           ",\"columns\":" + list(preview.columns, [](const auto& each) {
               return "{\"column\":" + json_quoted(each.name) + ",\"becomes\":" + json_quoted(each.becomes) + "}";
           }) +
           ",\"first\":" + list(preview.first, [](const auto& each) {
               return "{\"line\":" + std::to_string(each.line) + ",\"at\":" + json_quoted(to_rfc3339(each.at)) +
                      ",\"values\":" + list(each.values, [](const auto& value) {
                          return "{\"what\":" + json_quoted(value.first) + ",\"much\":" + json_quoted(value.second) + "}";
                      }) + "}";
           }) +
           ",\"notes\":" + texts(preview.notes) + ",\"rows\":" + std::to_string(preview.rows) + ",\"taken\":" +
           std::to_string(preview.taken) + ",\"empty\":" + std::to_string(preview.without_answers) + ",\"not_taken\":" +
           std::to_string(preview.problems.all()) + ",\"problems\":" + remarks(preview.problems) + ",\"remarks\":" +
           remarks(preview.remarks) + "}";
}

} // namespace handrail::app
