#include "channels/reminder_mail.h"

#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "base/text.h"
#include "channels/letter.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_subject = 45; ///< bytes: one encoded word of a header

Result<ReminderTexts::Words> words_in(const json::object& from, const std::string& name, const std::string& language)
{
    const auto wrong = [&](const char* what) { return invalid(name + ", \"" + language + "\": " + what); };
    const auto* subject = from.if_contains("subject");
    const auto* text = from.if_contains("text");
    if (subject == nullptr || !subject->is_string() || text == nullptr || !text->is_string())
        return wrong("subject and text are texts.");
    ReminderTexts::Words words{std::string(subject->get_string()), std::string(text->get_string())};
    if (words.subject.empty() || words.subject.size() > longest_subject ||
        words.subject.find_first_of("\r\n") != std::string::npos)
        return wrong("the subject is one line of at most 45 bytes.");
    if (words.text.find("{link}") == std::string::npos)
        return wrong("the text says no {link}.");
    return words;
}

} // namespace

Result<ReminderTexts> ReminderTexts::load(const std::filesystem::path& content_folder, const std::string& name)
{
    std::ifstream in(content_folder / name, std::ios::binary);
    const std::string read{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code failed;
    const auto file = json::parse(read, failed);
    const auto* texts = failed || !file.is_object() ? nullptr : file.get_object().if_contains("texts");
    if (texts == nullptr || !texts->is_object() || !texts->get_object().contains("en"))
        return invalid(name + " has no English texts.");
    ReminderTexts made;
    for (const auto& [language, words] : texts->get_object()) {
        if (!words.is_object())
            return invalid(name + ": each language has a subject and a text.");
        made.by_language.emplace(std::string(language), TRY(words_in(words.get_object(), name, std::string(language))));
    }
    return made;
}

const ReminderTexts::Words& ReminderTexts::in(std::string_view language) const
{
    const auto found = by_language.find(language.substr(0, 2));
    return found == by_language.end() ? by_language.at("en") : found->second;
}

std::string letter_text(const ReminderLetter& letter, const ReminderTexts& texts)
{
    const auto& words = texts.in(letter.language);
    auto text = words.text;
    text.replace(text.find("{link}"), 6, letter.link);
    std::string out;
    const auto header = [&](const char* name, const std::string& value) {
        out += std::string(name) + ": " + value + "\r\n";
    };
    header("Date", mail_date(letter.at));
    header("From", "<" + letter.from + ">");
    header("To", "<" + letter.to + ">");
    header("Subject", header_words(words.subject));
    header("Message-ID", "<" + letter.id + "@" + letter.from.substr(letter.from.find('@') + 1) + ">");
    header("Auto-Submitted", "auto-generated"); // no automatic answer comes back
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=utf-8");
    header("Content-Transfer-Encoding", "base64");
    std::string lines;
    for (const char each : text)
        lines += each == '\n' ? std::string("\r\n") : std::string(1, each);
    return out + "\r\n" + base64_lines(lines + "\r\n");
}

} // namespace handrail::channels
