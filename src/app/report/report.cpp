#include "app/report/report.h"

#include <chrono>

#include "app/report/law.h"
#include "app/report/screening.h"

namespace handrail::app::report {

namespace {

constexpr int longest = 3660; ///< days

} // namespace

Result<std::string> written(trust::Record& record, const Actor& actor, const Asked& asked, Instant now)
{
    if (asked.name == "screening") {
        if (asked.days < 1 || asked.days > longest)
            return invalid("A report looks back 1 to 3660 days.", "--days");
        const auto from = now - std::chrono::hours{24} * asked.days;
        return screening_words(TRY(care::count_findings(record, actor, from, now + std::chrono::seconds{1})), asked.days);
    }
    using namespace std::chrono;
    const auto* law = find_law(asked.name);
    if (law == nullptr)
        return invalid("There is no report of that name; there are: screening, " + law_names() + ".", "NAME");
    const auto this_year = static_cast<int>(year_month_day{floor<days>(now)}.year());
    const int year = asked.year == 0 ? this_year - 1 : asked.year;
    if (year < 2020 || year > this_year)
        return invalid("The year of a report is one from 2020 on that has begun.", "--year");
    const auto begin = [](int of) { return Instant{sys_days{std::chrono::year{of} / 1 / 1}}; };
    return law_words(*law, TRY(care::count_findings(record, actor, begin(year), begin(year + 1))), year);
}

} // namespace handrail::app::report
