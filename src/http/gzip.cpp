#include "http/gzip.h"

#include <zlib.h>

#include "base/text.h"

namespace handrail::http
{

std::string gzip(std::string_view bytes, int level)
{
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data())); // zlib 1.2's header lacks the const
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(whole ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

bool takes_gzip(std::string_view accept_encoding)
{
    for (const auto part : split(accept_encoding, ',')) {
        const auto pieces = split(part, ';');
        if (lower_ascii(trimmed(pieces[0])) != "gzip")
            continue;
        const auto weight = pieces.size() > 1 ? trimmed(pieces[1]) : std::string_view("q=1");
        return weight.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

} // namespace handrail::http
