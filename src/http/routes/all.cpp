#include "http/routes/check_in_designs.h"
#include "http/routes/desks.h"
#include "http/routes/on_call.h"

namespace handrail::http::routes {

void add_all(Router& router, Desks& desks)
{
    add_service_routes(router, desks);
    add_sign_in_routes(router, desks);
    add_account_routes(router, desks);
    add_plan_routes(router, desks);
    add_own_words_routes(router, desks);
    add_resource_routes(router, desks);
    add_local_help_routes(router, desks);
    add_privacy_routes(router, desks);
    add_conversation_routes(router, desks);
    add_check_in_routes(router, desks);
    add_check_in_design_routes(router, desks);
    add_questionnaire_routes(router, desks);
    add_asking_routes(router, desks);
    add_event_routes(router, desks);
    add_alert_routes(router, desks);
    add_finding_routes(router, desks);
    add_caseload_routes(router, desks);
    add_list_entry_routes(router, desks);
    add_list_load_routes(router, desks);
    add_people_routes(router, desks);
    add_treatment_routes(router, desks);
    add_live_routes(router, desks);
    add_hand_over_routes(router, desks);
    add_summary_routes(router, desks);
    add_lead_routes(router, desks);
    add_walk_routes(router, desks);
    add_rota_routes(router, desks);
    add_on_call_routes(router, desks);
    add_admin_account_routes(router, desks);
    add_admin_service_routes(router, desks);
    add_admin_system_routes(router, desks);
    add_conversation_limit_routes(router, desks);
    add_whatsapp_routes(router, desks);
}

} // namespace handrail::http::routes
