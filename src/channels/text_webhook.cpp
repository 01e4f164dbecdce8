#include "channels/text_webhook.h"

#include <boost/json.hpp>

namespace handrail::channels {

std::string text_body(const TextMessage& message)
{
    return boost::json::serialize(boost::json::object{{"type", "handrail.text"},
                                                      {"delivery", message.delivery},
                                                      {"to", message.to},
                                                      {"text", message.text},
                                                      {"kind", message.kind}});
}

} // namespace handrail::channels
