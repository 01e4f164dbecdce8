#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "domain/actor.h"
#include "trust/account_desk.h"
#include "trust/record.h"
#include "trust/setting_desk.h"

namespace handrail::gateway {

/// What an app may do, and nothing else: no key reads the record.
enum class KeyScope {
    Chat,        ///< have chat requests screened and sent on
    Moderations, ///< have texts screened
    Alerts,      ///< raise alerts to the organisation's staff
    Daily,       ///< send what wearables counted of people who agreed; never among the scopes of a key unless it is named
};
std::string_view name(KeyScope scope);

/// A key of one organisation for one app. The key itself is shown once; only its hash is kept.
struct Key {
    std::string id; ///< opaque: "k3f9…"
    std::string app; ///< what staff call it
    std::string hash;
    std::vector<KeyScope> scopes;
    std::vector<std::string> models; ///< empty: every model of the gateway
    int requests_a_day = 0;          ///< 0: as many as come
    AccountId responder;             ///< a clinician who answers alerts of this app; empty: nobody is named
    TeamId team;                     ///< where its alerts go: of the responder, or empty for the oldest
    Instant made_at{};
    std::optional<Instant> revoked_at;
    std::string events_url;    ///< where the app's owner is told of users in danger; empty: nowhere
    std::string events_secret; ///< "whsec_…": under the signature of what is told
    bool may(KeyScope scope) const;
};

/// The organisation's keys, kept sealed among its settings: every change is in the audit record.
class KeyDesk {
public:
    /// @param away whether the store is known not to answer: then it is not asked
    KeyDesk(trust::Record& record, const trust::SettingDesk& settings, const trust::AccountDesk& accounts, const Clock& clock,
            std::function<bool()> away = [] { return false; })
        : record_(record), settings_(settings), accounts_(accounts), clock_(clock), away_(std::move(away))
    {
    }

    struct Wanted {
        std::string app = {};
        std::vector<KeyScope> scopes{KeyScope::Chat, KeyScope::Moderations, KeyScope::Alerts};
        std::vector<std::string> models = {};
        int requests_a_day = 0;
        std::string responder = {}; ///< the display name of an active clinician; empty: nobody
        std::string events_url = {}; ///< empty: the app's owner is told nothing
    };
    struct Made {
        Key key;
        std::string secret; ///< "hr-…": shown once
    };
    /// Invalid names the field. System or administrator.
    Result<Made> add(const Actor& actor, const Wanted& wanted) const;
    /// Tells the app's owner of users in danger there from now on, or nobody when the address is empty. Gives the new secret
    /// of the signature, shown once; empty when nobody is told. Invalid unless it is https, or http of this machine.
    Result<std::string> tell(const Actor& actor, const std::string& id, const std::string& url) const;
    /// Conflict when it is revoked already.
    Result<void> revoke(const Actor& actor, const std::string& id) const;
    Result<std::vector<Key>> list(const Actor& actor) const;

    /// Whose key this is. NotSignedIn for one that is none, or is revoked. Reads the store at most every few seconds, and
    /// goes on with what it knew while the store is away.
    Result<Key> holder(const Actor& system, std::string_view secret);

    /// Counts one request of today (UTC). TooMuch once the day's budget is used up. Counted here and put together in the
    /// store once a minute, so that nodes share a budget nearly.
    Result<void> count(const Actor& system, const Key& key);
    /// Puts what was counted into the store; called about once a minute and at the end.
    Result<void> keep_counts(const Actor& system);

private:
    struct Used {
        std::int64_t stored = 0;
        std::int64_t since = 0; ///< not in the store yet
    };
    Result<std::vector<Key>> read(trust::Reading& reading) const;
    Result<void> keep_counts_locked(const Actor& system);

    trust::Record& record_;
    const trust::SettingDesk& settings_;
    const trust::AccountDesk& accounts_;
    const Clock& clock_;
    std::function<bool()> away_;
    std::mutex mutex_; ///< guards what follows
    std::vector<Key> known_;
    bool was_read_ = false;
    Instant read_at_{};
    std::int64_t day_ = 0;
    Instant kept_at_{};
    std::map<std::string, Used> used_;
};

} // namespace handrail::gateway
