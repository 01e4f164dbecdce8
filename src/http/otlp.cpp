#include "http/otlp.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "http/json_text.h"

namespace handrail::http {
namespace {

// A name that is not here never leaves the house: a part that says too much of itself is seen by nobody.
constexpr std::array<std::string_view, 5> may_go_out{"http.request.method", "http.route", "http.response.status_code",
                                                     "handrail.request", "handrail.urgency"};

// The numbers of OTLP's SpanKind and Status.
constexpr int kind_internal = 1;
constexpr int kind_server = 2;
constexpr int status_error = 2;

template <std::size_t Size> std::string hex(const std::array<unsigned char, Size>& id)
{
    return to_hex({reinterpret_cast<const char*>(id.data()), id.size()});
}

JsonObject text_value(std::string_view key, std::string_view text)
{
    return std::move(JsonObject{}.add("key", key).add("value", JsonObject{}.add("stringValue", text)));
}

JsonObject json_of(const trace::Trace& trace, const trace::Span& span, bool is_request)
{
    JsonObject out;
    out.add("traceId", hex(trace.id())).add("spanId", hex(span.id));
    if (span.parent != trace::SpanId{})
        out.add("parentSpanId", hex(span.parent));
    out.add("name", span.name).add("kind", is_request ? kind_server : kind_internal);
    out.add("startTimeUnixNano", std::to_string(trace.unix_time(span.began)));
    out.add("endTimeUnixNano", std::to_string(trace.unix_time(std::max(span.began, span.ended))));
    JsonList attributes;
    for (const auto& attribute : span.attributes) {
        if (std::ranges::find(may_go_out, attribute.name) == may_go_out.end())
            continue;
        if (attribute.is_number)
            attributes.add(JsonObject{}
                               .add("key", attribute.name)
                               .add("value", JsonObject{}.add("intValue", std::to_string(attribute.number))));
        else
            attributes.add(text_value(attribute.name, attribute.text));
    }
    out.add("attributes", attributes);
    if (span.failed)
        out.add("status", JsonObject{}.add("code", status_error));
    return out;
}

} // namespace

std::string otlp_json(std::span<const std::unique_ptr<trace::Trace>> traces, std::string_view version)
{
    JsonList spans;
    for (const auto& trace : traces)
        for (const auto& span : trace->spans())
            spans.add(json_of(*trace, span, &span == trace->spans().data()));
    JsonList resource;
    resource.add(text_value("service.name", "handrail")).add(text_value("service.version", version));
    JsonObject scoped;
    scoped.add("scope", JsonObject{}.add("name", "handrail").add("version", version)).add("spans", spans);
    JsonObject of_resource;
    of_resource.add("resource", JsonObject{}.add("attributes", resource)).add("scopeSpans", JsonList{}.add(scoped));
    return JsonObject{}.add("resourceSpans", JsonList{}.add(of_resource)).done();
}

} // namespace handrail::http
