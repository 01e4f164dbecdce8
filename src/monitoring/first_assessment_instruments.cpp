#include <algorithm>
#include <charconv>
#include <cmath>

#include "monitoring/answer_rows.h"
#include "monitoring/first_assessment_desk.h"
#include "monitoring/scoring.h"

namespace handrail::monitoring {

namespace {

constexpr int most_answers = 200;

GivenAnswers given_in(const Fields& body)
{
    GivenAnswers given;
    for (const auto& each : body.inner("answer")) {
        const auto& text = each.text("value");
        std::int64_t value = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{})
            given[each.text("item")] = {GivenAnswer::Kind::Whole, value};
    }
    return given;
}

std::string number_text(double number)
{
    return number == std::floor(number) ? std::to_string(static_cast<std::int64_t>(number)) : std::to_string(number);
}

/// Scored again by the instrument as it is, which only its own version may be.
void add_result(FirstAssessmentDesk::Fitting& out, const Instrument& instrument, const KeptAnswer& answer)
{
    out.answered_at = answer.at;
    const auto* main = instrument.main_score();
    if (main == nullptr || answer.version != instrument.version)
        return;
    AnswerContext context;
    context.refused = answer.body.texts("refused");
    const auto result = score(instrument, given_in(answer.body), context);
    const auto value = result.score(main->id);
    if (!value)
        return;
    out.score = number_text(*value) + " of " + number_text(main->highest);
    const auto bands = instrument.scoring.bands.find(main->id);
    if (bands == instrument.scoring.bands.end())
        return;
    for (const auto& [of, code] : result.bands)
        for (const auto& band : bands->second)
            if (of == main->id && band.code == code)
                out.band = band.label;
}

} // namespace

Result<std::vector<FirstAssessmentDesk::Fitting>> FirstAssessmentDesk::fitting(trust::Reading& reading,
                                                                               const KeptAssessment& kept) const
{
    std::vector<Fitting> all;
    const auto fits = monitoring::fitting(form_, answers_in(form_, kept.answered));
    if (fits.empty())
        return all;
    const auto from = kept.begun_at - std::chrono::hours{24} * form_.answered_lately_days;
    const auto answers = TRY(answers_of(reading, kept.person, "questionnaire", from, std::nullopt, most_answers));
    for (const auto* fit : fits) {
        const auto* instrument = instruments_.find(fit->instrument);
        if (instrument == nullptr)
            continue;
        Fitting one;
        one.fit = fit;
        one.may_be_shown = instrument->why_not().empty() && instrument->wording(kept.language) != nullptr &&
                           is_for(*instrument, kept.age_band);
        const auto newest = std::find_if(answers.begin(), answers.end(),
                                         [&](const auto& each) { return each.instrument == fit->instrument; });
        if (newest != answers.end())
            add_result(one, *instrument, *newest);
        all.push_back(std::move(one));
    }
    return all;
}

} // namespace handrail::monitoring
