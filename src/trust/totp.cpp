#include "trust/totp.h"

#include <liboath/oath.h>

#include <array>
#include <cstdlib>
#include <ctime>

#include "base/crypto.h"
#include "base/text.h"
#include "trust/qr_code.h"

namespace handrail::trust {

namespace {

constexpr int step_seconds = 30;
constexpr unsigned digits = 6;

void start()
{
    static const bool started = oath_init() == OATH_OK;
    ensure(started, "liboath must start");
}

std::int64_t step_at(Instant at)
{
    return to_stored(at) / 1000000 / step_seconds;
}

std::string code_of_step(const std::string& secret, std::int64_t step)
{
    start();
    std::array<char, digits + 1> out{};
    const int result = oath_hotp_generate(secret.data(), secret.size(), static_cast<std::uint64_t>(step), digits, false,
                                          OATH_HOTP_DYNAMIC_TRUNCATION, out.data());
    ensure(result == OATH_OK, "a one-time code can be worked out from any secret");
    return std::string(out.data(), digits);
}

std::string base32(const std::string& secret)
{
    char* out = nullptr;
    std::size_t length = 0;
    ensure(oath_base32_encode(secret.data(), secret.size(), &out, &length) == OATH_OK, "there is memory for a secret");
    std::string text(out, length);
    std::free(out);
    while (!text.empty() && text.back() == '=')
        text.pop_back();
    return text;
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_' || byte == '~';
        if (plain) {
            out.push_back(c);
        } else {
            out.push_back('%');
            out.push_back(hex[byte >> 4]);
            out.push_back(hex[byte & 15U]);
        }
    }
    return out;
}

// Neither 0 and o nor 1 and l: people copy these from paper.
constexpr std::string_view code_letters = "abcdefghijkmnpqrstuvwxyz23456789"; // 32, so that no letter is likelier

} // namespace

std::string new_totp_secret()
{
    return random_bytes(20);
}

std::optional<std::int64_t> totp_step(const std::string& secret, std::string_view code, Instant now,
                                      std::int64_t used_step)
{
    if (code.size() != digits || secret.empty())
        return std::nullopt;
    const auto current = step_at(now);
    for (const auto step : {current, current - 1, current + 1})
        if (step > used_step && same_bytes(code_of_step(secret, step), code))
            return step;
    return std::nullopt;
}

std::string totp_code(const std::string& secret, Instant at)
{
    return code_of_step(secret, step_at(at));
}

Result<TotpSetUp> totp_set_up(const std::string& secret, std::string_view service, std::string_view login)
{
    TotpSetUp set_up;
    const auto written = base32(secret);
    for (std::size_t i = 0; i < written.size(); ++i) {
        if (i > 0 && i % 4 == 0)
            set_up.secret.push_back(' ');
        set_up.secret.push_back(written[i]);
    }
    const auto issuer = percent_encoded(service);
    set_up.uri = "otpauth://totp/" + issuer + ":" + percent_encoded(login) + "?secret=" + written +
                 "&issuer=" + issuer + "&algorithm=SHA1&digits=6&period=30";
    set_up.svg = TRY(qr_svg(set_up.uri));
    return set_up;
}

std::vector<std::string> new_recovery_codes()
{
    std::vector<std::string> codes;
    for (int i = 0; i < 10; ++i) {
        std::string code;
        const auto random = random_bytes(10);
        for (std::size_t at = 0; at < random.size(); ++at) {
            if (at == 5)
                code.push_back('-');
            code.push_back(code_letters[static_cast<unsigned char>(random[at]) & 31U]);
        }
        codes.push_back(std::move(code));
    }
    return codes;
}

std::string recovery_code_hash(std::string_view code)
{
    std::string plain;
    for (const char c : lower_ascii(code))
        if (c != '-' && c != ' ')
            plain.push_back(c);
    auto hash = hash_of_random("handrail recovery code " + plain);
    wipe(plain);
    return hash;
}

} // namespace handrail::trust
