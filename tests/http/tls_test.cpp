#include <filesystem>
#include <fstream>
#include <thread>

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ids.h"
#include "http/event_stream.h"
#include "http/server.h"

namespace handrail::http
{
namespace
{

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

/// A self-signed certificate and its key, good for a day.
void write_certificate(const fs::path& certificate_file, const fs::path& key_file, const char* common_name)
{
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -60);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 24 * 3600);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common_name),
                               -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    FILE* file = std::fopen(certificate_file.c_str(), "wb");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(key_file.c_str(), "wb");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    fs::permissions(key_file, fs::perms::owner_read | fs::perms::owner_write);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

class TlsClient
{
public:
    explicit TlsClient(std::uint16_t port, int newest = 0) : context_(SSL_CTX_new(TLS_client_method()))
    {
        if (newest)
            SSL_CTX_set_max_proto_version(context_, newest);
        socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
        timeval wait{5, 0};
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool reached = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
        tls_ = SSL_new(context_);
        SSL_set_fd(tls_, socket_);
        connected_ = reached && SSL_connect(tls_) == 1;
    }
    ~TlsClient()
    {
        SSL_free(tls_);
        SSL_CTX_free(context_);
        ::close(socket_);
    }
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;

    bool connected() const { return connected_; }
    void say(const std::string& bytes) { SSL_write(tls_, bytes.data(), static_cast<int>(bytes.size())); }
    std::string until(const std::string& text)
    {
        while (in_.find(text) == std::string::npos) {
            char bytes[4096];
            const int count = SSL_read(tls_, bytes, sizeof bytes);
            if (count <= 0)
                break;
            in_.append(bytes, static_cast<std::size_t>(count));
        }
        return std::exchange(in_, {});
    }
    std::string certificate_name() const
    {
        X509* certificate = SSL_get1_peer_certificate(tls_);
        char name[100] = "";
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
        X509_free(certificate);
        return name;
    }

private:
    SSL_CTX* context_;
    SSL* tls_ = nullptr;
    int socket_ = -1;
    bool connected_ = false;
    std::string in_;
};

class Tls : public ::testing::Test
{
protected:
    Tls() : home(fs::temp_directory_path() / ("handrail_tls_" + to_text(random_id())))
    {
        fs::create_directories(home);
        settings.port = 0;
        settings.io_threads = 1;
        settings.certificate_file = home / "certificate.pem";
        settings.key_file = home / "key.pem";
        write_certificate(settings.certificate_file, settings.key_file, "first");
        Route route;
        route.callers = Callers::anyone();
        route.pattern = "/hello";
        route.handler = [](const Request& request) -> Result<Response> {
            return Response::text(request.secure ? std::string(100'000, 's') + "ecure" : "plain");
        };
        router.add(route);
        route.pattern = "/events";
        route.handler = [this](const Request&) -> Result<Response> {
            return Response::event_stream(TRY(hub.subscribe("ada", "s", "")));
        };
        router.add(route);
        route.method = Method::Post;
        route.pattern = "/text";
        route.handler = [](const Request& request) -> Result<Response> {
            return Response::text(request.body);
        };
        router.add(route);
    }
    ~Tls() override
    {
        server.reset();
        fs::remove_all(home);
    }
    void serve()
    {
        auto opened = Server::open(settings, router);
        ASSERT_TRUE(opened) << opened.error().told;
        server = std::move(*opened);
        server->start();
    }
    fs::path home;
    ServerSettings settings;
    EventHub hub;
    Router router;
    std::unique_ptr<Server> server;
};

TEST_F(Tls, AnswersAndStreams)
{
    serve();
    TlsClient client(server->port());
    ASSERT_TRUE(client.connected());
    client.say("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto answer = client.until("ecure");
    EXPECT_THAT(answer, HasSubstr("Strict-Transport-Security: max-age=31536000"));
    EXPECT_GT(answer.size(), 100'000u);
    client.say("POST /text HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(client.until("100 Continue\r\n\r\n"), HasSubstr("100"));
    client.say("hello");
    EXPECT_THAT(client.until("hello"), HasSubstr("200 OK"));
    client.say("GET /events HTTP/1.1\r\nHost: t\r\n\r\n");
    client.until("retry");
    for (int i = 0; i < 20; ++i)
        hub.publish("ada", {"alert", std::to_string(i)});
    EXPECT_THAT(client.until("data: 19\n\n"), HasSubstr("data: 19"));
    hub.close_everything();
    client.until("never");
}

TEST_F(Tls, SpeaksNothingOlderThanTls12)
{
    serve();
    EXPECT_FALSE(TlsClient(server->port(), TLS1_1_VERSION).connected());
    EXPECT_TRUE(TlsClient(server->port(), TLS1_2_VERSION).connected());
}

TEST_F(Tls, TakesANewCertificateWithoutStopping)
{
    serve();
    TlsClient before(server->port());
    EXPECT_EQ(before.certificate_name(), "first");
    write_certificate(settings.certificate_file, settings.key_file, "second");
    ASSERT_TRUE(server->reload_certificate());
    EXPECT_EQ(TlsClient(server->port()).certificate_name(), "second");
    before.say("GET /hello HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_THAT(before.until("ecure"), HasSubstr("200 OK"));

    std::ofstream(settings.certificate_file) << "not a certificate";
    EXPECT_FALSE(server->reload_certificate());
    EXPECT_EQ(TlsClient(server->port()).certificate_name(), "second") << "the old one stays";
}

TEST_F(Tls, SaysWhatIsWrongWithItsFiles)
{
    fs::permissions(settings.key_file, fs::perms::others_read, fs::perm_options::add);
    EXPECT_THAT(Server::open(settings, router).error().told, HasSubstr("chmod 600"));
    write_certificate(home / "other.pem", home / "other_key.pem", "other");
    auto wrong = settings;
    wrong.key_file = home / "other_key.pem";
    EXPECT_THAT(Server::open(wrong, router).error().told, HasSubstr("other_key.pem"));
    wrong.key_file = home / "missing.pem";
    EXPECT_THAT(Server::open(wrong, router).error().told, HasSubstr("is not there"));
    wrong.key_file = "";
    EXPECT_THAT(Server::open(wrong, router).error().told, HasSubstr("both"));
}

} // namespace
} // namespace handrail::http
