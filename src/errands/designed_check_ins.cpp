#include "errands/designed_check_ins.h"

namespace handrail::errands {

Result<std::vector<DesignedSeries>> designed_series(const monitoring::Course& course, monitoring::DesignsRead& designs)
{
    std::vector<DesignedSeries> all;
    for (const auto& each : course.series()) {
        const auto* kept = TRY(designs.of(each.form, std::to_string(each.version)));
        const auto* item = kept == nullptr ? nullptr : kept->design.item(each.item);
        if (item == nullptr)
            continue;
        const auto& language = kept->design.languages.front();
        DesignedSeries series;
        series.form = each.form;
        series.version = each.version;
        series.item = each.item;
        series.title = in_language(kept->design.title, language);
        series.question = in_language(item->question, language);
        series.lowest = item->lowest;
        series.highest = item->highest;
        series.at_lowest = in_language(item->at_lowest, language);
        series.at_highest = in_language(item->at_highest, language);
        series.worse = monitoring::name(item->worse);
        series.points = each.points;
        all.push_back(std::move(series));
    }
    return all;
}

Result<std::string> designed_words(const monitoring::KeptAnswer& answer, monitoring::DesignsRead& designs)
{
    const auto* kept = TRY(designs.of(answer.instrument, answer.version));
    if (kept == nullptr)
        return std::string("A check-in of this service");
    const auto& language = kept->design.languages.front();
    auto words = in_language(kept->design.title, language);
    for (const auto& [question, said] : monitoring::told(kept->design, answer.body, language))
        words += ". " + question + " " + said;
    return words;
}

} // namespace handrail::errands
