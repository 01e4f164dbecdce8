#include "channels/notices.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

namespace handrail::channels {

namespace {

namespace json = boost::json;

constexpr std::size_t longest = 60; ///< bytes: with a link it stays one text message

Result<std::string> sentence_in(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    const std::string text(found == nullptr || !found->is_string() ? "" : std::string_view(found->get_string()));
    const bool one_line = std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < ' '; });
    if (text.empty() || text.size() > longest || !one_line)
        return invalid("channels/notices.json: \"" + std::string(name) + "\" is one line of at most 60 bytes.");
    return text;
}

} // namespace

Result<NoticeTexts> NoticeTexts::load(const std::filesystem::path& content_folder)
{
    std::ifstream in(content_folder / "channels/notices.json", std::ios::binary);
    const std::string read{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code failed;
    const auto file = json::parse(read, failed);
    const auto* texts = failed || !file.is_object() ? nullptr : file.get_object().if_contains("texts");
    const auto* staff = failed || !file.is_object() ? nullptr : file.get_object().if_contains("staff");
    if (texts == nullptr || !texts->is_object() || !texts->get_object().contains("en") || staff == nullptr ||
        !staff->is_object())
        return invalid("channels/notices.json has texts, in English at least, and sentences for staff.");
    NoticeTexts made;
    for (const auto& [language, ignored] : texts->get_object())
        made.by_language.emplace(std::string(language), TRY(sentence_in(texts->get_object(), std::string_view(language))));
    made.alert = TRY(sentence_in(staff->get_object(), "alert"));
    made.test = TRY(sentence_in(staff->get_object(), "test"));
    return made;
}

const std::string& NoticeTexts::in(std::string_view language) const
{
    const auto found = by_language.find(language.substr(0, 2));
    return found == by_language.end() ? by_language.at("en") : found->second;
}

} // namespace handrail::channels
