#include "errands/signed_post.h"

#include "channels/pager_webhook.h"

namespace handrail::errands {

Result<int> signed_post(const language::Transport& web, const SignedReceiver& to, const std::string& id, Instant at,
                        std::string body, const std::function<bool()>& stopping)
{
    using std::chrono::seconds;
    language::Call post;
    post.url = to.url;
    post.body = std::move(body);
    post.headers = channels::pager_headers(to.key, id, at, post.body);
    post.first_byte_within = seconds{10};
    post.silent_at_most = seconds{10};
    post.all_within = seconds{15};
    post.largest_answer = 1u << 20;
    return TRY(web.post(post, {{}, {}, stopping})).status;
}

} // namespace handrail::errands
