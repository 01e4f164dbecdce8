#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/house.h"
#include "base/steady_time.h"

/// A story in a text file that a clinician can write and argue with, played through the real desks on a store on disk.
///
///     given     Ada, in IE                      a person (aged 13_17, without staff reading, without record: optional)
///     given     clinician Maeve                 staff of Ada's team; also: lead Ruth
///     given     staffed from 09:00 to 17:00     every day; without this line somebody always reads
///     given     a pager                         alerts leave the server; who is called can be expected
///     at        2026-03-02 22:10 Europe/Dublin
///     Ada       I have decided. It will be tonight.
///     Ada asks for a person · Ada calls it off  the button
///     Ada begins anew                           closes the conversation and opens another
///     Ada checks in mood 1 "a line"
///     Ada answers phq-9 1 0 0 0 0 0 0 0 2
///     Maeve acknowledges "calling her now"      also: reached, not reached, no contact needed "record" because "reason"
///     Maeve hands over to Ruth "record"
///     Ruth accepts · Ruth agrees · Ruth refuses · Maeve takes over · Maeve writes "…" · Maeve hands back "…"
///     Maeve is at the page                      for a minute and a quarter
///     Maeve sets soon because "reason"          how soon a human is needed
///     Maeve finds it right                      what is for soon about the last person: agrees, and nothing more
///     Maeve looked "because"                    and there is nothing to do
///     Maeve notes phq-9 known and planned "…"   of an answer about death or self-harm
///     Maeve begins therapy · Maeve begins a medicine    with the last person, today
///     Ruth puts Maeve on call on Monday from 17:00 to 09:00     each week; for a date: on call for 2026-03-02 from …
///     Ruth gives Maeve leave from 2026-03-02 to 2026-03-08
///     after     5 min
///     the clock jumps back 3 h                  the machine's clock is set; also: forward
///     Maeve looks                               opens the person's page
///     the service walks                         its own way of an alert, with its timers going
///     the timers stand still · the timers go    for the walk
///     restart                                   the process is gone without a word, and starts again
///     expect    urgency now                     of the alert
///     expect    alert open | acknowledged | second_wanted | closed
///     expect    no alert · one alert
///     expect    lead told · nobody else told
///     expect    reply says "116 123" · reply does not say "…" · reply asks
///     expect    no reply                        a human has the conversation
///     expect    told "…" · not told "…"         the last message by the AI that stands in the conversation
///     expect    3 messages                      of the person, kept in all their conversations
///     expect    waiting "…"                     what the page says of a request for a human
///     expect    reason "…"                      of the alert
///     expect    answer soon                     what the last questionnaire called for
///     expect    listed soon "…"                 on the caseload of who did something last, with the reason
///     expect    called Ruth · called Maeve and Idris      whom the newest call about the alert is for
///     expect    walk held · walk broke at went_up
///     expect    lead paged "…" · paged once · nobody paged     about the service itself
///     expect    Maeve is refused                her last deed was
///     expect    Idris is told that Maeve has it
namespace handrail::scenarios {

struct Line {
    std::size_t number = 0;
    std::string text;
};

class Story {
public:
    explicit Story(const std::filesystem::path& file);
    ~Story();
    /// Plays it to the end; every expectation that does not hold is a test failure with its line.
    void play();

private:
    void open_house();
    void step(const Line& line);
    void given(const std::string& what);
    void pass(Duration length);
    void begin_clock();
    void set_clock();
    void person_does(const std::string& name, const std::string& rest);
    void staff_does(const std::string& name, const std::string& rest);
    /// Of the last alert, closed or not: words added to it, or (empty) its closing taken back.
    Result<void> after_the_end(const Actor& who, const std::string& words);
    void expect(const Line& line, const std::string& what);
    Actor actor(const std::string& name);
    std::optional<care::Alert> alert();
    support::Conversation conversation();
    void sign_the_words();
    void set_hours(int from, int to);
    void walk();
    void looks_at_the_list(const Actor& who, bool done, const std::string& because);
    void change_rota(const Actor& who, const std::string& rest);
    std::string called();
    std::vector<care::Alert> pages();

    struct Someone {
        AccountId account;
        PersonId person;
        Role role = Role::Person;
    };
    std::filesystem::path file_;
    std::filesystem::path folder_;
    std::vector<Line> lines_;
    Instant now_;       ///< as time really goes by
    Duration jumped_{}; ///< how far off the machine's clock is
    std::optional<SteadyTime> machine_;
    std::unique_ptr<app::House> house_;
    std::map<std::string, Someone> people_;
    std::string last_person_;
    std::string last_staff_;
    Urgency answer_urgency_ = Urgency::Usual;
    std::string reply_;
    bool replied_ = false;
    bool reply_asks_ = false;
    Result<void> last_deed_;
    int told_before_ = 0;
    bool pager_ = false;
    bool timers_go_ = true;
    std::optional<errands::Walked> walked_;
};

} // namespace handrail::scenarios
