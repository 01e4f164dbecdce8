#include "nlp/screener.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>

#include "base/fingerprint.h"
#include "base/text.h"
#include "base/trace.h"
#include "nlp/conversation.h"
#include "nlp/grammar.h"
#include "nlp/language_guess.h"
#include "nlp/normaliser.h"
#include "nlp/rule_book.h"
#include "nlp/second_opinion.h"
#include "nlp/silent_messages.h"
#include "nlp/table.h"

namespace handrail::nlp {

namespace {

constexpr const char* rule_format = "1";
/// Bytes of letters: room that a thread keeps between messages.
constexpr std::size_t most_kept = 16'384;

/// Over names and bytes: says which rules answered.
std::string checksum(const std::filesystem::path& folder)
{
    Fingerprint sum;
    for (const auto& file : tables(folder, "")) {
        std::ifstream in(file, std::ios::binary);
        sum.take(file.filename().string()).take(std::string(std::istreambuf_iterator<char>(in), {}));
    }
    return sum.text();
}

/// One word alone may mean something else in another language: it counts only in its own, or where none is known.
void drop_false_friends(ReadMessage& message, std::string_view language)
{
    for (auto& hit : message.hits)
        if (hit.end - hit.begin == 1 && language != "und" && hit.rule->language != language)
            hit.counts = false;
}

/// Whether a rule says of this message that it is no danger, or just how pressing what looks like more is; or all that it
/// finds is long past and the writer says that they are well now. An idiom says so of its
/// own sentence alone.
bool explained(const ReadMessage& message)
{
    bool calm_rule = false;
    bool recovered = false;
    bool danger = false;
    for (const auto& hit : message.hits) {
        calm_rule = calm_rule ||
                    (hit.counts && !hit.rule->flags.leaves_model && !hit.rule->flags.idiom && calm(*hit.rule));
        recovered = recovered || (hit.counts && hit.recovered);
        danger = danger || (hit.counts && hit.urgency != Urgency::Usual);
    }
    return calm_rule || (recovered && !danger);
}

/// The text with blanks for the sentences that hold an idiom, one for each code point; empty when there is none.
std::string without_idioms(const ReadMessage& message)
{
    const auto& words = message.words.words;
    std::vector<std::size_t> begins; // of idioms, words
    for (const auto& hit : message.hits)
        if (hit.counts && hit.rule->flags.idiom && !hit.rule->flags.leaves_model)
            begins.push_back(hit.begin);
    if (begins.empty())
        return {};
    std::sort(begins.begin(), begins.end());
    std::vector<std::pair<std::size_t, std::size_t>> idioms; // their sentences, each once: code points, half open
    std::size_t looked_to = 0;                               // words
    for (const auto at : begins) {
        if (at < looked_to)
            continue; // no phrase runs over the end of a sentence
        std::size_t begin = at;
        while (begin > looked_to && words[begin].before != Break::Sentence)
            --begin;
        looked_to = at + 1;
        while (looked_to < words.size() && words[looked_to].before != Break::Sentence)
            ++looked_to;
        idioms.emplace_back(words[begin].begin, words[looked_to - 1].end);
    }
    std::string out;
    out.reserve(message.text.size());
    std::size_t at = 0; // code points
    auto idiom = idioms.begin();
    for (std::size_t byte = 0; byte < message.text.size();) {
        auto next = byte + 1;
        while (next < message.text.size() && (static_cast<unsigned char>(message.text[next]) & 0xC0U) == 0x80U)
            ++next;
        while (idiom != idioms.end() && idiom->second <= at)
            ++idiom;
        if (idiom != idioms.end() && idiom->first <= at)
            out += ' ';
        else
            out += message.text.substr(byte, next - byte);
        byte = next;
        ++at;
    }
    return out;
}

/// Whether an earlier message in which the rules found nothing still asks for a human by what the reader thinks of it.
bool still_asks(const ReadMessage& message, const SecondReader& reader)
{
    if (explained(message))
        return false;
    const AskedAbout asked{message.text, message.context_index, false, without_idioms(message)};
    return asks_for_a_human(message.text, opinion_of(asked, reader));
}

/// Whether the rules found nothing in it that conclude() would look at.
bool says_nothing(const ReadMessage& message)
{
    return std::none_of(message.hits.begin(), message.hits.end(),
                        [](const Hit& hit) { return hit.counts && !calm(*hit.rule); });
}

/// Bytes that are read at once: what a long text takes of memory is bounded by them. Most messages have a hundredth.
constexpr std::size_t most_at_once = 65'536;
/// Bytes that two parts share, so that no phrase is cut.
constexpr std::size_t shared_by_parts = 1'024;

/// Where a part of a long text ends: after the last space in it, else at its last whole code point.
std::size_t end_of_part(std::string_view text, std::size_t begin)
{
    if (text.size() - begin <= most_at_once)
        return text.size();
    auto end = begin + most_at_once;
    const auto space = text.find_last_of(" \n", end);
    if (space != std::string_view::npos && space > begin + most_at_once / 2)
        return space + 1;
    while ((static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U && end > begin + most_at_once - 4)
        --end;
    return end;
}

/// The finding of another part of the same text is taken into account: the more pressing one stays.
void add_part(Finding& finding, Finding part, std::size_t code_points_before)
{
    for (auto& each : part.evidence)
        if (each.context_index < 0) {
            each.begin += code_points_before;
            each.end += code_points_before;
        }
    auto probability = std::move(finding.probability);
    for (const auto& [category, value] : part.probability) {
        auto& most = probability[category];
        most = std::max(most, value);
    }
    if (need(part.urgency) > need(finding.urgency))
        finding = std::move(part);
    finding.probability = std::move(probability);
}

} // namespace

struct Screener::Parts {
    Parts(std::unique_ptr<RuleBook> rules, LanguageGuess guess, Complaints& complaints, std::string read_checksum)
        : book(std::move(rules)), normaliser(book->lexicon), grammar(*book, complaints), languages(std::move(guess)),
          sum(std::move(read_checksum))
    {
    }

