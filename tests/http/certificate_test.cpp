#include "http/certificate.h"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace handrail::http
{
namespace
{

namespace fs = std::filesystem;
using std::chrono::hours;

class CertificateTest : public testing::Test
{
protected:
    CertificateTest()
    {
        auto pattern = (fs::temp_directory_path() / "handrail-certificate-XXXXXX").string();
        home = ::mkdtemp(pattern.data());
    }
    ~CertificateTest() override { fs::remove_all(home); }

    /// @param names  as OpenSSL writes alternative names: "DNS:talk.example.org, IP:192.0.2.7"
    std::string write(const std::string& names, long begins, long ends)
    {
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* certificate = X509_new();
        X509_set_version(certificate, X509_VERSION_3);
        X509_gmtime_adj(X509_getm_notBefore(certificate), begins);
        X509_gmtime_adj(X509_getm_notAfter(certificate), ends);
        X509_set_pubkey(certificate, key);
        X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("old.example.org"), -1, -1, 0);
        if (!names.empty()) {
            X509_EXTENSION* alternative = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, names.c_str());
            X509_add_ext(certificate, alternative, -1);
            X509_EXTENSION_free(alternative);
        }
        X509_sign(certificate, key, EVP_sha256());
        const auto file = (home / "certificate.pem").string();
        std::FILE* out = std::fopen(file.c_str(), "wb");
        PEM_write_X509(out, certificate);
        std::fclose(out);
        X509_free(certificate);
        EVP_PKEY_free(key);
        return file;
    }

    fs::path home;
};

TEST_F(CertificateTest, SaysFromWhenUntilWhenAndForWhom)
{
    const auto file = write("DNS:talk.example.org, DNS:*.clinic.example, IP:192.0.2.7, IP:2001:db8::7", -60, 86'400);
    const auto found = read_certificate(file, "talk.example.org");
    ASSERT_TRUE(found) << found.error().told;
    const Instant now = std::chrono::floor<Duration>(std::chrono::system_clock::now());
    EXPECT_LT(found->begins, now);
    EXPECT_GT(found->ends, now + hours{23});
    EXPECT_LT(found->ends, now + hours{25});
    for (const char* host : {"talk.example.org", "TALK.example.org", "a.clinic.example", "192.0.2.7", "2001:db8::7"})
        EXPECT_TRUE(read_certificate(file, host)->covers_host) << host;
    for (const char* host : {"old.example.org", "a.b.clinic.example", "example.org", "192.0.2.8", ""})
        EXPECT_FALSE(read_certificate(file, host)->covers_host) << host;
}

TEST_F(CertificateTest, TheSubjectAloneNamesNobody)
{
    EXPECT_FALSE(read_certificate(write("", -60, 60), "old.example.org")->covers_host) << "browsers do not look there";
}

TEST_F(CertificateTest, AFileThatIsNoneIsSaid)
{
    EXPECT_FALSE(read_certificate(home / "missing.pem", "talk.example.org"));
    std::ofstream(home / "text.pem") << "no certificate\n";
    EXPECT_FALSE(read_certificate(home / "text.pem", "talk.example.org"));
}

} // namespace
} // namespace handrail::http
