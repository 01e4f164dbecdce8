#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "http/event_stream.h"
#include "storage/store.h"
#include "trust/account_desk.h"
#include "trust/record.h"

namespace handrail::app {

/// Carries what the store announces, here and on other nodes, to the event streams of those it is for. Ids only.
class Announcer {
public:
    Announcer(storage::Store& data, trust::Record& record, const trust::AccountDesk& accounts, http::EventHub& hub);
    ~Announcer();
    Announcer(const Announcer&) = delete;
    Announcer& operator=(const Announcer&) = delete;

private:
    void work();
    void carry(const storage::Announcement& heard);
    void to_staff(OrganisationId organisation, const http::Event& event);
    void to_person(OrganisationId organisation, PersonId person, const http::Event& event);

    trust::Record& record_;
    const trust::AccountDesk& accounts_;
    http::EventHub& hub_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<storage::Announcement> heard_;
    bool stopping_ = false;
    std::map<std::pair<OrganisationId, PersonId>, AccountId> account_of_;        ///< people's accounts never change
    std::map<OrganisationId, std::pair<Instant, std::vector<AccountId>>> staff_; ///< looked up again every few seconds
    std::shared_ptr<void> listening_;
    std::thread worker_;
};

} // namespace handrail::app
