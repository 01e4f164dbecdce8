#include "care/documents.h"

#include "base/fields.h"
#include "base/text.h"
#include "care/document_rows.h"

namespace handrail::care {

namespace {

void add_all(Fields& out, std::string_view name, const std::vector<std::string>& texts)
{
    for (const auto& text : texts)
        if (!trimmed(text).empty())
            out.add(name, text);
}

void add_all(Fields& out, std::string_view name, const std::vector<Contact>& contacts)
{
    for (const auto& contact : contacts)
        if (!trimmed(contact.name).empty() || !trimmed(contact.phone).empty())
            out.add(name, Fields{{"name", contact.name}, {"phone", contact.phone}});
}

std::vector<Contact> contacts_in(const Fields& fields, std::string_view name)
{
    std::vector<Contact> contacts;
    for (const auto& each : fields.inner(name))
        contacts.push_back({each.text("name"), each.text("phone")});
    return contacts;
}

Result<void> not_too_long(const std::string& text, const char* where)
{
    constexpr std::size_t most = 4000;
    if (code_points(text) > most)
        return Error{ErrorKind::TooMuch, "This text has more than 4,000 characters. Make it shorter.", {}, where};
    return {};
}

Result<void> fits(const SafetyPlan& plan)
{
    const auto texts = [](const std::vector<std::string>& list, const char* where) -> Result<void> {
        if (list.size() > 30)
            return Error{ErrorKind::TooMuch, "A part of the plan holds up to 30 lines.", {}, where};
        for (const auto& text : list)
            TRY(not_too_long(text, where));
        return {};
    };
    const auto contacts = [](const std::vector<Contact>& list, const char* where) -> Result<void> {
        if (list.size() > 30)
            return Error{ErrorKind::TooMuch, "A part of the plan holds up to 30 lines.", {}, where};
        for (const auto& contact : list) {
            TRY(not_too_long(contact.name, where));
            TRY(not_too_long(contact.phone, where));
        }
        return {};
    };
    TRY(texts(plan.warning_signs, "/parts/warning_signs"));
    TRY(texts(plan.coping, "/parts/coping"));
    TRY(contacts(plan.distraction, "/parts/distraction"));
    TRY(contacts(plan.people, "/parts/people"));
    TRY(contacts(plan.professionals, "/parts/professionals"));
    TRY(texts(plan.safer_place, "/parts/safer_place"));
    return {};
}

Fields encoded_plan(const SafetyPlan& plan)
{
    Fields body;
    add_all(body, "warning_sign", plan.warning_signs);
    add_all(body, "coping", plan.coping);
    add_all(body, "distraction", plan.distraction);
    add_all(body, "people", plan.people);
    add_all(body, "professional", plan.professionals);
    add_all(body, "safer_place", plan.safer_place);
    body.add("shared_with_team", plan.shared_with_team ? 1 : 0).add("kept_on_device", plan.kept_on_device ? 1 : 0);
    return body;
}

} // namespace

trust::Place document_place(std::string_view kind, std::int64_t version)
{
    RawId row;
    for (int i = 0; i < 8; ++i)
        row.bytes[static_cast<std::size_t>(8 + i)] = static_cast<std::uint8_t>(version >> (56 - 8 * i));
    return {"document", kind, row};
}

Result<SafetyPlan> read_safety_plan(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(latest_document(reading, person, "safety_plan"));
    SafetyPlan plan;
    plan.version = found.version;
    plan.updated_at = found.at;
    plan.warning_signs = found.body.texts("warning_sign");
    plan.coping = found.body.texts("coping");
    plan.distraction = contacts_in(found.body, "distraction");
    plan.people = contacts_in(found.body, "people");
    plan.professionals = contacts_in(found.body, "professional");
    plan.safer_place = found.body.texts("safer_place");
    plan.shared_with_team = found.body.number("shared_with_team") != 0;
    plan.kept_on_device = found.body.number("kept_on_device") != 0;
    return plan;
}

Result<void> add_to_safety_plan(trust::Writing& writing, PersonId person, PlanPart part, const Contact& line)
{
    auto plan = TRY(read_safety_plan(writing, person));
    switch (part) {
    case PlanPart::WarningSigns: plan.warning_signs.push_back(line.name); break;
    case PlanPart::Coping: plan.coping.push_back(line.name); break;
    case PlanPart::Distraction: plan.distraction.push_back(line); break;
    case PlanPart::People: plan.people.push_back(line); break;
    case PlanPart::Professionals: plan.professionals.push_back(line); break;
    case PlanPart::SaferPlace: plan.safer_place.push_back(line.name); break;
    }
    TRY(fits(plan));
    TRY(put_document(writing, person, "safety_plan", plan.version + 1, encoded_plan(plan)));
    writing.note({"write.safety_plan", person, "document", {}, {}, {}});
    return {};
}

std::set<PlanPart> filled_parts(const SafetyPlan& plan)
{
    std::set<PlanPart> filled;
    const auto add = [&](PlanPart part, bool empty) {
        if (!empty)
            filled.insert(part);
    };
    add(PlanPart::WarningSigns, plan.warning_signs.empty());
    add(PlanPart::Coping, plan.coping.empty());
    add(PlanPart::Distraction, plan.distraction.empty());
    add(PlanPart::People, plan.people.empty());
    add(PlanPart::Professionals, plan.professionals.empty());
    add(PlanPart::SaferPlace, plan.safer_place.empty());
    return filled;
}

Result<SafeContact> read_safe_contact(trust::Reading& reading, PersonId person)
{
    const auto found = TRY(latest_document(reading, person, "safe_contact"));
    SafeContact contact;
    contact.version = found.version;
    contact.updated_at = found.at;
    contact.phone = found.body.text("phone");
    contact.email = found.body.text("email");
    contact.times = found.body.text("times");
    contact.voicemail_ok = found.body.number("voicemail_ok") != 0;
    contact.text_ok = found.body.number("text_ok") != 0;
    contact.address = found.body.text("address");
    contact.medicines = found.body.text("medicines");
    const auto emergency = found.body.inner("emergency_contact");
    if (!emergency.empty())
        contact.emergency_contact = EmergencyContact{emergency.front().text("name"), emergency.front().text("relation"),
                                                     emergency.front().text("phone"),
                                                     emergency.front().number("may_call") != 0};
    return contact;
}

Result<std::vector<StaffNote>> read_notes(trust::Reading& reading, PersonId person, Instant before, int most)
{
    std::vector<StaffNote> notes;
    for (const auto& kept : TRY(documents_before(reading, person, "staff_note", before, most))) {
        StaffNote note{kept.at, kept.by, kept.body.text("text")};
        if (const auto conversation = ConversationId::from(kept.body.text("conversation")); conversation.ok())
            note.conversation = *conversation;
        notes.push_back(std::move(note));
    }
    return notes;
}

Result<std::vector<StaffNote>> notes_of(trust::Reading& reading, PersonId person, ConversationId conversation)
{
    constexpr int looked_through = 200;
    auto notes = TRY(read_notes(reading, person, from_stored(INT64_MAX), looked_through));
    std::erase_if(notes, [&](const StaffNote& note) { return note.conversation != conversation; });
    return notes;
}

Result<void> write_note(trust::Writing& writing, PersonId person, ConversationId conversation, const std::string& text)
{
    const auto& actor = writing.actor();
    if (trimmed(text).empty())
        return invalid("Write the note.", "/text");
    TRY(not_too_long(text, "/text"));
    if (actor.role() != Role::Clinician && actor.role() != Role::Lead)
        return not_allowed("Only a clinician or a lead writes staff notes.");
    const auto before = TRY(latest_document(writing, person, "staff_note"));
    Fields body{{"text", text}};
    if (!conversation.empty())
        body.add("conversation", conversation.text());
    TRY(put_document(writing, person, "staff_note", before.version + 1, body));
    writing.note({"write.staff_note", person, "document", {}, {}, {}});
    return {};
}

Result<SafetyPlan> DocumentDesk::safety_plan(const Actor& actor, PersonId person) const
{
    SafetyPlan plan;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        plan = TRY(read_safety_plan(reading, person));
        reading.note({"read.safety_plan", person, "document", {}, {}, {}});
        return {};
    }));
    return plan;
}

