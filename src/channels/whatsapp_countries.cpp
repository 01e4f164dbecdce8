#include "channels/whatsapp_countries.h"

#include <algorithm>

namespace handrail::channels {

namespace {

struct Calling {
    std::string_view code;
    std::string_view iso;
};
// ITU-T E.164 calling codes of the countries in content/crisis_lines.json. 1 and 7 are several countries' and left out:
// whoever writes from there is told apart by a business-scoped id, which begins with the country.
constexpr Calling calling_codes[] = {
    {"20", "EG"},  {"212", "MA"}, {"213", "DZ"}, {"216", "TN"}, {"230", "MU"}, {"231", "LR"}, {"233", "GH"},
    {"234", "NG"}, {"249", "SD"}, {"250", "RW"}, {"251", "ET"}, {"254", "KE"}, {"255", "TZ"}, {"256", "UG"},
    {"258", "MZ"}, {"260", "ZM"}, {"263", "ZW"}, {"267", "BW"}, {"27", "ZA"},  {"299", "GL"}, {"30", "GR"},
    {"31", "NL"},  {"32", "BE"},  {"33", "FR"},  {"34", "ES"},  {"351", "PT"}, {"352", "LU"}, {"353", "IE"},
    {"354", "IS"}, {"355", "AL"}, {"356", "MT"}, {"357", "CY"}, {"358", "FI"}, {"359", "BG"}, {"36", "HU"},
    {"370", "LT"}, {"371", "LV"}, {"372", "EE"}, {"374", "AM"}, {"375", "BY"}, {"380", "UA"}, {"381", "RS"},
    {"383", "XK"}, {"385", "HR"}, {"386", "SI"}, {"387", "BA"}, {"39", "IT"},  {"40", "RO"},  {"41", "CH"},
    {"420", "CZ"}, {"421", "SK"}, {"43", "AT"},  {"44", "GB"},  {"45", "DK"},  {"46", "SE"},  {"47", "NO"},
    {"48", "PL"},  {"49", "DE"},  {"502", "GT"}, {"506", "CR"}, {"507", "PA"}, {"51", "PE"},  {"52", "MX"},
    {"54", "AR"},  {"55", "BR"},  {"56", "CL"},  {"57", "CO"},  {"58", "VE"},  {"591", "BO"}, {"592", "GY"},
    {"593", "EC"}, {"595", "PY"}, {"597", "SR"}, {"598", "UY"}, {"60", "MY"},  {"61", "AU"},  {"62", "ID"},
    {"63", "PH"},  {"64", "NZ"},  {"65", "SG"},  {"66", "TH"},  {"673", "BN"}, {"676", "TO"}, {"679", "FJ"},
    {"81", "JP"},  {"82", "KR"},  {"84", "VN"},  {"852", "HK"}, {"86", "CN"},  {"880", "BD"}, {"886", "TW"},
    {"90", "TR"},  {"91", "IN"},  {"92", "PK"},  {"93", "AF"},  {"94", "LK"},  {"961", "LB"}, {"962", "JO"},
    {"965", "KW"}, {"966", "SA"}, {"971", "AE"}, {"972", "IL"}, {"973", "BH"}, {"974", "QA"}, {"977", "NP"},
    {"98", "IR"},  {"994", "AZ"},
};

/// The country that a business-scoped id begins with; empty when it is no such id.
std::string_view country_in(std::string_view user_id)
{
    const bool is_one = user_id.size() > 3 && user_id[2] == '.' &&
                        std::all_of(user_id.begin(), user_id.begin() + 2, [](char c) { return c >= 'A' && c <= 'Z'; });
    return is_one ? user_id.substr(0, 2) : std::string_view{};
}

std::string_view of_number(std::string_view number)
{
    for (const auto& each : calling_codes)
        if (number.substr(0, each.code.size()) == each.code)
            return each.iso;
    return {};
}

} // namespace

std::string country_of(const WhatsappUser& user)
{
    const auto told = country_in(user.user_id);
    return std::string(told.empty() ? of_number(user.number) : told);
}

bool serves(const std::vector<std::string>& calling_codes_served, const WhatsappUser& user)
{
    return std::ranges::any_of(calling_codes_served, [&](const std::string& written) {
        const std::string_view code = std::string_view(written).substr(written.rfind('+', 0) == 0 ? 1 : 0);
        if (code.empty())
            return false;
        if (!user.number.empty())
            return std::string_view(user.number).substr(0, code.size()) == code;
        const auto country = country_in(user.user_id);
        if (country.empty())
            return false;
        return code == "1" ? country == "US" || country == "CA"
               : code == "7" ? country == "RU" || country == "KZ"
                             : country == of_number(code);
    });
}

} // namespace handrail::channels
