#include "channels/alert_mail.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>

#include "channels/letter.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;

Result<std::string> text_in(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    if (found == nullptr || !found->is_string() || found->get_string().empty())
        return invalid("channels/alert_mail.json: \"" + std::string(name) + "\" is missing.");
    const std::string text(found->get_string());
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
    if (!plain)
        return invalid("channels/alert_mail.json: \"" + std::string(name) + "\" is plain ASCII.");
    if (name.ends_with("subject") && text.find('\n') != std::string::npos)
        return invalid("channels/alert_mail.json: \"" + std::string(name) + "\" is one line.");
    if (name.ends_with("text") && text.find("{link}") == std::string::npos)
        return invalid("channels/alert_mail.json: \"" + std::string(name) + "\" says no {link}.");
    return text;
}

} // namespace

Result<AlertMailTexts> AlertMailTexts::load(const std::filesystem::path& content_folder)
{
    std::ifstream in(content_folder / "channels/alert_mail.json", std::ios::binary);
    const std::string read{std::istreambuf_iterator<char>(in), {}};
    boost::system::error_code failed;
    const auto file = json::parse(read, failed);
    const auto* texts = failed || !file.is_object() ? nullptr : file.get_object().if_contains("texts");
    const auto* english = texts == nullptr || !texts->is_object() ? nullptr : texts->get_object().if_contains("en");
    if (english == nullptr || !english->is_object())
        return invalid("channels/alert_mail.json has no English texts.");
    const auto& from = english->get_object();
    AlertMailTexts made;
    made.subject = TRY(text_in(from, "subject"));
    made.text = TRY(text_in(from, "text"));
    made.test_subject = TRY(text_in(from, "test_subject"));
    made.test_text = TRY(text_in(from, "test_text"));
    return made;
}

std::string letter_text(const AlertLetter& letter, const AlertMailTexts& texts)
{
    const auto domain = letter.from.substr(letter.from.find('@') + 1);
    std::string words = letter.test ? texts.test_text : texts.text;
    words.replace(words.find("{link}"), 6, letter.link);
    std::string out;
    const auto header = [&](const char* name, const std::string& value) {
        out += std::string(name) + ": " + value + "\r\n";
    };
    header("Date", mail_date(letter.at));
    header("From", "<" + letter.from + ">");
    header("To", "<" + letter.to + ">");
    header("Subject", letter.test ? texts.test_subject : texts.subject);
    header("Message-ID", "<" + letter.delivery + "@" + domain + ">");
    header("References", "<" + letter.alert + ".alert@" + domain + ">");
    header("Auto-Submitted", "auto-generated"); // no automatic answer comes back
    header("MIME-Version", "1.0");
    header("Content-Type", "text/plain; charset=us-ascii");
    out += "\r\n";
    for (const char each : words)
        out += each == '\n' ? std::string("\r\n") : std::string(1, each);
    return out + "\r\n";
}

bool mail_address(std::string_view text)
{
    const auto at = text.find('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || at + 1 == text.size() || text.size() > 254)
        return false;
    const auto alnum = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const auto local = text.substr(0, at);
    const auto domain = text.substr(at + 1);
    return std::all_of(local.begin(), local.end(),
                       [&](char c) { return alnum(c) || std::string_view(".!#$%&'*+/=?^_`{|}~-").find(c) != std::string_view::npos; }) &&
           std::all_of(domain.begin(), domain.end(), [&](char c) { return alnum(c) || c == '.' || c == '-'; }) &&
           domain.front() != '.' && domain.back() != '.' && domain.find("..") == std::string_view::npos;
}

} // namespace handrail::channels
