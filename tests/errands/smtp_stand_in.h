#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "errands/listening_port.h"

namespace handrail::errands {

/// A stand-in of a mail server on a port of this machine: enough of SMTP to take a letter, and to fail when it is told to.
class SmtpStandIn {
public:
    SmtpStandIn();
    SmtpStandIn(const SmtpStandIn&) = delete;
    SmtpStandIn& operator=(const SmtpStandIn&) = delete;

    std::string url() const { return "smtp://" + port_.address(); }

    enum class Mode {
        Takes,
        Down,        ///< closes every connection without a word
        Busy,        ///< 451 to every recipient
        Refuses,     ///< 550 to every recipient
        CutsAtTheEnd ///< takes the letter, and is gone before it says so
    };
    void set(Mode mode);

    struct Letter {
        std::string from, to, text;
        std::string header(const std::string& name) const;
        /// Its words as they are read; a failure of the test when they cannot be.
        std::string words() const;
    };
    /// Everything it took.
    std::vector<Letter> letters() const;
    /// How often each Message-ID was taken.
    std::map<std::string, int> by_id() const;
    /// Sign-ins as they came, base 64.
    std::vector<std::string> sign_ins() const;
    int connections() const;

private:
    void talk(int connection);

    mutable std::mutex mutex_;
    Mode mode_ = Mode::Takes;
    int connections_ = 0;
    std::vector<Letter> letters_;
    std::vector<std::string> sign_ins_;
    ListeningPort port_; ///< last: it answers with all of the above
};

} // namespace handrail::errands
