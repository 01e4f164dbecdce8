// handrail_screening: how long screening one message takes inside the process, with rules and model or with rules alone.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "detect/screening_model.h"
#include "nlp/screener.h"

namespace {

using Clock = std::chrono::steady_clock;

double micros(Clock::time_point from)
{
    return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// The lines one after the other until there are so many words.
std::string long_text(const std::vector<std::string>& lines, std::size_t words)
{
    std::string out;
    std::size_t count = 0;
    for (std::size_t at = 0; count < words; at = (at + 1) % lines.size()) {
        out += lines[at] + ". ";
        count += static_cast<std::size_t>(std::count(lines[at].begin(), lines[at].end(), ' ')) + 1;
    }
    return out;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: handrail_screening CONTENT LINES [MODELS]\n"
                             "LINES holds one message a line. Prints JSON: messages a second on one core, microseconds of the "
                             "median and the 99th of a hundred, milliseconds for texts of 1,000 to 8,000 words.\n");
        return 2;
    }
    auto screener = handrail::nlp::Screener::load(argv[1]);
    if (!screener) {
        std::fprintf(stderr, "%s\n", screener.error().told.c_str());
        return 1;
    }
    if (argc > 3) {
        auto model = handrail::detect::ScreeningModel::load(argv[3]);
        if (!model) {
            std::fprintf(stderr, "%s\n", model.error().told.c_str());
            return 1;
        }
        screener->use(*model);
    }
    std::vector<std::string> lines;
    std::ifstream in(argv[2]);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    if (lines.empty()) {
        std::fprintf(stderr, "%s holds no line.\n", argv[2]);
        return 1;
    }
    std::size_t raised = 0;
    for (std::size_t at = 0; at < std::min<std::size_t>(lines.size(), 1000); ++at) // what is made at first use
        raised += screener->screen(lines[at]).urgency == handrail::Urgency::Usual ? 0U : 1U;
    std::vector<double> each;
    each.reserve(lines.size());
    raised = 0;
    const auto began = Clock::now();
    for (const auto& line : lines) {
        const auto from = Clock::now();
        raised += screener->screen(line).urgency == handrail::Urgency::Usual ? 0U : 1U;
        each.push_back(micros(from));
    }
    const auto took = micros(began);
    std::sort(each.begin(), each.end());
    std::printf("{\"rate\":%.0f,\"p50_us\":%.1f,\"p99_us\":%.1f,\"raised\":%.4f",
                static_cast<double>(lines.size()) / took * 1e6, each[each.size() / 2], each[each.size() * 99 / 100],
                static_cast<double>(raised) / static_cast<double>(lines.size()));
    for (const std::size_t words : {1000U, 2000U, 4000U, 8000U}) {
        const auto text = long_text(lines, words);
        std::vector<double> times;
        for (int round = 0; round < 9; ++round) {
            const auto from = Clock::now();
            raised += screener->screen(text + std::to_string(round)).urgency == handrail::Urgency::Usual ? 0U : 1U;
            times.push_back(micros(from) / 1000);
        }
        std::printf(",\"words_%zu_ms\":%.3f", words, median(times));
    }
    std::printf("}\n");
    return 0;
}
