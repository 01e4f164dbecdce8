#include "errands/whatsapp_desk.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/crypto.h"
#include "base/text.h"
#include "care/findings.h"
#include "care/heard.h"
#include "channels/whatsapp_countries.h"
#include "channels/whatsapp_window.h"
#include "content/crisis_lines.h"

namespace handrail::errands {

namespace {

using Kind = channels::WhatsappInbound::Kind;
using channels::WhatsappInbound;
using channels::WhatsappUser;

constexpr std::string_view user_field = "whatsapp_user";
constexpr std::string_view number_field = "whatsapp_number";
constexpr int looked_at = 50; ///< messages of a conversation

constexpr rows::Statement select_changed{
    "whatsapp.changed", "SELECT conversation, person, changed_at FROM conversation WHERE organisation = $1 AND "
                        "state = $2 AND changed_at > $3 AND channel = 'whatsapp'"};

/// Of the service's own number and the person: two services of one organisation would not share a line.
trust::ContactDesk::Contact by_id(const WhatsappSettings& settings, const WhatsappUser& user)
{
    return {user_field, settings.phone_number_id + "/" + user.user_id};
}
trust::ContactDesk::Contact by_number(const WhatsappSettings& settings, const WhatsappUser& user)
{
    return {number_field, settings.phone_number_id + "/" + user.number};
}

/// Something was said that a person answers to, whether or not it can be read.
bool speaks(Kind kind)
{
    return kind != Kind::Ignored && kind != Kind::Revoke && kind != Kind::NewNumber;
}

std::int64_t random_holder()
{
    std::int64_t number = 0;
    for (const char each : random_bytes(7))
        number = number * 256 + static_cast<unsigned char>(each);
    return number;
}

} // namespace

bool is_crisis(const support::Message& message) { return !message.text_id.empty(); }

Urgency urgency_of(const support::Message& message)
{
    return message.text_id.rfind("now.", 0) == 0 ? Urgency::Now : Urgency::Today;
}

Result<void> tell_staff(trust::Writing& writing, const care::AlertDesk& alerts, PersonId person,
                        ConversationId conversation, Urgency urgency, const std::string& why)
{
    Finding finding;
    finding.urgency = urgency;
    finding.why = why;
    const auto kept = TRY(care::keep_finding(writing, person, "delivery", conversation, finding));
    TRY(alerts.raise(writing, {person, kept, conversation, urgency, Category::None, why, {}, {}, true, true}));
    return {};
}

WhatsappDesk::WhatsappDesk(trust::Record& record, trust::Keyring& keyring,
                           const support::ConversationDesk& conversations, const care::ServiceDesk& service,
                           const care::AlertDesk& alerts, const content::CrisisLines& lines,
                           const channels::WhatsappTexts& texts, WhatsappSettings settings, Gate gate)
    : record_(record), keyring_(keyring), contacts_(record, keyring), conversations_(conversations), service_(service),
      alerts_(alerts), lines_(lines), texts_(texts), settings_(std::move(settings)), holder_(random_holder()), gate_(std::move(gate))
{
}

Result<void> WhatsappDesk::receive(const Actor& system, const std::string& raw_body) const
{
    return record_.write(system, [&](trust::Writing& writing) { return keep_delivery(writing, raw_body); });
}

Result<RawId> WhatsappDesk::hash_of(const Actor& system, std::string_view field, const std::string& value) const
{
    const auto hash = TRY(keyring_.look_up_hash(system.organisation(), field, value));
    RawId id;
    for (std::size_t i = 0; i < id.bytes.size(); ++i)
        id.bytes[i] = static_cast<std::uint8_t>(hash[i]);
    return id;
}

Result<WhatsappDesk::Worked> WhatsappDesk::work(const Actor& system)
{
    Worked worked;
    std::vector<KeptDelivery> deliveries;
    // Read first, so that a quiet second costs no commit.
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        deliveries = TRY(kept_deliveries(reading));
        return {};
    }));
    // Meta promises no order: what waits together is taken in the order in which it was written.
    std::vector<WhatsappInbound> messages;
    std::vector<channels::WhatsappStatus> statuses;
    for (const auto& delivery : deliveries)
        if (auto event = channels::read_event(delivery.body); event.ok()) {
            std::ranges::move(event->messages, std::back_inserter(messages));
            std::ranges::move(event->statuses, std::back_inserter(statuses));
        }
    std::ranges::stable_sort(messages, {}, &WhatsappInbound::at);
    const auto my_turn = [&]() -> Result<bool> {
        bool mine = false;
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            mine = TRY(take_turn(writing, "whatsapp-inbound", holder_));
            return {};
        }));
        return mine;
    };
    for (const auto& message : messages) {
        if (!TRY(my_turn()))
            return worked;
        TRY(take(system, message, worked));
    }
    for (const auto& status : statuses) {
        if (!TRY(my_turn()))
            return worked;
        TRY(note_status(system, status, worked));
    }
    if (!deliveries.empty())
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            for (const auto& delivery : deliveries)
                TRY(drop_job(writing, delivery.id));
            return {};
        }));
    return worked;
}

