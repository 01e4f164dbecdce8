#include "content/check.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "base/clock.h"
#include "content/alert_policy.h"
#include "content/answer_protocol.h"
#include "content/asking_protocol.h"
#include "content/change_protocol.h"
#include "content/check_in_mappings.h"
#include "content/check_ins.h"
#include "content/crisis_lines.h"
#include "content/document.h"
#include "content/first_assessment.h"
#include "content/instruments.h"
#include "content/next_steps.h"
#include "content/progress_protocol.h"
#include "content/reliance_protocol.h"
#include "content/trend_protocol.h"
#include "content/wearable_protocol.h"

namespace handrail::content {

namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using Kind = CheckNote::Kind;

bool looks_like_id(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

/// Languages that words of this project may be written in; "at" or "by" as a key is no language.
bool is_language(std::string_view text)
{
    constexpr std::array<std::string_view, 12> known{"ar", "de", "en", "es", "fr", "it",
                                                     "nl", "pl", "pt", "tr", "uk", "zh"};
    return std::find(known.begin(), known.end(), text) != known.end();
}

bool has_text(const json::object& object, std::string_view key)
{
    const auto* found = object.if_contains(key);
    return found != nullptr && found->is_string() && !found->get_string().empty();
}

bool says_unverified(const json::object& object)
{
    return std::any_of(object.begin(), object.end(), [](const auto& member) {
        return member.value().is_string() &&
               std::string_view(member.value().get_string()).find("UNVERIFIED") != std::string_view::npos;
    });
}

/// {"en": "…", "de": "…"}: the same words in several languages.
bool is_local_text(const json::object& object)
{
    return !object.empty() && std::all_of(object.begin(), object.end(), [](const auto& member) {
        return is_language(member.key()) && member.value().is_string();
    });
}

class Checking {
public:
    Checking(fs::path folder, std::chrono::sys_days today) : folder_(std::move(folder)), today_(today) {}

    CheckReport report()
    {
        find_files();
        read_languages();
        read_sources();
        for (const auto& file : files_)
            if (file.ends_with(".json"))
                look_at(file);
        load_everything();
        look_for_counterparts();
        look_at_reviews();
        std::stable_sort(out_.notes.begin(), out_.notes.end(), [](const auto& a, const auto& b) {
            return std::tie(a.file, a.where) < std::tie(b.file, b.where);
        });
        return std::move(out_);
    }

private:
    void note(Kind kind, const std::string& file, const std::string& where, const std::string& told)
    {
        out_.notes.push_back({kind, file, where, told});
    }

    void find_files()
    {
        std::error_code failed;
        for (auto entry = fs::recursive_directory_iterator(folder_, failed);
             !failed && entry != fs::recursive_directory_iterator(); entry.increment(failed))
            if (entry->is_regular_file())
                files_.push_back(fs::relative(entry->path(), folder_).generic_string());
        std::sort(files_.begin(), files_.end());
        out_.files = files_.size();
        if (failed || files_.empty())
            note(Kind::Broken, ".", "", "The content folder cannot be read or is empty.");
    }

    std::optional<Document> opened(const std::string& file)
    {
        auto document = Document::open(folder_ / file, file);
        if (!document) {
            note(Kind::Broken, file, "", document.error().told);
            return std::nullopt;
        }
        return *std::move(document);
    }

    void read_languages()
    {
        if (auto document = opened("languages.json"))
            for (const auto& language : document->root()["offered"].texts())
                languages_.insert(language);
    }

    void read_sources()
    {
        for (const auto& file : files_) {
            if (!file.starts_with("sources/") || !file.ends_with(".json"))
                continue;
            auto document = opened(file);
            if (!document)
                continue;
            const auto root = document->root();
            const auto id = root["id"].text();
            if (fs::path(file).stem() != id)
                root["id"].wrong("is not the name of the file");
            root["citation"].text();
            root["says"].text();
            const auto kind = root["kind"].text();
            const auto mark = root["mark"].text_or("");
            if (kind != "house" && kind != "published")
                root["kind"].wrong("expected published or house");
            if (kind == "published" && mark != "V" && mark != "S" && mark != "U")
                root["mark"].wrong("expected V (read), S (second-hand) or U (recalled)");
            if (mark == "U")
                note(Kind::Unverified, file, "/mark", "The source was recalled, not read.");
            if (!document->sound())
                note(Kind::Broken, file, "", document->error().told);
            sources_.insert(id);
        }
        out_.sources = sources_.size();
    }

    /// Whether the numbers of a file are clinical rules of ours, which need a source each.
    static bool holds_rules(const std::string& file)
    {
        return file.starts_with("protocols/") || file.starts_with("courses/") || file.starts_with("check_ins/") || file.starts_with("imports/");
    }

    void look_at(const std::string& file)
    {
        if (file.starts_with("sources/"))
            return;
        auto document = opened(file);
        if (!document)
            return;
        if (file.starts_with("instruments/"))
            look_at_instrument(file, *document->root().raw());
        else if (file != "crisis_lines.json") // its lines carry their own sources, checked where they are read
            walk(file, *document->root().raw(), "", false);
    }

    void walk(const std::string& file, const json::value& value, const std::string& pointer, bool sourced)
    {
        if (value.is_number() && holds_rules(file) && !sourced) {
            note(Kind::NumberWithoutSource, file, pointer, "This number has no source.");
            return;
        }
        if (const auto* list = value.if_array()) {
            for (std::size_t i = 0; i < list->size(); ++i)
                walk(file, (*list)[i], pointer + "/" + std::to_string(i), sourced);
            return;
        }
        const auto* object = value.if_object();
        if (object == nullptr)
            return;
        if (holds_rules(file) && is_local_text(*object))
            look_for_languages(file, *object, pointer);
        if (has_text(*object, "source")) {
            sourced = true;
            const std::string_view source = object->at("source").get_string();
            if (looks_like_id(source) && !sources_.contains(source))
                note(Kind::BadReference, file, pointer + "/source", "There is no source " + std::string(source) + ".");
        }
        for (const auto& [key, member] : *object)
            walk(file, member, pointer + "/" + std::string(key), sourced);
    }

    void look_for_languages(const std::string& file, const json::object& words, const std::string& pointer)
    {
        for (const auto& language : languages_)
            if (!has_text(words, language))
                note(Kind::MissingTranslation, file, pointer, "There are no words in " + language + ".");
    }

    /// Instrument files name their sources as they were given: per figure where a figure has its own, else for the file.
    void look_at_instrument(const std::string& file, const json::value& value)
    {
        const auto* root = value.if_object();
        if (root == nullptr)
            return;
        const auto* sources = root->if_contains("sources");
        if (sources == nullptr || !sources->is_array() || sources->get_array().empty())
            note(Kind::NumberWithoutSource, file, "/scoring", "The file names no sources for its cut-offs and bands.");
        if (const auto* rows = root->if_contains("accuracy"); rows != nullptr && rows->is_array())
            for (std::size_t i = 0; i < rows->get_array().size(); ++i)
                look_at_accuracy(file, rows->get_array()[i], "/accuracy/" + std::to_string(i));
        if (const auto* change = root->if_contains("change"); change != nullptr && change->is_object())
            look_at_change(file, change->get_object(), "/change", false);
        if (const auto* scoring = root->if_contains("scoring"); scoring != nullptr && scoring->is_object())
            look_at_missing_rules(file, scoring->get_object());
        if (const auto* unverified = root->if_contains("unverified"); unverified != nullptr && unverified->is_array())
            for (std::size_t i = 0; i < unverified->get_array().size(); ++i)
                if (const auto* text = unverified->get_array()[i].if_string())
                    note(Kind::Unverified, file, "/unverified/" + std::to_string(i), std::string(*text) + ".");
    }

    void look_at_accuracy(const std::string& file, const json::value& row, const std::string& pointer)
    {
        const auto* object = row.if_object();
        if (object == nullptr || has_text(*object, "source"))
            return;
        const bool figures = object->contains("sensitivity") || object->contains("specificity") || object->contains("auc");
        if (figures)
            note(Kind::NumberWithoutSource, file, pointer, "These figures have no source.");
    }

    void look_at_change(const std::string& file, const json::object& change, const std::string& pointer, bool sourced)
    {
        for (const auto& [key, member] : change) {
            const std::string here = pointer + "/" + std::string(key);
            if (const auto* inner = member.if_object()) {
                const bool named = sourced || has_text(*inner, "source") || has_text(*inner, "status") ||
                                   has_text(change, "source");
                look_at_change(file, *inner, here, named);
            } else if (member.is_number()) {
                // "reliable_change_points" has its source beside it as "reliable_change_source".
                const std::string name(key);
                const auto stem = name.substr(0, name.rfind("_points"));
                const bool named = sourced || has_text(change, "source") || has_text(change, stem + "_source") ||
                                   has_text(change, "status");
                if (!named)
                    note(Kind::Unverified, file, here, "This figure names no source of its own; the file's sources stand for it.");
            }
        }
        if (says_unverified(change))
            note(Kind::Unverified, file, pointer, "A figure here is marked unverified.");
    }

    void look_at_missing_rules(const std::string& file, const json::object& scoring)
    {
        const auto* scores = scoring.if_contains("scores");
        if (scores == nullptr || !scores->is_array())
            return;
        for (std::size_t i = 0; i < scores->get_array().size(); ++i) {
            const auto* score = scores->get_array()[i].if_object();
            const auto* missing = score != nullptr ? score->if_contains("missing") : nullptr;
            if (missing == nullptr || !missing->is_object())
                continue;
            const std::string where = "/scoring/scores/" + std::to_string(i) + "/missing";
            const auto& rule = missing->get_object();
            const auto* method = rule.if_contains("method");
            const bool prorates = method != nullptr && method->is_string() && method->get_string() == "prorate_mean";
            if (prorates && !has_text(rule, "source") && !has_text(rule, "note"))
                note(Kind::NumberWithoutSource, file, where, "The rule for missing answers has no source.");
            if (says_unverified(rule))
                note(Kind::Unverified, file, where, "The rule for missing answers is marked unverified.");
        }
    }

    void load_everything()
    {
        const auto broken = [&](const std::string& file, const Error& error) {
            note(Kind::Broken, file, "", error.told);
        };
        const auto instruments = Instruments::load(folder_);
        if (!instruments) {
            broken("instruments", instruments.error());
        } else {
            out_.instruments = instruments->all().size();
            for (const auto& [id, instrument] : instruments->all())
                look_at_instrument_read(instrument);
            if (const auto read = load_answer_protocol(folder_, *instruments); !read)
                broken("protocols/answers.json", read.error());
            if (const auto read = load_change_protocol(folder_, *instruments); !read)
                broken("protocols/change.json", read.error());
            if (const auto read = load_first_assessment(folder_, *instruments); !read)
                broken("first_assessment/form.json", read.error());
        }
        for (const auto& file : files_)
            if (file.starts_with("check_ins/"))
                if (const auto read = load_check_in_form(folder_, fs::path(file).stem().string()); !read)
                    broken(file, read.error());
        if (const auto read = load_check_in_mappings(folder_); !read)
            broken("imports", read.error());
        if (const auto wearables = load_wearable_protocol(folder_); !wearables)
            broken("protocols/wearables.json", wearables.error());
        else if (const auto read = load_daily_mappings(folder_, *wearables); !read)
            broken("imports/daily", read.error());
        if (const auto read = CrisisLines::load(folder_); !read)
            broken("crisis_lines.json", read.error());
        if (const auto read = load_progress_protocol(folder_); !read)
            broken("protocols/progress.json", read.error());
        if (const auto read = load_trend_protocol(folder_); !read)
            broken("protocols/trend.json", read.error());
        if (const auto read = load_alert_policy(folder_); !read)
            broken("protocols/alerts.json", read.error());
        if (const auto read = load_next_steps(folder_); !read)
            broken("protocols/next_steps.json", read.error());
        else
            for (const auto& each : read->questions)
                if (each.mark == FigureMark::Unverified)
                    note(Kind::Unverified, "protocols/next_steps.json", "/questions", "Whether to ask this is unverified: " + each.id + ".");
        if (const auto read = load_asking_protocol(folder_); !read)
            broken("protocols/asking.json", read.error());
        if (const auto read = load_reliance_protocol(folder_); !read)
            broken("protocols/reliance.json", read.error());
    }

    void look_at_instrument_read(const Instrument& instrument)
    {
        look_at_wordings(instrument);
        const auto& change = instrument.reliable_change;
        if (!change)
            return;
        const auto file = "instruments/" + instrument.id + ".json";
        if (change->mark == FigureMark::Unverified)
            note(Kind::Unverified, file, "/change", "The reliable change is unverified: it judges nobody until it is read.");
        if (change->mark == FigureMark::SecondHand)
            note(Kind::Unverified, file, "/change", "The reliable change is second-hand, and it judges: read its source.");
    }

    void look_at_wordings(const Instrument& instrument)
    {
        if (instrument.wordings.empty())
            return;
        ++out_.displayable;
        for (const auto& language : languages_)
            if (instrument.wording(language) == nullptr)
                note(Kind::MissingTranslation, "instruments/" + instrument.id + ".json", "/translations",
                     "There are no complete words in " + language + ".");
    }

    /// A file that exists in English needs its counterpart in every language that is offered: x/en/y.json has x/de/y.json
    /// beside it, crisis/en.json has crisis/de.json.
    void look_for_counterparts()
    {
        const std::set<std::string> there(files_.begin(), files_.end());
        for (const auto& file : files_)
            for (const auto& language : languages_) {
                auto counterpart = file;
                if (const auto folder = file.find("/en/"); folder != std::string::npos)
                    counterpart.replace(folder, 4, "/" + language + "/");
                else if (file.ends_with("/en.json"))
                    counterpart.replace(file.size() - 8, 8, "/" + language + ".json");
                if (!there.contains(counterpart))
                    note(Kind::MissingTranslation, file, "", "There is no " + counterpart + ".");
            }
    }

    static bool read_in_danger(const std::string& file)
    {
        return file.starts_with("crisis/") || file.starts_with("conversation/");
    }

    void look_at_reviews()
    {
        auto document = opened("reviews.json");
        if (!document)
            return;
        const auto listed = document->root()["files"];
        for (const auto& [file, review] : listed.members())
            if (std::find(files_.begin(), files_.end(), file) == files_.end())
                note(Kind::BadReference, "reviews.json", review.pointer(), "There is no file " + file + ".");
        for (const auto& file : files_) {
            if (file == "reviews.json" || file == "languages.json" || file.ends_with(".md"))
                continue;
            look_at_review(file, listed[file]);
        }
        if (!document->sound())
            note(Kind::Broken, "reviews.json", "", document->error().told);
    }

    void look_at_review(const std::string& file, const Node& review)
    {
        std::set<std::string> people;
        for (const auto& signature : review["signed"].elements()) {
            people.insert(signature["by"].text());
            signature["on"].text();
        }
        if (read_in_danger(file) && people.size() < 2)
            note(Kind::Unsigned, file, "", "Two different people have to sign this text; " +
                                               std::to_string(people.size()) + " did.");
        if (people.empty()) {
            note(Kind::Unreviewed, file, "", "Nobody has reviewed this yet.");
            return;
        }
        const auto again = from_rfc3339(review["again_by"].text());
        if (!again) {
            review["again_by"].wrong("expected a day such as 2027-06-30");
            return;
        }
        if (std::chrono::floor<std::chrono::days>(*again) < today_)
            note(Kind::ReviewOverdue, file, "", "The review was due by " + to_rfc3339(*again).substr(0, 10) + ".");
        else
            ++out_.reviewed;
    }

    fs::path folder_;
    std::chrono::sys_days today_;
    std::vector<std::string> files_;
    std::set<std::string> languages_;
    std::set<std::string, std::less<>> sources_;
    CheckReport out_;
};

} // namespace

bool is_wrong(CheckNote::Kind kind)
{
    return kind != Kind::Unverified && kind != Kind::Unreviewed && kind != Kind::Unsigned;
}

std::string_view name(CheckNote::Kind kind)
{
    switch (kind) {
    case Kind::Broken: return "broken";
    case Kind::BadReference: return "bad reference";
    case Kind::NumberWithoutSource: return "number without a source";
    case Kind::MissingTranslation: return "missing translation";
    case Kind::ReviewOverdue: return "review overdue";
    case Kind::Unverified: return "unverified";
    case Kind::Unreviewed: return "unreviewed";
    case Kind::Unsigned: return "unsigned";
    }
    return "";
}

std::size_t CheckReport::wrong() const
{
    return static_cast<std::size_t>(
        std::count_if(notes.begin(), notes.end(), [](const auto& each) { return is_wrong(each.kind); }));
}

CheckReport check_content(const fs::path& content_folder, std::chrono::sys_days today)
{
    return Checking(content_folder, today).report();
}

} // namespace handrail::content