    std::unique_ptr<RuleBook> book;
    Normaliser normaliser;
    Grammar grammar;
    LanguageGuess languages;
    std::string sum;

    void read(std::string_view text, int context_index, Grammar::Direction direction, ReadMessage& into) const
    {
        into.text = text;
        into.context_index = context_index;
        normaliser.normalise(text, into.words);
        into.work = grammar.read(into.words, direction, into.hits);
    }

    /// Whether all that a message says is that the writer is safe: no "but" after it.
    bool only_answers(const ReadMessage& message) const
    {
        const auto answer = std::find_if(message.hits.begin(), message.hits.end(),
                                         [](const Hit& hit) { return hit.counts && hit.rule->flags.eases; });
        return answer != message.hits.end() && !grammar.turns_after(message.words, answer->end);
    }

    /// What the second reader is told of a message that the rules have read.
    /// @param eased  an answer of safety came after it, or stands in it
    AskedAbout asked_about(const ReadMessage& message, bool eased) const
    {
        AskedAbout out{message.text, message.context_index, explained(message), without_idioms(message)};
        if (eased)
            return out;
        Signs heard = 0;
        for (const auto& hit : message.hits)
            if (hit.counts && !calm(*hit.rule) && need(hit.urgency) >= need(Urgency::Today))
                heard |= book->rules_today;
        const auto when = grammar.within_a_day(message.words);
        if (when.end > 0)
            heard |= book->within_a_day;
        out.now_by = book->now_by_model(heard);
        out.now_by_when_sure = book->now_by_model(heard | book->model_sure);
        if (out.now_by != nullptr && (out.now_by->needs & book->within_a_day) != 0) {
            out.when_begin = message.words.words[when.begin].begin;
            out.when_end = message.words.words[when.end - 1].end;
        }
        return out;
    }
};

struct Screener::Counts {
    static constexpr std::array<double, 11> edges{0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005,
                                                  0.001,   0.0025,   0.005,   0.025,  0.1};
    std::array<std::atomic<std::uint64_t>, 5> by_urgency{};
    Tally took{edges};
};

Screener::Screener(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)), counts_(std::make_unique<Counts>()),
      silent_(std::make_unique<SilentMessages>())
{
}
Screener::Screener(Screener&&) noexcept = default;
Screener& Screener::operator=(Screener&&) noexcept = default;
Screener::~Screener() = default;

Result<Screener> Screener::load(const std::filesystem::path& content_dir)
{
    const auto folder = content_dir / "screening";
    if (!std::filesystem::is_directory(folder))
        return unavailable("The screening rules are not there: " + folder.string() + " is no folder.",
                           "screening content missing");
    Complaints complaints;
    auto lexicon = Lexicon::read(folder, complaints);
    auto languages = LanguageGuess::read(folder, lexicon, complaints);
    auto book = RuleBook::read(folder, std::move(lexicon), complaints);
    languages.learn(book->lexicon);
    auto parts = std::make_unique<Parts>(std::move(book), std::move(languages), complaints, checksum(folder));
    if (!complaints.empty())
        return complaints.error();
    return Screener(std::unique_ptr<const Parts>(std::move(parts)));
}

Finding Screener::screen(std::string_view text, std::span<const std::string> context, std::string_view lang_hint) const
{
    const auto began = std::chrono::steady_clock::now();
    trace::Part part("screening");
    auto finding = read(text.substr(0, end_of_part(text, 0)), context, lang_hint);
    std::size_t counted = 0; // bytes
    std::size_t before = 0;  // code points of them
    for (auto end = end_of_part(text, 0); end < text.size();) {
        const auto space = text.find_last_of(" \n", end - shared_by_parts);
        const auto from = space == std::string_view::npos || space + 2 * shared_by_parts < end ? end : space + 1;
        end = end_of_part(text, from);
        before += code_points(text.substr(counted, from - counted));
        counted = from;
        add_part(finding, read(text.substr(from, end - from), context, lang_hint), before);
    }
    part.say("handrail.urgency", name(finding.urgency));
    counts_->by_urgency[static_cast<std::size_t>(finding.urgency)].fetch_add(1, std::memory_order_relaxed);
    counts_->took.count(std::chrono::steady_clock::now() - began);
    return finding;
}

std::uint64_t Screener::screened(Urgency urgency) const
{
    return counts_->by_urgency[static_cast<std::size_t>(urgency)].load(std::memory_order_relaxed);
}

std::vector<Measure> Screener::measures() const
{
    Measure screened_so_far{"handrail_screened_total", "Messages and notes screened, by how soon a human is needed.",
                            Measure::Kind::Counter};
    for (std::size_t i = 0; i < counts_->by_urgency.size(); ++i) {
        const auto urgency = static_cast<Urgency>(i);
        screened_so_far.points.push_back(
            {{{"urgency", std::string(name(urgency))}}, static_cast<double>(screened(urgency))});
    }
    return {
        std::move(screened_so_far),
        Measure::histogram("handrail_screening_seconds", "How long screening one of them took.", counts_->took.read())};
}

Finding Screener::read(std::string_view text, std::span<const std::string> context, std::string_view lang_hint) const
{
    // Kept between messages, so that screening does not allocate for every word; one set per thread.
    thread_local std::vector<ReadMessage> read;
    if (read.size() < context.size() + 1)
        read.resize(context.size() + 1);
    std::vector<const ReadMessage*> messages; // that say something, or were not read before
    messages.reserve(context.size() + 1);
    for (std::size_t i = 0; i < context.size(); ++i) {
        const auto mark = silent_->mark(context[i]);
        if (silent_->known(mark))
            continue;
        parts_->read(context[i], static_cast<int>(i), Grammar::Direction::In, read[i]);
        if (says_nothing(read[i]) && !(second_ && still_asks(read[i], *second_))) {
            silent_->remember(mark);
            continue;
        }
        messages.push_back(&read[i]);
    }
    auto& own = read[context.size()];
    parts_->read(text, -1, Grammar::Direction::In, own);
    messages.push_back(&own);
    const auto guess = parts_->languages.guess(own.words, lang_hint);
    drop_false_friends(own, guess.language);
    auto concluded = conclude(messages, *parts_->book);
    const auto eased_at = concluded.eased_at;
    auto finding = std::move(concluded.finding);
    finding.lang = std::string(guess.language);
    if (guess.language == "und")
        for (const auto& hit : own.hits)
            if (hit.counts && hit.urgency != Urgency::Usual) {
                finding.lang = hit.rule->language;
                break;
            }
    if (guess.understood != LanguageGuess::Understood::Yes &&
        sooner(finding.urgency, Urgency::Unknown) == Urgency::Unknown) {
        finding.urgency = Urgency::Unknown;
        finding.why = guess.understood == LanguageGuess::Understood::OtherLanguage
                          ? "The message is in a language that has no rules here, so it was not understood."
                          : "The message could not be read as any language that has rules here.";
    }
    finding.versions = versions();
    if (second_) {
        std::vector<AskedAbout> asked;
        for (auto at = messages.size(); at-- > 0;)
            asked.push_back(parts_->asked_about(
                *messages[at], eased_at < messages.size() &&
                                   (at < eased_at || (at == eased_at && parts_->only_answers(*messages[at])))));
        add_second_opinion(finding, asked, *second_);
    }
    for (auto& each : read)
        each.forget(most_kept);
    if (read.size() > 64)
        read.resize(8);
    return finding;
}

Finding Screener::screen_output(std::string_view text) const
{
    ReadMessage own;
    parts_->read(text, -1, Grammar::Direction::Out, own);
    auto finding = conclude({&own}, *parts_->book).finding;
    finding.lang = std::string(parts_->languages.guess(own.words, {}).language);
    finding.versions = versions();
    return finding;
}

std::map<std::string, std::string> Screener::versions() const
{
    std::map<std::string, std::string> out{{"format", rule_format}, {"rules", parts_->sum}};
    if (second_)
        out["model"] = second_->version();
    return out;
}

std::size_t Screener::work_of(std::string_view text) const
{
    ReadMessage read;
    parts_->read(text, -1, Grammar::Direction::In, read);
    return read.work;
}

double Screener::surface_forms() const
{
    return parts_->book->surface_forms();
}

} // namespace handrail::nlp