Result<std::optional<Actor>> WhatsappDesk::who(const Actor& system, const WhatsappUser& user) const
{
    const auto organisation = system.organisation();
    const auto by_its_id = user.user_id.empty() ? std::optional<Actor>{}
                                                : TRY(contacts_.known(organisation, by_id(settings_, user)));
    const auto by_its_number = user.number.empty() ? std::optional<Actor>{}
                                                   : TRY(contacts_.known(organisation, by_number(settings_, user)));
    // The delivery names both: from now on both lead to one person, and the id decides which.
    if (by_its_id && !user.number.empty())
        TRY(contacts_.belongs_to(organisation, *by_its_id->person(), by_number(settings_, user)));
    if (!by_its_id && by_its_number && !user.user_id.empty())
        TRY(contacts_.belongs_to(organisation, *by_its_number->person(), by_id(settings_, user)));
    return by_its_id ? by_its_id : by_its_number;
}

Result<Actor> WhatsappDesk::newcomer(const Actor& system, const WhatsappUser& user, const std::string& words) const
{
    auto language = conversations_.judged(words).lang;
    const auto spoken = texts_.languages();
    if (std::find(spoken.begin(), spoken.end(), language) == spoken.end())
        language = "en";
    const auto first = user.user_id.empty() ? by_number(settings_, user) : by_id(settings_, user);
    auto person = TRY(contacts_.come_in(system.organisation(), first, {language, channels::country_of(user)}));
    if (!user.user_id.empty() && !user.number.empty())
        TRY(contacts_.belongs_to(system.organisation(), *person.person(), by_number(settings_, user)));
    return person;
}

Result<void> WhatsappDesk::take(const Actor& system, const WhatsappInbound& message, Worked& worked) const
{
    if (message.phone_number_id != settings_.phone_number_id)
        return {}; // another number of the same account
    const auto hash = TRY(hash_of(system, "whatsapp_message", message.id));
    bool before = false;
    Instant now;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        now = reading.now();
        before = TRY(seen(reading, hash));
        return {};
    }));
    if (before) {
        ++worked.repeats;
        return {};
    }
    if (channels::too_old(message.at, now)) {
        ++worked.set_aside;
        return {};
    }
    auto person = TRY(who(system, message.user));
    if (!person && !TRY(gate_())) {
        const auto urgency = conversations_.judged(message.words).urgency;
        if (urgency != Urgency::Today && urgency != Urgency::Now) {
            ++worked.set_aside;
            return record_.write(system, [&](trust::Writing& writing) { return remember_seen(writing, hash); });
        }
    }
    ++worked.messages;
    // A reaction is an answer only when it says something that a human has to see.
    const bool weighs = message.kind != Kind::Reaction ||
                        (!message.words.empty() && [&] {
                            const auto urgency = conversations_.judged(message.words).urgency;
                            return urgency == Urgency::Today || urgency == Urgency::Now;
                        }());
    if (speaks(message.kind) && weighs) {
        if (!person)
            person = TRY(newcomer(system, message.user, message.words));
        auto done = answer(system, message, *person, hash);
        if (done.ok() || done.error().kind == ErrorKind::Unavailable)
            return done;
        // What cannot be kept as it is must not stand in the way of everything after it.
        return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            if (done.error().kind != ErrorKind::NotFound) // erased in between
                TRY(tell_staff(writing, alerts_, *person->person(), {}, Urgency::Unknown,
                               "A message on WhatsApp could not be taken in. Ask the person what they wrote."));
            return remember_seen(writing, hash);
        });
    }
    if (message.kind == Kind::NewNumber && person && !message.new_number.empty()) {
        const WhatsappUser fresh{message.user.user_id, message.new_number};
        TRY(contacts_.belongs_to(system.organisation(), *person->person(), by_number(settings_, fresh)));
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            auto line = TRY(read_line(writing, *person->person()));
            if (!line)
                return {};
            line->user.number = message.new_number;
            return save_line(writing, *person->person(), *line);
        }));
    }
    return record_.write(system, [&](trust::Writing& writing) { return remember_seen(writing, hash); });
}

