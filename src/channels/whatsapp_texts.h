#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::channels {

/// The sentences that only this channel needs, and the words that end or begin it: content/channels/whatsapp.json.
class WhatsappTexts {
public:
    /// Invalid names what is missing in which language.
    static Result<WhatsappTexts> load(const std::filesystem::path& content_folder);

    /// In a language, or in English. {names} are filled in.
    std::string text(std::string_view language, std::string_view key,
                     const std::map<std::string, std::string>& filling = {}) const;
    /// Whether a message is nothing but a word that ends the channel, in any language: case, marks and spaces around it
    /// do not matter.
    bool stops(std::string_view words) const;
    /// The same for a word that asks to be written to.
    bool starts(std::string_view words) const;
    /// The same for what agrees that voice notes are turned into words, and for what takes it back.
    bool agrees_to_voice(std::string_view words) const;
    bool refuses_voice(std::string_view words) const;
    /// The digits of a code that somebody writes to join their number to an account: one of the words for it, then digits
    /// with spaces and dashes between them, and nothing else. None: the message is another one.
    std::optional<std::string> link_code(std::string_view words) const;
    std::vector<std::string> languages() const;
    static const std::vector<std::string>& keys();

private:
    std::map<std::string, std::map<std::string, std::string, std::less<>>, std::less<>> texts_;
    std::set<std::string, std::less<>> stop_words_;
    std::set<std::string, std::less<>> start_words_;
    std::set<std::string, std::less<>> link_words_;
    std::set<std::string, std::less<>> voice_yes_words_;
    std::set<std::string, std::less<>> voice_no_words_;
};

/// Words that do not belong on this channel: a questionnaire's total, a diagnosis or its code.
bool names_a_result(std::string_view words);

} // namespace handrail::channels
