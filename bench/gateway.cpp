// handrail_gateway: what the gateway adds to one streamed token of a model's answer, inside the process: reading the event,
// holding it, judging its sentence, writing it out again.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/guard_screen.h"
#include "gateway/relay.h"
#include "support/dialogue.h"

namespace {

using Clock = std::chrono::steady_clock;

/// A service that answers at once with everything it has.
class Ready final : public handrail::language::Transport {
public:
    explicit Ready(std::string events) : events_(std::move(events)) {}
    handrail::Result<handrail::language::Head> post(const handrail::language::Call&,
                                                    const handrail::language::Taking& taking) const override
    {
        const handrail::language::Head head{200, {{"content-type", "text/event-stream"}}};
        taking.head(head);
        for (std::size_t at = 0; at < events_.size(); at += 1400) // about what one packet holds
            if (!taking.bytes(std::string_view(events_).substr(at, 1400)))
                break;
        return head;
    }

private:
    std::string events_;
};

class Counting final : public handrail::gateway::Outlet {
public:
    void begin() override {}
    bool write(std::string events) override
    {
        bytes += events.size();
        return true;
    }
    bool gone() const override { return false; }
    std::size_t bytes = 0;
};

} // namespace

int main(int argc, char** argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: handrail_gateway CONTENT\nPrints JSON: microseconds a streamed token, the median of answers "
                             "of about 1,000 tokens.\n");
        return 2;
    }
    const auto dialogue = handrail::support::Dialogue::load(argv[1]);
    const auto guard = handrail::support::Guard::load(argv[1]);
    const auto request =
        handrail::gateway::read_chat_request(R"({"model":"m","stream":true,"messages":[{"role":"user","content":"Hello"}]})");
    if (!dialogue || !guard || !request) {
        std::fprintf(stderr, "the content cannot be read\n");
        return 1;
    }
    constexpr std::string_view words[] = {"A", " walk", " in", " the", " morning", " light", " can", " be", " a",
                                          " small", " step", ",", " and", " so", " can", " a", " call", " to", " a", " friend", "."};
    std::string events;
    std::size_t tokens = 0;
    while (tokens < 1000)
        for (const auto word : words) {
            events += R"(data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":")" +
                      std::string(tokens > 0 && word == "A" ? " A" : word) + "\"},\"finish_reason\":null}]}\n\n";
            ++tokens;
        }
    events += R"(data: {"id":"c","created":1,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
              "\n\ndata: [DONE]\n\n";
    const Ready service(std::move(events));
    const handrail::gateway::GuardScreen screen(*guard, *dialogue, {});
    std::vector<double> micros;
    for (int round = 0; round < 21; ++round) {
        handrail::gateway::Tally tally;
        Counting outlet;
        const auto from = Clock::now();
        handrail::gateway::Relay relay(service, *request, screen, tally,
                                       [](bool, const std::vector<std::string>&) { return std::string("{}"); },
                                       [](const std::string&) {});
        const auto whole = relay.run({}, outlet);
        const auto took = std::chrono::duration<double, std::micro>(Clock::now() - from).count();
        if (whole || outlet.bytes == 0 || tally.replaced != 0 || !tally.out.adds_up()) {
            std::fprintf(stderr, "the answer did not go through\n");
            return 1;
        }
        micros.push_back(took / static_cast<double>(tokens));
    }
    std::sort(micros.begin(), micros.end());
    std::printf("{\"token_us\":%.2f}\n", micros[micros.size() / 2]);
    return 0;
}
