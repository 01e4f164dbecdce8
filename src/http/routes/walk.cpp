#include "errands/walk.h"

#include "http/json_text.h"
#include "http/routes/desks.h"

namespace handrail::http::routes {

void add_walk_routes(Router& router, Desks& desks)
{
    router.shape(
        {"WalkStep",
         {{"step",
           R"("came_in"|"screened"|"answered"|"raised"|"went_up"|"sent"|"channels"|"ended"|"removed")"},
          {"held", "flag"},
          {"at", "instant", "when it was over"},
          {"took_ms", "integer"}}});
    router.shape({"Walk",
                  {{"every_minutes", "integer", "0: the service does not walk"},
                   {"overdue", "flag", "two walks should have been over and were not"},
                   {"last_at?", "instant", "absent: none yet"},
                   {"held?", "flag"},
                   {"steps", "WalkStep[]", "of the last one, up to the first that did not hold, and what removed it"}}});
    router.add({.pattern = "/api/v1/walk",
                .summary = "When the service last walked the way of an alert itself, and at which step it broke.",
                .callers = Callers::only({Role::Lead, Role::Administrator}),
                .answer_type = "Walk",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    errands::WalkState state;
                    if (desks.walk != nullptr)
                        TRY(desks.record.read(request.actor(), [&](trust::Reading& reading) -> Result<void> {
                            state = TRY(desks.walk->state(reading));
                            return {};
                        }));
                    JsonObject out;
                    out.add("every_minutes",
                            desks.walk == nullptr ? 0 : static_cast<std::int64_t>(desks.walk->every().count()));
                    out.add("overdue", state.overdue);
                    JsonList steps;
                    if (state.last) {
                        out.add("last_at", state.last->at()).add("held", state.last->held());
                        for (const auto& each : state.last->steps)
                            steps.add(JsonObject{}
                                          .add("step", errands::name(each.step))
                                          .add("held", each.held)
                                          .add("at", each.at)
                                          .add("took_ms", static_cast<std::int64_t>(each.took.count() / 1000)));
                    }
                    out.add("steps", steps);
                    return Response::ok(out.done());
                }});
}

} // namespace handrail::http::routes