Result<void> WhatsappDesk::answer(const Actor& system, const WhatsappInbound& message, const Actor& person,
                                  const RawId& hash) const
{
    const auto id = *person.person();
    const auto words = std::string(trimmed(message.words));
    const bool said = message.kind == Kind::Words || message.kind == Kind::Choice || message.kind == Kind::Edit;
    // A choice that we offered may read "Stop" and mean an exercise.
    const bool typed = said && message.choice.empty();
    const bool stop = typed && texts_.stops(words);
    const bool start = typed && texts_.starts(words);
    const bool age = message.kind == Kind::Choice && message.choice.rfind("a|", 0) == 0;
    const auto finding = conversations_.judged(words);
    const bool pressing = need(finding.urgency) >= need(Urgency::Today) && finding.urgency != Urgency::Unknown;
    bool away = !channels::serves(settings_.countries, message.user) && !pressing;
    if (away) // whoever was in danger a moment ago is not sent elsewhere
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            away = !TRY(alerts_.open_alert(reading, id)).has_value();
            return {};
        }));
    const bool unread = !said && message.kind != Kind::Reaction;

    std::optional<support::Exchange> exchange;
    const auto client_id = "whatsapp-" + message.id;
    if (!words.empty() && !stop && !start && !age && !away) {
        if (message.kind == Kind::Choice && message.choice.rfind("c|", 0) == 0) {
            const auto bar = message.choice.find('|', 2);
            const auto asked = MessageId::from(message.choice.substr(2, bar - 2));
            if (asked.ok() && bar != std::string::npos)
                if (auto chosen = conversations_.choose(person, *asked, message.choice.substr(bar + 1)); chosen.ok())
                    exchange = *std::move(chosen);
        }
        if (!exchange)
            exchange = TRY(conversations_.write(person, words, client_id, "whatsapp"));
    }

    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        if (TRY(seen(writing, hash)))
            return {};
        const auto now = writing.now();
        const auto language = TRY(care::read_person_state(writing, id)).language;
        const auto service = TRY(service_.read(writing)).name;
        const std::map<std::string, std::string> filling{{"service", service}, {"link", settings_.link}};
        const auto say = [&](std::string_view key) { return texts_.text(language, key, filling); };
        auto line = TRY(read_line(writing, id)).value_or(WhatsappLine{});
        if (!message.user.user_id.empty())
            line.user.user_id = message.user.user_id;
        if (!message.user.number.empty())
            line.user.number = message.user.number;
        const bool stopped_before = line.stopped();
        line.last_inbound = std::max(line.last_inbound, message.at);
        for (const auto& job : line.held)
            TRY(release(writing, TRY(WhatsappJobId::from(job))));
        line.held.clear();

        ToSend own;
        own.id = WhatsappJobId::at(now);
        own.person = id;
        own.since = now;
        const auto put = [&](std::string text) -> Result<void> {
            own.text = std::move(text);
            return put_to_send(writing, own, now);
        };
        const bool danger = exchange && (need(exchange->message.urgency) >= need(Urgency::Today) ||
                                         std::ranges::any_of(exchange->replies, is_crisis));
        const auto greeting = say("hello") + "\n\n" + say("meta") + "\n\n" + say("opt_in");
        const bool first = !line.greeted;
        std::string before; // stands before the reply, in the same message
        if (first && !stop && !away)
            before = danger ? say("hello_short") + "\n\n" : greeting + "\n\n";
        if (unread && !stop && !away)
            before += say(message.kind == Kind::Voice        ? "voice"
                          : message.kind == Kind::Unreadable ? "unreadable"
                                                             : "media") +
                      "\n" + TRY(options(writing, id, language)) + "\n\n";
        if (stop) {
            line.stopped_at = line.last_inbound;
            line.may_write_first = false;
            own.always = true;
            if (!stopped_before)
                TRY(put(say("stopped")));
        } else if (start) {
            line.stopped_at = std::nullopt;
            line.may_write_first = true;
            line.greeted = true;
            TRY(put(before + say("started")));
        } else if (age) {
            const auto band = message.choice.substr(2);
            if (contacts_.set_age_band(writing, id, band).ok())
                TRY(put(before + say("age_thanks") +
                        (band == "under_13" ? "\n\n" + TRY(options(writing, id, language)) : std::string{})));
        } else if (away) {
            TRY(put(say("country_off") + "\n\n" + TRY(options(writing, id, language))));
        } else {
            line.greeted = true;
            if (exchange)
                TRY(carry(writing, line, id, exchange->message.conversation,
                          first ? std::optional{exchange->message.at} : std::nullopt, before));
            else
                TRY(put(std::string(trimmed(before.empty() ? say("unreadable") : before))));
            if (first && danger) {
                own.id = WhatsappJobId::at(now + std::chrono::microseconds{900});
                TRY(put(say("meta") + "\n\n" + say("opt_in")));
            } else if (!danger && !line.age_asked) {
                // Never in the middle of a disclosure (safety.md F1): then with the next message.
                line.age_asked = true;
                own.id = WhatsappJobId::at(now + std::chrono::microseconds{900});
                own.ask_age = true;
                TRY(put(say("age")));
            }
        }
        TRY(save_line(writing, id, line));
        TRY(remember_seen(writing, hash));
        writing.note({"receive.whatsapp", id, "person", id, {}, {}});
        return {};
    });
}

