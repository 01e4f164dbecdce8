#include "support/understanding.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <tuple>

#include <boost/json.hpp>

namespace handrail::support {
namespace {

namespace json = boost::json;

/// Reads phrases out of the file and gathers what is wrong with it.
class File {
public:
    static Result<File> open(const std::filesystem::path& path)
    {
        std::ifstream in(path, std::ios::binary);
        if (!in)
            return unavailable("content is missing: " + path.filename().string(), "cannot open " + path.string());
        std::stringstream text;
        text << in.rdbuf();
        boost::system::error_code failed;
        File out;
        out.value_ = json::parse(text.str(), failed);
        out.name_ = path.filename().string();
        if (failed || !out.value_.is_object())
            return invalid(out.name_ + " is not JSON: " + failed.message(), out.name_);
        return out;
    }

    std::vector<std::string> texts(const json::value* list, const std::string& where)
    {
        std::vector<std::string> out;
        if (list == nullptr || !list->is_array()) {
            problem(where, "expected a list of texts");
            return out;
        }
        for (const auto& item : list->get_array())
            if (item.is_string())
                out.emplace_back(item.get_string());
            else
                problem(where, "expected a text");
        return out;
    }

    Phrases phrases(const json::value* list, const std::string& where)
    {
        std::vector<std::string> good;
        for (auto& pattern : texts(list, where)) {
            if (Phrase::readable(pattern))
                good.push_back(std::move(pattern));
            else
                problem(where, "cannot be read: " + pattern);
        }
        return Phrases(good);
    }

    /// Patterns as one: "(a|b c)".
    std::string either(const json::value* list, const std::string& where)
    {
        std::string out;
        for (const auto& pattern : texts(list, where)) {
            if (!Phrase::readable(pattern))
                problem(where, "cannot be read: " + pattern);
            out += (out.empty() ? "(" : "|") + pattern;
        }
        return out.empty() ? out : out + ")";
    }

    const json::value* at(std::initializer_list<std::string_view> path)
    {
        const json::value* here = &value_;
        std::string where;
        for (const auto key : path) {
            where += "/" + std::string(key);
            here = here->is_object() ? here->get_object().if_contains(key) : nullptr;
            if (here == nullptr) {
                problem(where, "is missing");
                return nullptr;
            }
        }
        return here;
    }

    std::set<std::string, std::less<>> words(std::initializer_list<std::string_view> path)
    {
        std::set<std::string, std::less<>> out;
        for (auto& word : texts(at(path), path_text(path)))
            out.insert(std::move(word));
        return out;
    }

    std::map<std::string, std::string, std::less<>> names(std::initializer_list<std::string_view> path)
    {
        std::map<std::string, std::string, std::less<>> out;
        const auto* object = at(path);
        if (object == nullptr)
            return out;
        if (!object->is_object()) {
            problem(path_text(path), "expected an object of texts");
            return out;
        }
        for (const auto& [key, value] : object->get_object())
            if (value.is_string())
                out.emplace(std::string(key), std::string(value.get_string()));
            else
                problem(path_text(path) + "/" + std::string(key), "expected a text");
        return out;
    }

    bool holds(std::string_view key, std::string_view in = {}) const
    {
        const auto* here = in.empty() ? &value_ : value_.get_object().if_contains(in);
        return here != nullptr && here->is_object() && here->get_object().contains(key);
    }

    static std::string path_text(std::initializer_list<std::string_view> path)
    {
        std::string out;
        for (const auto key : path)
            out += "/" + std::string(key);
        return out;
    }

