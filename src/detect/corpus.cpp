#include "detect/corpus.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>

#include <boost/json.hpp>
#include <zlib.h>

namespace handrail::detect {

namespace json = boost::json;

namespace {

struct Closing {
    void operator()(gzFile_s* file) const { gzclose(file); }
};

constexpr std::size_t longest_line = 8U << 20U;

} // namespace

Result<void> read_json_lines(const std::filesystem::path& file, const std::function<Result<void>(const json::object&)>& take)
{
    const std::unique_ptr<gzFile_s, Closing> open(gzopen(file.c_str(), "rb"));
    if (!open || !std::filesystem::is_regular_file(file))
        return not_found("The corpus file cannot be read: " + file.string());
    std::string line;
    std::array<char, 1U << 16U> part{};
    std::size_t number = 0;
    const auto finish = [&]() -> Result<void> {
        ++number;
        const auto where = file.string() + ", line " + std::to_string(number) + ": ";
        json::error_code failed;
        const auto value = json::parse(line, failed);
        line.clear();
        if (failed || !value.is_object())
            return invalid(where + "a JSON object is needed");
        if (const auto taken = take(value.as_object()); !taken)
            return invalid(where + taken.error().told);
        return {};
    };
    while (gzgets(open.get(), part.data(), static_cast<int>(part.size())) != nullptr) {
        line += part.data();
        if (line.size() > longest_line)
            return invalid(file.string() + ", line " + std::to_string(number + 1) + ": the line is too long");
        if (!line.empty() && line.back() == '\n')
            TRY(finish());
    }
    int problem = Z_OK;
    gzerror(open.get(), &problem);
    if (problem != Z_OK && problem != Z_STREAM_END)
        return invalid("The archive is damaged: " + file.string());
    if (!line.empty())
        TRY(finish());
    return {};
}

namespace {

Result<std::string> text_of(const json::object& row)
{
    const auto* text = row.if_contains("text");
    if (text == nullptr || !text->is_string())
        return invalid("\"text\" must be a string");
    return std::string(text->as_string());
}

Result<std::string> label_text(const json::value& value)
{
    if (value.is_string())
        return std::string(value.as_string());
    if (value.is_int64())
        return std::to_string(value.as_int64());
    return invalid("a label must be a string or a whole number");
}

/// What stands in a row, before the labels have numbers. For a graded set a label is "question=level".
struct Written {
    Row row;
    std::vector<std::string> labels;
};

Result<Written> read_row(const LabelSet& set, const json::object& object, std::set<std::string>& names)
{
    Written out;
    out.row.text = TRY(text_of(object));
    if (const auto* group = object.if_contains("group"); group != nullptr && group->is_string())
        out.row.group = std::string(group->as_string());
    if (set.kind == Kind::OneOf) {
        const auto* label = object.if_contains("label");
        if (label == nullptr)
            return invalid("\"label\" is missing");
        out.labels.push_back(TRY(label_text(*label)));
        names.insert(out.labels.back());
        return out;
    }
    const auto* labels = object.if_contains("labels");
    if (labels == nullptr)
        return invalid("\"labels\" is missing");
    if (const auto* list = labels->if_array(); list != nullptr && set.kind == Kind::Many) {
        for (const auto& each : *list) {
            out.labels.push_back(TRY(label_text(each)));
            names.insert(out.labels.back());
        }
        return out;
    }
    const auto* each_of = labels->if_object();
    if (each_of == nullptr)
        return invalid("\"labels\" must be an object of whole numbers, or for labels of any number an array");
    for (const auto& [key, value] : *each_of) {
        if (!value.is_int64() || value.as_int64() < 0 || value.as_int64() > 9)
            return invalid("the value of each label must be a whole number from 0 to 9");
        const auto level = value.as_int64();
        const std::string name(key);
        const auto label = set.kind == Kind::Graded ? name + "=" + std::to_string(level) : name;
        names.insert(label);
        if (set.kind == Kind::Graded || level > 0)
            out.labels.push_back(label);
    }
    return out;
}

std::string_view question_of(std::string_view label)
{
    return label.substr(0, label.rfind('='));
}

} // namespace

bool holds(const std::vector<std::uint16_t>& labels, std::size_t label)
{
    return std::binary_search(labels.begin(), labels.end(), static_cast<std::uint16_t>(label));
}

Result<Corpus> read_corpus(const LabelSet& set, const std::vector<std::filesystem::path>& files,
                           const std::vector<std::string>& labels)
{
    std::set<std::string> names(labels.begin(), labels.end());
    std::vector<Written> all;
    for (const auto& file : files)
        TRY(read_json_lines(file, [&](const json::object& object) -> Result<void> {
            all.push_back(TRY(read_row(set, object, names)));
            return {};
        }));
    if (!labels.empty() && names.size() != labels.size())
        return invalid("The corpus " + std::string(set.corpus) + " has labels that the model does not know.");
    if (names.size() < 2 || names.size() > 1000)
        return invalid("The corpus " + std::string(set.corpus) + " must have from 2 to 1,000 labels; it has " +
                       std::to_string(names.size()));
    Corpus out;
    out.labels.assign(names.begin(), names.end());
    std::map<std::string_view, std::uint16_t> numbers;
    for (std::uint16_t at = 0; at < out.labels.size(); ++at)
        numbers[out.labels[at]] = at;
    const auto count = static_cast<std::uint16_t>(out.labels.size());
    if (set.kind == Kind::OneOf)
        out.questions.push_back({0, count});
    for (std::uint16_t at = 0; set.kind != Kind::OneOf && at < count; ++at)
        if (set.kind == Kind::Graded && at > 0 && question_of(out.labels[at]) == question_of(out.labels[at - 1U]))
            out.questions.back().end = static_cast<std::uint16_t>(at + 1);
        else
            out.questions.push_back({at, static_cast<std::uint16_t>(at + 1)});
    for (auto& each : all) {
        for (const auto& label : each.labels)
            each.row.labels.push_back(numbers.at(label));
        std::sort(each.row.labels.begin(), each.row.labels.end());
        each.row.labels.erase(std::unique(each.row.labels.begin(), each.row.labels.end()), each.row.labels.end());
        out.rows.push_back(std::move(each.row));
    }
    return out;
}

} // namespace handrail::detect
