#include "http/tls_context.h"

#include <boost/asio/ssl/context.hpp>

#include <sys/stat.h>

namespace handrail::http
{
namespace
{

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

std::timespec changed_at(const std::string& file)
{
    struct stat found {
    };
    return ::stat(file.c_str(), &found) == 0 ? found.st_mtim : std::timespec{};
}

bool same(const std::timespec& a, const std::timespec& b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/// Only HTTP/1.1 is spoken here; a client that offers more is told so.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length, const unsigned char* offered,
                    unsigned int offered_length, void*)
{
    static constexpr unsigned char ours[] = "\x08http/1.1";
    unsigned char* out = nullptr;
    if (SSL_select_next_proto(&out, length, ours, sizeof ours - 1, offered, offered_length) !=
        OPENSSL_NPN_NEGOTIATED)
        return SSL_TLSEXT_ERR_NOACK;
    *chosen = out;
    return SSL_TLSEXT_ERR_OK;
}

Result<std::shared_ptr<ssl::context>> read(const std::string& certificate_file, const std::string& key_file)
{
    if (certificate_file.empty() || key_file.empty())
        return invalid("TLS needs both certificate_file and key_file in handrail.toml.");
    struct stat key {
    };
    if (::stat(key_file.c_str(), &key) != 0)
        return invalid("The TLS key " + key_file + " is not there.");
    if (key.st_mode & S_IROTH)
        return invalid("The TLS key " + key_file +
                       " can be read by everybody on this machine. Run: chmod 600 " + key_file);
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    SSL_CTX_set_alpn_select_cb(context->native_handle(), choose_protocol, nullptr);
    error_code error;
    context->use_certificate_chain_file(certificate_file, error);
    if (error)
        return invalid("The TLS certificate " + certificate_file + " cannot be used: " + error.message() +
                       ".");
    context->use_private_key_file(key_file, ssl::context::pem, error);
    if (error)
        return invalid("The TLS key " + key_file + " cannot be used: " + error.message() + ".");
    if (SSL_CTX_check_private_key(context->native_handle()) != 1)
        return invalid("The TLS key " + key_file + " does not belong to the certificate " + certificate_file +
                       ".");
    return context;
}

} // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::open(std::string certificate_file, std::string key_file)
{
    std::unique_ptr<TlsContext> out(new TlsContext(std::move(certificate_file), std::move(key_file)));
    TRY(out->reload());
    return out;
}

TlsContext::Stamp TlsContext::stamp() const
{
    return {changed_at(certificate_file_), changed_at(key_file_)};
}

std::shared_ptr<ssl::context> TlsContext::current() const
{
    const std::lock_guard lock(mutex_);
    return context_;
}

bool TlsContext::changed() const
{
    const auto now = stamp();
    const std::lock_guard lock(mutex_);
    return !same(now.first, read_.first) || !same(now.second, read_.second);
}

Result<void> TlsContext::reload()
{
    // The stamp is taken first: a file that changes while it is read counts as changed again.
    const auto now = stamp();
    auto fresh = read(certificate_file_, key_file_);
    const std::lock_guard lock(mutex_);
    read_ = now;
    if (!fresh)
        return fresh.error();
    context_ = std::move(*fresh);
    return {};
}

} // namespace handrail::http
