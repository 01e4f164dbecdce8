#include "channels/whatsapp_errors.h"

#include <boost/json.hpp>

namespace handrail::channels {

AfterError after_error(int http_status, int code, bool is_transient)
{
    switch (code) {
    case 0:
    case 190:
    case 3:
    case 10:
    case 368:
    case 131031:
    case 131005:
        return AfterError::Operator;
    case 4:
    case 80007:
    case 130429:
    case 131056:
    case 131000:
    case 131016:
    case 135000:
    case 131052:
    case 131053:
        return AfterError::Retry;
    case 131047:
        return AfterError::Template;
    case 131048:
    case 131064:
    case 131049:
    case 130472:
        return AfterError::Staff;
    case 130497:
    case 131026:
        return AfterError::OtherChannel;
    case 131030:
        return AfterError::Configuration;
    case 131008:
    case 131009:
    case 131051:
        return AfterError::Ours;
    default:
        break;
    }
    if (code >= 200 && code <= 299)
        return AfterError::Operator;
    if (code >= 132000 && code <= 132999)
        return AfterError::Configuration;
    if (is_transient || http_status == 429 || http_status >= 500 || http_status == 0)
        return AfterError::Retry;
    if (http_status == 401 || http_status == 403)
        return AfterError::Operator;
    return AfterError::Ours;
}

GraphError graph_error_in(std::string_view body)
{
    boost::system::error_code failed;
    const auto read = boost::json::parse(body, failed);
    GraphError out;
    if (failed || !read.is_object())
        return out;
    const auto* error = read.get_object().if_contains("error");
    if (error == nullptr || !error->is_object())
        return out;
    if (const auto* code = error->get_object().if_contains("code"); code != nullptr && code->is_int64())
        out.code = static_cast<int>(code->get_int64());
    if (const auto* transient = error->get_object().if_contains("is_transient");
        transient != nullptr && transient->is_bool())
        out.transient = transient->get_bool();
    return out;
}

std::string_view name(AfterError after)
{
    switch (after) {
    case AfterError::Retry: return "retry";
    case AfterError::Template: return "template";
    case AfterError::Staff: return "staff";
    case AfterError::OtherChannel: return "other_channel";
    case AfterError::Operator: return "operator";
    case AfterError::Configuration: return "configuration";
    case AfterError::Ours: return "ours";
    }
    return "ours";
}

} // namespace handrail::channels
