#include "support/understanding.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

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

    void problem(const std::string& where, const std::string& what) { problems_ += name_ + where + ": " + what + "\n"; }
    const std::string& problems() const { return problems_; }

private:
    json::value value_;
    std::string name_;
    std::string problems_;
};

constexpr std::array<std::pair<std::string_view, int>, 24> ordinals{
    {{"first", 6},    {"1st", 6},      {"second", 7},   {"2nd", 7},      {"third", 8},     {"3rd", 8},
     {"fourth", 9},   {"4th", 9},      {"fifth", 10},   {"5th", 10},     {"sixth", 11},    {"6th", 11},
     {"seventh", 12}, {"7th", 12},     {"eighth", 13},  {"8th", 13},     {"ninth", 14},    {"9th", 14},
     {"tenth", 15},   {"10th", 15},    {"eleventh", 16}, {"11th", 16},   {"twelfth", 17},  {"12th", 17}}};

/// How the person's words turn when they are given back. Keys are folded.
const std::map<std::string, std::string, std::less<>>& turned()
{
    static const std::map<std::string, std::string, std::less<>> words{
        {"i", "you"},         {"im", "you are"},      {"ive", "you have"},    {"id", "you'd"},
        {"ill", "you'll"},    {"me", "you"},          {"my", "your"},         {"mine", "yours"},
        {"myself", "yourself"}, {"am", "are"},        {"dont", "don't"},      {"cant", "can't"},
        {"wont", "won't"},    {"didnt", "didn't"},    {"doesnt", "doesn't"},  {"isnt", "isn't"},
        {"wasnt", "wasn't"},  {"havent", "haven't"},  {"couldnt", "couldn't"}, {"wouldnt", "wouldn't"}};
    return words;
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
    out.age_ = file.phrases(file.at({"age", "stated"}), "/age/stated");
    out.school_ = file.phrases(file.at({"age", "school_year"}), "/age/school_year");
    for (auto& word : file.texts(file.at({"negative_words"}), "/negative_words"))
        out.negative_.insert(std::move(word));
    for (auto& word : file.texts(file.at({"never_reflected"}), "/never_reflected"))
        out.never_.insert(std::move(word));
    if (!file.problems().empty())
        return invalid(file.problems(), path.filename().string());
    return out;
}

Heard Understanding::hear(std::string_view message) const
{
    Heard out;
    out.words = words_of(message);
    const auto& words = out.words;
    for (const auto& intent : intents_)
        if (intent.phrases.in(words)) {
            out.intent = intent.id;
            break;
        }
    for (const auto& [named, list] :
         {std::pair{&topics_, &out.topics}, std::pair{&feelings_, &out.feelings}, std::pair{&obstacles_, &out.obstacles}})
        for (const auto& entry : *named)
            if (entry.phrases.in(words))
                list->push_back(entry.id);
    for (const auto& cue : cues_)
        if (cue.phrases.in(words))
            out.cues.insert(cue.id);

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

    Phrase::Hit hit;
    if (age_.in(words, &hit)) {
        for (auto i = hit.begin; i < hit.end; ++i)
            if (const auto& word = words[i].folded; !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])))
                out.age = std::stoi(word.substr(0, 3));
        // "I am 5 minutes late" is no age.
        if (hit.end < words.size() && !words[hit.end - 1].ends_clause)
            for (const std::string_view unit : {"minutes", "minute", "hours", "days", "weeks", "months", "kg", "lbs", "pounds",
                                                "percent", "times", "miles", "km", "dollars", "euros", "stone", "cm", "feet"})
                if (words[hit.end].folded == unit)
                    out.age.reset();
    } else if (school_.in(words, &hit)) {
        out.age = 14;
        for (auto i = hit.begin; i < hit.end; ++i) {
            const auto& word = words[i].folded;
            if (std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isdigit(c) != 0; }))
                out.age = std::stoi(word.substr(0, 2)) + 5;
            for (const auto& [name, age] : ordinals)
                if (word == name)
                    out.age = age;
            if (word == "primary" || word == "elementary")
                out.age = 9;
        }
    }
    if (out.age && (*out.age < 5 || *out.age > 110))
        out.age.reset();

    const bool about_self = std::any_of(words.begin(), words.end(), [](const auto& w) {
        return w.folded == "i" || w.folded == "im" || w.folded == "me" || w.folded == "myself";
    });
    if (about_self)
        for (const auto& word : words)
            if (negative_.count(word.folded) > 0) {
                out.hard_word = word.folded;
                break;
            }
    return out;
}

bool Understanding::may_be_repeated(std::string_view folded) const
{
    if (folded.empty() || never_.find(folded) != never_.end() || negative_.find(folded) != negative_.end())
        return false;
    static constexpr std::array<std::string_view, 18> about_us{"you",  "your", "youre", "yours",    "u",    "ur",
                                                               "we",   "us",   "our",   "ours",     "weve", "they",
                                                               "them", "please", "handrail", "yourself", "ya", "theyre"};
    if (std::find(about_us.begin(), about_us.end(), folded) != about_us.end())
        return false;
    return std::none_of(folded.begin(), folded.end(),
                        [](unsigned char c) { return std::isdigit(c) != 0 || c >= 0xe2; });
}

