#pragma once

// Only for the .cpp files of this folder: no other folder sees JSON.

#include <boost/json.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace handrail::content {

class Node;

/// One JSON file while it is being read. Gathers everything that is wrong with it, so that a clinician who edits a file
/// sees all of it at once.
class Document {
public:
    /// @param shown_name What the file is called in messages, such as "instruments/phq-9.json".
    static Result<Document> open(const std::filesystem::path& file, std::string shown_name);

    Node root();
    void wrong(const std::string& pointer, const std::string& what);
    bool sound() const { return problems_.empty(); }
    /// All of what is wrong, one line each.
    Error error() const;
    const std::string& shown_name() const { return name_; }

private:
    std::string name_;
    boost::json::value value_;
    std::vector<std::string> problems_;
};

/// A place in the document. Reading something that is not there or not of the kind asked for notes the problem and gives
/// an empty value, so that reading goes on.
class Node {
public:
    Node(Document& document, const boost::json::value* value, std::string pointer)
        : document_(&document), value_(value), pointer_(std::move(pointer))
    {
    }

    bool there() const { return value_ != nullptr && !value_->is_null(); }
    bool is_object() const { return value_ != nullptr && value_->is_object(); }
    bool is_array() const { return value_ != nullptr && value_->is_array(); }
    bool is_text() const { return value_ != nullptr && value_->is_string(); }
    bool is_number() const { return value_ != nullptr && value_->is_number(); }
    bool is_truth() const { return value_ != nullptr && value_->is_bool(); }

    Node operator[](std::string_view key) const;
    std::vector<Node> elements() const;                          ///< of an array; absent is empty
    std::vector<std::pair<std::string, Node>> members() const;   ///< of an object, in the file's order; absent is empty

    std::string text() const;
    std::string text_or(std::string_view otherwise) const;
    double number() const;
    int whole() const;
    int whole_or(int otherwise) const;
    bool truth() const;
    bool truth_or(bool otherwise) const;
    std::vector<std::string> texts() const;

    void wrong(const std::string& what) const { document_->wrong(pointer_, what); }
    const std::string& pointer() const { return pointer_; }
    const boost::json::value* raw() const { return value_; }

private:
    Document* document_;
    const boost::json::value* value_;
    std::string pointer_;
};

} // namespace handrail::content
