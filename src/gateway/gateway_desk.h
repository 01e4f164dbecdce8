#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "care/alert_desk.h"
#include "care/service_desk.h"
#include "gateway/chat_request.h"
#include "gateway/event_book.h"
#include "gateway/event_post.h"
#include "gateway/input_screen.h"
#include "gateway/key_desk.h"
#include "gateway/output_screen.h"
#include "gateway/relay.h"
#include "gateway/tally.h"
#include "language/transport.h"
#include "nlp/screener.h"
#include "support/dialogue.h"
#include "support/guard.h"

namespace handrail::gateway {

struct GatewaySettings {
    std::string upstream;     ///< "https://api.example.org/v1", without the last slash
    std::string upstream_key; ///< sent as Bearer; empty: none
    std::vector<std::string> models;
    std::chrono::milliseconds first_byte_within{60'000};
    std::chrono::milliseconds silent_at_most{30'000};
    std::chrono::milliseconds all_within{600'000};
    bool keep_prompts = false;
    int keep_crisis_days = 30;
    /// What is not understood (a language nobody tested) goes on to the model; an alert goes out all the same.
    bool pass_not_understood = false;
    bool every_language = false; ///< a demo: words for danger need no signatures
};

/// What an app says beside the request, in headers (safety.md K9).
struct Beside {
    Whereabouts where;
    bool brief = false;    ///< help in one breath: what to do first, and whom to reach
    std::string reference; ///< of the user; the body's own comes second
};

/// What is said in place of a model's answer.
struct Help {
    std::string text;
    std::string text_id;
};

/// How a request was judged.
struct Judged {
    Finding finding;            ///< the gravest of what is new
    Urgency level = Urgency::Usual; ///< of the conversation
    Category category = Category::None;
    std::optional<Help> help;   ///< goes out in place of an answer; empty: the model may be asked
    bool told_staff = false;    ///< an alert stands, or stood before
    support::GuardContext guard; ///< for the answer
    std::string screened;       ///< "full" or "rules-only"
    std::string marks(bool replaced, const std::vector<std::string>& rules) const; ///< JSON for "handrail"
};

/// Everything between an app and a language model's service: who asks, what was written, what may be answered.
class GatewayDesk {
public:
    struct Parts {
        trust::Record& record;
        trust::Keyring& keyring;
        const trust::SettingDesk& settings;
        const trust::AccountDesk& accounts;
        const care::AlertDesk& alerts;
        const care::ServiceDesk& service;
        const care::Listening& listening;
        const nlp::Screener& screener;
        const support::Dialogue& dialogue;
        const support::Guard& guard;
        const language::Transport& transport;
        const Clock& clock;
        std::function<bool()> store_away = [] { return false; };
        std::function<void(const std::string&)> note = [](const std::string&) {};
        const InputScreen* input = nullptr; ///< in a test: in place of the screener
        /// In a test: in place of the guard.
        std::function<std::unique_ptr<OutputScreen>()> output = {};
    };
    GatewayDesk(Parts parts, GatewaySettings settings, Actor system);

    /// Who holds this key; NotSignedIn when nobody does.
    Result<Key> holder(std::string_view secret) { return keys_.holder(system_, secret); }
    /// Screens what is asked, and keeps what calls for a human. An error: nothing is known, and nothing may go on.
    Result<Judged> judge(const Key& key, const ChatRequest& request, const Beside& beside);
    /// One more of today's requests; TooMuch when the budget is used up.
    Result<void> count(const Key& key) { return keys_.count(system_, key); }
    /// Asks the model; see Relay.
    std::optional<Whole> ask(const ChatRequest& request, const std::string& body, const Judged& judged, Outlet& outlet);
    void note(const std::string& line) const { parts_.note(line); }
    /// Called about once a minute.
    void round();
    /// Tells the owners of apps what waits for them; on a thread of its own, as some of them are slow.
    Result<EventPost::Sent> tell_owners(const std::function<bool()>& stopping) const
    {
        return post_.send_due(system_, stopping);
    }

    /// What the gateway and the key allow both.
    std::vector<std::string> models(const Key& key) const;
    Finding screened(const std::string& text) const;
    const GatewaySettings& settings() const { return settings_; }
    KeyDesk& keys() { return keys_; }
    Tally& tally() { return tally_; }

private:
    struct Weighed;
    Weighed weigh(const ChatRequest& request, const Beside& beside, const support::Situation& here) const;
    support::Situation situation(const Beside& beside) const;
    bool has_responder(const Key& key, std::string& who) const;

    Parts parts_;
    GatewaySettings settings_;
    Actor system_;
    KeyDesk keys_;
    PeopleOfApps people_;
    EventBook events_;
    EventPost post_;
    Tally tally_;
};

} // namespace handrail::gateway
