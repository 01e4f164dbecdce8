// handrail_judge: how long judging everybody takes and how much memory, on a generated store: 90 days of check-ins for each
// person, one in twenty worse of late. Beside it the floor: the same blocks read and opened, and not judged. It fills a store for
// tests as well.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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
#include "app/keeping.h"
#include "monitoring/answer_rows.h"
#include "monitoring/course_replay.h"

namespace {

using namespace handrail;
using Steady = std::chrono::steady_clock;

constexpr int days = 90;
constexpr int people_a_write = 200;
constexpr int writers = 64; // share their commits
constexpr std::size_t worse_one_in = 20;
constexpr std::size_t worse_one_in_for_tests = 3; // so that much is found in few

double seconds_since(Steady::time_point began)
{
    return std::chrono::duration<double>(Steady::now() - began).count();
}

[[noreturn]] void stop(const Error& error)
{
    std::fprintf(stderr, "%s (%s)\n", error.told.c_str(), error.noted.c_str());
    std::exit(1);
}

/// The most memory that this process had at once so far.
double peak_mb()
{
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) / 1024;
}

monitoring::Course course_of(std::size_t number, std::size_t one_in, Instant now)
{
    std::mt19937 chance(static_cast<std::uint32_t>(number));
    monitoring::Course course;
    const bool worse = number % one_in == 0;
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

/// The same as answers, each a row of its own, and the block made from them.
Result<void> keep_answers(app::House& house, trust::Writing& writing, PersonId person, const monitoring::Course& course)
{
    for (const auto& each : course.answers()) {
        monitoring::KeptAnswer answer{AnswerId::at(each.at), person, "check_in", "daily", house.asking.daily.version, each.at, Urgency::Usual, {}};
        answer.body.add("mood", each.mood).add("sleep", each.sleep);
        TRY(monitoring::insert_answer(writing, answer));
    }
    const auto& phq9 = *house.asking.instruments.find("phq-9");
    for (const auto& each : course.totals()) {
        monitoring::KeptAnswer answer{AnswerId::at(each.at), person, "questionnaire", phq9.id, phq9.version, each.at, Urgency::Usual, {}};
        auto left = static_cast<int>(*each.total);
        for (const auto& item : phq9.items) {
            const int given = item.id == phq9.items.back().id ? 0 : std::min(left, 3);
            left -= given;
            answer.body.add("answer", Fields{{"item", item.id}, {"value", std::to_string(given)}});
        }
        TRY(monitoring::insert_answer(writing, answer));
    }
    return monitoring::write_course(writing, person,
                                    TRY(monitoring::CourseReplay(house.asking, writing).of(person, {})).course);
}

/// Signs people up from many threads and gives them their courses.
void fill(app::House& house, std::size_t people, std::size_t one_in, bool answers = false)
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
                    for (std::size_t i = 0; i < who.size(); ++i) {
                        const auto course = course_of(from + i, one_in, writing.now());
                        TRY(answers ? keep_answers(house, writing, who[i], course)
                                    : monitoring::write_course(writing, who[i], course));
                    }
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

/// In a process of its own, which is gone with its memory when it is done: what is measured is the judging.
void fill_apart(const app::Config& config, std::size_t people, std::size_t one_in, bool answers = false)
{
    const auto child = fork();
    if (child == 0) {
        const auto house = app::House::open(config);
        if (!house.ok())
            stop(house.error());
        fill(**house, people, one_in, answers);
        std::exit(0);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        std::fprintf(stderr, "The store was not filled.\n");
        std::exit(1);
    }
}

app::Config config_in(const char* content, const char* folder)
{
    app::Config config;
    config.content = content;
    config.folder = std::filesystem::path(folder) / "var";
    config.backups = std::filesystem::path(folder) / "backups";
    config.master_key = (config.folder / "master.key").string();
    return config;
}

int threads_here() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

/// Everything that everybody ever answered opened, and each course made again from it.
int replay(const app::Config& config, std::size_t people)
{
    fill_apart(config, people, worse_one_in, true);
    const auto house = app::House::open(config);
    if (!house.ok())
        stop(house.error());
    const auto open_mb = peak_mb();
    const auto began = Steady::now();
    const auto told = (*house)->nightly.replay((*house)->system(), (*house)->asking, threads_here());
    if (!told.ok())
        stop(told.error());
    const auto took = seconds_since(began);
    if (told->people != static_cast<std::int64_t>(people) || told->differ != 0) {
        std::fprintf(stderr, "%lld of %zu people were replayed, %lld differ.\n", static_cast<long long>(told->people), people,
                     static_cast<long long>(told->differ));
        return 1;
    }
    std::printf("{\"people\":%zu,\"answers\":%lld,\"replay_s\":%.3f,\"open_mb\":%.1f,\"peak_mb\":%.1f}\n", people,
                static_cast<long long>(told->answers), took, open_mb, peak_mb());
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 4) {
        std::fprintf(stderr, "usage: handrail_judge CONTENT FOLDER PEOPLE [--replay]\nFills a store in FOLDER, which must be empty, and "
                             "prints JSON: people, findings, seconds to judge everybody the first time, again on the same "
                             "night, and to open every block only, and the most memory when the store was open and at the "
                             "end. --replay: each answer is a row; seconds to make every course again from them.\n       handrail_judge fill CONFIG PEOPLE\nOnly fills the store of a handrail.toml, one in "
                             "three of the people worse of late.\n");
        return 2;
    }
    const auto people = static_cast<std::size_t>(std::atoll(argv[3]));
    if (std::string_view(argv[1]) == "fill") {
        const auto config = app::config_at({argv[2], {}});
        if (!config.ok())
            stop(config.error());
        fill_apart(*config, people, worse_one_in_for_tests);
        return 0;
    }
    const auto config = config_in(argv[1], argv[2]);
    if (argc > 4 && std::string_view(argv[4]) == "--replay")
        return replay(config, people);
    fill_apart(config, people, worse_one_in);
    const auto house = app::House::open(config);
    if (!house.ok())
        stop(house.error());
    const auto open_mb = peak_mb();
    const auto threads = threads_here();
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
    std::printf("{\"people\":%zu,\"threads\":%d,\"found\":%lld,\"found_again\":%lld,\"first_s\":%.3f,\"again_s\":%.3f,"
                "\"open_s\":%.3f,\"open_mb\":%.1f,\"peak_mb\":%.1f}\n",
                people, threads, static_cast<long long>(found), static_cast<long long>(found_again), first, again, floor,
                open_mb, peak_mb());
    return 0;
}
