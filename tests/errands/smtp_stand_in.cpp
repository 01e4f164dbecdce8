#include "errands/smtp_stand_in.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "base/text.h"

namespace handrail::errands {

namespace {

/// Lines of one connection.
class Lines {
public:
    explicit Lines(int connection) : connection_(connection) {}
    bool next(std::string& line)
    {
        for (;;) {
            if (const auto end = held_.find("\r\n"); end != std::string::npos) {
                line = held_.substr(0, end);
                held_.erase(0, end + 2);
                return true;
            }
            char bytes[4096];
            const auto count = ::recv(connection_, bytes, sizeof bytes, 0);
            if (count <= 0)
                return false;
            held_.append(bytes, static_cast<std::size_t>(count));
        }
    }
    void say(const std::string& words) const
    {
        const auto line = words + "\r\n";
        (void)::send(connection_, line.data(), line.size(), MSG_NOSIGNAL);
    }

private:
    int connection_;
    std::string held_;
};

std::string in_brackets(const std::string& line)
{
    const auto open = line.find('<');
    const auto close = line.find('>');
    return open == std::string::npos || close == std::string::npos ? line : line.substr(open + 1, close - open - 1);
}

} // namespace

SmtpStandIn::SmtpStandIn() : port_([this](int connection) { talk(connection); }) {}

void SmtpStandIn::set(Mode mode)
{
    const std::lock_guard lock(mutex_);
    mode_ = mode;
}

std::vector<SmtpStandIn::Letter> SmtpStandIn::letters() const
{
    const std::lock_guard lock(mutex_);
    return letters_;
}

std::map<std::string, int> SmtpStandIn::by_id() const
{
    std::map<std::string, int> all;
    for (const auto& letter : letters())
        ++all[letter.header("Message-ID")];
    return all;
}

std::vector<std::string> SmtpStandIn::sign_ins() const
{
    const std::lock_guard lock(mutex_);
    return sign_ins_;
}

int SmtpStandIn::connections() const
{
    const std::lock_guard lock(mutex_);
    return connections_;
}

std::string SmtpStandIn::Letter::header(const std::string& name) const
{
    const auto head = text.substr(0, text.find("\r\n\r\n"));
    for (const auto line : split(head, '\n'))
        if (line.substr(0, name.size() + 1) == name + ":")
            return std::string(trimmed(line.substr(name.size() + 1)));
    return {};
}

std::string SmtpStandIn::Letter::words() const
{
    const auto body = text.substr(text.find("\r\n\r\n") + 4);
    std::string packed, out;
    for (const char each : body)
        if (each != '\r' && each != '\n' && each != '=')
            packed += each == '+' ? '-' : each == '/' ? '_' : each;
    EXPECT_TRUE(from_base64url(packed, out)) << body;
    return out;
}

void SmtpStandIn::talk(int connection)
{
    Mode mode = Mode::Takes;
    {
        const std::lock_guard lock(mutex_);
        ++connections_;
        mode = mode_;
    }
    if (mode == Mode::Down)
        return;
    Lines lines(connection);
    lines.say("220 stand-in");
    Letter letter;
    std::string line;
    while (lines.next(line)) {
        const auto verb = lower_ascii(line.substr(0, 4));
        if (verb == "ehlo") {
            lines.say("250-stand-in");
            lines.say("250 AUTH PLAIN");
        } else if (verb == "helo" || verb == "rset" || verb == "noop") {
            lines.say("250 ok");
        } else if (verb == "auth") {
            if (line.size() < 11) {
                lines.say("334 ");
                lines.next(line);
                line = "AUTH PLAIN " + line;
            }
            const std::lock_guard lock(mutex_);
            sign_ins_.push_back(line.substr(11));
            lines.say("235 ok");
        } else if (verb == "mail") {
            letter = {};
            letter.from = in_brackets(line);
            lines.say("250 ok");
        } else if (verb == "rcpt") {
            letter.to = in_brackets(line);
            lines.say(mode == Mode::Busy      ? "451 " + letter.to + " later"
                      : mode == Mode::Refuses ? "550 " + letter.to + " no such box"
                                              : "250 ok");
        } else if (verb == "data") {
            lines.say("354 go on");
            while (lines.next(line) && line != ".")
                letter.text += (line.rfind("..", 0) == 0 ? line.substr(1) : line) + "\r\n";
            {
                const std::lock_guard lock(mutex_);
                letters_.push_back(letter);
            }
            if (mode == Mode::CutsAtTheEnd)
                return;
            lines.say("250 taken");
        } else if (verb == "quit") {
            lines.say("221 bye");
            return;
        } else {
            lines.say("500 what");
        }
    }
}

} // namespace handrail::errands
