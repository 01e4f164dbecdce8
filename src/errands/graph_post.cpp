#include "errands/graph_post.h"

namespace handrail::errands {

GraphAnswer graph_post(const language::Transport& transport, const WhatsappSettings& settings, const std::string& body,
                       const std::function<bool()>& stopping)
{
    using std::chrono::seconds;
    language::Call call;
    call.url = settings.graph_url + "/" + settings.version + "/" + settings.phone_number_id + "/messages";
    call.headers = {{"Authorization", "Bearer " + settings.token}, {"Content-Type", "application/json"}};
    call.body = body;
    call.first_byte_within = seconds{15};
    call.silent_at_most = seconds{15};
    call.all_within = seconds{20};
    call.largest_answer = 1u << 20;
    GraphAnswer answer;
    const auto head = transport.post(call, {{},
                                            [&](std::string_view bytes) {
                                                answer.body += bytes;
                                                return true;
                                            },
                                            stopping});
    answer.status = head.ok() ? head->status : 0;
    return answer;
}

} // namespace handrail::errands
