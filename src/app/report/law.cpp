#include "app/report/law.h"

#include <array>

#include <fmt/format.h>

namespace handrail::app::report {

namespace {

constexpr std::array<Law, 3> laws{{
    {"ca-sb243", "California, SB 243 (Bus. & Prof. Code 22601-22604)",
     "the number of times in the year that a person was referred to a crisis service, the protocol for suicidal ideation, and "
     "how it is measured; the first reports are due from 2027-07-01",
     "read for the safety rules; a lawyer has not looked at this report"},
    {"wa-hb2225", "Washington, HB 2225 (from 2027-01-01)",
     "the number of crisis referrals in the year, and the protocol",
     "known from summaries; a lawyer has not looked at this report"},
    {"or-sb1546", "Oregon, SB 1546 (from 2027-01-01)",
     "the number of crisis referrals in the year, and the protocol",
     "known from summaries, which tell it together with Washington's; a lawyer has not looked at this report"},
}};

std::int64_t same_day(const std::map<Urgency, std::int64_t>& counts)
{
    std::int64_t all = 0;
    for (const auto urgency : {Urgency::Today, Urgency::Now})
        if (const auto found = counts.find(urgency); found != counts.end())
            all += found->second;
    return all;
}

} // namespace

const Law* find_law(std::string_view id)
{
    for (const auto& law : laws)
        if (law.id == id)
            return &law;
    return nullptr;
}

std::string law_names()
{
    std::string out;
    for (const auto& law : laws)
        out += (out.empty() ? "" : ", ") + std::string(law.id);
    return out;
}

std::string law_words(const Law& law, const care::FindingCounts& counts, int year)
{
    auto out = fmt::format("# {}, {}\n\nAsked for: {}.\nMark: {}.\n\n"
                           "| what the words for danger were about | times given |\n| --- | ---: |\n",
                           law.title, year, law.asks, law.mark);
    std::int64_t all = 0;
    for (const auto& [category, by_urgency] : counts.by_category) {
        const auto given = same_day(by_urgency);
        // A danger of no category is a silence that a human looks into: nobody was shown anything then.
        if (category == Category::None || given == 0)
            continue;
        all += given;
        out += fmt::format("| {} | {} |\n", name(category), given);
    }
    out += fmt::format("| all | {} |\n\n", all);
    out += "How it is counted: every finding with a category that a human is needed today or now, in a message, an answer or a check-in of the "
           "year (UTC). With each the person was shown fixed words with at least one live contact (safety.md C1, C12), "
           "unless they were already in touch with one. A person may be counted more than once; nothing here says who.\n"
           "How danger is found: docs/screening.md, with its figures. The protocol: docs/protocol.md.\n";
    return out;
}

} // namespace handrail::app::report
