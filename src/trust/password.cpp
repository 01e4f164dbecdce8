#include "trust/password.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>

#include "base/crypto.h"
#include "base/text.h"

namespace handrail::trust {

namespace {

constexpr int at_once = 2;
constexpr int waiting_at_most = 64;

/// Argon2id takes memory by design: two at once bound it, and a queue that long means someone is hammering.
class Turn {
public:
    static Result<Turn> take()
    {
        std::unique_lock lock(mutex());
        if (waiting() >= waiting_at_most)
            return Error{ErrorKind::TooMuch,
                         "Many people are signing in just now. Please try again in a minute.",
                         "the queue for password checks is full",
                         {}};
        ++waiting();
        freed().wait(lock, [] { return running() < at_once; });
        --waiting();
        ++running();
        return Turn{true};
    }
    Turn(Turn&& other) noexcept : taken_(std::exchange(other.taken_, false)) {}
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;
    Turn& operator=(Turn&&) = delete;
    ~Turn()
    {
        if (!taken_)
            return;
        {
            const std::lock_guard lock(mutex());
            --running();
        }
        freed().notify_one();
    }

private:
    explicit Turn(bool taken) : taken_(taken) {}
    bool taken_;

    static std::mutex& mutex()
    {
        static std::mutex one;
        return one;
    }
    static std::condition_variable& freed()
    {
        static std::condition_variable one;
        return one;
    }
    static int& running()
    {
        static int count = 0;
        return count;
    }
    static int& waiting()
    {
        static int count = 0;
        return count;
    }
};

// The commonest of the published lists of leaked passwords that are long enough to pass the length rule, and
// words that somebody would take here.
constexpr std::array commonest{"12345678",         "123456789",      "1234567890",
                               "11111111",         "00000000",       "87654321",
                               "88888888",         "123123123",      "password",
                               "password1",        "password12",     "password123",
                               "passw0rd",         "p@ssw0rd",       "p@ssword",
                               "qwertyui",         "qwertyuiop",     "qwerty123",
                               "qwerty12",         "1q2w3e4r",       "1q2w3e4r5t",
                               "1qaz2wsx",         "zaq12wsx",       "asdfghjkl",
                               "abcdefgh",         "abcd1234",       "abc12345",
                               "a1b2c3d4",         "iloveyou",       "sunshine",
                               "princess",         "football",       "baseball",
                               "superman",         "starwars",       "trustno1",
                               "letmein1",         "welcome1",       "welcome123",
                               "whatever",         "computer",       "internet",
                               "michelle",         "jennifer",       "jessica1",
                               "charlie1",         "shadow123",      "monkey123",
                               "dragon123",        "master123",      "changeme",
                               "changeme123",      "administrator",  "admin123",
                               "admin1234",        "administrator1", "handrail",
                               "handrail1",        "handrail123",    "handrailhandrail",
                               "passwordpassword", "123456789012",   "1234567890123",
                               "qwertyuiop12",     "qwertyuiop123",  "password1234",
                               "password12345",    "letmeinletmein", "correcthorsebatterystaple"};

} // namespace

Result<void> check_password_rules(const Confidential& password, std::string_view login, bool staff)
{
    const auto& words = password.reveal();
    const std::size_t least = staff ? 12 : 8;
    if (!valid_utf8(words) || words.size() > 1024)
        return invalid("A password has at most 1,024 bytes of text.", "password");
    if (code_points(words) < least)
        return invalid("A password has at least " + std::to_string(least) +
                           " characters. A few words in a row are easy to remember.",
                       "password");
    auto small = lower_ascii(words);
    const bool all_same = std::all_of(small.begin(), small.end(), [&](char c) { return c == small.front(); });
    const bool common = std::find(commonest.begin(), commonest.end(), small) != commonest.end();
    const bool is_login = !login.empty() && small == lower_ascii(trimmed(login));
    wipe(small);
    if (all_same || common || is_login)
        return invalid("This password is one of the first that anyone would try. Please choose another.", "password");
    return {};
}

Result<std::string> hash_password(const Confidential& password, const PasswordCost& cost)
{
    const auto turn = TRY(Turn::take());
    std::string out(crypto_pwhash_STRBYTES, '\0');
    const auto& words = password.reveal();
    if (crypto_pwhash_str_alg(out.data(), words.data(), words.size(), cost.operations, cost.memory,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return unavailable("Passwords cannot be checked just now. Please try again in a minute.",
                           "no memory for Argon2id");
    out.resize(out.find('\0'));
    return out;
}

Result<bool> password_matches(const std::string& hash, const Confidential& password, const PasswordCost& cost)
{
    if (hash.empty()) {
        TRY(hash_password(password, cost));
        return false;
    }
    const auto turn = TRY(Turn::take());
    const auto& words = password.reveal();
    return crypto_pwhash_str_verify(hash.c_str(), words.data(), words.size()) == 0;
}

} // namespace handrail::trust
