#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "care/heard.h"
#include "nlp/screener.h"
#include "support/dialogue.h"
#include "support/guard.h"
#include "support/human_wait.h"
#include "support/message.h"
#include "support/phrasebook.h"
#include "support/sent_words.h"

namespace handrail::support {

class WordingByModel;

enum class ConversationState {
    Ai,      ///< the AI answers
    Waiting, ///< a human was asked for; the AI still answers until one comes
    Human,   ///< a human has it: the AI is silent, screening goes on
    Closed,
};
std::string_view name(ConversationState state);

struct Conversation {
    ConversationId id;
    PersonId person;
    ConversationState state = ConversationState::Ai;
    AccountId held_by;              ///< of Human
    Urgency urgency = Urgency::Usual;
    bool memory = true;             ///< false: nothing of it is remembered for the next one
    std::optional<Instant> since;   ///< of Waiting and Human
    std::optional<HumanWait> wait;  ///< what it waits for a human to do; none: nothing, or its time is over
    std::string waiting_text;       ///< of Waiting: what the person is told of it
    Instant started_at;
    Instant changed_at;
    std::vector<Message> messages;  ///< oldest first
    std::optional<Instant> earlier; ///< there are older ones before this instant
};

/// One line of the live queue.
struct Waiting {
    ConversationId conversation;
    PersonId person;
    ConversationState state = ConversationState::Waiting;
    AccountId held_by;
    Urgency urgency = Urgency::Usual;
    Instant since;
};

struct DraftReply;
struct ConversationSummary;

struct Exchange {
    Message message;
    std::vector<Message> replies;
    bool again = false; ///< had arrived before; nothing was done twice
};

/// Conversations as they are kept: a message is durable, screened, answered and, where a human is needed, has raised its
/// alert, in one transaction.
class ConversationDesk {
public:
    /// Who answers what is no danger, on the channel that it came by.
    enum class Answers { Ai, People };
    /// In which a conversation is held: those whose fixed words the service signed, or all, for a demo (safety.md B9).
    enum class Languages { Signed, Every };

    ConversationDesk(trust::Record& record, const care::Listening& listening, const care::AlertDesk& alerts,
                     const care::ServiceDesk& service, const nlp::Screener& screener, const Dialogue& dialogue,
                     const Guard& guard, Languages languages = Languages::Signed)
        : record_(record), listening_(listening), alerts_(alerts), service_(service), screener_(screener),
          dialogue_(dialogue), guard_(guard), languages_(languages)
    {
    }

    /// Lets a language model word replies that only listen, for those who agreed to it. Outlives this; none by default.
    void use(const WordingByModel& model) { model_ = &model; }

    /// The person's current conversation; opened, with the notice, when there is none.
    /// @param channel "web" or "whatsapp": where it is opened. Somebody who goes on elsewhere goes on in the same one.
    Result<Conversation> current(const Actor& person, std::string_view channel = "web") const;
    Result<Conversation> begin_anew(const Actor& person, bool memory) const;
    /// What was said before an instant, oldest first: in a conversation, or in the person's own current one.
    Result<std::vector<Message>> earlier(const Actor& actor, std::optional<ConversationId> conversation,
                                         Instant before) const;
    /// @param words      1 to 20,000 characters
    /// @param client_id  the same one again gives the same answer again
    /// @param channel    where a conversation is opened, when there is none
    /// @param answers    with People a human is asked for with the first words, and there may be no reply while one is awaited
    Result<Exchange> write(const Actor& person, const std::string& words, const std::string& client_id,
                           std::string_view channel = "web", Answers answers = Answers::Ai) const;
    /// Messages of people that were kept since the start, and those of them that the screener had read: the same number, or
    /// something came in unscreened (safety.md B1).
    struct Counts {
        std::uint64_t received = 0;
        std::uint64_t screened = 0;
    };
    Counts counts() const { return {tallied_->received, tallied_->screened}; }
    /// What was sent to language models about the person themselves, newest first. Noted.
    Result<std::vector<SentWords>> sent_to_models(const Actor& person, Instant before, int most) const;
    /// What words call for by themselves, without the store and without what was said before.
    Finding judged(const std::string& words) const { return screener_.screen(words); }
    Result<Exchange> choose(const Actor& person, MessageId message, const std::string& choice,
                            Answers answers = Answers::Ai) const;
    /// Asks for a human, or calls it off. Asking says at once who was asked, how long it may take, and where a human
    /// answers when nobody is on duty; asking twice says nothing twice.
    Result<Conversation> want_person(const Actor& person, bool wanted) const;
    /// Conversations in which a human was asked for and none has come, with the instant at which each was last written.
    /// Their ids only: nothing is opened.
    struct Unmet {
        ConversationId conversation;
        Instant changed_at;
    };
    Result<std::vector<Unmet>> unmet(const Actor& system) const;
    /// Acts where a human was too slow: an asked-for human who did not come becomes an alert, and danger that a human left
    /// unanswered gets the fixed words (safety.md G2, G5). Called about once a second by every node; each is done once.
    /// Gives how many.
    Result<int> act_on_waits(const Actor& system) const;

