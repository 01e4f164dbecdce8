#pragma once

#include <optional>
#include <string>
#include <vector>

namespace handrail {

/// How far a line's number is backed by the lists it came from. Nobody telephoned any of them (content/crisis_lines.json).
enum class LineStatus {
    Agreed,        ///< the same number in two lists or more, one of them dated 2024 or later
    AgreedFlagged, ///< as agreed, but the dated list itself marks it "needs verification"
    AgreedUndated, ///< the same number in two lists or more, none dated
    SingleSource,
    Conflict,
    Unverified,
};

struct TextNumber {
    std::string number;
    std::string keyword; ///< what to write; may be empty
};

/// One helpline as the data file has it.
struct CrisisLine {
    std::string id;       ///< "ie-1"
    std::string country;  ///< ISO 3166, two letters
    std::string name;
    std::string audience; ///< all, youth, domestic_violence, ...
    std::string phone;    ///< as people write it; may be empty
    std::string dial;     ///< digits for a tel: link; short codes work only inside the country
    std::optional<TextNumber> sms;
    std::string whatsapp;
    std::string chat_url;
    std::string hours;    ///< local time of the country, as the lists give it; "24/7"; may be empty
    std::string zone;     ///< IANA, where the hours name one ("Central"); empty: those of the country
    std::vector<std::string> languages;
    std::optional<bool> free_call;
    std::vector<std::string> sources; ///< keys of the file's own list of sources
    std::string source_date;          ///< of the newest list; may be empty
    LineStatus status = LineStatus::Unverified;
    std::string conflict; ///< what the lists disagree about
    std::string note;
    std::string how;      ///< what to do after dialling, from the note: "Choose option 5."
    std::string where;    ///< when the line serves only a part of the country, from the note
    bool primary = false; ///< the country's first line in the file
    bool confirmed = true; ///< false: shown with "not confirmed here"
};

struct EmergencyNumber {
    std::string number;
    std::string reaches; ///< "police", "ambulance", ...; empty: the emergency services in general
    bool check_locally = false;
};

/// Where a country's help is.
struct CountryHelp {
    std::string iso;
    std::string name;
    std::vector<EmergencyNumber> emergency; ///< in the file's order
    std::string emergency_note;
    std::vector<CrisisLine> lines;
    std::vector<std::string> zones; ///< every time zone of the country, IANA; may be empty
    std::string gap; ///< what is missing, in the file's words; may be empty
};

struct HelpDirectory {
    std::string name;
    std::string url;
    std::string what;
};

} // namespace handrail
