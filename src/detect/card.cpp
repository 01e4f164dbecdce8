#include "detect/card.h"

#include <cmath>
#include <cstdio>

#include <boost/json.hpp>

namespace handrail::detect {

namespace {

namespace json = boost::json;

std::string decimals(double value, int places = 3)
{
    char out[64];
    std::snprintf(out, sizeof out, "%.*f", places, value);
    return out;
}

std::string percent(double value)
{
    return decimals(100 * value, 1) + " %";
}

constexpr std::size_t widest_confusion = 12;

std::string figures_table(const Evaluation& evaluation, const std::optional<Rival>& rival)
{
    std::string out = "| figure | value | 95 % interval |";
    out += rival ? " " + rival->name + " |\n| --- | ---: | ---: | ---: |\n" : "\n| --- | ---: | ---: |\n";
    for (std::size_t at = 0; at < evaluation.figures.size(); ++at) {
        const auto& figure = evaluation.figures[at];
        out += "| " + figure.name + " | " + decimals(figure.value) + " | " + decimals(figure.low) + " to " +
               decimals(figure.high) + " |";
        out += rival ? " " + decimals(rival->figures[at].value) + " |\n" : "\n";
    }
    return out;
}

std::string labels_table(const Evaluation& evaluation)
{
    std::string out =
        "| label | texts | precision | recall | F1 | AUROC |\n| --- | ---: | ---: | ---: | ---: | ---: |\n";
    for (const auto& label : evaluation.labels)
        out += "| " + label.name + " | " + decimals(label.counts.hits + label.counts.misses, 0) + " | " +
               decimals(label.counts.precision()) + " | " + decimals(label.counts.recall()) + " | " +
               decimals(label.counts.f1()) + " | " + decimals(label.auroc) + " |\n";
    return out;
}

std::string confusion_table(const Evaluation& evaluation)
{
    if (evaluation.confusion.empty() || evaluation.confusion.size() > widest_confusion)
        return {};
    std::string out = "## Confusion\n\nDown: the label of the corpus. Across: the answer.\n\n| |";
    std::string line = "\n| --- |";
    for (const auto& label : evaluation.labels) {
        out += " " + label.name + " |";
        line += " ---: |";
    }
    out += line + "\n";
    for (std::size_t k = 0; k < evaluation.confusion.size(); ++k) {
        out += "| " + evaluation.labels[k].name + " |";
        for (const auto count : evaluation.confusion[k])
            out += " " + std::to_string(count) + " |";
        out += "\n";
    }
    return out + "\n";
}

json::array figures_json(const std::vector<Figure>& figures, bool intervals)
{
    json::array out;
    for (const auto& figure : figures) {
        json::object each{{"name", figure.name}, {"value", figure.value}};
        if (intervals) {
            each["low"] = figure.low;
            each["high"] = figure.high;
        }
        out.push_back(std::move(each));
    }
    return out;
}

} // namespace

std::string card(const Evaluation& evaluation, const std::optional<FileFacts>& file, const std::optional<Rival>& rival)
{
    const auto& set = *evaluation.set;
    const auto text = [](std::string_view view) { return std::string(view); };
    std::string out = "# " + text(set.name) +
                      "\n\nWritten by `handrail train` or `handrail evaluate`; no number in it "
                      "was typed.\n\n";
    out += "- Says: " + text(set.about) + ". Language: " + text(set.language) + ".\n";
    out += "- Learnt from: the train and dev rows of `" + text(set.corpus) + "`" +
           (evaluation.held_out ? "" : ", " + std::to_string(evaluation.rows) + " texts") + " (" + text(set.cite) +
           "). Terms: " + text(set.terms) + ".\n";
    out += set.licence == Licence::Open ? "- Ships with Handrail.\n"
                                        : "- Research use only. Not shipped; made by whoever has the corpus.\n";
    out += "- A signal about words, for people who read it with the words. Not a diagnosis, not a prediction of what "
           "anybody will do";
    out += set.name == screening_set ? ". The server reads every message with it, beside the rules: it can raise the "
                                       "urgency, and lower nothing.\n"
           : set.name == reply_set ? ". The server reads with it what a language model is about to say, beside the rules of "
                                     "the guard: it can hold a reply back, and let none through.\n"
           : set.name == "emotion"  ? ", and no part of how urgent a message is. In a conversation in English the server "
                                       "names sadness, fear, anger or shame by it where rules heard no feeling, when it is "
                                       "very sure.\n"
                                     : ", and no part of how urgent a message is. The server does not run it on "
                                       "people's messages.\n";
    if (!set.limits.empty())
        out += "- Known to be weak: " + text(set.limits) + "\n";
    if (file)
        out += "- File: `model.bin`, " + std::to_string(file->bytes) + " bytes, BLAKE2b `" + file->checksum +
               "`; needs `" + file->encoder + "` (" + std::to_string(file->encoder_bytes) + " bytes).\n";
    out += "\n## How well\n\n";
    out +=
        evaluation.held_out
            ? std::to_string(evaluation.rows) + " held-out texts, by the model as it is. "
            : "Cross-validation, five folds; texts of one group and texts with the same words are in one fold, across "
              "all corpora. Weights, calibration and cuts of each fold come from the other four. ";
    out += "Intervals: 200 bootstrap draws of the texts.\n\n";
    out += figures_table(evaluation, rival);
    if (rival) {
        out +=
            "\n" + rival->name +
            " learnt from the same rows in the same folds, its cuts chosen the same way. Labelling one text took it " +
            decimals(rival->micros_a_text, 1) + " µs";
        if (rival->own_micros_a_text > 0)
            out += ", this model " + decimals(rival->own_micros_a_text, 1) + " µs";
        out += "; its model has " + std::to_string(rival->bytes) + " bytes.\n";
    }
    out += "\n## By label\n\n" + labels_table(evaluation) + "\n" + confusion_table(evaluation);
    out += "## By length\n\n| texts | count | " + evaluation.figures.front().name + " |\n| --- | ---: | ---: |\n";
    for (const auto& part : evaluation.by_length)
        out += "| " + part.name + " | " + std::to_string(part.rows) + " | " + decimals(part.value) + " |\n";
    out += "\n## Calibration\n\nExpected calibration error " + decimals(evaluation.calibration_error) +
           " (15 bins), Brier score " + decimals(evaluation.brier) +
           ".\n\n| said, on average | was so | answers |\n| ---: | ---: | ---: |\n";
    for (const auto& bin : evaluation.reliability)
        out += "| " + decimals(bin.said) + " | " + decimals(bin.so) + " | " + std::to_string(bin.count) + " |\n";
    out +=
        "\n## Accuracy against coverage\n\nThe least certain left out first. A text counts as right when its whole "
        "answer is. The model abstains where it is not certain enough or knows too little of the text: it answered " +
        percent(evaluation.answered) + " with accuracy " + decimals(evaluation.answered_accuracy) +
        ".\n\n| answered | accuracy |\n| ---: | ---: |\n";
    for (const auto& each : evaluation.coverage)
        out += "| " + percent(each.covered) + " | " + decimals(each.accuracy) + " |\n";
    return out;
}

std::string evaluation_json(const Evaluation& evaluation, const std::optional<Rival>& rival)
{
    json::object out{{"set", evaluation.set->name},
                     {"corpus", evaluation.set->corpus},
                     {"texts", evaluation.rows},
                     {"figures", figures_json(evaluation.figures, true)},
                     {"calibration_error", evaluation.calibration_error},
                     {"brier", evaluation.brier},
                     {"answered", evaluation.answered},
                     {"answered_accuracy", evaluation.answered_accuracy}};
    json::array labels;
    for (const auto& label : evaluation.labels)
        labels.push_back({{"label", label.name},
                          {"texts", label.counts.hits + label.counts.misses},
                          {"precision", label.counts.precision()},
                          {"recall", label.counts.recall()},
                          {"f1", label.counts.f1()},
                          {"auroc", label.auroc}});
    out["labels"] = std::move(labels);
    json::array coverage;
    for (const auto& each : evaluation.coverage)
        coverage.push_back({{"answered", each.covered}, {"accuracy", each.accuracy}});
    out["coverage"] = std::move(coverage);
    json::array bins;
    for (const auto& bin : evaluation.reliability)
        bins.push_back({{"said", bin.said}, {"so", bin.so}, {"answers", bin.count}});
    out["reliability"] = std::move(bins);
    json::array parts;
    for (const auto& part : evaluation.by_length)
        parts.push_back({{"texts", part.name}, {"count", part.rows}, {"value", part.value}});
    out["by_length"] = std::move(parts);
    if (!evaluation.confusion.empty()) {
        json::array confusion;
        for (const auto& line : evaluation.confusion)
            confusion.emplace_back(json::array(line.begin(), line.end()));
        out["confusion"] = std::move(confusion);
    }
    if (rival)
        out["rival"] = {{"name", rival->name},
                        {"figures", figures_json(rival->figures, false)},
                        {"micros_a_text", rival->micros_a_text},
                        {"own_micros_a_text", rival->own_micros_a_text},
                        {"bytes", rival->bytes}};
    return json::serialize(out) + "\n";
}

} // namespace handrail::detect
