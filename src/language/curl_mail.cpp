#include "language/curl_mail.h"

#include <algorithm>

#include "language/curl_parts.h"

namespace handrail::language {

namespace {

struct Reading {
    const std::string& text;
    std::size_t at = 0;
};

std::size_t on_read(char* into, std::size_t size, std::size_t count, void* user)
{
    auto& reading = *static_cast<Reading*>(user);
    const auto part = std::min(size * count, reading.text.size() - reading.at);
    std::copy_n(reading.text.data() + reading.at, part, into);
    reading.at += part;
    return part;
}

/// What the server says is not kept: it may quote an address.
std::size_t on_words(char*, std::size_t size, std::size_t count, void*) { return size * count; }

int on_progress(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    const auto& given_up = *static_cast<const std::function<bool()>*>(user);
    return given_up && given_up() ? 1 : 0;
}

} // namespace

CurlMail::CurlMail() { start_curl(); }

Result<int> CurlMail::send(const Letter& letter, const std::function<bool()>& given_up) const
{
    const Easy easy(curl_easy_init());
    const List to(curl_slist_append(nullptr, letter.to.c_str()));
    if (!easy || !to)
        return unavailable("The mail server could not be reached.", "libcurl could not start");
    Reading reading{letter.text};
    const auto set = [&](auto option, auto value) { curl_easy_setopt(easy.get(), option, value); };
    set(CURLOPT_URL, letter.server.c_str());
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(CURLOPT_USE_SSL, static_cast<long>(letter.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    if (!letter.user.empty()) {
        set(CURLOPT_USERNAME, letter.user.c_str());
        set(CURLOPT_PASSWORD, letter.password.c_str());
    }
    set(CURLOPT_MAIL_FROM, letter.from.c_str());
    set(CURLOPT_MAIL_RCPT, to.get());
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_READFUNCTION, on_read);
    set(CURLOPT_READDATA, static_cast<void*>(&reading));
    set(CURLOPT_WRITEFUNCTION, on_words);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(letter.connect_within.count()));
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(letter.all_within.count()));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, on_progress);
    set(CURLOPT_XFERINFODATA, const_cast<void*>(static_cast<const void*>(&given_up)));
    const auto result = curl_easy_perform(easy.get());
    long code = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &code);
    if (result == CURLE_OK)
        return 250; // the last reply may be that to QUIT
    if (code >= 400 && code < 600)
        return static_cast<int>(code);
    return unavailable("The mail server could not be reached.", curl_easy_strerror(result));
}

} // namespace handrail::language
