#include "support/guard.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <set>
#include <sstream>

#include <boost/json.hpp>

#include "support/contacts.h"
#include "support/wording.h"
#include "support/words.h"

namespace handrail::support {
namespace {

namespace json = boost::json;

Result<Phrases> phrases_of(const json::object& object, std::string_view key, const std::string& file)
{
    std::vector<std::string> out;
    const auto* list = object.if_contains(key);
    if (list == nullptr)
        return Phrases();
    if (!list->is_array())
        return invalid(file + ": \"" + std::string(key) + "\" must be a list of phrases");
    for (const auto& item : list->get_array()) {
        if (!item.is_string() || !Phrase::readable(item.get_string()))
            return invalid(file + ": a phrase of \"" + std::string(key) + "\" cannot be read: " +
                           (item.is_string() ? std::string(item.get_string()) : std::string("not a text")));
        out.emplace_back(item.get_string());
    }
    return Phrases(out);
}

std::string text_of(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

/// What stands between quotation marks left out.
std::string without_quotes(std::string_view sentence)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> marks{
        {{"\"", "\""}, {"\u201c", "\u201d"}, {"\u201e", "\u201c"}, {"\u00ab", "\u00bb"}, {"\u2018", "\u2019"}}};
    std::string out(sentence);
    for (const auto& [open, close] : marks)
        for (auto from = out.find(open); from != std::string::npos; from = out.find(open, from)) {
            const auto to = out.find(close, from + open.size());
            if (to == std::string::npos)
                break;
            out.replace(from, to + close.size() - from, " ");
        }
    return out;
}

/// Links of the crisis lines left out: those are meant, any other link may be an advertisement.
std::string without_known_links(std::string text, const content::CrisisLines& directory)
{
    if (text.find("://") == std::string::npos)
        return text;
    for (const auto& [iso, country] : directory.countries())
        for (const auto& line : country.lines)
            if (!line.chat_url.empty())
                if (const auto at = text.find(line.chat_url); at != std::string::npos)
                    text.erase(at, line.chat_url.size());
    return text;
}

std::string digits(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (std::isdigit(static_cast<unsigned char>(c)) != 0)
            out += c;
    return out;
}

/// Whether digits are grouped as in an amount, "30,000" and "1.500", which nobody dials.
bool amount(std::string_view written)
{
    std::size_t group = 0;
    bool grouped = false;
    for (const char c : written) {
        const bool mark = c == ',' || c == '.';
        if (mark && (group > 3 || (grouped && group != 3)))
            return false;
        grouped = grouped || mark;
        group = mark ? 0 : group + 1;
    }
    return grouped && group == 3;
}

/// Telephone numbers in a text: runs of digits with spaces and dashes between, as digits.
std::set<std::string> numbers_in(std::string_view text)
{
    std::set<std::string> out;
    std::string run;
    const auto close = [&] {
        auto dialled = digits(run);
        if (dialled.size() >= 3 && !amount(run))
            out.insert(std::move(dialled));
        run.clear();
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
        const bool inside = !run.empty() && i + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0;
        if (digit || (inside && (c == ',' || c == '.')))
            run += c;
        else if (!inside || (c != ' ' && c != '-'))
            close();
    }
    close();
    return out;
}

struct KnownNumbers {
    std::set<std::string> emergency, lines;
};

KnownNumbers known_numbers(const content::CrisisLines& directory, const std::string& region)
{
    KnownNumbers out;
    if (const auto* country = directory.country(region)) {
        for (const auto& number : country->emergency)
            out.emergency.insert(digits(number.number));
        for (const auto& line : country->lines)
            for (const auto& number : {line.phone, line.dial, line.whatsapp, line.sms ? line.sms->number : std::string()})
                if (!digits(number).empty())
                    out.lines.insert(digits(number));
    }
    return out;
}

bool any_in(const std::set<std::string>& wanted, const std::set<std::string>& there)
{
    // Two numbers that stand side by side are one run of digits, so a part counts.
    return std::any_of(wanted.begin(), wanted.end(), [&](const auto& number) {
        return std::any_of(there.begin(), there.end(), [&](const auto& run) {
            return run == number || (number.size() >= 3 && run.size() > number.size() && run.find(number) != std::string::npos);
        });
    });
}

} // namespace

Result<Guard::Tongue> Guard::load_tongue(const std::filesystem::path& file)
{
    const auto name = (file.parent_path().filename() / file.filename()).string();
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return unavailable("content is missing: " + name, "cannot open " + file.string());
    std::stringstream text;
    text << in.rdbuf();
    boost::system::error_code failed;
    const auto value = json::parse(text.str(), failed);
    if (failed || !value.is_object())
        return invalid(name + " is not JSON: " + failed.message());
    const auto& root = value.get_object();
    Tongue out;
    const auto* rules = root.if_contains("rules");
    if (rules == nullptr || !rules->is_array() || rules->get_array().empty())
        return invalid(name + " holds no rules");
    for (const auto& entry : rules->get_array()) {
        if (!entry.is_object())
            return invalid(name + ": a rule must be an object");
        const auto& fields = entry.get_object();
        Rule rule{text_of(fields, "id"), text_of(fields, "why"), text_of(fields, "replacement"),
                  TRY(phrases_of(fields, "phrases", name)), TRY(phrases_of(fields, "unless", name))};
        if (rule.id.empty() || rule.why.empty() || rule.replacement.empty())
            return invalid(name + ": a rule needs id, why and replacement");
        out.rules.push_back(std::move(rule));
    }
    if (const auto* common = root.if_contains("told_by"); common != nullptr && common->is_array())
        for (const auto& word : common->get_array())
            if (word.is_string())
                out.told_by.emplace(word.get_string());
    if (out.told_by.empty())
        return invalid(name + " needs told_by: the commonest words of its language");
    out.agreeing = TRY(phrases_of(root, "agreeing", name));
    out.agreeing_unless = TRY(phrases_of(root, "agreeing_unless", name));
    if (const auto* list = root.if_contains("replacements"); list != nullptr && list->is_object())
        for (const auto& [key, texts] : list->get_object())
            if (texts.is_array() && !texts.get_array().empty() && texts.get_array().front().is_string())
                out.replacements[std::string(key)] = std::string(texts.get_array().front().get_string());
    if (out.replacements.count("plain") == 0)
        return invalid(name + " needs a plain replacement");
    return out;
}

Result<Guard> Guard::load(const std::filesystem::path& content_folder)
{
    Guard out;
    for (const std::string language : {"en", "es", "fr", "de", "pt"}) {
        const auto file = content_folder / "conversation" / language / "guard.json";
        if (language == "en" || std::filesystem::exists(file))
            out.tongues_.emplace(language, TRY(load_tongue(file)));
    }
    return out;
}

std::string Guard::replacement(const std::string& key, const GuardContext& context, const Dialogue& dialogue) const
{
    Situation situation;
    situation.language = context.language;
    situation.region = context.region;
    if (context.minor)
        situation.age_band = "13_17";
    situation.now = from_stored(1);
    const bool danger = context.urgency && need(*context.urgency) >= need(Urgency::Today) && *context.urgency != Urgency::Unknown;
    if (danger) {
        // The fixed text, chosen by the same rule as in a conversation.
        State state;
        state.noticed_at = situation.now;
        state.last_at = situation.now;
        Finding finding;
        finding.urgency = *context.urgency;
        finding.category = context.category;
        finding.categories = {context.category};
        finding.subject = context.subject == Subject::None ? Subject::Self : context.subject;
        finding.lang = context.language;
        return dialogue.answer(state, "", finding, situation).text;
    }
    const auto& books = dialogue.phrasebooks();
    auto book = books.find(context.language);
    if (book == books.end() || !book->second.listens())
        book = books.find("en");
    auto tongue = tongues_.find(book->first);
    if (tongue == tongues_.end())
        tongue = tongues_.find("en");
    const auto& own = tongue->second.replacements;
    const Contacts contacts(dialogue.crisis_lines(), book->second, situation, context.region, context.category, context.minor, {});
    std::string words;
    if (const auto found = own.find(key); found != own.end())
        words = found->second;
    else if (const auto& variants = book->second.variants(key); !variants.empty())
        words = variants.front();
    else
        words = own.at("plain");
    words = filled(words, contacts.filling());
    if (key == "say.methods")
        words += " " + filled("{line}.", contacts.filling()) + " " +
                 filled(book->second.variants("crisis.contact.danger").front(), contacts.filling());
    return words;
}

std::vector<const Guard::Tongue*> Guard::tongues_of(const std::vector<Word>& words, std::string_view language) const
{
    std::vector<std::pair<std::ptrdiff_t, const Tongue*>> told;
    std::ptrdiff_t most = 0;
    for (const auto& [name, tongue] : tongues_) {
        const auto& told_by = tongue.told_by;
        const auto common =
            std::count_if(words.begin(), words.end(), [&](const auto& word) { return told_by.count(word.folded) > 0; });
        told.emplace_back(name == language ? words.size() : common, &tongue);
        most = std::max(most, common);
    }
    std::vector<const Tongue*> read;
    for (const auto& [common, tongue] : told)
        if (common + 1 >= most)
            read.push_back(tongue);
    return read;
}

std::pair<std::string, std::string> Guard::heard_by_model(std::string_view reply,
                                                          const std::vector<std::string>& sentences,
                                                          GuardContext::Model model) const
{
    /// At it the model holds back 16 of 960 general answers of apps that it had not seen (tests/support/unseen_apps).
    constexpr double sure = 0.9;
    const double surely = model == GuardContext::Model::WhereSure ? sure : 0;
    // "Soup, then bread.": too little to judge by.
    constexpr std::size_t enough = 5; ///< words
    if (words_of(reply).size() < enough)
        return {};
    // It learnt from replies of one to six sentences: of a longer one it reads a few at a time, each half with what came
    // before it and with what comes after.
    constexpr std::size_t at_once = 6;
    if (sentences.size() <= at_once) {
        auto rule = reader_->broken_by(reply, surely);
        return {std::move(rule), std::string(reply)};
    }
    for (std::size_t begin = 0; begin + at_once / 2 < sentences.size(); begin += at_once / 2) {
        std::string words;
        for (auto at = begin; at < std::min(sentences.size(), begin + at_once); ++at)
            words += (words.empty() ? "" : " ") + sentences[at];
        if (auto rule = reader_->broken_by(words, surely); !rule.empty())
            return {std::move(rule), std::move(words)};
    }
    return {};
}

const Guard::Rule* Guard::rule_of(const std::string& id, const std::string& language) const
{
    const auto tongue = tongues_.find(language);
    const auto& rules = (tongue == tongues_.end() ? tongues_.find("en") : tongue)->second.rules;
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const auto& rule) { return rule.id == id; });
    return found == rules.end() ? nullptr : &*found;
}