Result<std::string> WhatsappDesk::options(trust::Reading& reading, PersonId person, const std::string& language) const
{
    const auto state = TRY(care::read_person_state(reading, person));
    const auto service = TRY(service_.read(reading));
    const auto* country = state.country.empty() ? nullptr : lines_.country(state.country);
    if (country == nullptr || country->emergency.empty()) {
        std::string directory;
        for (const auto& each : lines_.international())
            directory += (directory.empty() ? "" : ", ") + each.url;
        return texts_.text(language, "danger_anywhere", {{"directory", directory}});
    }
    const auto numbers = content::emergency_for(*country, Category::None);
    auto text = texts_.text(language, "danger_call",
                            {{"emergency", numbers.empty() ? country->emergency.front().number : numbers.front().number}});
    std::set<std::string, std::less<>> accepted;
    for (const auto& each : service.lines)
        accepted.insert(each.line);
    const bool minor = state.age_band == "under_13" || state.age_band == "13_17";
    for (const auto& line : content::fitting(lines_.accepted(country->iso, accepted), Category::None, minor))
        if (!line.phone.empty()) {
            text += "\n" + texts_.text(language, "danger_line", {{"name", line.name}, {"phone", line.phone}});
            break;
        }
    return text;
}

Result<void> WhatsappDesk::carry(trust::Writing& writing, WhatsappLine& line, PersonId person,
                                 ConversationId conversation, std::optional<Instant> after,
                                 std::string first_text) const
{
    auto at = writing.now();
    for (const auto& said : TRY(support::messages_of(writing, conversation, std::nullopt, looked_at))) {
        if (said.id <= line.sent_through || said.author == support::Author::Person)
            continue;
        line.sent_through = said.id;
        // On first contact the opening words of a web page are left out: `first_text` says the same of this channel.
        if (after && said.at <= *after)
            continue;
        ToSend one;
        one.id = WhatsappJobId::at(at);
        one.person = person;
        one.conversation = conversation;
        one.message = said.id;
        one.text = std::exchange(first_text, {});
        one.since = writing.now();
        TRY(put_to_send(writing, one, writing.now()));
        at += std::chrono::microseconds{1};
    }
    if (!first_text.empty()) { // a human has the conversation: only what the channel itself has to say
        ToSend one;
        one.id = WhatsappJobId::at(at);
        one.person = person;
        one.conversation = conversation;
        one.text = std::string(trimmed(first_text));
        one.since = writing.now();
        TRY(put_to_send(writing, one, writing.now()));
    }
    return {};
}

