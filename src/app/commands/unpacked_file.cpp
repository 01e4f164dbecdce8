#include "app/commands/unpacked_file.h"

#include <zlib.h>

#include <array>
#include <memory>

namespace handrail::app {

namespace {

struct Closing {
    void operator()(gzFile_s* file) const { gzclose(file); }
};

} // namespace

Result<std::string> read_file_unpacked(const std::filesystem::path& file, std::size_t most_bytes)
{
    std::error_code failed;
    if (!std::filesystem::is_regular_file(file, failed))
        return not_found("There is no such file: " + file.string());
    // zlib reads a file that is not gzip as it is.
    const std::unique_ptr<gzFile_s, Closing> open(gzopen(file.c_str(), "rb"));
    if (!open)
        return Error{ErrorKind::NotFound, "The file cannot be read: " + file.string(), {}, {}};
    std::string out;
    std::array<char, 65536> part{};
    for (;;) {
        const int read = gzread(open.get(), part.data(), static_cast<unsigned>(part.size()));
        if (read < 0)
            return invalid("The archive is damaged: " + file.string());
        if (read == 0)
            break;
        out.append(part.data(), static_cast<std::size_t>(read));
        if (out.size() > most_bytes)
            return Error{ErrorKind::TooMuch, "The file is too large: " + file.string(), {}, {}};
    }
    int problem = Z_OK;
    gzerror(open.get(), &problem);
    if (problem != Z_OK)
        return invalid("The archive ends too early: " + file.string());
    return out;
}

} // namespace handrail::app
