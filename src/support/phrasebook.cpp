#include "support/phrasebook.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <boost/json.hpp>

#include "base/crypto.h"
#include "base/text.h"
#include "support/avoiding.h"

namespace handrail::support {
namespace {

namespace json = boost::json;

Result<std::string> bytes_of(const std::filesystem::path& path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return unavailable("content is missing: " + path.filename().string(), "cannot open " + path.string());
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

Result<json::value> parsed(const std::string& text, const std::filesystem::path& path)
{
    boost::system::error_code failed;
    auto value = json::parse(text, failed);
    if (failed || !value.is_object())
        return invalid(path.filename().string() + " is not JSON: " + failed.message(), path.filename().string());
    return value;
}

Result<json::value> read(const std::filesystem::path& path)
{
    return parsed(TRY(bytes_of(path)), path);
}

std::string text_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

int whole_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_int64() ? static_cast<int>(value->get_int64()) : 0;
}

bool yes_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

Variants list_of(const json::value* value)
{
    Variants out;
    if (value != nullptr && value->is_string())
        out.emplace_back(value->get_string());
    if (value != nullptr && value->is_array())
        for (const auto& item : value->get_array())
            if (item.is_string())
                out.emplace_back(item.get_string());
    return out;
}

Variants list_of(const json::object& object, std::string_view key) { return list_of(object.if_contains(key)); }

/// A step is a text, or an object that says what the person writes there.
std::vector<Exercise::Step> steps_of(const json::object& exercise)
{
    std::vector<Exercise::Step> out;
    const auto* list = exercise.if_contains("steps");
    if (list == nullptr || !list->is_array())
        return out;
    for (const auto& step : list->get_array())
        if (step.is_string())
            out.push_back({std::string(step.get_string()), false, {}, {}});
        else if (step.is_object())
            out.push_back({text_of(step.get_object(), "text"), yes_of(step.get_object(), "write"),
                           text_of(step.get_object(), "asks"), list_of(step.get_object().if_contains("choices"))});
    return out;
}

/// Nested objects of texts become "outer.inner".
void flatten(const json::object& object, const std::string& before, std::map<std::string, Variants, std::less<>>& out)
{
    for (const auto& [key, value] : object) {
        const auto name = before + std::string(key);
        if (value.is_object())
            flatten(value.get_object(), name + ".", out);
        else
            out[name] = list_of(&value);
    }
}

Result<CrisisText> read_crisis_text(const json::object& in, const std::string& language)
{
    CrisisText out;
    out.id = text_of(in, "id");
    out.version = whole_of(in, "version");
    out.language = language;
    out.subject = text_of(in, "subject");
    out.reviewed = text_of(in, "reviewed");
    const auto urgency = urgency_from(text_of(in, "urgency"));
    const auto category = category_from(text_of(in, "category"));
    if (out.id.empty() || out.version < 1 || !urgency || !category || out.reviewed.empty() || out.subject.empty())
        return invalid("crisis text \"" + out.id + "\" (" + language +
                       ") needs id, version, urgency, category, subject and reviewed");
    out.urgency = *urgency;
    out.category = *category;
    out.minor = yes_of(in, "minor");
    out.rules = list_of(in, "rules");
    out.hear = list_of(in, "hear");
    out.call = list_of(in, "call");
    out.lead = list_of(in, "lead");
    out.trusted = list_of(in, "trusted");
    out.plan = list_of(in, "plan");
    out.again = list_of(in, "again");
    out.approach = list_of(in, "approach");
    out.coping = list_of(in, "coping");
    out.questions = list_of(in, "questions");
    if (const auto* steps = in.if_contains("steps"); steps != nullptr && steps->is_array())
        for (const auto& set : steps->get_array())
            out.steps.push_back(list_of(&set));
    if (out.hear.empty())
        return invalid("crisis text \"" + out.id + "\" (" + language + ") has no words to hear the person");
    if (out.urgency == Urgency::Now && (out.call.empty() || out.steps.empty()))
        return invalid("crisis text \"" + out.id + "\" (" + language + ") needs a call and steps");
    return out;
}

DirectQuestion read_question(const std::string& id, const json::object& in)
{
    DirectQuestion out;
    out.id = id;
    out.wordings = list_of(in, "wordings");
    if (const auto* choices = in.if_contains("choices"); choices != nullptr && choices->is_array())
        for (const auto& choice : choices->get_array()) {
            if (!choice.is_object())
                continue;
            const auto& fields = choice.get_object();
            DirectQuestion::Option option;
            option.choice = {text_of(fields, "id"), text_of(fields, "text")};
            option.raises = urgency_from(text_of(fields, "raises"));
            option.eases = yes_of(fields, "eases");
            out.options.push_back(std::move(option));
        }
    return out;
}

} // namespace

const DirectQuestion::Option* DirectQuestion::option(std::string_view wanted) const
{
    for (const auto& option : options)
        if (option.choice.id == wanted)
            return &option;
    return nullptr;
}

std::string CrisisText::whole() const
{
    std::string out;
    const auto add = [&](const Variants& list) {
        for (const auto& text : list)
            out += text + "\n";
    };
    for (const auto* list : {&hear, &call, &lead, &trusted, &plan, &again, &approach, &coping})
        add(*list);
    for (const auto& set : steps)
        add(set);
    return out;
}

std::vector<std::filesystem::path> signed_files(const std::filesystem::path& content_folder, const std::string& language)
{
    const auto file = language + ".json";
    return {content_folder / "crisis" / file, content_folder / "conversation" / language / "texts.json",
            content_folder / "exercises" / file, content_folder / "consent" / file};
}

Result<std::string> text_version_of(const std::filesystem::path& content_folder, const std::string& language)
{
    // With the length of each, so that no words can move from one file into another under the same version.
    std::string all;
    for (const auto& file : signed_files(content_folder, language)) {
        const auto bytes = std::filesystem::exists(file) ? TRY(bytes_of(file)) : std::string();
        all += std::to_string(bytes.size()) + ":" + bytes;
    }
    return language + "-" + to_hex(hash_of_random(all)).substr(0, 12);
}

Result<Phrasebook> Phrasebook::load(const std::filesystem::path& content_folder, const std::string& language)
{
    Phrasebook out;
    out.language_ = language;

    const auto conversation = content_folder / "conversation" / language / "texts.json";
    if (std::filesystem::exists(conversation)) {
        const auto file = TRY(read(conversation));
        const auto& root = file.get_object();
        for (const std::string_view part : {"texts", "feelings", "topics"})
            if (const auto* texts = root.if_contains(part); texts != nullptr && texts->is_object())
                flatten(texts->get_object(), part == "texts" ? "" : part == "feelings" ? "feeling." : "topic.", out.texts_);
    }

    if (const auto consent = content_folder / "consent" / (language + ".json"); std::filesystem::exists(consent)) {
        const auto file = TRY(read(consent));
        if (const auto* texts = file.get_object().if_contains("texts"); texts != nullptr && texts->is_object())
            flatten(texts->get_object(), "consent.", out.texts_);
    }
    if (const auto countries = content_folder / "conversation" / language / "countries.json"; std::filesystem::exists(countries)) {
        const auto file = TRY(read(countries));
        if (const auto* names = file.get_object().if_contains("names"); names != nullptr && names->is_object())
            for (const auto& [iso, name] : names->get_object())
                if (name.is_string())
                    out.countries_.emplace(std::string(iso), std::string(name.get_string()));
    }

    const auto crisis_file = content_folder / "crisis" / (language + ".json");
    const auto crisis_bytes = TRY(bytes_of(crisis_file));
    out.version_ = TRY(text_version_of(content_folder, language));
    const auto crisis = TRY(parsed(crisis_bytes, crisis_file));
    const auto& root = crisis.get_object();
    if (const auto* questions = root.if_contains("questions"); questions != nullptr && questions->is_object())
        for (const auto& [id, question] : questions->get_object())
            if (question.is_object())
                out.questions_.emplace(std::string(id), read_question(std::string(id), question.get_object()));
    if (const auto* texts = root.if_contains("texts"); texts != nullptr && texts->is_array())
        for (const auto& text : texts->get_array())
            if (text.is_object())
                out.crisis_.push_back(TRY(read_crisis_text(text.get_object(), language)));
    for (const auto& text : out.crisis_)
        for (const auto& id : text.questions)
            if (out.questions_.count(id) == 0)
                return invalid("crisis text \"" + text.id + "\" (" + language + ") names an unknown question: " + id);
    if (const auto* answers = root.if_contains("answers"); answers != nullptr && answers->is_object())
        for (const auto& [id, by_option] : answers->get_object()) {
            const auto question = out.questions_.find(std::string_view(id));
            if (question == out.questions_.end() || !by_option.is_object())
                return invalid("answers to an unknown question: " + std::string(id));
            for (const auto& [option, texts] : by_option.get_object())
                question->second.answers[std::string(option)] = list_of(&texts);
        }
    for (const auto& [key, value] : root) {
        if (key == "questions" || key == "texts" || key == "answers" || key == "written_from")
            continue;
        const auto name = "crisis." + std::string(key);
        if (value.is_object())
            flatten(value.get_object(), name + ".", out.texts_);
        else
            out.texts_[name] = list_of(&value);
    }

    const auto exercises = content_folder / "exercises" / (language + ".json");
    if (std::filesystem::exists(exercises)) {
        const auto file = TRY(read(exercises));
        if (const auto* list = file.get_object().if_contains("exercises"); list != nullptr && list->is_array())
            for (const auto& entry : list->get_array()) {
                if (!entry.is_object())
                    continue;
                const auto& in = entry.get_object();
                Exercise exercise;
                exercise.id = text_of(in, "id");
                exercise.version = whole_of(in, "version");
                exercise.title = text_of(in, "title");
                exercise.minutes = whole_of(in, "minutes");
                exercise.fits = list_of(in, "for");
                exercise.evidence = text_of(in, "evidence");
                exercise.evidence_says = text_of(in, "evidence_says");
                exercise.sources = list_of(in, "sources");
                exercise.not_when = text_of(in, "not_when");
                exercise.kind = list_of(in, "kind");
                exercise.at = list_of(in, "at");
                exercise.avoid = list_of(in, "avoid");
                exercise.instead = list_of(in, "instead");
                exercise.keeps = yes_of(in, "keeps");
                exercise.steps = steps_of(in);
                const bool silent = std::any_of(exercise.steps.begin(), exercise.steps.end(),
                                                [](const auto& step) { return step.text.empty(); });
                if (exercise.id.empty() || exercise.steps.empty() || silent || exercise.evidence.empty() ||
                    exercise.not_when.empty() || exercise.sources.empty() || exercise.kind.empty())
                    return invalid("exercise \"" + exercise.id +
                                   "\" needs id, kind, steps, evidence, sources and when not to use it");
                for (const auto& what : exercise.avoid)
                    if (!avoiding::known(what))
                        return invalid("exercise \"" + exercise.id + "\" (" + language + ") is to be avoided for \"" + what +
                                       "\", which nothing hears");
                out.exercises_.push_back(std::move(exercise));
            }
        const auto* parts = file.get_object().if_contains("parts_of_day");
        for (const std::string part : {"morning", "afternoon", "evening", "night"}) {
            const auto* from = parts != nullptr && parts->is_object() ? parts->get_object().if_contains(part) : nullptr;
            if (from == nullptr || !from->is_int64() || from->get_int64() < 0 || from->get_int64() > 23)
                return invalid("exercises/" + language + ".json needs the hour from which it is " + part + " (parts_of_day)");
            out.parts_of_day_[static_cast<int>(from->get_int64())] = part;
        }
        for (const auto& exercise : out.exercises_)
            for (const auto& id : exercise.instead)
                if (out.exercise(id) == nullptr)
                    return invalid("exercise \"" + exercise.id + "\" (" + language + ") names an unknown one instead: " + id);
    }
    return out;
}

const std::string& Phrasebook::country(std::string_view iso) const
{
    static const std::string none;
    const auto found = countries_.find(iso);
    return found == countries_.end() ? none : found->second;
}

std::string Phrasebook::part_of_day(int hour) const
{
    if (parts_of_day_.empty())
        return {};
    const auto after = parts_of_day_.upper_bound(hour);
    return after == parts_of_day_.begin() ? parts_of_day_.rbegin()->second : std::prev(after)->second;
}

const Variants& Phrasebook::variants(std::string_view key) const
{
    static const Variants none;
    const auto found = texts_.find(key);
    return found == texts_.end() ? none : found->second;
}

const CrisisText* Phrasebook::crisis_text(Urgency urgency, Category category, Subject subject, bool minor) const
{
    // For harm to others the words are for the one who might do it, whoever could be hurt; only a child or a person who
    // depends on them has words of its own.
    const bool third_party = category != Category::HarmToOthers && (subject == Subject::Other || subject == Subject::Dependent);
    const CrisisText* best = nullptr;
    int best_fit = -1;
    for (const auto& text : crisis_) {
        if (text.urgency != urgency || (text.minor && !minor))
            continue;
        const bool same_category = text.category == category;
        if (!same_category && text.category != Category::None)
            continue;
        int fit = same_category && category != Category::None ? 8 : 0;
        const bool for_third = text.subject != "self" && text.category != Category::HarmToOthers;
        if (category == Category::HarmToOthers && same_category) {
            const bool for_dependent = text.subject == "dependent";
            if (for_dependent != (subject == Subject::Dependent))
                fit -= for_dependent ? 20 : 1;
        } else if (for_third != third_party) {
            // Words meant for another reader are the last choice: only when nothing else is there.
            fit -= 12;
        } else if (third_party && text.subject == std::string(name(subject))) {
            fit += 2;
        }
        if (text.minor && subject != Subject::Other)
            fit += 4;
        if (fit > best_fit || best == nullptr) {
            best = &text;
            best_fit = fit;
        }
    }
    return best;
}

const DirectQuestion* Phrasebook::question(std::string_view id) const
{
    const auto found = questions_.find(id);
    return found == questions_.end() ? nullptr : &found->second;
}

const Exercise* Phrasebook::exercise(std::string_view id) const
{
    for (const auto& exercise : exercises_)
        if (exercise.id == id)
            return &exercise;
    return nullptr;
}

} // namespace handrail::support
