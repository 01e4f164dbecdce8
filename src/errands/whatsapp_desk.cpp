#include "errands/whatsapp_desk.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/crypto.h"
#include "base/fingerprint.h"
#include "base/text.h"
#include "care/findings.h"
#include "care/heard.h"
#include "channels/whatsapp_countries.h"
#include "channels/whatsapp_window.h"
#include "content/crisis_lines.h"
#include "errands/whatsapp_reminder.h"
#include "support/spoken.h"
#include "trust/consent_desk.h"

namespace handrail::errands {

namespace {

using Kind = channels::WhatsappInbound::Kind;
using channels::WhatsappInbound;
using channels::WhatsappUser;

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

support::ConversationDesk::Answers WhatsappSettings::answers(const WhatsappUser& user) const
{
    const bool unknown = user.number.empty() && channels::country_of(user).empty();
    const bool people = channels::serves(people_answer, user) || (!people_answer.empty() && unknown);
    return people ? support::ConversationDesk::Answers::People : support::ConversationDesk::Answers::Ai;
}

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
    AllSpeaking speaking;
    // Read first, so that a quiet second costs no commit.
    TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
        deliveries = TRY(kept_deliveries(reading));
        speaking.clear();
        for (const auto& note : TRY(voice_notes(reading)))
            speaking[note.person] = {note.message.at, note.since + waits_for_voice};
        return {};
    }));
    // Meta promises no order: what waits together is taken in the order in which it was written.
    struct InDelivery {
        std::size_t delivery;
        WhatsappInbound message;
    };
    std::vector<InDelivery> messages;
    std::vector<channels::WhatsappStatus> statuses;
    std::vector<std::optional<Instant>> waits(deliveries.size()); // for a voice note that came before
    for (std::size_t i = 0; i < deliveries.size(); ++i)
        if (auto event = channels::read_event(deliveries[i].body); event.ok()) {
            for (auto& message : event->messages)
                messages.push_back({i, std::move(message)});
            std::ranges::move(event->statuses, std::back_inserter(statuses));
        }
    std::ranges::stable_sort(messages, {}, [](const InDelivery& each) { return each.message.at; });
    const auto my_turn = [&]() -> Result<bool> {
        bool mine = false;
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            mine = TRY(take_turn(writing, "whatsapp-inbound", holder_));
            return {};
        }));
        return mine;
    };
    for (const auto& [delivery, message] : messages) {
        if (!TRY(my_turn()))
            return worked;
        if (const auto until = TRY(take(system, message, worked, speaking)))
            waits[delivery] = std::max(until, waits[delivery]);
    }
    for (const auto& status : statuses) {
        if (!TRY(my_turn()))
            return worked;
        TRY(note_status(system, status, worked));
    }
    if (!deliveries.empty())
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            for (std::size_t i = 0; i < deliveries.size(); ++i)
                TRY(waits[i] ? put_off_delivery(writing, deliveries[i].id, *waits[i])
                             : drop_job(writing, deliveries[i].id));
            return {};
        }));
    return worked;
}

Result<std::optional<Actor>> WhatsappDesk::who(const Actor& system, const WhatsappUser& user) const
{
    const auto organisation = system.organisation();
    const auto by_its_id = user.user_id.empty() ? std::optional<Actor>{}
                                                : TRY(contacts_.known(organisation, by_id(user)));
    const auto by_its_number = user.number.empty() ? std::optional<Actor>{}
                                                   : TRY(contacts_.known(organisation, by_number(user)));
    // A number that somebody made part of their account stays theirs, whatever the id led to.
    if (by_its_id && by_its_number && *by_its_id->person() != *by_its_number->person()) {
        bool joined = false;
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            const auto line = TRY(read_line(reading, *by_its_number->person()));
            joined = line && line->joined_at;
            return {};
        }));
        if (joined) {
            TRY(contacts_.belongs_to(organisation, *by_its_number->person(), by_id(user)));
            return by_its_number;
        }
    }
    // The delivery names both: from now on both lead to one person, and the id decides which.
    if (by_its_id && !user.number.empty())
        TRY(contacts_.belongs_to(organisation, *by_its_id->person(), by_number(user)));
    if (!by_its_id && by_its_number && !user.user_id.empty())
        TRY(contacts_.belongs_to(organisation, *by_its_number->person(), by_id(user)));
    return by_its_id ? by_its_id : by_its_number;
}

