// handrail_judge: how long judging everybody takes, on a generated store: 90 days of check-ins for each person, one in twenty
// worse of late. Beside it the floor: the same blocks read and opened, and not judged.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <thread>
#include <vector>

#include "app/house.h"
#include "monitoring/answer_rows.h"

namespace {

using namespace handrail;
using Steady = std::chrono::steady_clock;

constexpr int days = 90;
constexpr int people_a_write = 200;
constexpr int writers = 64; // share their commits

double seconds_since(Steady::time_point began)
{
    return std::chrono::duration<double>(Steady::now() - began).count();
}

[[noreturn]] void stop(const Error& error)
{
    std::fprintf(stderr, "%s (%s)\n", error.told.c_str(), error.noted.c_str());
    std::exit(1);
}

monitoring::Course course_of(std::size_t number, Instant now)
{
    std::mt19937 chance(static_cast<std::uint32_t>(number));
    monitoring::Course course;
    const bool worse = number % 20 == 0;
    for (int day = days; day > 0; --day) {
        if (chance() % 10 == 0)
            continue;
        const int mood = worse && day < 10 ? 1 + static_cast<int>(chance() % 2) : 2 + static_cast<int>(chance() % 4);
        course.add(monitoring::CourseAnswer{now - std::chrono::hours{24 * day}, mood, 1 + static_cast<int>(chance() % 6)});
        if (day % 14 == 0)
            course.add(monitoring::CourseTotal{now - std::chrono::hours{24 * day}, "phq-9",
                                               4.0 + static_cast<double>(chance() % 8), 0});
    }
    return course;
}

/// Signs people up from many threads and gives them their courses.
void fill(app::House& house, std::size_t people)
{
    std::atomic<std::size_t> next{0};
    std::vector<std::jthread> at_work;
    for (int writer = 0; writer < writers; ++writer)
        at_work.emplace_back([&] {
            while (true) {
                const auto from = next.fetch_add(people_a_write);
                if (from >= people)
                    return;
                const auto to = std::min(people, from + people_a_write);
                std::vector<PersonId> who;
                for (auto number = from; number < to; ++number) {
                    trust::SignUpDesk::Form form;
                    form.display_name = "P" + std::to_string(number);
                    form.age_band = "26_64";
                    form.country = "IE";
                    form.language = "en";
                    form.consents = {{"record", true}, {"staff_reading", true}};
                    form.wording = "bench";
                    form.device = "bench";
                    const auto signed_up = house.sign_up.sign_up(house.organisation, form);
                    if (!signed_up.ok())
                        stop(signed_up.error());
                    who.push_back(signed_up->person);
                }
                const auto kept = house.record->write(house.system(), [&](trust::Writing& writing) -> Result<void> {
                    for (std::size_t i = 0; i < who.size(); ++i)
                        TRY(monitoring::write_course(writing, who[i], course_of(from + i, writing.now())));
                    return {};
                });
                if (!kept.ok())
                    stop(kept.error());
            }
        });
}

/// The floor: every block read and opened by the same threads, and nothing made of it.
double opened_only(app::House& house, int threads)
{
    constexpr trust::OneAPerson courses{
        "course", "body",
        rows::Statement{"bench.courses", "SELECT person, sealed_body FROM course WHERE organisation = $1 AND person > $2 "
                                         "ORDER BY person LIMIT $3"}};
    const auto system = house.system();
    const auto began = Steady::now();
    const auto walked = house.every_person.walk(
        system, courses, 500, threads, [&](PersonId after, const trust::EveryPerson::Page& page) -> Result<void> {
            TRY(house.every_person.open(system, courses, after, page));
            return {};
        });
    if (!walked.ok())
        stop(walked.error());
    return seconds_since(began);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "usage: handrail_judge CONTENT FOLDER PEOPLE\nFills a store in FOLDER, which must be empty, and "
                             "prints JSON: people, findings, seconds to judge everybody the first time, again on the same "
                             "night, and to open every block only.\n");
        return 2;
    }
    app::Config config;
    config.content = argv[1];
    config.folder = std::filesystem::path(argv[2]) / "var";
    config.backups = std::filesystem::path(argv[2]) / "backups";
    config.master_key = (config.folder / "master.key").string();
    const auto people = static_cast<std::size_t>(std::atoll(argv[3]));
    const auto house = app::House::open(config);
    if (!house.ok())
        stop(house.error());
    fill(**house, people);
    const auto threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
    const auto floor = opened_only(**house, threads);
    const auto judged = [&](std::int64_t& found) {
        const auto began = Steady::now();
        const auto tally = (*house)->nightly.everybody((*house)->system(), threads);
        if (!tally.ok())
            stop(tally.error());
        if (tally->judged != static_cast<std::int64_t>(people)) {
            std::fprintf(stderr, "%lld of %zu people were judged.\n", static_cast<long long>(tally->judged), people);
            std::exit(1);
        }
        found = tally->found;
        return seconds_since(began);
    };
    std::int64_t found = 0;
    std::int64_t found_again = 0;
    const auto first = judged(found);
    const auto again = judged(found_again);
    std::printf("{\"people\":%zu,\"threads\":%d,\"found\":%lld,\"found_again\":%lld,\"first_s\":%.3f,\"again_s\":%.3f,\"open_s\":%.3f}\n",
                people, threads, static_cast<long long>(found), static_cast<long long>(found_again), first, again, floor);
    return 0;
}
