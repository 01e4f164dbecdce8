#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/measure.h"
#include "base/result.h"
#include "domain/finding.h"
#include "nlp/second_reader.h"

namespace handrail::nlp {

class SilentMessages;

/// The rule floor: deterministic rules that answer how soon a human being is needed, from a person's words alone, with
/// no model and no network. Rules are data in content/screening; how they are written is in its README.
///
/// Immutable once loaded, but for what it counts and which messages it knows to say nothing: one Screener serves every thread.
class Screener {
public:
    /// Reads content_dir/screening/*.tsv. Invalid names every bad line, as "file:line: what is wrong".
    static Result<Screener> load(const std::filesystem::path& content_dir);

    /// From now on this one reads every message too, and may raise what the rules found. Before the first thread
    /// screens.
    void use(std::shared_ptr<const SecondReader> reader) { second_ = std::move(reader); }
    /// Rules and a second reader, or rules alone.
    bool has_second_reader() const { return second_ != nullptr; }

    Screener(Screener&&) noexcept;
    Screener& operator=(Screener&&) noexcept;
    ~Screener();

    /// Screens one message of a person in the light of their earlier ones.
    ///
    /// Pure: the same words give the same finding. Never fails: broken UTF-8 is read with replacement characters.
    ///
    /// @param text      what the person wrote now; at any length, in time linear in it
    /// @param context   their earlier messages in this conversation, oldest first; their signs count as well
    /// @param lang_hint BCP 47 tag that the page or the channel knows; used when the text is too short to tell
    /// @return the most pressing urgency with every piece of evidence. Unknown when the words could not be understood.
    Finding screen(std::string_view text, std::span<const std::string> context = {},
                   std::string_view lang_hint = {}) const;

    /// Screens words that are about to go out to a person: the same rules, and those that hold for replies only.
    Finding screen_output(std::string_view text) const;

    /// How many messages screen() was given, by what came of them, and how long it took.
    std::vector<Measure> measures() const;
    std::uint64_t screened(Urgency urgency) const;

    /// "rules": a checksum over every file that was read; "format": the version of the way rules are written; "model":
    /// of the second reader, when there is one.
    std::map<std::string, std::string> versions() const;

    /// How many places of patterns and pairs of what was found reading this text looks at: the work it is, counted.
    std::size_t work_of(std::string_view text) const;

    /// How many different word sequences the rules stand for; for documents and tests.
    double surface_forms() const;

private:
    struct Parts;
    explicit Screener(std::unique_ptr<const Parts> parts);
    std::unique_ptr<const Parts> parts_;
    struct Counts;
    std::unique_ptr<Counts> counts_;
    std::unique_ptr<SilentMessages> silent_;
    std::shared_ptr<const SecondReader> second_;

    Finding read(std::string_view text, std::span<const std::string> context, std::string_view lang_hint) const;
};

} // namespace handrail::nlp
