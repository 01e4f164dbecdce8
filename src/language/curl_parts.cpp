#include "language/curl_parts.h"

#include <mutex>

namespace handrail::language {

void start_curl()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

} // namespace handrail::language