Result<Actor> WhatsappDesk::newcomer(const Actor& system, const WhatsappUser& user, const std::string& words) const
{
    auto language = conversations_.judged(words).lang;
    const auto spoken = texts_.languages();
    if (std::find(spoken.begin(), spoken.end(), language) == spoken.end())
        language = "en";
    const auto first = user.user_id.empty() ? by_number(user) : by_id(user);
    auto person = TRY(contacts_.come_in(system.organisation(), first, {language, channels::country_of(user)}));
    if (!user.user_id.empty() && !user.number.empty())
        TRY(contacts_.belongs_to(system.organisation(), *person.person(), by_number(user)));
    return person;
}

bool WhatsappDesk::presses(const WhatsappInbound& message) const
{
    const auto urgency = conversations_.judged(message.words).urgency;
    return urgency == Urgency::Today || urgency == Urgency::Now;
}

Result<std::optional<Instant>> WhatsappDesk::take(const Actor& system, const WhatsappInbound& message, Worked& worked,
                                                  AllSpeaking& speaking) const
{
    constexpr std::optional<Instant> taken;
    if (message.phone_number_id != settings_.phone_number_id)
        return taken; // another number of the same account
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
        return taken;
    }
    if (channels::too_old(message.at, now)) {
        ++worked.set_aside;
        return taken;
    }
    const auto only_remember = [&]() -> Result<std::optional<Instant>> {
        TRY(record_.write(system, [&](trust::Writing& writing) { return remember_seen(writing, hash); }));
        return taken;
    };
    auto person = TRY(who(system, message.user));
    if (message.kind == Kind::Words && channels::serves(settings_.countries, message.user))
        if (const auto digits = texts_.link_code(message.words))
            if (TRY(join(system, message, *digits, person, hash))) {
                ++worked.messages;
                return taken;
            }
    if (!person && !TRY(gate_()) && !presses(message)) {
        ++worked.set_aside;
        return only_remember();
    }
    if (person && message.kind == Kind::Voice &&
        TRY(keep_to_hear(system, message, *person->person(), hash, speaking))) {
        ++worked.messages;
        return taken;
    }
    if (person && message.kind != Kind::Voice && speaks(message.kind) && !texts_.stops(message.words) &&
        !texts_.refuses_voice(message.words))
        if (const auto voice = speaking.find(*person->person());
            voice != speaking.end() && voice->second.spoken_at <= message.at && now < voice->second.waits_until &&
            !presses(message))
            return std::optional{voice->second.waits_until};
    ++worked.messages;
    // A reaction is an answer only when it says something that a human has to see.
    const bool weighs = message.kind != Kind::Reaction || (!message.words.empty() && presses(message));
    if (speaks(message.kind) && weighs) {
        if (!person)
            person = TRY(newcomer(system, message.user, message.words));
        auto done = answer(system, message, *person, hash);
        TRY(settle(system, *person->person(), hash, std::move(done)));
        return taken;
    }
    if (message.kind == Kind::NewNumber && person && !message.new_number.empty()) {
        const WhatsappUser fresh{message.user.user_id, message.new_number};
        TRY(contacts_.belongs_to(system.organisation(), *person->person(), by_number(fresh)));
        TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
            auto line = TRY(read_line(writing, *person->person()));
            if (!line)
                return {};
            line->user.number = message.new_number;
            return save_line(writing, *person->person(), *line);
        }));
    }
    return only_remember();
}