    void problem(const std::string& where, const std::string& what) { problems_ += name_ + where + ": " + what + "\n"; }
    const std::string& problems() const { return problems_; }

private:
    json::value value_;
    std::string name_;
    std::string problems_;
};

/// Whether one of these stands in the words without something before it that denies it: "I'm not angry" is no anger.
bool said(const Phrases& what, const Phrases& denied, std::span<const Word> words)
{
    Phrase::Hit hit;
    for (std::size_t from = 0; from < words.size() && what.in(words.subspan(from), &hit); from += hit.end) {
        const auto at = from + hit.begin;
        if (at == 0 || words[at - 1].ends_clause || !denied.in(words.first(at)))
            return true;
    }
    return false;
}

} // namespace

Result<Understanding> Understanding::load(const std::filesystem::path& path)
{
    auto file = TRY(File::open(path));
    Understanding out;
    for (const auto& [key, list] : {std::pair{"intents", &out.intents_}, std::pair{"topics", &out.topics_},
                                    std::pair{"feelings", &out.feelings_}, std::pair{"obstacles", &out.obstacles_}}) {
        const auto* entries = file.at({key});
        if (entries == nullptr || !entries->is_array())
            continue;
        for (const auto& entry : entries->get_array()) {
            const auto* id = entry.is_object() ? entry.get_object().if_contains("id") : nullptr;
            if (id == nullptr || !id->is_string()) {
                file.problem(std::string("/") + key, "an entry has no id");
                continue;
            }
            const std::string name(id->get_string());
            list->push_back({name, file.phrases(entry.get_object().if_contains("phrases"),
                                                std::string("/") + key + "/" + name)});
        }
    }
    if (const auto* cues = file.at({"cues"}); cues != nullptr && cues->is_object())
        for (const auto& [id, list] : cues->get_object())
            out.cues_.push_back({std::string(id), file.phrases(&list, "/cues/" + std::string(id))});
    out.yes_ = file.phrases(file.at({"answers", "yes"}), "/answers/yes");
    out.no_ = file.phrases(file.at({"answers", "no"}), "/answers/no");
    out.unsure_ = file.phrases(file.at({"answers", "unsure"}), "/answers/unsure");
    out.refuses_ = file.phrases(file.at({"answers", "refuses"}), "/answers/refuses");
    if (const auto* known = file.at({"information"}); known != nullptr && known->is_object())
        for (const auto& [id, list] : known->get_object())
            out.information_.push_back({std::string(id), file.phrases(&list, "/information/" + std::string(id))});
    out.age_ = file.phrases(file.at({"age", "stated"}), "/age/stated");
    out.school_ = file.phrases(file.at({"age", "school_year"}), "/age/school_year");
    out.not_an_age_ = file.words({"age", "not_an_age"});
    if (const auto* offset = file.at({"age", "school_offset"}); offset != nullptr && offset->is_int64())
        out.school_offset_ = static_cast<int>(std::clamp<std::int64_t>(offset->get_int64(), 0, 20));
    if (const auto* ages = file.at({"age", "school"}); ages != nullptr && ages->is_object())
        for (const auto& [word, years] : ages->get_object()) {
            if (years.is_int64() && years.get_int64() > 0 && years.get_int64() < 30)
                out.school_ages_.emplace(std::string(word), static_cast<int>(years.get_int64()));
            else
                file.problem("/age/school/" + std::string(word), "expected an age in years");
        }
    if (const auto* rules = file.at({"remembering", "rules"}); rules != nullptr && rules->is_array())
        for (const auto& entry : rules->get_array()) {
            if (!entry.is_object())
                continue;
            const auto& in = entry.get_object();
            const auto text = [&](std::string_view key) {
                const auto* value = in.if_contains(key);
                return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
            };
            RememberingRule rule;
            rule.kind = text("kind");
            rule.takes = text("takes") == "before"  ? RememberingRule::Takes::Before
                         : text("takes") == "whole" ? RememberingRule::Takes::Whole
                                                    : RememberingRule::Takes::After;
            if (const auto* most = in.if_contains("most_words"); most != nullptr && most->is_int64())
                rule.most_words = static_cast<std::size_t>(std::clamp<std::int64_t>(most->get_int64(), 1, 20));
            if (const auto* any = in.if_contains("any_case"); any != nullptr && any->is_bool())
                rule.any_case = any->get_bool();
            rule.phrases = file.phrases(in.if_contains("phrases"), "/remembering/" + rule.kind);
            out.remembering_.push_back(std::move(rule));
        }
    out.not_hopeful_ = file.phrases(file.at({"not_hopeful"}), "/not_hopeful");
    out.joy_ = file.phrases(file.at({"joy"}), "/joy");
    out.low_ = file.phrases(file.at({"strength", "low"}), "/strength/low");
    out.high_ = file.phrases(file.at({"strength", "high"}), "/strength/high");
    out.out_of_ten_ = file.phrases(file.at({"strength", "out_of_ten"}), "/strength/out_of_ten");
    out.other_number_ = file.phrases(file.at({"strength", "no"}), "/strength/no");
    for (const auto& [key, from] : {std::pair{"raised_from", &out.raised_from_}, std::pair{"high_from", &out.high_from_}}) {
        const auto* number = file.at({"strength", key});
        if (number != nullptr && number->is_int64() && number->get_int64() >= 0 && number->get_int64() <= 10)
            *from = static_cast<int>(number->get_int64());
        else
            file.problem(std::string("/strength/") + key, "expected a number from 0 to 10");
    }
    const auto words_for = [&](std::string_view key) { return file.either(file.at({"tried", key}), "/tried/" + std::string(key)); };
    const auto after = words_for("after");
    for (const std::string_view group : {"steps", "people"}) {
        const bool people = group == "people";
        const auto before = words_for(people ? "before_people" : "before");
        const auto failed = words_for(people ? "failed_people" : "failed");
        const auto* things = file.at({"tried", group});
        if (things == nullptr || !things->is_object())
            continue;
        for (const auto& [what, list] : things->get_object()) {
            const auto where = "/tried/" + std::string(group) + "/" + std::string(what);
            const auto named = file.either(&list, where);
            std::vector<std::string> any{named};
            // What is too common a word to say "tried" of counts where it is said that it did not help.
            const auto* more = people ? nullptr : file.at({"tried", "steps_failed"});
            if (more != nullptr && more->is_object() && more->get_object().contains(what))
                any.push_back(file.either(more->get_object().if_contains(what), where));
            std::vector<std::string> did_not;
            did_not.reserve(any.size());
            for (const auto& each : any)
                did_not.push_back(each + " * " + failed);
            out.tried_.push_back({std::string(what), people, Phrases(any),
                                  Phrases({before + " * " + named, named + " * " + after}), Phrases(did_not)});
        }
    }
    out.not_tried_ = file.phrases(file.at({"tried", "no"}), "/tried/no");
    out.helped_ = file.phrases(file.at({"tried", "helped"}), "/tried/helped");
    out.failed_ = file.phrases(file.at({"tried", "failed"}), "/tried/failed");
    out.tried_that_ = file.phrases(file.at({"tried", "that"}), "/tried/that");
    out.never_remembered_ = file.words({"remembering", "never"});
    out.negative_ = file.words({"negative_words"});
    out.negative_if_ = file.words({"negative_if", "words"});
    out.negative_after_ = file.words({"negative_if", "after"});
    out.negative_not_ = file.words({"negative_if", "not"});
    out.said_by_others_ = file.words({"said_by_others"});
    out.never_ = file.words({"never_reflected"});
    out.about_self_ = file.words({"about_self"});
    out.start_words_ = file.words({"start_words"});
    out.before_country_ = file.words({"before_country"});
    out.countries_ = file.names({"countries"});
    out.starts_ = file.words({"reflecting", "starts"});
    out.pronouns_ = file.words({"reflecting", "pronouns"});
    out.verbs_ = file.words({"reflecting", "verbs"});
    out.verb_endings_ = file.texts(file.at({"reflecting", "verb_endings"}), "/reflecting/verb_endings");
    out.joins_ = file.words({"reflecting", "joins"});
    out.contrasts_ = file.words({"reflecting", "contrasts"});
    out.lead_ins_ = file.words({"reflecting", "lead_ins"});
    out.dropped_ = file.words({"reflecting", "dropped"});
    out.turned_first_ = file.names({"reflecting", "turned_first"});
    out.about_us_ = file.words({"reflecting", "about_us"});
    // What a language may do without.
    if (file.holds("not_felt"))
        out.not_felt_ = file.phrases(file.at({"not_felt"}), "/not_felt");
    if (file.holds("not_about"))
        out.not_about_ = file.phrases(file.at({"not_about"}), "/not_about");
    if (file.holds("spelled"))
        out.spelled_ = file.names({"spelled"});
    if (file.holds("tails", "reflecting"))
        out.tails_ = file.phrases(file.at({"reflecting", "tails"}), "/reflecting/tails");
    if (file.holds("unsaid", "reflecting"))
        out.unsaid_ = file.phrases(file.at({"reflecting", "unsaid"}), "/reflecting/unsaid");
    for (const auto& [key, set] : {std::pair{"goes_on", &out.goes_on_}, std::pair{"counted", &out.counted_},
                                   std::pair{"told_of_us", &out.told_of_us_}, std::pair{"articles", &out.articles_}})
        if (file.holds(key, "reflecting"))
            *set = file.words({"reflecting", key});
    out.turned_ = file.names({"reflecting", "turned"});
    if (!out.turned_.empty())
        out.turned_after_i_ = file.names({"reflecting", "turned_after_i"});
    if (const auto* pairs = file.at({"reflecting", "opinions"}); pairs != nullptr && pairs->is_array())
        for (const auto& pair : pairs->get_array()) {
            const auto two = file.texts(&pair, "/reflecting/opinions");
            if (two.size() == 2)
                out.opinions_.emplace(two[0], two[1]);
            else
                file.problem("/reflecting/opinions", "expected two words each");
        }
    if (!file.problems().empty())
        return invalid(file.problems(), path.filename().string());
    return out;
}

Heard Understanding::hear(std::string_view message) const
{
    Heard out;
    out.words = words_of(message);
    for (auto& word : out.words)
        if (const auto entry = spelled_.find(word.folded); entry != spelled_.end()) {
            word.folded = word.written = entry->second;
            word.mark = mark_of(word.folded);
        }
    const auto& words = out.words;
    for (const auto& intent : intents_)
        if (intent.phrases.in(words)) {
            out.intent = intent.id;
            break;
        }
    for (const auto& obstacle : obstacles_)
        if (obstacle.phrases.in(words))
            out.obstacles.push_back(obstacle.id);
    for (const auto& [named, denied, list] :
         {std::tuple{&topics_, &not_about_, &out.topics}, std::tuple{&feelings_, &not_felt_, &out.feelings}})
        for (const auto& entry : *named)
            if (said(entry.phrases, *denied, words) && !has(*list, entry.id))
                list->push_back(entry.id);
    for (const auto& cue : cues_)
        if (cue.phrases.in(words))
            out.cues.insert(cue.id);

    // "I should be happy" is no joy; tears of joy are no grief.
    if (not_hopeful_.in(words))
        std::erase(out.feelings, "hopeful");
    if (joy_.in(words))
        out.feelings = {"hopeful"};

    out.asks = std::any_of(words.begin(), words.end(), [](const auto& w) { return w.asks; });
    out.short_words = words.size() <= 6;
    // A refusal holds "no" words, and "not sure" too: they are looked for first.
    if (refuses_.in(words) && words.size() <= 14)
        out.answer = Answer::Refuses;
    else if (unsure_.in(words) && words.size() <= 10)
        out.answer = Answer::Unsure;
    else if (no_.in(words))
        out.answer = Answer::No;
    else if (yes_.in(words))
        out.answer = Answer::Yes;

    out.age = age(words);
    for (const auto& known : information_)
        if (known.phrases.in(words)) {
            out.information = known.id;
            break;
        }
    const auto any_of = [&](const Words& set) {
        return std::any_of(words.begin(), words.end(), [&](const auto& w) { return set.count(w.folded) > 0; });
    };
    out.begins = any_of(start_words_);
    for (std::size_t at = 0; at < words.size() && out.hard_word.empty() && !out.scolds; ++at) {
        if (negative_.count(words[at].folded) == 0)
            continue;
        // "I am a mess", "I feel like nothing"; but not "there is nothing they can do", "I feel awful".
        if (negative_if_.count(words[at].folded) > 0 &&
            !(at > 0 && negative_after_.count(words[at - 1].folded) > 0) &&
            !(at > 1 && negative_after_.count(words[at - 2].folded) > 0))
            continue;
        // "I am not mad" is no hard word about oneself.
        bool denied = false;
        for (auto before = at; before-- > 0 && at - before <= 3 && !words[before].ends_clause && !denied;)
            denied = negative_not_.count(words[before].folded) > 0;
        if (denied)
            continue;
        // The nearest of the last few words says whom it is about: "you are so useless" is not about the writer.
        for (auto before = at; before-- > 0 && at - before <= 4 && !out.scolds;) {
            if (about_self_.count(words[before].folded) > 0)
                break;
            out.scolds = about_us_.count(words[before].folded) > 0;
        }
        // "Just stupid stuff. I locked the car": the word belongs to its own sentence.
        auto first = at;
        while (first > 0 && !words[first - 1].ends_sentence)
            --first;
        bool own = false;
        for (auto each = first; each < words.size() && !own && (each <= at || !words[each - 1].ends_sentence); ++each)
            own = about_self_.count(words[each].folded) > 0;
        if (out.scolds || !own)
            continue;
        out.hard_word = words[at].folded;
        for (auto before = at; before-- > 0 && at - before <= 5 && !words[before].ends_clause && !out.hard_word_said;)
            out.hard_word_said = said_by_others_.count(words[before].folded) > 0 &&
                                 (before == 0 || words[before - 1].folded != "i");
    }
    if (out.scolds)
        std::erase(out.feelings, "ashamed");
    out.worth = worth(message, words);
    out.degree = degree(out);
    out.tried = tried(words);
    out.tried_that = out.tried.empty() && tried_that_.in(words) && !not_tried_.in(words);
    return out;
}

std::string Understanding::degree(const Heard& heard) const
{
    const auto& words = heard.words;
    Phrase::Hit hit;
    if (out_of_ten_.in(words, &hit) && !other_number_.in(words) && is_number(words[hit.begin].folded) &&
        words[hit.begin].folded.size() <= 2) {
        const int number = std::stoi(words[hit.begin].folded);
        if (number <= 10)
            return number >= high_from_ ? "high" : number >= raised_from_ ? "raised" : "low";
    }
    // "A bit" of something else says nothing about a feeling.
    if (heard.feelings.empty() && !heard.short_words)
        return {};
    return high_.in(words) ? "high" : low_.in(words) ? "low" : "";
}

std::vector<Tried> Understanding::tried(const std::vector<Word>& words) const
{
    std::vector<Tried> out;
    const bool helped = not_tried_.in(words) || (helped_.in(words) && !failed_.in(words));
    for (const auto& rule : tried_) {
        Phrase::Hit around;
        if (!rule.failed.in(words, &around) && (helped || !rule.tried.in(words, &around)))
            continue;
        const std::span<const Word> told(words.data() + around.begin, around.end - around.begin);
        Phrase::Hit hit;
        Tried one{rule.what, rule.people, {}};
        if (rule.named.in(told, &hit))
            for (const auto& word : told.subspan(hit.begin, hit.end - hit.begin))
                one.words += (one.words.empty() ? "" : " ") + word.written;
        out.push_back(std::move(one));
    }
    return out;
}

std::optional<int> Understanding::age(const std::vector<Word>& words) const
{
    std::optional<int> years;
    Phrase::Hit hit;
    if (age_.in(words, &hit)) {
        for (auto i = hit.begin; i < hit.end; ++i)
            if (const auto& word = words[i].folded; !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0)
                years = std::stoi(word.substr(0, 3));
        // "I am 5 minutes late" is no age.
        if (hit.end < words.size() && !words[hit.end - 1].ends_clause && not_an_age_.count(words[hit.end].folded) > 0)
            years.reset();
    } else if (school_.in(words, &hit)) {
        years = 14;
        for (auto i = hit.begin; i < hit.end; ++i) {
            const auto& word = words[i].folded;
            if (is_number(word))
                years = std::stoi(word.substr(0, 2)) + school_offset_;
            if (const auto known = school_ages_.find(word); known != school_ages_.end())
                years = known->second;
        }
    }
    if (years && (*years < 5 || *years > 110))
        years.reset();
    return years;
}

bool Understanding::place_follows(const std::vector<Word>& words, std::size_t at) const
{
    if (at == 0 || at > words.size())
        return false;
    const auto& before = words[at - 1].folded;
    return before_country_.count(before) > 0 || (at > 1 && before_country_.count(words[at - 2].folded + " " + before) > 0);
}

} // namespace handrail::support
