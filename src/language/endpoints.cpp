#include "language/endpoints.h"

#include <algorithm>

namespace handrail::language {

namespace {

using std::chrono::milliseconds;
constexpr std::chrono::seconds longest_alone{3600};

milliseconds left(std::chrono::steady_clock::time_point now, std::chrono::steady_clock::time_point until)
{
    return std::max(milliseconds{0}, std::chrono::duration_cast<milliseconds>(until - now));
}

} // namespace

std::string host_of(std::string_view url)
{
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return {};
    url.remove_prefix(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    if (const auto at = url.rfind('@'); at != std::string_view::npos)
        url.remove_prefix(at + 1);
    return std::string(url);
}

Endpoints::Endpoints(const Transport& transport, std::vector<Endpoint> endpoints, EndpointLimits limits, Now now)
    : transport_(transport), endpoints_(std::move(endpoints)), limits_(limits), now_(std::move(now)),
      breakers_(endpoints_.size())
{
}

bool Endpoints::may_try(std::size_t which) const
{
    const std::scoped_lock lock(mutex_);
    auto& breaker = breakers_[which];
    if (breaker.failures < limits_.failures)
        return true;
    if (breaker.trying || now_() < breaker.closed_until)
        return false;
    breaker.trying = true;
    return true;
}

void Endpoints::tell(std::size_t which, bool worked) const
{
    const std::scoped_lock lock(mutex_);
    auto& breaker = breakers_[which];
    breaker.trying = false;
    if (worked) {
        breaker = {};
        return;
    }
    if (++breaker.failures < limits_.failures)
        return;
    breaker.next = breaker.next.count() == 0 ? limits_.left_alone : std::min(breaker.next * 2, longest_alone);
    breaker.closed_until = now_() + breaker.next;
}

Result<ChatAnswer::End> Endpoints::ask(const ChatRequest& request, const Asking& asking,
                                       std::chrono::steady_clock::time_point patience) const
{
    struct Counted {
        std::atomic<int>& count;
        const int now = ++count;
        ~Counted() { --count; }
    } const counted{under_way_};
    if (counted.now > limits_.at_once)
        return unavailable("No language model is free.", "more questions at once than [language] at_once");
    const auto began = now_();
    const auto until = std::min(began + limits_.all, patience);
    const auto first_until = std::min(began + limits_.first_sentence, until);
    std::string why = "none is configured, or all are left alone after failures";
    for (std::size_t which = 0; which < endpoints_.size(); ++which) {
        if (now_() >= first_until)
            break;
        if (!may_try(which))
            continue;
        const auto& endpoint = endpoints_[which];
        if (const auto may = asking.leaves(endpoint); !may.ok()) {
            tell(which, true); // the endpoint did nothing wrong
            return may.error();
        }
        Call call;
        call.url = endpoint.url + "/chat/completions";
        call.headers = {{"Content-Type", "application/json"}, {"Accept", "text/event-stream, application/json"}};
        if (!endpoint.key.empty())
            call.headers.emplace_back("Authorization", "Bearer " + endpoint.key.reveal());
        call.body = chat_json(request, endpoint.model);
        call.connect_within = left(now_(), first_until);
        call.first_byte_within = left(now_(), first_until);
        call.silent_at_most = limits_.first_sentence;
        call.all_within = left(now_(), until);
        call.largest_answer = 1u << 20;
        ChatAnswer answer;
        bool wanted = true;
        int status = 0;
        bool too_slow = false;
        asking.begins();
        const auto late = [&] {
            too_slow = too_slow || now_() >= until || (now_() >= first_until && !asking.sentence());
            return too_slow;
        };
        const auto pass_on = [&] {
            const auto fresh = answer.fresh();
            if (!fresh.empty() && !asking.text(fresh))
                wanted = false;
            return wanted;
        };
        const auto head = transport_.post(call, {[&](const Head& its) {
                                                     status = its.status;
                                                     return status == 200;
                                                 },
                                                 [&](std::string_view bytes) {
                                                     const bool more = answer.take(bytes);
                                                     return pass_on() && more && !late();
                                                 },
                                                 late});
        answer.close();
        if (head.ok() && status == 200 && wanted && !too_slow)
            pass_on();
        if (!wanted) {
            tell(which, true);
            return conflict("The answer was not wanted.");
        }
        if (head.ok() && status == 200 && !too_slow && answer.end() != ChatAnswer::End::None && answer.end() != ChatAnswer::End::Broken) {
            tell(which, true);
            return answer.end();
        }
        tell(which, false);
        why = endpoint.name + ": " +
              (too_slow                ? std::string("not in time")
               : status != 0 && status != 200 ? "HTTP " + std::to_string(status)
               : !head.ok()            ? head.error().noted
                                       : std::string("the answer could not be read to its end"));
    }
    return unavailable("No language model answered.", why);
}

} // namespace handrail::language
