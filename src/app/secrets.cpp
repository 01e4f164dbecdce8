#include "app/secrets.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace handrail::app {

Result<std::string> secret_of(const std::string& written, const std::string& key)
{
    std::string secret;
    if (written.rfind("environment:", 0) == 0) {
        const auto name = written.substr(12);
        const char* value = std::getenv(name.c_str());
        secret = value == nullptr ? "" : value;
    } else if (written.rfind("file:", 0) == 0) {
        const std::filesystem::path file = written.substr(5);
        std::error_code failed;
        const auto status = std::filesystem::status(file, failed);
        if (failed || !std::filesystem::is_regular_file(status))
            return invalid(key + ": the file " + file.string() + " cannot be read.");
        using std::filesystem::perms;
        if ((status.permissions() & (perms::group_all | perms::others_all)) != perms::none)
            return invalid(key + ": the file " + file.string() + " can be read by others. Run: chmod 600 " +
                           file.string());
        std::ifstream in(file, std::ios::binary);
        secret.assign(std::istreambuf_iterator<char>(in), {});
    } else {
        return invalid(key + " is \"environment:NAME\" or \"file:PATH\".");
    }
    secret = std::string(trimmed(secret));
    if (secret.empty())
        return invalid(key + " is empty where it is kept (" + written + ").");
    return secret;
}

} // namespace handrail::app
