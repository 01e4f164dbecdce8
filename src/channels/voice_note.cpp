#include "channels/voice_note.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <sodium.h>

#include "base/text.h"

namespace handrail::channels {

namespace {

namespace json = boost::json;

constexpr std::string_view below = "/audio/transcriptions";
constexpr std::int64_t opus_samples_a_second = 48'000; ///< RFC 7845: positions count at this rate, whatever was recorded

std::string text_in(const json::object& from, std::string_view name)
{
    const auto* found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string{};
}

std::optional<json::object> object_of(std::string_view answer)
{
    boost::system::error_code failed;
    auto read = json::parse(answer, failed);
    if (failed || !read.is_object())
        return std::nullopt;
    return std::move(read.get_object());
}

std::uint64_t little_endian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (auto each = bytes.rbegin(); each != bytes.rend(); ++each)
        number = number << 8U | static_cast<unsigned char>(*each);
    return number;
}

/// The host of a plain https address; empty for one with a port, a user or anything else that could lead elsewhere.
std::string_view plain_host(std::string_view url)
{
    constexpr std::string_view scheme = "https://";
    if (url.substr(0, scheme.size()) != scheme)
        return {};
    const auto host = url.substr(scheme.size(), url.find('/', scheme.size()) - scheme.size());
    const bool plain = std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
    return plain ? host : std::string_view{};
}

bool lies_under(std::string_view host, std::string_view domain)
{
    return host == domain || (host.size() > domain.size() && host.substr(host.size() - domain.size()) == domain &&
                              host[host.size() - domain.size() - 1] == '.');
}

} // namespace

Result<MediaPlace> media_place_in(std::string_view answer)
{
    const auto body = object_of(answer);
    if (!body || text_in(*body, "url").empty())
        return invalid("This names no file.");
    MediaPlace place{text_in(*body, "url"), text_in(*body, "mime_type"), text_in(*body, "sha256"), 0};
    if (const auto* size = body->if_contains("file_size"); size != nullptr && size->is_int64())
        place.size = size->get_int64();
    return place;
}

bool may_fetch(std::string_view url, std::string_view graph_url)
{
    if (!graph_url.empty() && url.size() > graph_url.size() && url.substr(0, graph_url.size()) == graph_url &&
        url[graph_url.size()] == '/')
        return true;
    const auto host = plain_host(url);
    return std::ranges::any_of(std::array<std::string_view, 3>{"fbsbx.com", "whatsapp.net", "facebook.com"},
                               [&](std::string_view domain) { return lies_under(host, domain); });
}

bool has_sha256(std::string_view bytes, std::string_view expected)
{
    if (expected.empty())
        return true;
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    if (lower_ascii(expected) == to_hex({reinterpret_cast<const char*>(hash.data()), hash.size()}))
        return true;
    std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_ORIGINAL)> text{};
    sodium_bin2base64(text.data(), text.size(), hash.data(), hash.size(), sodium_base64_VARIANT_ORIGINAL);
    return expected == text.data();
}

std::optional<std::chrono::milliseconds> length_of_opus(std::string_view ogg)
{
    // RFC 3533, 6: 27 bytes, the table of segments, the segments. RFC 7845, 4: the position of a page is its last sample's,
    // and what stands in the head under pre-skip is not played.
    constexpr std::size_t head = 27;
    constexpr std::uint64_t no_position = ~std::uint64_t{0};
    std::optional<std::string_view> stream;
    std::uint64_t skipped = 0;
    std::uint64_t last = 0;
    for (std::size_t at = 0; at < ogg.size();) {
        const auto page = ogg.substr(at);
        if (page.size() < head || page.substr(0, 5) != std::string_view("OggS\0", 5))
            return std::nullopt;
        const auto segments = static_cast<unsigned char>(page[head - 1]);
        if (page.size() < head + segments)
            return std::nullopt;
        std::size_t length = 0;
        for (const char each : page.substr(head, segments))
            length += static_cast<unsigned char>(each);
        if (page.size() < head + segments + length)
            return std::nullopt;
        const auto serial = page.substr(14, 4);
        if (!stream) {
            const auto words = page.substr(head + segments, length);
            if (words.size() < 19 || words.substr(0, 8) != "OpusHead")
                return std::nullopt;
            skipped = little_endian(words.substr(10, 2));
            stream = serial;
        } else if (serial != *stream) {
            return std::nullopt; // another stream could be as long as it likes
        }
        if (const auto position = little_endian(page.substr(6, 8)); position != no_position)
            last = std::max(last, position);
        at += head + segments + length;
    }
    // A position that no file of this size reaches is made up.
    if (!stream || last <= skipped || last > static_cast<std::uint64_t>(opus_samples_a_second) * 86'400)
        return std::nullopt;
    return std::chrono::milliseconds{static_cast<std::int64_t>(last - skipped) * 1000 / opus_samples_a_second};
}

TranscriptionForm transcription_form(std::string_view sound, std::string_view model, std::string_view language,
                                     const std::string& boundary)
{
    std::string body;
    body.reserve(sound.size() + 1024);
    const auto field = [&](std::string_view name, std::string_view value) {
        if (value.empty())
            return;
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + std::string(name) + "\"\r\n\r\n";
        body += value;
        body += "\r\n";
    };
    field("model", model);
    field("language", language);
    field("response_format", "json");
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"voice.ogg\"\r\n"
            "Content-Type: audio/ogg\r\n\r\n";
    body += sound;
    body += "\r\n--" + boundary + "--\r\n";
    return {"multipart/form-data; boundary=" + boundary, std::move(body)};
}

std::optional<std::string> transcript_in(std::string_view answer, std::size_t most)
{
    const auto body = object_of(answer);
    if (!body)
        return std::nullopt;
    const auto text = text_in(*body, "text");
    const auto words = trimmed(text);
    // A letter: marks (0xE2 begins those of UTF-8), digits and small pictures alone say nothing.
    const bool says = std::ranges::any_of(words, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (byte >= 0xC3 && byte < 0xF0 && byte != 0xE2);
    });
    if (!says || !valid_utf8(words) || words.find('\0') != std::string_view::npos || code_points(words) > most)
        return std::nullopt;
    return std::string(words);
}

std::string transcriptions_at(std::string_view url)
{
    while (!url.empty() && url.back() == '/')
        url.remove_suffix(1);
    const bool whole = url.size() >= below.size() && url.substr(url.size() - below.size()) == below;
    return std::string(url) + std::string(whole ? std::string_view{} : below);
}

} // namespace handrail::channels
