#pragma once

#include <string>

#include "care/heard.h"
#include "gateway/person_of_app.h"

namespace handrail::gateway {

/// What is kept of the gateway's work: findings that call for a human, as alerts and list entries of the person behind a
/// reference, once for each message; and what people wrote only where that is switched on.
class EventBook {
public:
    EventBook(trust::Record& record, const PeopleOfApps& people, const care::Listening& listening, int keep_days)
        : record_(record), people_(people), listening_(listening), keep_days_(keep_days)
    {
    }

    struct Event {
        std::string reference;
        Whereabouts where;
        RawId message; ///< of conversation and message: the same once more raises nothing
        Finding finding;
        care::Help told; ///< exactly what was said in its place; empty when the model answered
    };
    struct Kept {
        PersonId person;
        bool again = false; ///< it was kept before
        AlertId alert;      ///< empty when none was called for
    };
    Result<Kept> keep(const Actor& system, const Key& key, const Event& event) const;

    /// What was asked, sealed with the person's key, for services that switched it on.
    Result<void> keep_prompt(const Actor& system, const Key& key, const std::string& reference, const Whereabouts& where,
                             const std::string& words) const;

    /// Empties findings whose days are over: what people wrote goes, that there was an alert stays. While an alert is open
    /// its finding stays. Called now and then. Gives how many were emptied.
    Result<int> forget(const Actor& system) const;

private:
    trust::Record& record_;
    const PeopleOfApps& people_;
    const care::Listening& listening_;
    int keep_days_;
};

} // namespace handrail::gateway
