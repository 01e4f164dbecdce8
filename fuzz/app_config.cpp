// handrail.toml, as somebody left it: whatever stands in it, the start is refused in words or goes on with sound
// values.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include <sys/mman.h>
#include <unistd.h>

#include "app/config.h"
#include "base/result.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using handrail::ensure;
    static const int file = memfd_create("handrail.toml", MFD_CLOEXEC);
    ensure(file >= 0 && ftruncate(file, 0) == 0 && pwrite(file, bytes, size, 0) == static_cast<ssize_t>(size),
           "the file is written");
    const auto config = handrail::app::read_config("/proc/self/fd/" + std::to_string(file));
    if (!config) {
        ensure(config.error().told.find("/proc/self/fd/") == 0 || config.error().told.find("The configuration") == 0,
               "a refusal names the file");
        return 0;
    }
    ensure(config->port >= 0 && config->port <= 65535 && config->workers > 0 && config->max_connections > 0,
           "numbers are in their range");
    ensure(config->postgres.empty() || config->postgres != config->postgres_keys, "keys live apart from the data");
    return 0;
}
