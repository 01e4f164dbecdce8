#include "http/certificate.h"

#include <memory>

#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace handrail::http
{
namespace
{

struct Free {
    void operator()(BIO* file) const { BIO_free(file); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};

Result<Instant> instant_of(const ASN1_TIME* time, const std::string& file)
{
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return invalid("The TLS certificate " + file + " names an instant that is none.");
    return Instant{std::chrono::seconds{::timegm(&parts)}};
}

} // namespace

Result<Certificate> read_certificate(const std::string& file, const std::string& host)
{
    const std::unique_ptr<BIO, Free> in(BIO_new_file(file.c_str(), "rb"));
    if (!in)
        return invalid("The TLS certificate " + file + " cannot be read.");
    const std::unique_ptr<X509, Free> found(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    if (!found)
        return invalid("The TLS certificate " + file + " holds no certificate in PEM form.");
    Certificate certificate;
    certificate.begins = TRY(instant_of(X509_get0_notBefore(found.get()), file));
    certificate.ends = TRY(instant_of(X509_get0_notAfter(found.get()), file));
    // Browsers look at the alternative names alone, never at the subject.
    certificate.covers_host =
        X509_check_ip_asc(found.get(), host.c_str(), 0) == 1 ||
        X509_check_host(found.get(), host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
    return certificate;
}

} // namespace handrail::http
