#include "nlp/screener.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iterator>

#include "base/fingerprint.h"
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

/// Whether a rule says of this message that it is no danger.
bool explained(const ReadMessage& message)
{
    return std::any_of(message.hits.begin(), message.hits.end(),
                       [](const Hit& hit) { return hit.counts && calm(*hit.rule); });
}

/// Whether the rules found nothing in it that conclude() would look at.
bool says_nothing(const ReadMessage& message)
{
    return std::none_of(message.hits.begin(), message.hits.end(),
                        [](const Hit& hit) { return hit.counts && !calm(*hit.rule); });
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
        grammar.read(into.words, direction, into.hits);
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
    auto finding = read(text, context, lang_hint);
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
    std::vector<const ReadMessage*> messages;
    messages.reserve(context.size() + 1);
    std::vector<std::size_t> speaking; // earlier messages that say something, or were not read before
    for (std::size_t i = 0; i < context.size(); ++i) {
        const auto mark = silent_->mark(context[i]);
        if (silent_->known(mark))
            continue;
        parts_->read(context[i], static_cast<int>(i), Grammar::Direction::In, read[i]);
        if (says_nothing(read[i]) && !(second_ && asks_for_a_human(context[i], second_->read(context[i])))) {
            silent_->remember(mark);
            continue;
        }
        messages.push_back(&read[i]);
        speaking.push_back(i);
    }
    auto& own = read[context.size()];
    parts_->read(text, -1, Grammar::Direction::In, own);
    messages.push_back(&own);
    const auto guess = parts_->languages.guess(own.words, lang_hint);
    drop_false_friends(own, guess.language);
    auto finding = conclude(messages, *parts_->book);
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
    if (second_)
        add_second_opinion(finding, text, explained(own), context, speaking, *second_);
    for (auto& each : read) { // nobody's words stay behind between messages
        std::fill(each.words.letters.begin(), each.words.letters.end(), ' ');
        each.text = {};
    }
    if (read.size() > 64)
        read.resize(8);
    return finding;
}

Finding Screener::screen_output(std::string_view text) const
{
    ReadMessage own;
    parts_->read(text, -1, Grammar::Direction::Out, own);
    auto finding = conclude({&own}, *parts_->book);
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

double Screener::surface_forms() const
{
    return parts_->book->surface_forms();
}

} // namespace handrail::nlp
