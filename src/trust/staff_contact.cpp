#include "trust/staff_contact.h"

#include <algorithm>

#include "base/phone_number.h"
#include "base/text.h"
#include "trust/account_row.h"

namespace handrail::trust {

namespace {

Result<AccountRow> row_of(Reading& reading, AccountId account)
{
    const auto& actor = reading.actor();
    if (actor.role() != Role::Administrator && actor.role() != Role::System && actor.account() != account)
        return not_allowed("Only an administrator sees how others are reached.");
    auto row = TRY(account_row(reading, account));
    if (row.person)
        return not_found("There is no such member of staff.");
    return row;
}

Result<std::string> checked_mail(std::string_view written)
{
    const std::string mail(trimmed(written));
    const auto at = mail.find('@');
    const bool plain = std::all_of(mail.begin(), mail.end(), [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
    if (!mail.empty() && (!plain || mail.size() > 254 || at == std::string::npos || at == 0 || at + 1 == mail.size()))
        return invalid("An e-mail address is written like name@example.org.", "work_mail");
    return mail;
}

Result<std::string> checked_phone(std::string_view written)
{
    if (trimmed(written).empty())
        return std::string{};
    const auto phone = phone_number(written);
    if (!phone)
        return invalid("A number is written with its country, like +353 87 123 4567.", "work_phone");
    return *phone;
}

} // namespace

Result<StaffContact> staff_contact(Reading& reading, AccountId account)
{
    const auto row = TRY(row_of(reading, account));
    const auto profile = TRY(open_profile(reading, row));
    return StaffContact{profile.work_mail, profile.work_phone, !row.suspended,
                        profile.no_texts_to.empty() || profile.no_texts_to != profile.work_phone};
}

Result<StaffContact> staff_contact(Record& record, const Actor& actor, AccountId account)
{
    StaffContact contact;
    TRY(record.read(actor, [&](Reading& reading) -> Result<void> {
        contact = TRY(staff_contact(reading, account));
        return {};
    }));
    return contact;
}

Result<void> change_staff_contact(Record& record, const Actor& actor, AccountId account, const StaffContact& contact)
{
    const auto mail = TRY(checked_mail(contact.mail));
    const auto phone = TRY(checked_phone(contact.phone));
    return record.write(actor, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(row_of(writing, account));
        auto profile = TRY(open_profile(writing, row));
        profile.work_mail = mail;
        profile.work_phone = phone;
        profile.no_texts_to.clear();
        TRY(save_profile(writing, row, profile));
        writing.note({"change.contact", {}, "account", account, {}, {}});
        return {};
    });
}

Result<void> end_texts(Record& record, const Actor& system, AccountId account, const std::string& phone)
{
    if (system.role() != Role::System)
        return not_allowed("Only the service itself does this.");
    return record.write(system, [&](Writing& writing) -> Result<void> {
        const auto row = TRY(row_of(writing, account));
        auto profile = TRY(open_profile(writing, row));
        profile.no_texts_to = phone;
        TRY(save_profile(writing, row, profile));
        writing.note({"change.contact", {}, "account", account, {}, {}});
        return {};
    });
}

} // namespace handrail::trust
