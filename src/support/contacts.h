#pragma once

#include <optional>
#include <string>
#include <vector>

#include "content/crisis_lines.h"
#include "support/phrasebook.h"
#include "support/situation.h"
#include "support/wording.h"

namespace handrail::support {

/// The ways to reach a human being that fit one person and one kind of danger, in words.
class Contacts {
public:
    /// @param region ISO 3166; empty: local-emergency wording and the worldwide directory, never another country's number.
    Contacts(const content::CrisisLines& directory, const Phrasebook& book, const Situation& situation,
             const std::string& region, Category category, bool minor, const std::vector<std::string>& audiences);

    bool country_known() const { return country_ != nullptr; }
    /// In the language of the words around it.
    std::string country_name() const;
    /// "112 or 999 (emergency services)", with what each number reaches.
    const std::string& emergency() const { return emergency_; }
    const std::vector<CrisisLine>& lines() const { return lines_; }
    /// "Samaritans Ireland, 116 123"; the worldwide directory when there is no line.
    std::string first_line() const;
    /// Values for {emergency}, {line}, {line_call}, {country}.
    Filling filling() const;

    /// Adds the first line to call and one way without speaking, each in words not used before.
    /// @param written_first For people who cannot speak aloud.
    void put(Draft& draft, Wording& wording, bool first_time, bool written_first, bool with_plan) const;
    /// One sentence with one live contact, in words not used before; never empty.
    std::string short_contact(Wording& wording, bool written_first) const;
    /// A way to reach the emergency service without a voice, where the country has one; else empty.
    std::string silent_emergency() const;
    /// The touches under "Call …": the emergency number, then the first line to speak to. Empty when the country is unknown.
    std::vector<Call> first_calls(bool with_line) const;

private:
    std::optional<CrisisLine> voice() const;
    std::string hours(const CrisisLine& line) const;
    std::string mark(const CrisisLine& line) const;
    Filling line_filling(const CrisisLine& line) const;
    std::string text_sentence(const CrisisLine& line, Wording& wording) const;
    Call item(const CrisisLine& line, bool by_text) const;

    const Phrasebook& book_;
    const CountryHelp* country_;
    std::vector<EmergencyNumber> numbers_;
    std::vector<CrisisLine> lines_;
    std::optional<CrisisLine> silent_;
    std::string emergency_;
    std::string reached_;       ///< what the first emergency number reaches: "emergency services"
    std::string numbers_alike_; ///< "112 or 999" when they reach the same
};

} // namespace handrail::support
