#include "monitoring/what_helped.h"

#include <algorithm>

#include "monitoring/answer_rows.h"

namespace handrail::monitoring {

Result<std::vector<Did>> read_did(trust::Reading& reading, PersonId person, Instant now)
{
    const auto from = now - std::chrono::days{Course::days_kept};
    const auto answers =
        TRY(answers_of(reading, person, "check_in", from, std::nullopt, static_cast<int>(Course::most_answers)));
    std::vector<Did> out;
    for (auto answer = answers.rbegin(); answer != answers.rend(); ++answer)
        if (auto what = answer->body.texts("did"); !what.empty())
            out.push_back({answer->at, std::move(what)});
    return out;
}

Result<ScaleNames> scale_names(const Course& course, DesignsRead& designs, std::string_view language)
{
    ScaleNames out;
    for (const auto& series : course.series()) {
        const auto* kept = TRY(designs.of(series.form, std::to_string(series.version)));
        const auto* item = kept == nullptr ? nullptr : kept->design.item(series.item);
        if (item != nullptr)
            out[{series.form, series.item}] =
                in_language(item->question, language.empty() ? kept->design.languages.front()
                                                             : kept->design.language_for(language));
    }
    return out;
}

} // namespace handrail::monitoring
