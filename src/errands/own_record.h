#pragma once

#include <string>
#include <vector>

#include "trust/account_desk.h"
#include "trust/consent_desk.h"
#include "trust/record.h"

namespace handrail::errands {

/// Everything about oneself: who can read it, and all of it to take along.
class OwnRecord {
public:
    OwnRecord(trust::Record& record, const trust::AccountDesk& accounts, const trust::ConsentDesk& consents)
        : record_(record), accounts_(accounts), consents_(consents)
    {
    }

    struct Reader {
        std::string name;
        Role role = Role::Clinician;
        std::string why;
    };
    struct Readers {
        bool staff_reading = false;
        std::vector<Reader> people;
    };
    Result<Readers> readers(const Actor& person) const;
    /// JSON: profile, consents, messages, answers, findings, alerts, documents. Findings are the person's too.
    Result<std::string> everything(const Actor& person) const;

private:
    trust::Record& record_;
    const trust::AccountDesk& accounts_;
    const trust::ConsentDesk& consents_;
};

} // namespace handrail::errands
