#pragma once

#include <string>
#include <string_view>

namespace handrail::http
{

/// The bytes as one gzip member; "" when there is no memory for it. Level 1 is quick, 9 is small.
std::string gzip(std::string_view bytes, int level);
/// Whether an Accept-Encoding header takes gzip.
bool takes_gzip(std::string_view accept_encoding);

} // namespace handrail::http