Result<int> WhatsappDesk::carry_over(const Actor& system)
{
    struct Changed {
        ConversationId conversation;
        PersonId person;
        Instant at;
    };
    std::vector<Changed> changed;
    Instant now;
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        now = reading.now();
        changed.clear();
        // After a start all of what may still be sent is looked at once; who was served already is skipped by their line.
        const auto from = carried_to_ == Instant{} ? now - channels::whatsapp_remembered : carried_to_;
        for (const auto* state : {"ai", "waiting", "human"})
            for (const auto& row : TRY(reading.rows(select_changed, {state, from})))
                changed.push_back({row[0].id<ConversationId>(), row[1].id<PersonId>(), row[2].instant()});
        return {};
    }));
    int carried = 0;
    for (const auto& each : changed) {
        if (const auto known = carried_.find(each.conversation); known != carried_.end() && known->second >= each.at)
            continue;
        auto done = record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            auto line = TRY(read_line(writing, each.person));
            if (!line || !line->greeted)
                return {};
            const auto before = line->sent_through;
            TRY(carry(writing, *line, each.person, each.conversation, std::nullopt, {}));
            if (line->sent_through == before)
                return {};
            ++carried;
            return save_line(writing, each.person, *line);
        });
        if (!done.ok() && done.error().kind != ErrorKind::NotFound) // erased in between
            return done.error();
        carried_[each.conversation] = each.at;
    }
    // Commits of other nodes may come to light a little later than their instant.
    carried_to_ = now - std::chrono::minutes{2};
    std::erase_if(carried_, [&](const auto& each) { return each.second < carried_to_; });
    return carried;
}

Result<void> WhatsappDesk::note_status(const Actor& system, const channels::WhatsappStatus& status,
                                       Worked& worked) const
{
    if (status.phone_number_id != settings_.phone_number_id)
        return {};
    const auto hash = TRY(hash_of(system, "whatsapp_sent", status.id));
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        auto sent = TRY(sent_message(writing, hash));
        const auto before = sent && sent->state >= 0 ? static_cast<channels::WhatsappStatus::State>(sent->state)
                                                     : channels::WhatsappStatus::State::Other;
        if (!sent || !channels::moves_up(before, status.state))
            return {};
        ++worked.statuses;
        sent->state = static_cast<std::int64_t>(status.state);
        TRY(remember_sent_message(writing, hash, *sent));
        if (status.state != channels::WhatsappStatus::State::Failed || sent->message.empty())
            return {};
        const auto message = support::read_message(writing, sent->conversation, sent->message);
        if (!message.ok())
            return {}; // erased, or its time was over
        if (is_crisis(*message))
            return tell_staff(writing, alerts_, sent->person, sent->conversation, urgency_of(*message),
                              "Words for danger did not reach the person: WhatsApp could not deliver them. Reach the "
                              "person another way.");
        if (message->author == support::Author::Human)
            return tell_staff(writing, alerts_, sent->person, sent->conversation, Urgency::Today,
                              "What a colleague wrote did not reach the person: WhatsApp could not deliver it.");
        return {};
    });
}

} // namespace handrail::errands
