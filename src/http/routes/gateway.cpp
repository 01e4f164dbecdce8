#include "http/routes/gateway.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <ctime>

#include "base/text.h"
#include "gateway/help_answer.h"
#include "gateway/moderation.h"
#include "gateway/openai_error.h"
#include "http/json_text.h"
#include "http/later.h"
#include "http/live_stream.h"

namespace handrail::http::routes {

namespace {

using gateway::Judged;
using gateway::OpenAiError;

constexpr std::size_t largest_chat = 20u << 20;
constexpr std::size_t waiting_calls = 256;
constexpr std::array<std::string_view, 5> age_bands{"under_13", "13_17", "18_25", "26_64", "65_plus"};

Response refused(const OpenAiError& error)
{
    auto out = Response::ok(gateway::error_body(error));
    out.status = error.status;
    // Clients send these again by themselves unless they are told not to.
    if (!error.again && (error.status >= 500 || error.status == 408 || error.status == 409 || error.status == 429))
        out.headers.add("x-should-retry", "false");
    return out;
}

OpenAiError from(const Error& error)
{
    OpenAiError out;
    out.message = error.told;
    out.param = error.where;
    switch (error.kind) {
    case ErrorKind::NotSignedIn:
        out.status = 401;
        out.code = "invalid_api_key";
        break;
    case ErrorKind::NotAllowed:
        out.status = 403;
        break;
    case ErrorKind::TooMuch:
        out.status = 429;
        out.type = out.code = "insufficient_quota";
        break;
    case ErrorKind::Invalid:
        break;
    default:
        return gateway::not_screened();
    }
    return out;
}

std::string_view bearer(const Request& request)
{
    const auto header = request.header("Authorization");
    return header.size() > 7 && lower_ascii(header.substr(0, 7)) == "bearer " ? trimmed(header.substr(7))
                                                                             : std::string_view();
}

/// What is not well said is as if it were not said: a wrong country would name a wrong number.
gateway::Beside beside(const Request& request)
{
    gateway::Beside out;
    const auto language = lower_ascii(request.header("x-handrail-language"));
    const auto primary = language.substr(0, language.find('-'));
    if (primary.size() >= 2 && primary.size() <= 3 &&
        std::all_of(primary.begin(), primary.end(), [](char c) { return c >= 'a' && c <= 'z'; }))
        out.where.language = primary;
    for (const char c : request.header("x-handrail-country"))
        out.where.region += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (out.where.region.size() != 2 ||
        !std::all_of(out.where.region.begin(), out.where.region.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
        out.where.region.clear();
    const auto age = request.header("x-handrail-age-band");
    if (std::find(age_bands.begin(), age_bands.end(), age) != age_bands.end())
        out.where.age_band = age;
    out.brief = request.header("x-handrail-help") == "brief";
    out.reference = request.header("x-handrail-user").substr(0, 512);
    return out;
}

void mark(Response& response, const Judged& judged, std::string_view action)
{
    auto urgency = std::string(name(judged.level));
    if (judged.category != Category::None)
        urgency += "; category=" + std::string(name(judged.category));
    response.headers.add("x-handrail-urgency", urgency);
    response.headers.add("x-handrail-action", std::string(action));
    response.headers.add("x-handrail-screened", judged.screened);
}

Response whole_stream(std::string events)
{
    auto out = Response::ok(std::move(events));
    out.type = "text/event-stream; charset=utf-8";
    out.headers.add("Cache-Control", "no-cache");
    out.headers.add("X-Accel-Buffering", "no");
    return out;
}

/// One answer on its way: first owed, then a stream.
class Answering final : public gateway::Outlet {
public:
    Answering(std::shared_ptr<Later> owed, const Judged& judged, const std::atomic<bool>& stopping)
        : owed_(std::move(owed)), judged_(judged), stopping_(stopping)
    {
    }
    void begin() override
    {
        begun_ = true;
        auto head = Response::event_stream(live_.stream());
        head.type = "text/event-stream; charset=utf-8";
        // What is said in the middle of it is not known yet: its last chunk tells.
        mark(head, judged_, "streamed");
        owed_->give(std::move(head));
    }
    bool write(std::string events) override { return !stopping_ && live_.write(std::move(events)); }
    bool gone() const override { return stopping_ || (begun_ ? live_.gone() : owed_->gone()); }
    void close() { live_.close(); }
    bool begun() const { return begun_; }

private:
    std::shared_ptr<Later> owed_;
    const Judged& judged_;
    const std::atomic<bool>& stopping_;
    bool begun_ = false;
    LiveStream live_;
};

std::string model_json(const std::string& model)
{
    return JsonObject{}.add("id", model).add("object", "model").add("created", 0).add("owned_by", "handrail").done();
}

} // namespace

Gateway::Gateway(gateway::GatewayDesk& desk, std::size_t calls) : desk_(desk), calls_(calls, waiting_calls) {}

Gateway::~Gateway()
{
    stop();
}

void Gateway::stop()
{
    stopping_ = true;
    calls_.stop();
}

Result<Response> Gateway::chat(const Request& request)
{
    const auto key = desk_.holder(bearer(request));
    if (!key)
        return refused(from(key.error()));
    if (!key->may(gateway::KeyScope::Chat))
        return refused({403, "invalid_request_error", {}, {}, "This key may not ask for chat completions.", false});
    auto asked = gateway::read_chat_request(request.body);
    if (!asked)
        return refused(from(asked.error()));
    const auto judged = desk_.judge(*key, *asked, beside(request));
    if (!judged)
        return refused(gateway::not_screened());
    // Help comes before every other answer: no limit, no unknown model and no picture stands in its way (safety.md E4).
    if (judged->help) {
        gateway::AnswerHead head{gateway::fresh_id("chatcmpl-"), std::time(nullptr), asked->model, {},
                                 asked->include_usage, judged->marks(true, {})};
        auto body = gateway::help_body(*asked, head, judged->help->text);
        auto out = asked->stream ? whole_stream(std::move(body)) : Response::ok(std::move(body));
        mark(out, *judged, "replaced");
        return out;
    }
    const auto refuse = [&](const OpenAiError& error) {
        auto out = refused(error);
        mark(out, *judged, "refused");
        return out;
    };
    if (!asked->unreadable.empty())
        return refuse({400, "invalid_request_error", "unsupported_content", "messages",
                       "Only words can be screened, so nothing else is sent on. Leave out: " + asked->unreadable + ".", false});
    const auto models = desk_.models(*key);
    if (std::find(models.begin(), models.end(), asked->model) == models.end())
        return refuse({404, "invalid_request_error", "model_not_found", "model", "There is no such model for this key.", false});
    if (const auto counted = desk_.count(*key); !counted)
        return refuse(from(counted.error()));

    struct Work {
        gateway::ChatRequest asked;
        std::string body;
        Judged judged;
    };
    auto work = std::make_shared<Work>(Work{std::move(*asked), request.body, *judged});
    Response out;
    out.later = [this, work](std::shared_ptr<Later> owed) {
        const bool taken = calls_.take([this, work, owed] {
            // A request like any other: a bug in one must not take the others with it.
            Answering outlet(owed, work->judged, stopping_);
            std::optional<gateway::Whole> whole;
            try {
                whole = desk_.ask(work->asked, work->body, work->judged, outlet);
            } catch (const std::exception& bug) {
                desk_.note(std::string("gateway: a defect: ") + bug.what());
                if (!outlet.begun())
                    owed->give(refused(gateway::not_screened()));
            }
            outlet.close();
            if (!whole)
                return;
            Response answer = Response::ok(whole->body);
            answer.status = whole->status == 499 ? 503 : whole->status; // nobody is there to read it
            for (const auto& [name, value] : whole->headers)
                answer.headers.add(name, value);
            if (!whole->again && answer.status >= 400)
                answer.headers.add("x-should-retry", "false");
            mark(answer, work->judged, whole->status != 200 ? "refused" : whole->replaced ? "replaced" : "passed");
            owed->give(std::move(answer));
        });
        if (!taken)
            owed->give(refused({503, "server_error", "busy", {}, "Too many answers are on their way. Please try again in a moment.", true})
                           .with("Retry-After", "2"));
    };
    return out;
}

Result<Response> Gateway::models(const Request& request) const
{
    const auto key = desk_.holder(bearer(request));
    if (!key)
        return refused(from(key.error()));
    const auto names = desk_.models(*key);
    const auto wanted = std::find_if(request.path_values.begin(), request.path_values.end(),
                                     [](const auto& each) { return each.first == "model"; });
    if (wanted != request.path_values.end()) {
        if (std::find(names.begin(), names.end(), wanted->second) == names.end())
            return refused({404, "invalid_request_error", "model_not_found", "model", "There is no such model for this key.", false});
        return Response::ok(model_json(wanted->second));
    }
    JsonList list;
    for (const auto& each : names)
        list.raw(model_json(each));
    return Response::ok(JsonObject{}.add("object", "list").add("data", list).done());
}

Result<Response> Gateway::moderate(const Request& request) const
{
    const auto key = desk_.holder(bearer(request));
    if (!key)
        return refused(from(key.error()));
    if (!key->may(gateway::KeyScope::Moderations))
        return refused({403, "invalid_request_error", {}, {}, "This key may not ask for moderations.", false});
    const auto texts = gateway::read_moderation_request(request.body);
    if (!texts)
        return refused(from(texts.error()));
    std::vector<Finding> findings;
    for (const auto& text : *texts)
        findings.push_back(desk_.screened(text));
    return Response::ok(gateway::moderation_answer(findings));
}

std::optional<Response> Gateway::no_route(const Request& request) const
{
    if (!request.resource.starts_with("/v1/") && request.resource != "/v1")
        return std::nullopt;
    return refused({404, "invalid_request_error", {}, {},
                    "This gateway has POST /v1/chat/completions, POST /v1/moderations and GET /v1/models. Nothing else "
                    "reaches the model.",
                    false});
}

void Gateway::add_routes(Router& router)
{
    Route route;
    route.callers = Callers::anyone(); // the key in the Authorization header says who it is
    route.from_anywhere = true;
    route.rate = RateClass::None; // each key has a budget of its own
    route.needs_store = false;    // help goes out whatever the store does
    route.largest_body = largest_chat;

    route.method = Method::Post;
    route.pattern = "/v1/chat/completions";
    route.summary = "A chat completion, screened on the way in and on the way out.";
    route.fields = {{"model", "text"}, {"messages", "json[]"}, {"stream?", "flag"}, {"safety_identifier?", "text"}};
    route.example = R"({"model":"small","messages":[{"role":"user","content":"Hello"}]})";
    route.answer = {{"id", "text"}, {"object", "text"}, {"choices", "json[]"}};
    route.answer_example = R"({"id":"chatcmpl-1","object":"chat.completion","choices":[]})";
    route.handler = [this](const Request& request) { return chat(request); };
    router.add(route);

    route.pattern = "/v1/moderations";
    route.summary = "How soon a human is needed, in the shape of a moderation.";
    route.fields = {{"input", "json"}};
    route.example = R"({"input":"Hello"})";
    route.answer = {{"id", "text"}, {"model", "text"}, {"results", "json[]"}};
    route.answer_example = R"({"id":"modr-1","model":"handrail","results":[]})";
    route.handler = [this](const Request& request) { return moderate(request); };
    router.add(route);

    route.method = Method::Get;
    route.fields = {};
    route.example = {};
    route.pattern = "/v1/models";
    route.summary = "The models that the key may use.";
    route.answer = {{"object", "text"}, {"data", "json[]"}};
    route.answer_example = R"({"object":"list","data":[]})";
    route.handler = [this](const Request& request) { return models(request); };
    router.add(route);

    route.pattern = "/v1/models/{model}";
    route.summary = "One of them.";
    route.answer = {{"id", "text"}, {"object", "text"}, {"created", "integer"}, {"owned_by", "text"}};
    route.answer_example = R"({"id":"small","object":"model","created":0,"owned_by":"handrail"})";
    router.add(route);
}

} // namespace handrail::http::routes
