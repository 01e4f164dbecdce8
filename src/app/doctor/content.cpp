#include "app/doctor/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "detect/label_sets.h"
#include "detect/reply_model.h"
#include "detect/screening_model.h"
#include "detect/shelf.h"
#include "nlp/screener.h"

namespace handrail::app::doctor {

namespace {

namespace fs = std::filesystem;
using Kind = content::CheckNote::Kind;
constexpr auto name_them = "Read them: handrail content check.";

std::ptrdiff_t number_of(const content::CheckReport& report, Kind kind)
{
    return std::count_if(report.notes.begin(), report.notes.end(), [&](const auto& note) { return note.kind == kind; });
}

Seen look_at_screening(const fs::path& content, const fs::path& models)
{
    const auto screener = nlp::Screener::load(content);
    if (!screener)
        return wrong("screening", screener.error().told, "Put the files back; until then the server does not start.");
    const auto rules = screener->versions().at("rules");
    const auto model = detect::ScreeningModel::load(models);
    if (!model)
        return wrong(
            "screening",
            fmt::format("The rules load (version {}), but no model reads beside them: {}", rules, model.error().told),
            "Put the file back, or make it: handrail train --what screening. Until then the server screens by "
            "rules only.");
    return fine("screening",
                fmt::format("The rules load (version {}), and the model that reads beside them (version {}).", rules,
                            (*model)->version()));
}

Seen look_at_guard(const fs::path& models)
{
    const auto model = detect::ReplyModel::load(models);
    if (!model)
        return look("reply guard", "Its rules read what a language model says, but no model beside them: " + model.error().told,
                    "Put the file back, or make it: handrail train --what reply. Until then more of what must not be said "
                    "gets through, where a language model is used at all.");
    return fine("reply guard", fmt::format("A model (version {}) reads beside its rules.", (*model)->version()));
}

Seen look_at_models(const fs::path& folder)
{
    int read = 0;
    for (const auto& set : detect::label_sets()) {
        if (set.licence != detect::Licence::Open || detect::authored(set))
            continue;
        if (const auto model = detect::take_model_in(folder, set); !model)
            return look("models", model.error().told + " The server does not need it; handrail detect does.",
                        "Put the files back, or make them: handrail train --open.");
        ++read;
    }
    return fine("models", fmt::format("The {} that are shipped can be read; they serve handrail detect alone.", read));
}

Seen look_at_page(const fs::path& web)
{
    std::error_code none;
    if (fs::is_regular_file(web / "index.html", none))
        return fine("web page", fmt::format("It is there, in {}.", web.string()));
    return wrong("web page", fmt::format("It is not in {}: browsers get a line of text instead.", web.string()),
                 "Build it, ./run --build-only, or name its folder in [content] web.");
}

} // namespace

Seen judge(const content::CheckReport& report)
{
    if (const auto count = report.wrong(); count > 0)
        return wrong("content", fmt::format("{} things in it are wrong.", count), name_them);
    const auto unreviewed = number_of(report, Kind::Unreviewed);
    const auto unsigned_texts = number_of(report, Kind::Unsigned);
    const auto unverified = number_of(report, Kind::Unverified);
    const auto told =
        fmt::format("{} files read, nothing wrong; {} unreviewed, {} texts in danger unsigned, {} unverified.",
                    report.files, unreviewed, unsigned_texts, unverified);
    if (unreviewed + unsigned_texts + unverified > 0)
        return look("content", told, name_them);
    return fine("content", told);
}

std::vector<Seen> look_at_content(const fs::path& content, const fs::path& models, const fs::path& web, Instant now)
{
    return {judge(content::check_content(content, std::chrono::floor<std::chrono::days>(now))),
            look_at_screening(content, models), look_at_guard(models), look_at_models(models), look_at_page(web)};
}

} // namespace handrail::app::doctor
