#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "errands/alert_deliveries.h"
#include "errands/desks.h"
#include "errands/pager_stand_in.h"
#include "errands/smtp_stand_in.h"
#include "language/curl_mail.h"
#include "language/curl_transport.h"
#include "trust/staff_contact.h"

/// A service whose alerts leave it, to a pager and a mail server that fail when they are told to.
namespace handrail::errands {

class AlertSending : public OnBothStores {
protected:
    void SetUp() override
    {
        OnBothStores::SetUp();
        if (IsSkipped())
            return;
        auto& house = *desks->house;
        maeve = house.staff(Role::Clinician, "maeve", {house.team});
        idris = house.staff(Role::Clinician, "idris", {house.team});
        ruth = house.staff(Role::Lead, "ruth");
        kit = house.staff(Role::Administrator, "kit");
        ada = house.person("Ada Quillfeather");
        settings.link = "https://talk.example.org";
        settings.pager = {pager.url(), key};
        settings.mail.server = mail.url();
        settings.mail.tls = false;
        settings.mail.from = "handrail@service.example";
        settings.mail.texts = test::must(
            channels::AlertMailTexts::load(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "content"));
        deliveries = node();
    }
    void TearDown() override
    {
        for (const auto& each : pager.wrong())
            ADD_FAILURE() << "A receiver would have refused: " << each;
    }

    std::unique_ptr<AlertDeliveries> node() const
    {
        return std::make_unique<AlertDeliveries>(*desks->house->record, AlertDeliveries::Ways{web, letters}, settings);
    }
    Actor system() const { return desks->house->system(); }
    void pass(Duration length) { desks->house->clock.pass(length); }
    care::Alert alert() { return *desks->alert(*ada->person()); }
    void in_danger() { test::must(desks->conversations.write(*ada, danger, {})); }
    void reach(const Actor& staff, const std::string& address, const std::string& phone = {})
    {
        test::must(trust::change_staff_contact(*desks->house->record, *kit, staff.account(), {address, phone, true}));
    }
    /// Whom the pager was told to call, from one of its calls on.
    std::vector<std::string> called(std::size_t from = 0) const
    {
        std::vector<std::string> accounts;
        const auto calls = pager.calls();
        for (auto each = from; each < calls.size(); ++each) {
            const auto& to = calls[each].body.at("to").as_object();
            accounts.push_back(to.contains("account") ? std::string(to.at("account").as_string()) : "");
        }
        return accounts;
    }
    std::vector<care::Delivery> kept(AlertId of) const
    {
        std::vector<care::Delivery> all;
        test::must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            all = TRY(care::deliveries_of(reading, of));
            return {};
        }));
        return all;
    }
    std::vector<care::DeliveryTrouble> troubles() const
    {
        std::vector<care::DeliveryTrouble> all;
        test::must(desks->house->record->read(system(), [&](trust::Reading& reading) -> Result<void> {
            all = TRY(care::delivery_troubles(reading));
            return {};
        }));
        return all;
    }
    static std::string id(const std::optional<Actor>& of) { return of->account().text(); }

    const std::string danger = "I am going to kill myself tonight";
    const std::string key = "a secret of more than 24 bytes";
    PagerStandIn pager{key};
    SmtpStandIn mail;
    language::CurlTransport web;
    language::CurlMail letters;
    DeliverySettings settings;
    std::unique_ptr<AlertDeliveries> deliveries;
    std::optional<Actor> maeve, idris, ruth, kit, ada;
};

} // namespace handrail::errands
