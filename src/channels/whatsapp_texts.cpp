#include "channels/whatsapp_texts.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <regex>

#include <boost/json.hpp>

#include "base/text.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;

/// As a word of this list is compared: small letters, no marks or spaces around it.
std::string bare(std::string_view words)
{
    auto text = lower_ascii(trimmed(words));
    const std::string_view marks = " .!?\"'*_,;:";
    const auto first = text.find_first_not_of(marks);
    const auto last = text.find_last_not_of(marks);
    text = first == std::string::npos ? std::string() : text.substr(first, last - first + 1);
    // lower_ascii leaves these as they are.
    for (const auto& [large, small] : std::array<std::pair<std::string_view, std::string_view>, 5>{
             {{"Ê", "ê"}, {"É", "é"}, {"Ç", "ç"}, {"Ã", "ã"}, {"Í", "í"}}})
        for (auto at = text.find(large); at != std::string::npos; at = text.find(large))
            text.replace(at, large.size(), small);
    return text;
}

Result<std::set<std::string, std::less<>>> words_in(const json::object& file, std::string_view name)
{
    std::set<std::string, std::less<>> words;
    const auto* list = file.if_contains(name);
    if (list == nullptr || !list->is_array())
        return invalid("channels/whatsapp.json: " + std::string(name) + " is not a list.");
    for (const auto& each : list->get_array())
        if (each.is_string())
            words.insert(bare(each.get_string()));
    return words;
}

} // namespace

const std::vector<std::string>& WhatsappTexts::keys()
{
    static const std::vector<std::string> all{
        "hello",         "hello_short",     "meta",        "opt_in",      "age",         "age_under_13", "age_13_17",
        "age_18_25",     "age_26_64",       "age_65_plus", "age_thanks",  "list_button", "ai_mark",      "human_mark",
        "reading_ask",   "reading_yes",     "reading_no",  "reading_thanks", "reading_refused",
        "joined",        "left",            "voice",       "voice_ask",   "voice_yes",   "voice_no",     "voice_unheard",
        "media",         "unreadable",      "danger_call", "danger_anywhere", "danger_line", "linked",   "linked_before",
        "link_wrong",    "unlinked",        "stopped",     "started",     "country_off", "not_here",
        "ai_model_mark"};
    return all;
}

Result<WhatsappTexts> WhatsappTexts::load(const std::filesystem::path& content_folder)
{
    std::ifstream in(content_folder / "channels/whatsapp.json", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code failed;
    const auto file = json::parse(text, failed);
    if (failed || !file.is_object())
        return invalid("channels/whatsapp.json cannot be read as JSON.");
    WhatsappTexts made;
    made.stop_words_ = TRY(words_in(file.get_object(), "stop_words"));
    made.start_words_ = TRY(words_in(file.get_object(), "start_words"));
    made.link_words_ = TRY(words_in(file.get_object(), "link_words"));
    made.voice_yes_words_ = TRY(words_in(file.get_object(), "voice_yes_words"));
    made.voice_no_words_ = TRY(words_in(file.get_object(), "voice_no_words"));
    const auto* texts = file.get_object().if_contains("texts");
    if (texts == nullptr || !texts->is_object() || !texts->get_object().contains("en"))
        return invalid("channels/whatsapp.json has no English texts.");
    for (const auto& [language, entries] : texts->get_object()) {
        auto& of_language = made.texts_[std::string(language)];
        if (entries.is_object())
            for (const auto& [key, words] : entries.get_object())
                if (words.is_string())
                    of_language[std::string(key)] = std::string(words.get_string());
        for (const auto& key : keys())
            if (of_language.count(key) == 0)
                return invalid("channels/whatsapp.json: \"" + key + "\" is missing in " + std::string(language) + ".");
    }
    return made;
}

std::string WhatsappTexts::text(std::string_view language, std::string_view key,
                                const std::map<std::string, std::string>& filling) const
{
    auto found = texts_.find(language.substr(0, language.find('-')));
    if (found == texts_.end())
        found = texts_.find(std::string_view("en"));
    const auto entry = found->second.find(key);
    ensure(entry != found->second.end(), "a text of this channel is one of its keys");
    std::string text = entry->second;
    for (const auto& [name, value] : filling) {
        const auto place = "{" + name + "}";
        for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at + value.size()))
            text.replace(at, place.size(), value);
    }
    return text;
}

bool WhatsappTexts::stops(std::string_view words) const { return stop_words_.count(bare(words)) > 0; }
bool WhatsappTexts::starts(std::string_view words) const { return start_words_.count(bare(words)) > 0; }
bool WhatsappTexts::agrees_to_voice(std::string_view words) const { return voice_yes_words_.count(bare(words)) > 0; }
bool WhatsappTexts::refuses_voice(std::string_view words) const { return voice_no_words_.count(bare(words)) > 0; }

std::optional<std::string> WhatsappTexts::link_code(std::string_view words) const
{
    words = trimmed(words);
    const auto space = words.find(' ');
    if (space == std::string_view::npos || link_words_.count(bare(words.substr(0, space))) == 0)
        return std::nullopt;
    std::string digits;
    for (const char each : bare(words.substr(space)))
        if (each >= '0' && each <= '9')
            digits.push_back(each);
        else if (each != ' ' && each != '-')
            return std::nullopt;
    if (digits.empty() || digits.size() > 20)
        return std::nullopt;
    return digits;
}

std::vector<std::string> WhatsappTexts::languages() const
{
    std::vector<std::string> all;
    for (const auto& [language, texts] : texts_)
        all.push_back(language);
    return all;
}

bool names_a_result(std::string_view words)
{
    // "PHQ-9: 17", "GAD-7 total 12"; "F32.1"; a diagnosis by that word in the five languages.
    static const std::regex result(
        R"(\b[A-Z]{2,6}-?[0-9]{1,2}\b[^.\n]{0,24}\b[0-9]{1,3}\b|\b[FX][0-9]{2}\.[0-9]\b|diagno[sz]|diagnósti|transcri)",
        std::regex::ECMAScript | std::regex::icase | std::regex::optimize);
    return std::regex_search(words.begin(), words.end(), result);
}

} // namespace handrail::channels
