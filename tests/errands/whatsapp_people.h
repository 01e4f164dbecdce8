#pragma once

#include <gmock/gmock.h>

#include "content/crisis_lines.h"
#include "errands/desks.h"
#include "errands/graph_stand_in.h"
#include "errands/whatsapp_desk.h"
#include "errands/whatsapp_outbox.h"
#include "language/curl_transport.h"

// A person, Meta's deliveries, and the stand-in of its API, over the same desks as everything else.
namespace handrail::errands {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;

inline const std::string danger = "I am going to kill myself tonight";

class WhatsApp : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        settings.on = true;
        settings.phone_number_id = "106";
        settings.app_secret = "secret";
        settings.token = "token";
        settings.graph_url = graph.url();
        settings.countries = {"+353", "+1"};
        settings.link = "https://help.example.org";
        restart();
    }
    void TearDown() override
    {
        for (const auto& each : graph.wrong())
            ADD_FAILURE() << "Meta would have refused: " << each;
    }

    /// New desks on the same store, as after a crash.
    void restart()
    {
        auto& house = *desks->house;
        desk = std::make_unique<WhatsappDesk>(*house.record, *house.keyring, desks->conversations, desks->service,
                                              desks->alerts, lines, texts, settings, [this] { return open; });
        outbox = std::make_unique<WhatsappOutbox>(*house.record, *house.keyring, desks->service, desks->alerts, texts,
                                                  transport, desk->settings());
    }

    Actor system() const { return desks->house->system(); }
    Instant now() const { return desks->house->clock.now(); }
    void pass(Duration length) { desks->house->clock.pass(length); }
    std::string seconds_text(Instant at) const
    {
        return std::to_string(std::chrono::duration_cast<seconds>(at.time_since_epoch()).count());
    }
    /// One message as it stands in a delivery.
    std::string message(const std::string& id, const std::string& rest, const std::string& from = "353871234567",
                        std::optional<Instant> at = {}) const
    {
        return R"({"from":")" + from + R"(","id":"wamid.)" + id + R"(","timestamp":")" +
               seconds_text(at.value_or(now())) + R"(",)" + rest + "}";
    }
    static std::string text(const std::string& words)
    {
        return R"("type":"text","text":{"body":")" + words + "\"}";
    }
    static std::string delivery(const std::string& messages, const std::string& statuses = {},
                                const std::string& contacts = {})
    {
        return R"({"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{)"
               R"("metadata":{"phone_number_id":"106"},"contacts":[)" +
               contacts + R"(],"messages":[)" + messages + R"(],"statuses":[)" + statuses + "]}}]}]}";
    }
    void receive(const std::string& body)
    {
        pass(std::chrono::milliseconds{1});
        must(desk->receive(system(), body));
    }
    WhatsappDesk::Worked work() { return must(desk->work(system())); }
    WhatsappOutbox::Sent send()
    {
        must(desk->carry_over(system()));
        return must(outbox->send_due(system()));
    }
    /// A message comes, is worked off, and what it leads to is sent.
    std::vector<GraphStandIn::Received> writes(const std::string& id, const std::string& rest,
                                               const std::string& from = "353871234567")
    {
        const auto before = graph.received().size();
        receive(delivery(message(id, rest, from)));
        work();
        pass(seconds{1});
        send();
        const auto all = graph.received();
        return {all.begin() + static_cast<std::ptrdiff_t>(before), all.end()};
    }
    /// A person whom the channel knows already: greeted, and their age asked.
    PersonId known()
    {
        writes("hello", text("hello"));
        return person("353871234567");
    }
    PersonId person(const std::string& number) const
    {
        auto& house = *desks->house;
        const auto found = must(house.keyring->look_up(house.organisation, "whatsapp_number", "106/" + number));
        return found.value_or(PersonId{});
    }
    PersonId person_of_id(const std::string& id) const
    {
        auto& house = *desks->house;
        return must(house.keyring->look_up(house.organisation, "whatsapp_user", "106/" + id)).value_or(PersonId{});
    }
    std::vector<support::Message> record_of(PersonId id) const
    {
        std::vector<support::Message> all;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            all = TRY(support::messages_of_person(reading, id, std::nullopt, 50));
            return {};
        }));
        return all;
    }
    support::Message last_of(PersonId id, support::Author author) const
    {
        for (const auto& each : record_of(id))
            if (each.author == author)
                return each;
        throw std::runtime_error("nothing was said");
    }
    std::int64_t jobs(const std::string& kind) const
    {
        std::int64_t number = -1;
        must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            const rows::Statement all{"test.jobs", "SELECT COUNT(*) FROM job WHERE organisation = $1 AND kind = $2"};
            number = TRY(reading.rows(all, {kind})).front()[0].number();
            return {};
        }));
        return number;
    }
    int steps(PersonId id, const std::string& kind) const
    {
        const auto alert = desks->alert(id);
        if (!alert)
            return 0;
        const auto whole = must(desks->alerts.find(system(), alert->id));
        return static_cast<int>(
            std::ranges::count_if(whole.path, [&](const auto& step) { return step.kind == kind; }));
    }

    GraphStandIn graph;
    const content::CrisisLines lines = must(content::CrisisLines::load(content_folder));
    const channels::WhatsappTexts texts = must(channels::WhatsappTexts::load(content_folder));
    const language::CurlTransport transport;
    WhatsappSettings settings;
    bool open = true; ///< the service, for people who are new to it
    std::unique_ptr<WhatsappDesk> desk;
    std::unique_ptr<WhatsappOutbox> outbox;
};

} // namespace handrail::errands
