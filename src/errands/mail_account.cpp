#include "errands/mail_account.h"

#include <utility>

namespace handrail::errands {

Posted post(const language::MailTransport& mail, const MailAccount& account, const std::string& to, std::string text,
            const std::function<bool()>& stopping)
{
    language::Letter letter;
    letter.server = account.server;
    letter.tls = account.tls;
    letter.user = account.user;
    letter.password = account.password;
    letter.from = account.from;
    letter.to = to;
    letter.text = std::move(text);
    const auto code = mail.send(letter, stopping);
    if (!code.ok())
        return {0, "The mail server did not answer: " + code.error().noted + "."};
    if (*code == 250)
        return {*code, {}};
    return {*code, "The mail server did not take a letter: " + std::to_string(*code) + "."};
}

} // namespace handrail::errands
