#include "care/documents.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/routes/desks.h"

namespace handrail::http::routes {

namespace {

constexpr std::size_t longest = 400; ///< one more than an item holds, and some: the desk says how many

PersonId self(const Request& request) { return *request.actor().person(); }

JsonObject item_json(const care::MemoryItem& item)
{
    return JsonObject{}.add("id", item.id).add("kind", care::name(item.kind)).add("text", item.text).add("at", item.at);
}

JsonObject run_json(const care::ExerciseRun& run)
{
    JsonList lines;
    for (const auto& line : run.lines)
        lines.add(JsonObject{}.add("asks", line.asks).add("text", line.text));
    JsonObject out;
    out.add("id", run.id).add("exercise", run.exercise).add("title", run.title).add("at", run.at).add("lines", lines);
    if (!run.rating.empty())
        out.add("rating", run.rating);
    for (const auto& [field, text] : std::initializer_list<std::pair<const char*, const std::string&>>{
             {"feeling", run.feeling}, {"strength", run.strength}, {"part_of_day", run.part_of_day}})
        if (!text.empty())
            out.add(field, text);
    return out;
}

} // namespace

void add_own_words_routes(Router& router, Desks& desks)
{
    const auto person = Callers::person();
    constexpr const char* kind = R"("name"|"goal"|"person"|"helps"|"trigger")";
    router.shape({"MemoryItem", {{"id", "text"}, {"kind", kind}, {"text", "text"}, {"at", "instant"}}, "what the AI may remember"});
    router.shape({"ExerciseLine", {{"asks", "text", "what the step asked for"}, {"text", "text"}}});
    router.shape({"ExerciseRun",
                  {{"id", "text"},
                   {"exercise", "text"},
                   {"title", "text"},
                   {"at", "instant"},
                   {"lines", "ExerciseLine[]"},
                   {"rating?", R"("better"|"same"|"not_better")", "how it was afterwards, by the person's own account"},
                   {"feeling?", "text", "what was heard of how they felt when it began"},
                   {"strength?", R"("calm"|"raised"|"high")", "how strongly"},
                   {"part_of_day?", R"("morning"|"afternoon"|"evening"|"night")", "by the service's own clock"}}});
    router.add({.pattern = "/api/v1/memory",
                .summary = "What the AI remembers about oneself, item by item.",
                .callers = person,
                .answer = {{"items", "MemoryItem[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& item : TRY(desks.documents.memory(request.actor(), self(request))))
                        items.add(item_json(item));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/memory",
                .summary = "Adds an item. A second name takes the place of the first.",
                .callers = person,
                .fields = {{"kind", kind}, {"text", "text"}},
                .example = R"({"kind":"helps","text":"walking by the sea"})",
                .status = 201,
                .answer_type = "MemoryItem",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto form = TRY(read_body(request, [](Body& body) {
                        return std::pair{body.text("kind", 20), body.text("text", longest)};
                    }));
                    const care::MemoryItem item{{}, TRY(care::memory_kind(form.first)), form.second, {}};
                    return Response::created(
                        item_json(TRY(desks.documents.remember(request.actor(), self(request), item))).done());
                }});
    router.add({.method = Method::Put,
                .pattern = "/api/v1/memory/{item}",
                .summary = "Puts other words in place of an item's.",
                .callers = person,
                .fields = {{"text", "text"}},
                .example = R"({"text":"walking by the canal"})",
                .answer_type = "MemoryItem",
                .handler = [&desks](const Request& request) -> Result<Response> {
                    const auto text = TRY(read_body(request, [](Body& body) { return body.text("text", longest); }));
                    return Response::ok(
                        item_json(TRY(desks.documents.correct(request.actor(), self(request), request.path("item"), text)))
                            .done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/memory/{item}",
                .summary = "Forgets an item: no earlier version of the list keeps it.",
                .callers = person,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.documents.forget(request.actor(), self(request), request.path("item")));
                    return Response::no_content();
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/memory",
                .summary = "Forgets everything on the list.",
                .callers = person,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.documents.forget(request.actor(), self(request), std::nullopt));
                    return Response::no_content();
                }});
    router.add({.pattern = "/api/v1/exercise-words",
                .summary = "What one wrote in exercises, newest first, and how it was afterwards.",
                .callers = person,
                .answer = {{"items", "ExerciseRun[]"}},
                .handler = [&desks](const Request& request) -> Result<Response> {
                    JsonList items;
                    for (const auto& run : TRY(desks.documents.exercise_runs(request.actor(), self(request))))
                        items.add(run_json(run));
                    return Response::ok(JsonObject{}.add("items", items).done());
                }});
    router.add({.method = Method::Delete,
                .pattern = "/api/v1/exercise-words/{run}",
                .summary = "Takes one out of the plan.",
                .callers = person,
                .status = 204,
                .handler = [&desks](const Request& request) -> Result<Response> {
                    TRY(desks.documents.remove_exercise_run(request.actor(), self(request), request.path("run")));
                    return Response::no_content();
                }});
}

} // namespace handrail::http::routes
