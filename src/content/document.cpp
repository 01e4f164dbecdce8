#include "content/document.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

namespace handrail::content {

namespace {

constexpr std::size_t most_problems = 20;
constexpr std::uintmax_t most_bytes = 8U << 20U;

std::string pointer_step(std::string_view key)
{
    std::string out = "/";
    for (const char c : key) {
        if (c == '~')
            out += "~0";
        else if (c == '/')
            out += "~1";
        else
            out += c;
    }
    return out;
}

} // namespace

Result<Document> Document::open(const std::filesystem::path& file, std::string shown_name)
{
    std::error_code failed;
    const auto size = std::filesystem::file_size(file, failed);
    if (failed)
        return Error{ErrorKind::NotFound, shown_name + ": the file is not there or cannot be read.", {}, shown_name};
    if (size > most_bytes)
        return invalid(shown_name + ": the file is larger than 8 MiB.", shown_name);
    std::ifstream in(file, std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in)
        return Error{ErrorKind::NotFound, shown_name + ": the file cannot be read.", {}, shown_name};
    boost::json::error_code error;
    boost::json::stream_parser parser;
    const auto read = parser.write_some(bytes.data(), bytes.size(), error);
    if (!error && read == bytes.size())
        parser.finish(error);
    if (error || read != bytes.size())
        return invalid(shown_name + ": not JSON after byte " + std::to_string(read) + ": " +
                           (error ? error.message() : std::string("more follows the end")) + ".",
                       shown_name);
    Document document;
    document.name_ = std::move(shown_name);
    document.value_ = parser.release();
    return document;
}

Node Document::root() { return {*this, &value_, ""}; }

void Document::wrong(const std::string& pointer, const std::string& what)
{
    if (problems_.size() < most_problems)
        problems_.push_back(name_ + ": " + (pointer.empty() ? "/" : pointer) + ": " + what);
}

Error Document::error() const
{
    std::string all;
    for (const auto& each : problems_)
        all += (all.empty() ? "" : "\n") + each;
    return invalid(all, name_);
}

Node Node::operator[](std::string_view key) const
{
    const boost::json::value* found = nullptr;
    if (value_ != nullptr && value_->is_object())
        found = value_->get_object().if_contains(key);
    return {*document_, found, pointer_ + pointer_step(key)};
}

std::vector<Node> Node::elements() const
{
    std::vector<Node> out;
    if (!there())
        return out;
    if (!value_->is_array()) {
        wrong("expected a list");
        return out;
    }
    const auto& list = value_->get_array();
    for (std::size_t i = 0; i < list.size(); ++i)
        out.emplace_back(*document_, &list[i], pointer_ + "/" + std::to_string(i));
    return out;
}

std::vector<std::pair<std::string, Node>> Node::members() const
{
    std::vector<std::pair<std::string, Node>> out;
    if (!there())
        return out;
    if (!value_->is_object()) {
        wrong("expected names with values");
        return out;
    }
    for (const auto& [key, member] : value_->get_object())
        out.emplace_back(std::string(key), Node{*document_, &member, pointer_ + pointer_step(key)});
    return out;
}

std::string Node::text() const
{
    if (value_ != nullptr && value_->is_string())
        return std::string(value_->get_string());
    wrong(there() ? "expected text" : "is missing");
    return {};
}

std::string Node::text_or(std::string_view otherwise) const
{
    return there() ? text() : std::string(otherwise);
}

double Node::number() const
{
    if (value_ != nullptr && value_->is_number()) {
        const double out = value_->to_number<double>();
        if (std::isfinite(out))
            return out;
    }
    wrong(there() ? "expected a number" : "is missing");
    return 0;
}

int Node::whole() const
{
    if (value_ != nullptr && value_->is_int64()) {
        const auto out = value_->get_int64();
        if (out >= std::numeric_limits<int>::min() && out <= std::numeric_limits<int>::max())
            return static_cast<int>(out);
    }
    wrong(there() ? "expected a whole number" : "is missing");
    return 0;
}

int Node::whole_or(int otherwise) const { return there() ? whole() : otherwise; }

bool Node::truth() const
{
    if (value_ != nullptr && value_->is_bool())
        return value_->get_bool();
    wrong(there() ? "expected true or false" : "is missing");
    return false;
}

bool Node::truth_or(bool otherwise) const { return there() ? truth() : otherwise; }

std::vector<std::string> Node::texts() const
{
    std::vector<std::string> out;
    for (const auto& each : elements())
        out.push_back(each.text());
    return out;
}

} // namespace handrail::content