Verdict Guard::check(std::string_view reply, const GuardContext& context, const Dialogue& dialogue) const
{
    Verdict out;
    const auto blame = [&](const std::string& rule, const std::string& why, const std::string& found) {
        out.allowed = false;
        for (const auto& reason : out.reasons)
            if (reason.rule == rule)
                return;
        out.reasons.push_back({rule, why, found});
    };
    std::string how;
    const auto sentences = sentences_of(without_known_links(std::string(reply), dialogue.crisis_lines()));
    for (const auto& sentence : sentences) {
        const auto words = words_of(sentence);
        const auto own_words = words_of(without_quotes(sentence));
        for (const auto* tongue : tongues_of(words, context.language))
            for (const auto& rule : tongue->rules) {
                Phrase::Hit hit;
                // "my wife" in the person's own words, given back in quotes, is no claim to have one.
                if (!rule.phrases.in(words, &hit) || rule.unless.in(words) || (rule.id == "A5" && !rule.phrases.in(own_words)))
                    continue;
                blame(rule.id, rule.why,
                      sentence.substr(words[hit.begin].begin, words[hit.end - 1].end - words[hit.begin].begin));
                if (how.empty())
                    how = rule.replacement;
            }
    }
    if (reader_ && out.allowed && context.model != GuardContext::Model::Silent) {
        const auto [id, words] = heard_by_model(reply, sentences, context.model);
        if (!id.empty()) {
            const auto* rule = rule_of(id, context.language);
            blame(id, rule == nullptr ? "a trained model takes it for a reply that breaks this rule"
                                      : "a trained model takes it for what it says: " + rule->why,
                  words);
            how = rule == nullptr ? "plain" : rule->replacement;
        }
    }
    // What the person believes is known from their own messages: then plain agreement confirms it.
    if (context.category == Category::Psychosis) {
        const auto words = words_of(reply);
        if (std::any_of(tongues_.begin(), tongues_.end(), [&](const auto& entry) {
                return entry.second.agreeing.in(words) && !entry.second.agreeing_unless.in(words);
            })) {
            blame("D5", "agrees with a belief that may be a delusion", std::string(reply.substr(0, 80)));
            how = "delusion";
        }
    }

    const auto there = numbers_in(reply);
    const auto known = known_numbers(dialogue.crisis_lines(), context.region);
    const bool country = dialogue.crisis_lines().country(context.region) != nullptr;
    for (const std::string number : {"911", "988", "999", "112", "113", "116123", "000", "111", "15", "741741", "85258", "18002738255"})
        if (there.count(number) > 0 && (!country || (known.emergency.count(number) == 0 && known.lines.count(number) == 0)))
            blame("H2", country ? "names a number that is not the country's" : "names a number though the country is unknown",
                  number);

    if (context.urgency && (*context.urgency == Urgency::Today || *context.urgency == Urgency::Now)) {
        const auto words = words_of(reply);
        static const Phrases emergency_words({"(local)? emergency (number|services|service|department)"});
        const bool directory = reply.find("findahelpline.com") != std::string_view::npos;
        const bool emergency = country ? any_in(known.emergency, there) : emergency_words.in(words);
        const bool contact = emergency || any_in(known.lines, there) || directory;
        if (*context.urgency == Urgency::Now && !emergency)
            blame("C1", "in danger now the emergency number has to be there", "");
        else if (!contact && !context.contacts_given)
            blame("C1", "today needs a live contact", "");
    }
    if (!out.allowed)
        out.replacement = replacement(how.empty() ? "plain" : how, context, dialogue);
    return out;
}

} // namespace handrail::support