Result<SafetyPlan> DocumentDesk::save(const Actor& actor, PersonId person, const SafetyPlan& plan) const
{
    TRY(only_themselves(actor, person));
    TRY(fits(plan));
    SafetyPlan saved = plan;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(latest_document(writing, person, "safety_plan"));
        if (before.version != plan.version)
            return conflict("The plan was changed on another device. Load it again, then add your change.");
        TRY(put_document(writing, person, "safety_plan", before.version + 1, encoded_plan(plan)));
        writing.note({"write.safety_plan", person, "document", {}, {}, {}});
        saved.version = before.version + 1;
        saved.updated_at = writing.now();
        return {};
    }));
    return saved;
}

Result<SafeContact> DocumentDesk::safe_contact(const Actor& actor, PersonId person) const
{
    SafeContact contact;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        TRY(reading.admit(person, trust::Scope::Words));
        contact = TRY(read_safe_contact(reading, person));
        reading.note({"read.safe_contact", person, "document", {}, {}, {}});
        return {};
    }));
    return contact;
}

Result<SafeContact> DocumentDesk::save(const Actor& actor, PersonId person, const SafeContact& contact) const
{
    TRY(only_themselves(actor, person));
    for (const auto& [text, where] : std::initializer_list<std::pair<const std::string&, const char*>>{
             {contact.phone, "/phone"}, {contact.email, "/email"}, {contact.times, "/times"},
             {contact.address, "/address"}, {contact.medicines, "/medicines"}})
        TRY(not_too_long(text, where));
    SafeContact saved = contact;
    TRY(record_.write(actor, [&](trust::Writing& writing) -> Result<void> {
        const auto before = TRY(latest_document(writing, person, "safe_contact"));
        Fields body{{"phone", contact.phone},     {"email", contact.email},
                    {"times", contact.times},     {"address", contact.address},
                    {"medicines", contact.medicines}};
        body.add("voicemail_ok", contact.voicemail_ok ? 1 : 0).add("text_ok", contact.text_ok ? 1 : 0);
        if (contact.emergency_contact) {
            Fields emergency{{"name", contact.emergency_contact->name},
                             {"relation", contact.emergency_contact->relation},
                             {"phone", contact.emergency_contact->phone}};
            body.add("emergency_contact",
                     emergency.add("may_call", contact.emergency_contact->may_call ? 1 : 0));
        }
        TRY(put_document(writing, person, "safe_contact", before.version + 1, body));
        writing.note({"write.safe_contact", person, "document", {}, {}, {}});
        saved.version = before.version + 1;
        saved.updated_at = writing.now();
        return {};
    }));
    return saved;
}

Result<void> DocumentDesk::add_note(const Actor& actor, PersonId person, const std::string& text) const
{
    return record_.write(actor, [&](trust::Writing& writing) { return write_note(writing, person, {}, text); });
}

} // namespace handrail::care
