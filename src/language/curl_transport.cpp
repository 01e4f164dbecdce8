#include "language/curl_transport.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>

#include "base/public_address.h"
#include "language/curl_parts.h"

namespace handrail::language {

namespace {

using Steady = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_every{100};

// CURL and CURLM are both void: each closes its own way.
struct ClosesMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

/// What libcurl's callbacks see of one call.
struct UnderWay {
    const Call& call;
    const Taking& taking;
    Head head;
    bool head_told = false;
    bool stopped = false; ///< by the taker
    bool too_large = false;
    std::size_t received = 0;
    Steady::time_point last = Steady::now();

    bool tell_head()
    {
        if (head_told)
            return true;
        head_told = true;
        if (taking.head && !taking.head(head))
            stopped = true;
        return !stopped;
    }
};

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* user)
{
    auto& way = *static_cast<UnderWay*>(user);
    const std::string_view line(data, size * count);
    way.last = Steady::now();
    if (line.substr(0, 5) == "HTTP/") {
        // A new head: the one before was 1xx.
        way.head = {};
        const auto space = line.find(' ');
        if (space != std::string_view::npos)
            way.head.status = std::atoi(std::string(line.substr(space + 1, 3)).c_str());
        return line.size();
    }
    if (const auto colon = line.find(':'); colon != std::string_view::npos && way.head.headers.size() < 200) {
        std::string name(line.substr(0, colon));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
        auto value = line.substr(colon + 1);
        while (!value.empty() && (value.front() == ' ' || value.front() == '\t'))
            value.remove_prefix(1);
        while (!value.empty() && (value.back() == '\r' || value.back() == '\n' || value.back() == ' '))
            value.remove_suffix(1);
        way.head.headers.emplace_back(std::move(name), std::string(value));
    }
    return line.size();
}

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* user)
{
    auto& way = *static_cast<UnderWay*>(user);
    const std::string_view bytes(data, size * count);
    way.last = Steady::now();
    if (!way.tell_head())
        return 0;
    way.received += bytes.size();
    if (way.received > way.call.largest_answer) {
        way.too_large = true;
        return 0;
    }
    if (way.taking.bytes && !way.taking.bytes(bytes)) {
        way.stopped = true;
        return 0;
    }
    return bytes.size();
}

/// Opens a socket to an address of the internet and to no other: here a name has been looked up already, and no second
/// look-up can come out differently.
curl_socket_t open_public(void*, curlsocktype, curl_sockaddr* to)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    const void* bytes = to->family == AF_INET    ? static_cast<const void*>(&reinterpret_cast<sockaddr_in*>(&to->addr)->sin_addr)
                        : to->family == AF_INET6 ? static_cast<const void*>(&reinterpret_cast<sockaddr_in6*>(&to->addr)->sin6_addr)
                                                 : nullptr;
    if (bytes == nullptr || inet_ntop(to->family, bytes, text.data(), text.size()) == nullptr ||
        !is_public_address(text.data()).value_or(false))
        return CURL_SOCKET_BAD;
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

Error broke_off(std::string noted)
{
    return unavailable("The other service did not answer.", std::move(noted));
}

} // namespace

CurlTransport::CurlTransport() { start_curl(); }

Result<Head> CurlTransport::post(const Call& call, const Taking& taking) const
{
    if (call.url.rfind("http://", 0) != 0 && call.url.rfind("https://", 0) != 0)
        return invalid("The address of the other service must begin with http:// or https://.");
    const Easy easy(curl_easy_init());
    const std::unique_ptr<CURLM, ClosesMulti> multi(curl_multi_init());
    if (!easy || !multi)
        return broke_off("libcurl could not start");

    curl_slist* lines = nullptr;
    for (const auto& [name, value] : call.headers)
        lines = curl_slist_append(lines, (name + ": " + value).c_str());
    lines = curl_slist_append(lines, "Expect:"); // no pause before the body
    const List headers(lines);

    UnderWay way{call, taking, {}};
    const auto set = [&](auto option, auto value) { curl_easy_setopt(easy.get(), option, value); };
    set(CURLOPT_URL, call.url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    if (call.method == Call::Method::Get) {
        set(CURLOPT_HTTPGET, 1L);
    } else {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
        set(CURLOPT_POSTFIELDS, call.body.data());
    }
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    if (call.public_only)
        set(CURLOPT_OPENSOCKETFUNCTION, open_public);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call.connect_within.count()));
    set(CURLOPT_HEADERFUNCTION, on_header);
    set(CURLOPT_HEADERDATA, static_cast<void*>(&way));
    set(CURLOPT_WRITEFUNCTION, on_bytes);
    set(CURLOPT_WRITEDATA, static_cast<void*>(&way));

    curl_multi_add_handle(multi.get(), easy.get());
    struct Removes {
        CURLM* multi;
        CURL* easy;
        ~Removes() { curl_multi_remove_handle(multi, easy); }
    } const removes{multi.get(), easy.get()};

    const auto began = Steady::now();
    way.last = began;
    int running = 1;
    while (running > 0) {
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK)
            return broke_off("libcurl gave up");
        if (running == 0)
            break;
        const auto now = Steady::now();
        if (taking.given_up && taking.given_up()) {
            way.stopped = true;
            break;
        }
        if (way.head.status == 0 && now - began > call.first_byte_within)
            return broke_off("no answer within " + std::to_string(call.first_byte_within.count()) + " ms");
        if (way.head.status != 0 && now - way.last > call.silent_at_most)
            return broke_off("silent for " + std::to_string(call.silent_at_most.count()) + " ms");
        if (now - began > call.all_within)
            return broke_off("not finished within " + std::to_string(call.all_within.count()) + " ms");
        curl_multi_poll(multi.get(), nullptr, 0, static_cast<int>(look_every.count()), nullptr);
    }
    if (way.too_large)
        return broke_off("the answer is larger than " + std::to_string(call.largest_answer) + " bytes");
    if (way.stopped)
        return way.head;
    int left = 0;
    while (const auto* message = curl_multi_info_read(multi.get(), &left))
        if (message->msg == CURLMSG_DONE && message->data.result != CURLE_OK)
            return broke_off(curl_easy_strerror(message->data.result));
    if (!way.tell_head())
        return way.head;
    return way.head;
}

} // namespace handrail::language
