#include "scenarios/scenario.h"

#include <date/tz.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include "app/installed.h"
#include "base/text.h"
#include "care/alert_rows.h"
#include "care/delivery.h"
#include "care/list_entries.h"
#include "care/local_clock.h"
#include "care/presence.h"
#include "care/quiet_rules.h"
#include "care/rota_desk.h"
#include "monitoring/treatment_desk.h"
#include "scenarios/words.h"
#include "trust/actor_desk.h"
#include "trust/password.h"

namespace handrail::scenarios {

namespace {

using std::chrono::minutes;

Instant local_instant(const std::string& text)
{
    const auto words = words_of(text); // 2026-03-02 22:10 Europe/Dublin
    std::istringstream in(words.at(0) + " " + words.at(1));
    date::local_time<minutes> local;
    in >> date::parse("%F %H:%M", local);
    return date::floor<Duration>(date::locate_zone(words.at(2))->to_sys(local, date::choose::earliest));
}

} // namespace

Story::Story(const std::filesystem::path& file) : file_(file), now_(from_stored(1'772'000'000'000'000))
{
    begin_clock();
    std::ifstream in(file);
    std::size_t number = 0;
    for (std::string text; std::getline(in, text);) {
        ++number;
        const auto kept = std::string(trimmed(text));
        if (!kept.empty() && kept.front() != '#')
            lines_.push_back({number, kept});
    }
    std::string pattern = (std::filesystem::temp_directory_path() / "handrail-scenario-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr)
        throw std::runtime_error("no temporary folder for a scenario");
    folder_ = pattern;
    open_house();
    sign_the_words();
    set_hours(0, 24 * 60);
}

/// Two people signed the words that are spoken, in every language.
void Story::sign_the_words()
{
    for (const char* name : {"first", "second"}) {
        trust::AccountDesk::NewStaff staff;
        staff.role = Role::Administrator;
        staff.display_name = name;
        staff.login = name;
        const auto account = house_->accounts.create_staff(house_->system(), staff);
        if (!account.ok())
            throw std::runtime_error(account.error().told);
        people_[name] = {*account, {}, staff.role};
        const auto signer = actor(name);
        for (const auto& [language, book] : house_->dialogue.phrasebooks())
            if (const auto done = house_->service.sign(signer, language, book.version()); !done.ok())
                throw std::runtime_error(done.error().told);
    }
}

void Story::set_hours(int from, int to)
{
    auto service = house_->service.read(house_->system());
    if (!service.ok())
        throw std::runtime_error(service.error().told);
    care::StaffedHours hours;
    hours.days.fill(true);
    hours.from = from;
    hours.to = to;
    service->hours = {hours};
    service->time_zone = "Europe/Dublin";
    if (const auto saved = house_->service.save(house_->system(), *service); !saved.ok())
        throw std::runtime_error(saved.error().told);
}

Story::~Story()
{
    house_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Story::open_house()
{
    house_.reset();
    app::Config config;
    config.folder = folder_;
    config.backups = folder_ / "backups";
    config.master_key = (folder_ / "master.key").string();
    config.content = app::content_folder();
    if (pager_)
        config.alerts.pager_url = "http://127.0.0.1:9/"; // nobody sends here: what is written for it is looked at
    auto opened = app::House::open(config);
    if (!opened.ok())
        throw std::runtime_error(opened.error().told);
    house_ = std::move(*opened);
    set_clock();
}

/// A machine whose clock was right until now.
void Story::begin_clock()
{
    jumped_ = Duration{};
    machine_.emplace([this] { return ClockReading{now_ + jumped_, now_.time_since_epoch()}; });
}

/// What the machine's clocks say: the one that can be set may have been.
void Story::set_clock()
{
    house_->clock.set(machine_->now());
}

void Story::play()
{
    for (const auto& line : lines_) {
        SCOPED_TRACE(file_.filename().string() + ":" + std::to_string(line.number) + ": " + line.text);
        step(line);
    }
}

void Story::pass(Duration length)
{
    // The timers' own rounds, as the server does them.
    const auto until = now_ + length;
    while (now_ < until) {
        now_ = std::min(until, now_ + std::chrono::seconds{10});
        set_clock();
        ASSERT_TRUE(house_->alerts.escalate_due(house_->system()).ok());
        const auto acted = house_->conversations.act_on_waits(house_->system());
        ASSERT_TRUE(acted.ok()) << acted.error().told << acted.error().noted;
        if (to_stored(now_) / 3'600'000'000 != to_stored(now_ - std::chrono::seconds{10}) / 3'600'000'000) {
            const auto slice = house_->retention.slice(house_->system(), {});
            ASSERT_TRUE(slice.ok() && !slice->problem && !slice->next);
            ASSERT_TRUE(care::ListDesk(*house_->record, house_->alerts).tell_overdue(house_->system()).ok());
        }
    }
}

void Story::change_rota(const Actor& who, const std::string& rest)
{
    const auto words = words_of(rest);
    const auto account = people_.at(words.at(1)).account;
    const auto minute = [](const std::string& time) { return std::stoi(time) * 60 + std::stoi(time.substr(3)); };
    const care::RotaDesk rota{*house_->record};
    const auto done = [](const auto& result) { return result.ok() ? Result<void>{} : Result<void>{result.error()}; };
    if (words[0] == "gives") { // gives Maeve leave from 2026-03-02 to 2026-03-08
        last_deed_ = done(rota.add(who, care::Leave{{}, account, *care::day_from(words.at(4)), *care::day_from(words.at(6))}));
        return;
    }
    const auto teams = house_->teams.all(house_->system());
    ASSERT_TRUE(teams.ok());
    const auto team = teams->front().id;
    const int from = minute(words.at(7)), to = minute(words.at(9));
    if (words.at(4) == "for") { // puts Idris on call for 2026-03-02 from 17:00 to 09:00
        last_deed_ = done(rota.add(who, care::RotaDesk::NewOverride{team, account, *care::day_from(words.at(5)), from, to}));
        return;
    }
    static constexpr std::array days{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    const auto day = std::find(days.begin(), days.end(), words.at(5));
    ASSERT_NE(day, days.end());
    last_deed_ = done(rota.add(who, care::Shift{{}, team, account, static_cast<int>(day - days.begin()), from, to}));
}

/// Names of those whom the newest call about the alert is for.
std::string Story::called()
{
    std::vector<care::Delivery> all;
    const auto open = alert();
    const auto read = house_->record->read(house_->system(), [&](trust::Reading& reading) -> Result<void> {
        all = TRY(care::deliveries_of(reading, open ? open->id : AlertId{}));
        return {};
    });
    EXPECT_TRUE(read.ok());
    std::string names;
    for (const auto& [name, someone] : people_)
        for (const auto& each : all)
            if (each.account == someone.account && each.telling == all.back().telling)
                names += (names.empty() ? "" : " and ") + name;
    return names;
}

/// The other threads do their rounds while the walk waits.
void Story::walk()
{
    const auto walked = house_->walk.round(house_->system(), [this](Duration) {
        now_ += std::chrono::seconds{1};
        set_clock();
        const auto walks = house_->organisations.find(std::string(trust::walk_organisation));
        return !timers_go_ || !walks.ok() || !*walks ||
               house_->alerts.escalate_due(trust::ActorDesk::system(**walks)).ok();
    });
    ASSERT_TRUE(walked.ok()) << walked.error().told << walked.error().noted;
    walked_ = *walked;
}

/// Those about the service itself.
std::vector<care::Alert> Story::pages()
{
    std::vector<care::Alert> all;
    const rows::Statement statement{"scenario.pages", "SELECT alert FROM alert WHERE organisation = $1 AND person = $2"};
    const auto read = house_->record->read(house_->system(), [&](trust::Reading& reading) -> Result<void> {
        all.clear();
        for (const auto& row : TRY(reading.rows(statement, {rows::Value{PersonId{}}})))
            all.push_back(TRY(care::read_alert(reading, row[0].id<AlertId>(), false)));
        return {};
    });
    EXPECT_TRUE(read.ok());
    return all;
}

Actor Story::actor(const std::string& name)
{
    const auto& who = people_.at(name);
    const auto begun = house_->sessions.begin(
        house_->system(), {who.account, who.role,
                           who.role == Role::Person ? std::optional{who.person} : std::nullopt, "scenario", true});
    if (!begun.ok())
        throw std::runtime_error(begun.error().told);
    return *house_->sessions.actor_for(begun->token);
}

void Story::given(const std::string& what)
{
    const auto words = words_of(what);
    if (what == "a pager") {
        pager_ = true;
        return open_house();
    }
    if (words.at(0) == "staffed") {
        const auto minute = [](const std::string& time) { return std::stoi(time) * 60 + std::stoi(time.substr(3)); };
        return set_hours(minute(words.at(2)), minute(words.at(4)));
    }
    if (words.at(0) == "clinician" || words.at(0) == "lead") {
        trust::AccountDesk::NewStaff staff;
        staff.role = words[0] == "lead" ? Role::Lead : Role::Clinician;
        staff.display_name = words.at(1);
        staff.login = lower_ascii(words[1]);
        const auto teams = house_->teams.all(house_->system());
        ASSERT_TRUE(teams.ok());
        if (staff.role == Role::Clinician)
            staff.teams.push_back(teams->front().id);
        const auto account = house_->accounts.create_staff(house_->system(), staff);
        ASSERT_TRUE(account.ok()) << account.error().told;
        people_[words[1]] = {*account, {}, staff.role};
        return;
    }
    const auto name = words.at(0).substr(0, words[0].find(','));
    trust::SignUpDesk::Form form;
    form.display_name = name;
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    for (std::size_t i = 1; i + 1 < words.size(); ++i) {
        const auto value = words[i + 1].substr(0, words[i + 1].find(','));
        if (words[i] == "in")
            form.country = value;
        if (words[i] == "aged")
            form.age_band = value;
        if (words[i] == "speaking")
            form.language = value;
    }
    form.consents = {{"record", what.find("without record") == std::string::npos},
                     {"staff_reading", what.find("without staff reading") == std::string::npos}};
    form.wording = "scenario";
    form.device = "scenario";
    const auto up = house_->sign_up.sign_up(house_->organisation, form);
    ASSERT_TRUE(up.ok()) << up.error().told;
    people_[name] = {up->account, up->person, Role::Person};
    last_person_ = name;
}

void Story::person_does(const std::string& name, const std::string& rest)
{
    last_person_ = name;
    replied_ = false;
    reply_.clear();
    reply_asks_ = false;
    const auto who = actor(name);
    if (begins(rest, "asks for a person") || begins(rest, "calls it off")) {
        const auto asked = house_->conversations.want_person(who, begins(rest, "asks"));
        ASSERT_TRUE(asked.ok()) << asked.error().told;
        return;
    }
    if (begins(rest, "begins anew")) {
        ASSERT_TRUE(house_->conversations.begin_anew(who, true).ok());
        return;
    }
    if (begins(rest, "checks in")) {
        monitoring::AnswerDesk::CheckIn given;
        given.version = house_->asking.daily.version;
        const auto words = words_of(rest);
        for (std::size_t i = 2; i + 1 < words.size(); ++i)
            if (words[i] == "mood" || words[i] == "sleep")
                given.answers[words[i]] = std::int64_t{std::stol(words[i + 1])};
        if (!quoted(rest).empty())
            given.answers["note"] = quoted(rest);
        const auto saved = house_->answers.save_check_in(who, given);
        ASSERT_TRUE(saved.ok()) << saved.error().told;
        reply_ = saved->help.text;
        replied_ = !reply_.empty();
        return;
    }
    if (begins(rest, "answers ")) {
        const auto words = words_of(rest);
        const auto* instrument = house_->asking.instruments.find(words.at(1));
        ASSERT_NE(instrument, nullptr);
        monitoring::AnswerDesk::Questionnaire given;
        given.instrument = instrument->id;
        given.version = instrument->version;
        given.language = "en";
        for (std::size_t i = 2; i < words.size() && i - 2 < instrument->items.size(); ++i)
            if (words[i] != "-")
                given.answers[instrument->items[i - 2].id] = {monitoring::GivenAnswer::Kind::Whole, std::stol(words[i])};
        const auto saved = house_->answers.save_questionnaire(who, given);
        ASSERT_TRUE(saved.ok()) << saved.error().told;
        answer_urgency_ = saved->urgency;
        reply_ = saved->help.text;
        replied_ = !reply_.empty();
        return;
    }
    const auto exchange = house_->conversations.write(who, rest, {});
    ASSERT_TRUE(exchange.ok()) << exchange.error().told;
    for (const auto& reply : exchange->replies) {
        reply_ += reply.text;
        replied_ = true;
    }
    reply_asks_ = reply_.find('?') != std::string::npos;
    now_ += std::chrono::seconds{5};
    set_clock();
}

Result<void> Story::after_the_end(const Actor& who, const std::string& words)
{
    static constexpr rows::Statement last{"story.last_alert", "SELECT alert FROM alert WHERE organisation = $1 AND person = $2 "
                                                              "ORDER BY raised_at DESC LIMIT 1"};
    return house_->record->write(who, [&](trust::Writing& writing) -> Result<void> {
        const auto id = TRY(writing.rows(last, {people_.at(last_person_).person})).at(0)[0].id<AlertId>();
        if (words.empty())
            return house_->alerts.take_back(writing, id, NextSteps{}.take_back);
        return house_->alerts.add_words_after(writing, id, words);
    });
}

void Story::staff_does(const std::string& name, const std::string& rest)
{
    last_staff_ = name;
    const auto who = actor(name);
    const auto words = quoted(rest);
    const auto done = [&](const auto& result) { return result.ok() ? Result<void>{} : Result<void>{result.error()}; };
    if (begins(rest, "takes over")) {
        last_deed_ = done(house_->conversations.take(who, conversation().id));
        return;
    }
    if (begins(rest, "writes")) {
        last_deed_ = done(house_->conversations.write_as_human(who, conversation().id, words, {}));
        return;
    }
    if (begins(rest, "hands back")) {
        last_deed_ = done(house_->conversations.hand_back(who, conversation().id, words));
        return;
    }
    if (begins(rest, "is at the page")) {
        last_deed_ = care::mark_here(*house_->record, who);
        return;
    }
    if (begins(rest, "sets ")) {
        last_deed_ = house_->conversations.set_urgency(
            who, conversation().id, urgency_from(words_of(rest).at(1)).value_or(Urgency::Unknown), words);
        return;
    }
    if (begins(rest, "looks")) {
        last_deed_ = done(house_->person_page.open(who, people_.at(last_person_).person));
        return;
    }
    if (begins(rest, "finds it right") || begins(rest, "looked "))
        return looks_at_the_list(who, begins(rest, "looked"), words);
    if (begins(rest, "knows it until ")) { // knows it until 2026-01-19 "…"
        const care::ListDesk list{*house_->record, house_->alerts};
        const auto& times = house_->alerts.times();
        const care::QuietRuleDesk quiet{*house_->record, house_->service, times.longest_quiet_days, times.soon_days};
        const auto day = care::day_from(words_of(rest).at(3));
        const auto open = list.open(who);
        ASSERT_TRUE(day.ok() && open.ok() && !open->empty());
        const auto made = quiet.make(who, open->front().finding, *day, words);
        last_deed_ = made.ok() ? Result<void>{} : made.error();
        return;
    }
    if (begins(rest, "notes ")) { // notes phq-9 known and planned "…"
        last_deed_ = monitoring::TreatmentDesk{*house_->record}.note_known(who, people_.at(last_person_).person,
                                                                           words_of(rest).at(1), words);
        return;
    }
    if (begins(rest, "puts ") || begins(rest, "gives "))
        return change_rota(who, rest);
    if (begins(rest, "begins therapy") || begins(rest, "begins a medicine")) {
        const auto today = std::chrono::floor<std::chrono::days>(now_);
        last_deed_ = monitoring::TreatmentDesk{*house_->record}.set_treatment(
            who, people_.at(last_person_).person,
            monitoring::Treatment{today, begins(rest, "begins therapy"), begins(rest, "begins a medicine")});
        return;
    }
    if (begins(rest, "takes that back") || begins(rest, "adds the words")) {
        last_deed_ = after_the_end(who, begins(rest, "adds") ? words : std::string{});
        return;
    }
    const auto open = alert();
    ASSERT_TRUE(open.has_value()) << "there is no open alert";
    if (begins(rest, "acknowledges"))
        last_deed_ = house_->alerts.acknowledge(who, open->id, words);
    else if (begins(rest, "reached"))
        last_deed_ = house_->alerts.record_outcome(who, open->id, {care::Outcome::Reached, words, {}, {}});
    else if (begins(rest, "not reached"))
        last_deed_ = house_->alerts.record_outcome(who, open->id, {care::Outcome::NotReached, words, {}, {}});
    else if (begins(rest, "no contact needed"))
        last_deed_ = house_->alerts.record_outcome(who, open->id, {care::Outcome::NoContactNeeded, words, {}, words});
    else if (begins(rest, "hands over to "))
        last_deed_ = house_->alerts.record_outcome(
            who, open->id, {care::Outcome::HandedOver, words, people_.at(words_of(rest).at(3)).account, {}});
    else if (begins(rest, "accepts"))
        last_deed_ = house_->alerts.accept(who, open->id);
    else if (begins(rest, "agrees"))
        last_deed_ = house_->alerts.second(who, open->id, true, words);
    else if (begins(rest, "refuses"))
        last_deed_ = house_->alerts.second(who, open->id, false, words);
    else
        FAIL() << "a member of staff cannot do this in a scenario";
}

/// At everything for soon about the last person: says that it was right, or records that there is nothing to do.
void Story::looks_at_the_list(const Actor& who, bool done, const std::string& because)
{
    const care::ListDesk list{*house_->record, house_->alerts};
    const auto open = list.open(who);
    ASSERT_TRUE(open.ok());
    care::ListDesk::Record record{{}, care::Looked::Nothing, because};
    for (const auto& each : *open) {
        record.findings.push_back(each.finding);
        if (!done)
            last_deed_ = house_->findings.judge(who, each.finding, "agree", {}).ok() ? Result<void>{} : not_found("");
    }
    if (done)
        last_deed_ = list.record_looked(who, people_.at(last_person_).person, record);
}

support::Conversation Story::conversation()
{
    const auto current = house_->conversations.current(actor(last_person_));
    EXPECT_TRUE(current.ok());
    return current.ok() ? *current : support::Conversation{};
}

std::optional<care::Alert> Story::alert()
{
    std::optional<care::Alert> found;
    const auto read = house_->record->read(house_->system(), [&](trust::Reading& reading) -> Result<void> {
        found = TRY(house_->alerts.open_alert(reading, people_.at(last_person_).person));
        return {};
    });
    EXPECT_TRUE(read.ok());
    return found;
}

void Story::step(const Line& line)
{
    const auto space = line.text.find_first_of(" \t");
    const auto head = line.text.substr(0, space);
    const auto rest =
        space == std::string::npos ? std::string{} : std::string(trimmed(std::string_view(line.text).substr(space)));
    if (head == "given") {
        given(rest);
    } else if (head == "at") {
        now_ = local_instant(rest);
        begin_clock();
        set_clock();
    } else if (head == "after") {
        const auto words = words_of(rest);
        pass(minutes{std::stol(words.at(0))} * (words.size() > 1 && begins(words[1], "h") ? 60 : 1));
    } else if (begins(line.text, "the clock jumps ")) {
        const auto words = words_of(rest); // clock jumps back 3 h
        jumped_ += std::chrono::hours{std::stol(words.at(3))} * (words.at(2) == "back" ? -1 : 1);
        set_clock();
    } else if (line.text == "the service walks") {
        walk();
    } else if (line.text == "the timers stand still" || line.text == "the timers go") {
        timers_go_ = line.text == "the timers go";
    } else if (head == "restart") {
        open_house();
    } else if (head == "expect") {
        expect(line, rest);
    } else if (const auto who = people_.find(head); who != people_.end()) {
        if (who->second.role == Role::Person)
            person_does(head, rest);
        else
            staff_does(head, rest);
    } else {
        FAIL() << "the line begins with nobody's name and no known word";
    }
}

} // namespace handrail::scenarios
