#pragma once

#include <ctime>
#include <memory>
#include <mutex>
#include <string>

#include "base/result.h"

namespace boost::asio::ssl
{
class context;
}

namespace handrail::http
{

/// The certificate and key that TLS is spoken with; TLS 1.2 and later. Connections keep the one they began
/// with.
class TlsContext
{
public:
    /// Invalid, with the file's name, when a file is missing, is no PEM, does not fit the other one, or when
    /// everybody on the machine can read the key.
    static Result<std::unique_ptr<TlsContext>> open(std::string certificate_file, std::string key_file);

    std::shared_ptr<boost::asio::ssl::context> current() const;
    bool changed() const; ///< whether a file is another one than when it was last read
    Result<void> reload();

private:
    using Stamp = std::pair<std::timespec, std::timespec>;
    TlsContext(std::string certificate_file, std::string key_file)
        : certificate_file_(std::move(certificate_file)), key_file_(std::move(key_file))
    {
    }
    Stamp stamp() const;

    const std::string certificate_file_;
    const std::string key_file_;
    mutable std::mutex mutex_;
    std::shared_ptr<boost::asio::ssl::context> context_;
    Stamp read_{};
};

} // namespace handrail::http
