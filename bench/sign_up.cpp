#include "sign_up.h"

#include <cstdio>

#include "connection.h"

namespace handrail::bench {

std::string between(const std::string& text, const std::string& before, const std::string& after)
{
    const auto begin = text.find(before);
    if (begin == std::string::npos)
        return {};
    const auto end = text.find(after, begin + before.size());
    return end == std::string::npos ? std::string{} : text.substr(begin + before.size(), end - begin - before.size());
}

std::string sign_up(std::uint16_t port)
{
    Connection connection(port);
    Answer answer;
    const auto request = request_text(port, "POST", "/api/v1/sign-up", {},
                                      R"({"age_band":"26_64","country":"IE","language":"en",)"
                                      R"("consents":{"record":true,"staff_reading":true}})");
    if (!connection.exchange(request, answer) || answer.status != 201) {
        std::fprintf(stderr, "sign-up answered %d %s\n", answer.status, answer.body.c_str());
        return {};
    }
    const auto token = between(answer.head, "__Host-handrail=", ";");
    return token.empty() ? token : "__Host-handrail=" + token;
}

} // namespace handrail::bench
