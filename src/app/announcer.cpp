#include "app/announcer.h"

#include <algorithm>

#include "http/routes/desks.h"
#include "trust/actor_desk.h"

namespace handrail::app {

namespace {

constexpr std::size_t most_waiting = 100'000;
constexpr auto staff_known_for = std::chrono::seconds{5};
constexpr rows::Statement account_of_person{"announcer.account_of",
                                            "SELECT account FROM account WHERE organisation = $1 AND person = $2"};

} // namespace

Announcer::Announcer(storage::Store& data, trust::Record& record, const trust::AccountDesk& accounts,
                     http::EventHub& hub)
    : record_(record), accounts_(accounts), hub_(hub)
{
    listening_ = data.listen([this](const storage::Announcement& heard) {
        // On the store's own thread: only remember it.
        const std::lock_guard lock(mutex_);
        if (heard_.size() < most_waiting)
            heard_.push_back(heard);
        wake_.notify_one();
    });
    worker_ = std::thread([this] { work(); });
}

Announcer::~Announcer()
{
    listening_.reset();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    worker_.join();
}

void Announcer::work()
{
    for (;;) {
        storage::Announcement next;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return stopping_ || !heard_.empty(); });
            if (stopping_)
                return;
            next = std::move(heard_.front());
            heard_.pop_front();
        }
        carry(next);
    }
}

void Announcer::carry(const storage::Announcement& heard)
{
    const auto space = heard.payload.find(' ');
    const std::string first = heard.payload.substr(0, space);
    const std::string second = space == std::string::npos ? std::string{} : heard.payload.substr(space + 1);
    const auto one = [&](const char* field) { return std::string("{\"") + field + "\":\"" + first + "\"}"; };
    if (heard.topic == "alert") {
        to_staff(heard.organisation, {"alert", "{\"alert\":\"" + first + "\",\"urgency\":\"" + second + "\"}"});
    } else if (heard.topic == "message" || heard.topic == "conversation") {
        const http::Event event{heard.topic, one("conversation")};
        if (const auto person = PersonId::from(second); person.ok())
            to_person(heard.organisation, *person, event);
        to_staff(heard.organisation, event);
    } else if (heard.topic == "finding" || heard.topic == "caseload") {
        to_staff(heard.organisation, {heard.topic, "{}"});
    } else if (heard.topic == "signed_out") {
        hub_.close_session(first, {"signed_out", "{}"});
    } else if (heard.topic == "consent") {
        // What may be told has changed: the page comes back and asks again.
        if (const auto person = PersonId::from(first); person.ok())
            if (const auto found = account_of_.find({heard.organisation, *person}); found != account_of_.end())
                hub_.close_all(http::routes::channel(heard.organisation, found->second));
    }
}

void Announcer::to_staff(OrganisationId organisation, const http::Event& event)
{
    auto& [known_at, accounts] = staff_[organisation];
    const auto now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    if (accounts.empty() || now - known_at > staff_known_for) {
        if (const auto all = accounts_.all_staff(trust::ActorDesk::system(organisation)); all.ok()) {
            accounts.clear();
            for (const auto& account : *all)
                if (!account.suspended)
                    accounts.push_back(account.id);
            known_at = now;
        }
    }
    for (const auto& account : accounts)
        hub_.publish(http::routes::channel(organisation, account), event);
}

void Announcer::to_person(OrganisationId organisation, PersonId person, const http::Event& event)
{
    auto found = account_of_.find({organisation, person});
    if (found == account_of_.end()) {
        AccountId account;
        const auto read = record_.read(trust::ActorDesk::system(organisation), [&](trust::Reading& reading) -> Result<void> {
            const auto row = TRY(reading.rows(account_of_person, {rows::Value{person}}));
            if (!row.empty())
                account = row.front()[0].id<AccountId>();
            return {};
        });
        if (!read.ok() || account.empty())
            return;
        if (account_of_.size() > most_waiting)
            account_of_.clear();
        found = account_of_.emplace(std::pair{organisation, person}, account).first;
    }
    hub_.publish(http::routes::channel(organisation, found->second), event);
}

} // namespace handrail::app