Result<void> WhatsappDesk::settle(const Actor& system, PersonId person, const RawId& hash, Result<void> done) const
{
    if (done.ok() || done.error().kind == ErrorKind::Unavailable)
        return done;
    // What cannot be kept as it is must not stand in the way of everything after it.
    return record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        if (done.error().kind != ErrorKind::NotFound) // erased in between
            TRY(tell_staff(writing, alerts_, person, {}, Urgency::Unknown,
                           "A message on WhatsApp could not be taken in. Ask the person what they wrote."));
        return remember_seen(writing, hash);
    });
}

Result<void> WhatsappDesk::answer(const Actor& system, const WhatsappInbound& message, const Actor& person,
                                  const RawId& hash) const
{
    const auto id = *person.person();
    const auto words = std::string(trimmed(message.words));
    const bool spoken = message.kind == Kind::Spoken;
    const bool said =
        spoken || message.kind == Kind::Words || message.kind == Kind::Choice || message.kind == Kind::Edit;
    // A choice that we offered may read "Stop" and mean an exercise; a voice may have said something like it.
    const bool typed = said && !spoken && message.choice.empty();
    const bool stop = typed && texts_.stops(words);
    const bool start = typed && texts_.starts(words);
    const bool age = message.kind == Kind::Choice && message.choice.rfind("a|", 0) == 0;
    const bool may_read = message.kind == Kind::Choice && message.choice.rfind("r|", 0) == 0;
    const bool wrong_code = typed && texts_.link_code(words).has_value();
    const bool agrees = typed && settings_.transcriber.on() && texts_.agrees_to_voice(words);
    const bool refuses = typed && settings_.transcriber.on() && texts_.refuses_voice(words);
    const auto finding = conversations_.judged(words);
    const bool pressing = need(finding.urgency) >= need(Urgency::Today) && finding.urgency != Urgency::Unknown;
    bool away = !channels::serves(settings_.countries, message.user) && !pressing;
    if (away) // whoever was in danger a moment ago is not sent elsewhere
        TRY(record_.read(system, [&](trust::Reading& reading) -> Result<void> {
            away = !TRY(alerts_.open_alert(reading, id)).has_value();
            return {};
        }));
    const bool unread = !said && message.kind != Kind::Reaction;

    const auto answers = settings_.answers(message.user);
    std::optional<support::Exchange> exchange;
    const auto client_id = (spoken ? std::string(support::voice_note_mark) : "whatsapp-") + message.id;
    if (!words.empty() && !stop && !start && !age && !may_read && !agrees && !refuses && !wrong_code && !away) {
        if (message.kind == Kind::Choice && message.choice.rfind("c|", 0) == 0) {
            const auto bar = message.choice.find('|', 2);
            const auto asked = MessageId::from(message.choice.substr(2, bar - 2));
            if (asked.ok() && bar != std::string::npos)
                if (auto chosen = conversations_.choose(person, *asked, message.choice.substr(bar + 1), answers); chosen.ok())
                    exchange = *std::move(chosen);
        }
        if (!exchange)
            exchange = TRY(conversations_.write(person, words, client_id, "whatsapp", answers));
    }

    bool leaves = false; // what was joined to an account, by STOP
    TRY(record_.write(system, [&](trust::Writing& writing) -> Result<void> {
        leaves = false;
        if (TRY(seen(writing, hash)))
            return {};
        const auto now = writing.now();
        const auto language = TRY(care::read_person_state(writing, id)).language;
        const auto service = TRY(service_.read(writing)).name;
        const std::map<std::string, std::string> filling{
            {"service", service}, {"link", settings_.link}, {"to", settings_.transcriber.told()}};
        const auto say = [&](std::string_view key) { return texts_.text(language, key, filling); };
        auto line = TRY(read_line(writing, id)).value_or(WhatsappLine{});
        if (!message.user.user_id.empty())
            line.user.user_id = message.user.user_id;
        if (!message.user.number.empty())
            line.user.number = message.user.number;
        if (!stop)
            line.left_at.reset(); // it leads to them after all
        const bool stopped_before = line.stopped();
        line.last_inbound = std::max(line.last_inbound, message.at);
        for (const auto& job : line.held)
            TRY(release(writing, TRY(WhatsappJobId::from(job))));
        line.held.clear();
        if (!stop)
            TRY(remind_who_wrote(writing, id, line));

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
                          : message.kind == Kind::Unheard    ? "voice_unheard"
                          : message.kind == Kind::Unreadable ? "unreadable"
                                                             : "media") +
                      "\n" + TRY(options(writing, id, language)) + "\n\n";
        if (message.kind == Kind::Voice && settings_.transcriber.on() && !stop && !away) {
            before += say("voice_ask") + "\n\n";
            line.voice_asked = settings_.transcriber.named();
        }
        if (spoken && exchange && exchange->message.urgency == Urgency::Unknown) // a human is asked, and so are they
            before += say("voice_unheard") + "\n\n";
        if (stop && line.shared()) {
            leaves = true;
            if (line.joined_at)
                TRY(take_away(writing, id, line, say("stopped") + " " + say("unlinked")));
            return {}; // seen when the number leads to nobody any more
        }
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
        } else if (wrong_code && !away) {
            line.greeted = true;
            TRY(put(before + say("link_wrong")));
        } else if ((agrees || refuses) && !away) {
            line.greeted = true;
            // Nobody agrees to somebody who was not named to them.
            const bool asked = line.voice_asked == settings_.transcriber.named();
            line.voice_asked = settings_.transcriber.named();
            if (asked || refuses)
                TRY(trust::ConsentDesk(record_).put(
                    writing, id, {{"voice_notes", agrees, settings_.transcriber.named(), std::nullopt}}));
            TRY(put(before + say(refuses ? "voice_no" : asked ? "voice_yes" : "voice_ask")));
        } else if (age) {
            const auto band = message.choice.substr(2);
            if (contacts_.set_age_band(writing, id, band).ok())
                TRY(put(before + say("age_thanks") +
                        (band == "under_13" ? "\n\n" + TRY(options(writing, id, language)) : std::string{})));
        } else if (may_read) {
            const bool yes = message.choice == "r|yes";
            line.reading_asked = true;
            const auto wording = "whatsapp-" + Fingerprint{}.take(say("reading_ask")).text();
            TRY(trust::ConsentDesk(record_).put(writing, id, {{"staff_reading", yes, wording, std::nullopt}}));
            TRY(put(before + say(yes ? "reading_thanks" : "reading_refused")));
        } else if (away) {
            TRY(put(say("country_off") + "\n\n" + TRY(options(writing, id, language))));
        } else {
            line.greeted = true;
            if (exchange)
                line.written_here = exchange->message.id;
            if (exchange)
                TRY(carry(writing, line, id, exchange->message.conversation,
                          first ? std::optional{exchange->message.at} : std::nullopt, before));
            else
                TRY(put(std::string(trimmed(before.empty() ? say("unreadable") : before))));
            if (first && danger) {
                own.id = WhatsappJobId::at(now + std::chrono::microseconds{900});
                TRY(put(say("meta") + "\n\n" + say("opt_in")));
            } else if (!danger && !line.reading_asked && answers == support::ConversationDesk::Answers::People &&
                       !TRY(trust::ConsentDesk(record_).granted(writing, id, "staff_reading"))) {
                line.reading_asked = true;
                own.id = WhatsappJobId::at(now + std::chrono::microseconds{900});
                own.ask_reading = true;
                TRY(put(say("reading_ask")));
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
    }));
    if (!leaves)
        return {};
    TRY(contacts_.let_go(system.organisation(), id, {whatsapp_user_field, whatsapp_number_field}));
    return record_.write(system, [&](trust::Writing& writing) { return remember_seen(writing, hash); });
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

} // namespace handrail::errands
