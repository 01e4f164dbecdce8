#include "http/routes/card_json.h"

#include "http/routes/documents_json.h"

namespace handrail::http::routes {

void declare_card_shapes(Router& router)
{
    router.shape({"Named", {{"id", "id"}, {"name", "text"}}});
    router.shape({"Initialed", {{"id", "id"}, {"name", "text"}, {"initials", "text"}}, "a member of staff"});
    router.shape({"LastContact", {{"at", "instant"}, {"what", "text"}}});
    router.shape({"Card",
                  {{"safe_contact", "SafeContact"},
                   {"address?", "text"},
                   {"emergency_contact?", "EmergencyContact"},
                   {"safety_plan?", "SafetyPlan"},
                   {"clinician?", "Named"},
                   {"medicines?", "text"},
                   {"last_contact?", "LastContact"},
                   {"missing", "text[]", "in words"}},
                  "all that is needed to reach a person and act"});
    router.shape({"PersonHead",
                  {{"id", "id"},
                   {"name", "text"},
                   {"age_band", "text"},
                   {"country", "text"},
                   {"language", "text"},
                   {"since", "instant"},
                   {"heard_at?", "instant"},
                   {"clinician?", "Named", "on the person's page only"}}});
}

JsonObject card_json(const errands::PersonCard& card)
{
    JsonObject out;
    out.add("safe_contact", safe_contact_json(card.contact));
    if (!card.contact.address.empty())
        out.add("address", card.contact.address);
    if (card.contact.emergency_contact)
        out.add("emergency_contact", JsonObject{}
                                         .add("name", card.contact.emergency_contact->name)
                                         .add("relation", card.contact.emergency_contact->relation)
                                         .add("phone", card.contact.emergency_contact->phone)
                                         .add("may_call", card.contact.emergency_contact->may_call));
    if (card.plan)
        out.add("safety_plan", safety_plan_json(*card.plan));
    if (!card.clinician_name.empty())
        out.add("clinician", JsonObject{}.add("id", card.clinician).add("name", card.clinician_name));
    if (!card.contact.medicines.empty())
        out.add("medicines", card.contact.medicines);
    if (card.last_contact_at)
        out.add("last_contact", JsonObject{}.add("at", *card.last_contact_at).add("what", card.last_contact_what));
    out.add("missing", card.missing);
    return out;
}

JsonObject head_json(const errands::PersonHead& head)
{
    return JsonObject{}
        .add("id", head.id)
        .add("name", head.name)
        .add("age_band", head.age_band)
        .add("country", head.country)
        .add("language", head.language)
        .add("since", head.since)
        .add("heard_at", head.heard_at);
}

} // namespace handrail::http::routes