std::optional<std::pair<std::size_t, std::size_t>> Understanding::clause(const Heard& heard, std::size_t most_words) const
{
    // "They" is left out: giving back what "they" do would confirm it.
    static constexpr std::array<std::string_view, 15> starts{"i",    "im",  "ive",        "my",      "it",   "its",    "he",   "hes",
                                                             "she",  "shes", "everything", "nothing", "work", "school", "sleep"};
    // A clause without a verb is no clause: "my sister maybe".
    static constexpr std::array<std::string_view, 40> verbs{
        "is",   "was",  "are",   "were",  "has",  "have",  "had",  "does",  "do",   "did",   "will",  "would", "can",  "cant",
        "dont", "doesnt", "didnt", "wont", "isnt", "wasnt", "feels", "felt", "says",  "said", "told",  "went",  "gets", "got",
        "makes", "made", "keeps", "kept",  "left", "came",  "takes", "took", "wants", "seems", "needs", "lost"};
    const auto& words = heard.words;
    std::optional<std::pair<std::size_t, std::size_t>> best;
    std::size_t from = 0;
    while (from < words.size()) {
        auto to = from;
        bool sound = true;
        bool asks = false;
        while (to < words.size()) {
            sound = sound && may_be_repeated(words[to].folded);
            asks = asks || words[to].asks;
            // "I was tired, but" is cut at the comma; "and" goes on.
            const bool ends = words[to].ends_clause;
            ++to;
            if (ends)
                break;
            if (to < words.size() && to - from >= 3 &&
                (words[to].folded == "but" || words[to].folded == "because" || words[to].folded == "and" ||
                 words[to].folded == "so") &&
                to + 1 < words.size() &&
                std::find(starts.begin(), starts.end(), words[to + 1].folded) != starts.end())
                break;
        }
        auto begin = from;
        while (begin < to && (words[begin].folded == "and" || words[begin].folded == "but" || words[begin].folded == "so" ||
                              words[begin].folded == "because" || words[begin].folded == "well" ||
                              words[begin].folded == "yes" || words[begin].folded == "yeah" || words[begin].folded == "no" ||
                              words[begin].folded == "also" || words[begin].folded == "then"))
            ++begin;
        const auto length = to - begin;
        const bool starts_well =
            begin < to && std::find(starts.begin(), starts.end(), words[begin].folded) != starts.end();
        static constexpr std::array<std::string_view, 8> pronouns{"i", "im", "ive", "its", "he", "hes", "she", "shes"};
        bool verb = begin < to && std::find(pronouns.begin(), pronouns.end(), words[begin].folded) != pronouns.end();
        for (auto i = begin + 1; i < to && !verb; ++i)
            verb = std::find(verbs.begin(), verbs.end(), words[i].folded) != verbs.end() || words[i].folded.ends_with("ed") ||
                   words[i].folded.ends_with("ing");
        sound = sound && verb;
        const bool feels = begin + 1 < to && words[begin].folded == "i" && words[begin + 1].folded == "think";
        if (sound && !asks && !feels && starts_well && length >= 3 && length <= most_words &&
            (!best || length > best->second - best->first))
            best = {begin, to};
        from = to;
    }
    return best;
}

std::string Understanding::given_back(const Heard& heard) const
{
    const auto found = clause(heard, 14);
    if (!found)
        return {};
    const auto& words = heard.words;
    std::string out;
    for (auto i = found->first; i < found->second; ++i) {
        const auto& word = words[i];
        const bool after_i = i > found->first && words[i - 1].folded == "i";
        const bool after_i_adverb = i > found->first + 1 && words[i - 2].folded == "i" && words[i - 1].folded.ends_with("ly");
        std::string turned_word;
        if (after_i || after_i_adverb) {
            if (word.folded == "was")
                turned_word = "were";
            else if (word.folded == "wasnt")
                turned_word = "weren't";
        }
        if (turned_word.empty()) {
            const auto entry = turned().find(word.folded);
            if (entry != turned().end())
                turned_word = entry->second;
            // A name keeps its capital; the first word of a sentence does not.
            else if (i == found->first && word.written != "I")
                turned_word = word.folded == word.written ? word.written
                                                          : std::string(1, static_cast<char>(std::tolower(
                                                                static_cast<unsigned char>(word.written[0])))) +
                                                                word.written.substr(1);
            else
                turned_word = word.written;
        }
        if (!out.empty())
            out += ' ';
        out += turned_word;
    }
    return out;
}

std::string Understanding::quotable(const Heard& heard) const
{
    const auto found = clause(heard, 9);
    if (!found)
        return {};
    std::string out;
    for (auto i = found->first; i < found->second; ++i) {
        if (!out.empty())
            out += ' ';
        out += heard.words[i].written;
    }
    return out;
}

} // namespace handrail::support