    /// A text of content in a language, English where it has none; with its names in {braces}.
    std::string words(std::string_view language, std::string_view key) const;
    /// Who reads and until when, in a language.
    /// In which a conversation is held, and which the page offers: English first, then those that are signed (safety.md
    /// B9), or all there are words for when every language is spoken.
    std::vector<std::string> offered_languages(const care::Service& service) const;
    std::string staffed_words(std::string_view language, const care::Staffed& staffed) const;
    /// In which a person is written to.
    Result<std::string> language_of(const Actor& person) const;
    /// Tells the person in their conversation that a named human opened the alert about them, once for each time; nothing
    /// where they were not told of it, or that human is in the conversation. For the transaction that acknowledges it.
    Result<void> tell_opened(trust::Writing& writing, AlertId alert) const;

    /// Of a language's fixed words, which people sign; empty when there are none.
    std::string text_version(std::string_view language) const;
    /// The exercises of a language; English where there are none.
    const std::vector<Exercise>& exercises(std::string_view language) const;

    /// For staff: one conversation, with what was said. Noted.
    Result<Conversation> open(const Actor& staff, ConversationId conversation) const;
    /// Conflict when a colleague was first; `where` names the account.
    Result<Conversation> take(const Actor& staff, ConversationId conversation) const;
    Result<Conversation> hand_back(const Actor& staff, ConversationId conversation, const std::string& line) const;
    Result<Message> write_as_human(const Actor& staff, ConversationId conversation, const std::string& words,
                                   const std::string& client_id) const;
    /// A note for colleagues, kept beside the conversation; never said in it.
    Result<void> add_note(const Actor& staff, ConversationId conversation, const std::string& text) const;
    /// What the built-in composer would answer to what the person wrote last, for the human who has the conversation;
    /// none when there is nothing to answer. Nothing is kept and nothing is said.
    Result<std::optional<DraftReply>> draft(const Actor& staff, ConversationId conversation) const;
    /// In one look, also where the words may not be read: then without them.
    Result<ConversationSummary> summary(const Actor& staff, ConversationId conversation) const;
    /// A human says how soon one is needed, and why: moves it in the queue. What is held in the conversation itself stays.
    Result<void> set_urgency(const Actor& staff, ConversationId conversation, Urgency urgency,
                             const std::string& reason) const;
    /// Conversations of the actor's teams that wait for a human or are held by one, the most pressing first.
    Result<std::vector<Waiting>> queue(const Actor& staff) const;

private:
    struct Held;
    /// The person agreed to this model and has replies of today left over.
    Result<bool> model_may(trust::Reading& reading, PersonId person) const;
    /// In a model's words what the dialogue decided to say, where that may be and comes in time; else it stays.
    void word_by_model(const Actor& person, const std::string& words, const std::vector<Message>& before, Held& held,
                       Reply& reply, const GuardContext& around) const;
    Result<std::optional<Held>> read_latest(trust::Reading& reading, PersonId person) const;
    /// Whether nobody wrote in the conversation since it was read, and no other was begun.
    Result<bool> is_latest(trust::Reading& reading, const Held& held) const;
    Result<Held> read_one(trust::Reading& reading, ConversationId id) const;
    Result<Held> held_from(trust::Reading& reading, const rows::Row& row) const;
    Result<Situation> situation_of(trust::Reading& reading, PersonId person) const;
    Result<void> update(trust::Writing& writing, const Held& held) const;
    /// @param wanted_since  since when a human is wanted, when that goes on
    Result<Conversation> open_new(const Actor& person, bool memory, std::string_view channel,
                                  std::optional<Instant> wanted_since = {}) const;
    /// What the person wrote in the last days, oldest first: in this conversation, and in those before it.
    Result<std::vector<std::string>> late_words(trust::Reading& reading, const Held& held) const;
    /// Who opened what is open about the person, and whether anybody is at a desk, as far as it is true now (C15).
    Result<void> find_told(trust::Reading& reading, PersonId person, const care::Service& service, Told& told) const;
    /// The instant at which a request for a human has waited too long.
    Result<Instant> person_due(trust::Reading& reading, Urgency urgency) const;
    Result<void> tell_wait(trust::Reading& reading, Conversation& conversation, std::string_view language) const;
    Result<void> nobody_took_it(trust::Writing& writing, Held& held) const;
    Result<void> nobody_replied(trust::Writing& writing, Held& held) const;
    Result<void> say(trust::Writing& writing, Held& held, const Reply& reply, Instant at) const;

    trust::Record& record_;
    const care::Listening& listening_;
    const care::AlertDesk& alerts_;
    const care::ServiceDesk& service_;
    const nlp::Screener& screener_;
    const Dialogue& dialogue_;
    const Guard& guard_;
    Languages languages_;
    const WordingByModel* model_ = nullptr;
    struct Tallied {
        std::atomic<std::uint64_t> received{0}, screened{0};
    };
    std::shared_ptr<Tallied> tallied_ = std::make_shared<Tallied>(); ///< shared with what runs after a commit
};

} // namespace handrail::support
