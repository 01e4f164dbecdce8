// Holds many event streams of a running server open, as browsers do, until its standard input ends; says when all are.
//
//   handrail_streams --port P [--streams N]
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "connection.h"
#include "sign_up.h"

namespace {

using namespace handrail::bench;

constexpr std::size_t streams_of_one_account = 8;

} // namespace

int main(int argc, char** argv)
{
    int port = 0, streams = 10'000;
    for (int i = 1; i + 1 < argc; i += 2) {
        auto& wanted = std::strcmp(argv[i], "--port") == 0 ? port : streams;
        std::from_chars(argv[i + 1], argv[i + 1] + std::strlen(argv[i + 1]), wanted);
    }
    if (port <= 0 || streams <= 0) {
        std::fprintf(stderr, "handrail_streams --port P [--streams N]\n");
        return 2;
    }
    const auto to = static_cast<std::uint16_t>(port);
    std::vector<Connection> open;
    std::string cookie;
    for (std::size_t i = 0; i < static_cast<std::size_t>(streams); ++i) {
        if (i % streams_of_one_account == 0 && (cookie = sign_up(to)).empty())
            return 1;
        open.emplace_back(to);
        Answer answer; // its head: a stream has no length
        if (!open.back().exchange(request_text(to, "GET", "/api/v1/events", cookie, {}), answer) || answer.status != 200) {
            std::fprintf(stderr, "handrail_streams: stream %zu was answered %d\n", i + 1, answer.status);
            return 1;
        }
    }
    std::printf("{\"what\":\"streams\",\"open\":%zu}\n", open.size());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}
