#include "app/commands/evaluate_replay.h"

#include <array>
#include <cstdio>
#include <map>
#include <ostream>

#include "app/commands/measured_screener.h"
#include "detect/corpus.h"

namespace handrail::app {

namespace {

constexpr std::size_t most_labels = 12; ///< that are told apart

struct Answers {
    int texts = 0;
    std::map<Urgency, int> by_urgency;
    void count(Urgency urgency)
    {
        ++texts;
        ++by_urgency[urgency];
    }
    int of(Urgency urgency) const
    {
        const auto found = by_urgency.find(urgency);
        return found == by_urgency.end() ? 0 : found->second;
    }
};

std::string share(int of, int all)
{
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%.2f %% (%d)", all > 0 ? 100.0 * of / all : 0.0, of);
    return out.data();
}

std::string line(const std::string& corpus, const std::string& label, const Answers& answers)
{
    return "| " + corpus + " | " + label + " | " + std::to_string(answers.texts) + " | " +
           share(answers.of(Urgency::Today) + answers.of(Urgency::Now), answers.texts) + " | " +
           share(answers.of(Urgency::Soon), answers.texts) + " | " +
           share(answers.of(Urgency::Unknown), answers.texts) + " |\n";
}

} // namespace

int evaluate_replay(const std::vector<std::string>& sets, const std::filesystem::path& from,
                    const std::filesystem::path& content, std::ostream& out, std::ostream& err,
                    std::shared_ptr<const nlp::SecondReader> second)
{
    const auto screener = measured_screener(content, std::move(second), err);
    if (!screener)
        return 2;
    std::string lines;
    Answers all;
    std::map<std::string, int> by_rule;
    for (const auto& name : sets) {
        const auto* set = detect::find_label_set(name);
        const auto corpus = set == nullptr ? Result<detect::Corpus>(not_found("There is no label set " + name + "."))
                                           : detect::read_corpus(*set, {from / set->corpus / "dev.jsonl.gz"});
        if (!corpus) {
            err << "handrail evaluate: " << corpus.error().told << "\n";
            return 2;
        }
        Answers together;
        std::vector<Answers> apart(corpus->labels.size());
        for (const auto& row : corpus->rows) {
            const auto finding = screener->screen(row.text);
            together.count(finding.urgency);
            all.count(finding.urgency);
            for (const auto label : row.labels)
                apart[label].count(finding.urgency);
            if (raises_alert(finding.urgency))
                ++by_rule[!finding.combination.empty() ? finding.combination
                          : finding.evidence.empty()   ? "no rule: the words were not understood"
                                                       : finding.evidence.front().rule];
        }
        const auto title = std::string(set->corpus);
        if (corpus->labels.size() <= most_labels)
            for (std::size_t label = 0; label < apart.size(); ++label)
                lines += line(title, corpus->labels[label], apart[label]);
        lines += line(title, "all", together);
    }
    out << all.texts << " texts, " << what_was_measured(*screener) << ".\n\n"
        << "| corpus, development part | its label | texts | today or now | soon | unknown |\n"
           "| --- | --- | ---: | --- | --- | --- |\n"
        << lines << "\n| a human asked for the same day by | texts | of a thousand |\n| --- | ---: | ---: |\n";
    for (const auto& [rule, count] : by_rule) {
        std::array<char, 32> rate{};
        std::snprintf(rate.data(), rate.size(), "%.2f", all.texts > 0 ? 1000.0 * count / all.texts : 0.0);
        out << "| " << rule << " | " << count << " | " << rate.data() << " |\n";
    }
    out << std::flush;
    return 0;
}

} // namespace handrail::app
