#pragma once

#include <memory>

#include <curl/curl.h>

/// What every use of libcurl here begins and ends with. Only for the sources that call it.
namespace handrail::language {

struct ClosesEasy {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreesList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Easy = std::unique_ptr<CURL, ClosesEasy>;
using List = std::unique_ptr<curl_slist, FreesList>;

/// Once a process, before the first call.
void start_curl();

} // namespace handrail::language
