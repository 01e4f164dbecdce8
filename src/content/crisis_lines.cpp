#include "content/crisis_lines.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "content/document.h"

namespace handrail::content {
namespace {

constexpr std::array<std::pair<std::string_view, LineStatus>, 6> statuses{{
    {"agreed", LineStatus::Agreed},
    {"agreed_flagged", LineStatus::AgreedFlagged},
    {"agreed_undated", LineStatus::AgreedUndated},
    {"single_source", LineStatus::SingleSource},
    {"conflict", LineStatus::Conflict},
    {"unverified", LineStatus::Unverified},
}};

std::string upper(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// The sentences of a note, without their full stops. "S1" and "24.5" hold no sentence end: one is a stop and a space.
std::vector<std::string> sentences(std::string_view note)
{
    std::vector<std::string> out;
    std::size_t from = 0;
    while (from < note.size()) {
        auto to = note.find(". ", from);
        auto piece = note.substr(from, to == std::string_view::npos ? to : to - from);
        if (to == std::string_view::npos && piece.ends_with('.'))
            piece.remove_suffix(1);
        out.emplace_back(trimmed(piece));
        from = to == std::string_view::npos ? note.size() : to + 2;
    }
    return out;
}

/// The part of a note that a caller needs while dialling.
std::string how_to_dial(std::string_view note)
{
    for (const auto& sentence : sentences(note))
        for (const std::string_view cue : {"press 1", "Option ", "option ", "extension "})
            if (contains(sentence, cue) && !contains(sentence, "ended") && !contains(sentence, "England"))
                return sentence;
    return {};
}

std::string part_of_country(std::string_view note)
{
    for (const auto& sentence : sentences(note))
        if (sentence.ends_with(" only") && !contains(sentence, "landlines") && !contains(sentence, "according") &&
            !contains(sentence, "Short number") && !contains(sentence, "By message"))
            return sentence;
    return {};
}

/// Reads "190 police, 192 ambulance" and "194 ambulance UNVERIFIED" out of an emergency note. Pieces that are not a
/// number followed by whom it reaches are left alone.
std::map<std::string, EmergencyNumber> numbers_named_in(std::string_view note)
{
    std::map<std::string, EmergencyNumber> out;
    std::size_t from = 0;
    while (from < note.size()) {
        auto to = note.find_first_of(",;.", from);
        if (to == std::string_view::npos)
            to = note.size();
        auto piece = trimmed(note.substr(from, to - from));
        from = to + 1;
        std::size_t digits = 0;
        while (digits < piece.size() && std::isdigit(static_cast<unsigned char>(piece[digits])))
            ++digits;
        if (digits < 2 || digits >= piece.size() || piece[digits] != ' ')
            continue;
        EmergencyNumber number;
        number.number = std::string(piece.substr(0, digits));
        auto rest = piece.substr(digits + 1);
        if (const auto mark = rest.find(" UNVERIFIED"); mark != std::string_view::npos) {
            number.check_locally = true;
            rest = rest.substr(0, mark);
        }
        for (const std::string_view whom : {"police", "ambulance", "medical", "fire and ambulance", "from a mobile", "rescue"})
            if (contains(rest, whom))
                number.reaches = std::string(whom);
        if (contains(rest, "fire and ambulance"))
            number.reaches = "fire and ambulance";
        if (!number.reaches.empty() && rest.size() < 40)
            out[number.number] = number;
    }
    return out;
}

CrisisLine read_line(const Node& node, const std::string& country, const std::string& primary)
{
    CrisisLine line;
    line.id = node["id"].text();
    line.country = country;
    line.name = node["name"].text();
    line.audience = node["audience"].text();
    line.phone = node["phone"].text_or("");
    line.dial = node["dial"].text_or("");
    if (node["sms"].there())
        line.sms = TextNumber{node["sms"]["number"].text(), node["sms"]["keyword"].text_or("")};
    line.whatsapp = node["whatsapp"].text_or("");
    line.chat_url = node["chat_url"].text_or("");
    line.hours = node["hours"].text_or("");
    line.languages = node["languages"].texts();
    if (node["free_call"].there())
        line.free_call = node["free_call"].truth();
    line.sources = node["sources"].texts();
    line.source_date = node["source_date"].text_or("");
    line.conflict = node["conflict"].text_or("");
    line.note = node["note"].text_or("");
    line.how = how_to_dial(line.note);
    line.where = part_of_country(line.note);
    line.primary = line.id == primary;
    const auto written = node["status"].text();
    const auto* found = std::find_if(statuses.begin(), statuses.end(), [&](const auto& s) { return s.first == written; });
    if (found == statuses.end())
        node["status"].wrong("unknown status \"" + written + "\"");
    else
        line.status = found->second;
    return line;
}

CountryHelp read_country(const Node& node)
{
    CountryHelp country;
    country.iso = node["iso"].text();
    country.name = node["name"].text();
    country.gap = node["gap"].text_or("");
    const auto emergency = node["emergency"];
    country.emergency_note = emergency["note"].text_or("");
    const auto status = emergency["status"].text();
    if (status != "listed" && status != "partly" && status != "unverified")
        emergency["status"].wrong("unknown status \"" + status + "\"");
    auto named = numbers_named_in(country.emergency_note);
    bool first = true;
    for (const auto& number : emergency["numbers"].texts()) {
        EmergencyNumber entry;
        const bool said_in_note = named.count(number) > 0;
        if (said_in_note)
            entry = named[number];
        entry.number = number;
        // "partly": the first number was read in a list, part of the rest is recalled.
        if (status == "unverified" || (status == "partly" && !first && !said_in_note))
            entry.check_locally = true;
        country.emergency.push_back(entry);
        named.erase(number);
        first = false;
    }
    for (const auto& [number, entry] : named) // in the note alone: Germany's 110 for the police
        if (entry.reaches == "police" || entry.reaches == "ambulance")
            country.emergency.push_back(entry);
    const auto primary = node["primary_line"].text_or("");
    for (const auto& line : node["lines"].elements())
        country.lines.push_back(read_line(line, country.iso, primary));
    return country;
}

/// Gives each country its time zones, and each line the one that its hours name. A site's own content may have no such file.
Result<void> read_zones(const std::filesystem::path& content_folder, std::map<std::string, CountryHelp, std::less<>>& countries)
{
    const std::string name = "time_zones.json";
    if (!std::filesystem::exists(content_folder / name))
        return {};
    auto document = TRY(Document::open(content_folder / name, name));
    const auto root = document.root();
    if (root["schema"].text() != "handrail.time-zones/1")
        root["schema"].wrong("expected handrail.time-zones/1");
    for (auto& [iso, country] : countries) {
        const auto zones = root["countries"][iso];
        if (zones.there())
            country.zones = zones.texts();
        for (auto& line : country.lines) {
            const auto word = line.hours.substr(line.hours.rfind(' ') + 1);
            if (!word.empty() && root["words"][word].there())
                line.zone = root["words"][word].text();
        }
    }
    if (!document.sound())
        return document.error();
    return {};
}

bool day_and_night(const CrisisLine& line) { return line.hours.starts_with("24/7"); }

/// Smaller comes first.
int rank(const CrisisLine& line)
{
    if (!line.where.empty())
        return 4;
    if (line.primary)
        return 0;
    if (day_and_night(line))
        return line.confirmed ? 1 : 2;
    return 3;
}

std::vector<std::string_view> audiences_of(Category category)
{
    switch (category) {
    case Category::Abuse: return {"domestic_violence", "sexual_violence"};
    case Category::EatingDisorder: return {"eating_disorder"};
    case Category::Substance: return {"substance"};
    default: return {};
    }
}

} // namespace

std::string_view name(LineStatus status)
{
    for (const auto& [word, value] : statuses)
        if (value == status)
            return word;
    return "unverified";
}

Result<CrisisLines> CrisisLines::load(const std::filesystem::path& content_folder)
{
    auto document = TRY(Document::open(content_folder / "crisis_lines.json", "crisis_lines.json"));
    const auto root = document.root();
    if (root["schema"].text() != "handrail.crisis-lines/1")
        root["schema"].wrong("expected handrail.crisis-lines/1");
    CrisisLines out;
    out.compiled_on_ = root["compiled"].text();
    for (const auto& node : root["international"].elements())
        out.international_.push_back({node["name"].text(), node["url"].text(), node["what"].text_or("")});
    for (const auto& node : root["countries"].elements()) {
        auto country = read_country(node);
        if (country.emergency.empty())
            node["emergency"].wrong("a country needs an emergency number");
        const auto iso = country.iso;
        out.countries_.emplace(iso, std::move(country));
    }
    if (!document.sound())
        return document.error();
    TRY(read_zones(content_folder, out.countries_));
    return out;
}

const CountryHelp* CrisisLines::country(std::string_view iso) const
{
    const auto found = countries_.find(upper(iso));
    return found == countries_.end() ? nullptr : &found->second;
}

const CrisisLine* CrisisLines::line(std::string_view id) const
{
    for (const auto& [iso, country] : countries_)
        for (const auto& line : country.lines)
            if (line.id == id)
                return &line;
    return nullptr;
}

std::vector<CrisisLine> CrisisLines::accepted_for_demo(std::string_view iso) const
{
    std::vector<CrisisLine> out;
    const auto* help = country(iso);
    if (help == nullptr)
        return out;
    std::set<std::string> agreed;
    for (const auto& line : help->lines)
        if (line.status == LineStatus::Agreed)
            agreed.insert(line.audience);
    for (auto line : help->lines) {
        const bool second_best =
            line.status == LineStatus::AgreedFlagged || line.status == LineStatus::AgreedUndated;
        if (line.status == LineStatus::Agreed) {
            out.push_back(line);
        } else if (second_best && agreed.count(line.audience) == 0) {
            line.confirmed = false;
            out.push_back(line);
        }
    }
    return out;
}

std::vector<CrisisLine> CrisisLines::accepted(std::string_view iso,
                                              const std::set<std::string, std::less<>>& line_ids) const
{
    std::vector<CrisisLine> out;
    if (const auto* help = country(iso))
        for (const auto& line : help->lines)
            if (line_ids.count(line.id) > 0)
                out.push_back(line);
    return out;
}

std::vector<CrisisLine> fitting(const std::vector<CrisisLine>& accepted, Category category, bool minor,
                                const std::vector<std::string>& audiences)
{
    std::vector<std::string_view> wanted;
    if (minor && category == Category::Abuse)
        wanted = {"youth", "child_protection"};
    for (const auto& audience : audiences)
        wanted.push_back(audience);
    for (const auto audience : audiences_of(category))
        wanted.push_back(audience);
    if (minor)
        wanted.push_back("youth");
    wanted.push_back("all");
    if (minor)
        wanted.push_back("child_protection");

    std::vector<CrisisLine> out;
    for (const auto audience : wanted) {
        std::vector<CrisisLine> group;
        for (const auto& line : accepted) {
            const bool reachable = !line.phone.empty() || line.sms || !line.whatsapp.empty() || !line.chat_url.empty();
            const bool already = std::any_of(out.begin(), out.end(), [&](const auto& o) { return o.id == line.id; });
            if (line.audience == audience && reachable && !already)
                group.push_back(line);
        }
        std::stable_sort(group.begin(), group.end(),
                         [](const auto& a, const auto& b) { return rank(a) < rank(b); });
        out.insert(out.end(), group.begin(), group.end());
    }
    return out;
}

std::optional<CrisisLine> without_speaking(const std::vector<CrisisLine>& fitting)
{
    for (const auto& line : fitting)
        if (line.sms || !line.whatsapp.empty() || !line.chat_url.empty())
            return line;
    return std::nullopt;
}

std::vector<EmergencyNumber> emergency_for(const CountryHelp& country, Category category)
{
    const bool violence = category == Category::Abuse || category == Category::HarmToOthers;
    std::vector<EmergencyNumber> out;
    for (const auto& number : country.emergency) {
        const bool police = number.reaches == "police";
        const bool medical = contains(number.reaches, "ambulance") || number.reaches == "medical";
        if (violence ? medical : police)
            continue;
        out.push_back(number);
    }
    if (out.empty())
        out.push_back(country.emergency.front());
    // What was read in a list comes before what is only recalled.
    std::stable_partition(out.begin(), out.end(), [](const auto& n) { return !n.check_locally; });
    if (out.size() > 2)
        out.resize(2);
    return out;
}

} // namespace handrail::content
