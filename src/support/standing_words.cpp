#include "support/standing_words.h"

namespace handrail::support {

std::string standing_words(const Phrasebook& book, std::string_view key, const Filling& filling)
{
    const auto& words = book.variants(key);
    return words.empty() ? std::string() : filled(words.front(), filling);
}

std::string staffed_words(const Phrasebook& book, const care::Staffed& staffed)
{
    if (!staffed.next)
        return standing_words(book, "staffed.unknown");
    const auto& days = book.variants("staffed.days");
    const Filling filling{{"at", staffed.at}, {"day", staffed.weekday < days.size() ? days[staffed.weekday] : std::string()}};
    if (staffed.now)
        return standing_words(book, "staffed.until", filling);
    return standing_words(book, staffed.days_ahead <= 0 ? "staffed.today" : staffed.days_ahead == 1 ? "staffed.tomorrow" : "staffed.on_day",
               filling);
}

std::string waiting_words(const Phrasebook& book, const Waits& waits)
{
    std::string told = standing_words(book, "wait.asked", {{"at", waits.asked_at}});
    const auto add = [&told](const std::string& words) { told += " " + words; };
    if (!waits.until) {
        add(standing_words(book, "wait.late"));
    } else if (waits.staffed.now) {
        // Who is there to read, as far as it is known: a page that is open, and not a rota.
        add(standing_words(book, waits.here == 0 ? "wait.here_none" : waits.here == 1 ? "wait.here_one" : "wait.here_many",
                {{"number", std::to_string(waits.here)}}));
        add(standing_words(book, "wait.then", {{"at", *waits.until}}));
    } else {
        add(staffed_words(book, waits.staffed));
        add(standing_words(book, "wait.stays"));
    }
    add(standing_words(book, "wait.write"));
    return told;
}

} // namespace handrail::support
