#include "contracts/shipped_statements.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace handrail::tests {

namespace {

bool in_a_name(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool begins_as_sql(std::string_view text)
{
    constexpr std::array<std::string_view, 5> verbs{"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "WITH "};
    return std::any_of(verbs.begin(), verbs.end(), [&](auto verb) { return text.substr(0, verb.size()) == verb; });
}

/// Reads C++ only as far as string literals need: neighbours are one text, a macro that is one literal stands for it.
class Reader {
public:
    Reader(std::string_view source, std::string file) : source_(source), file_(std::move(file)) {}

    std::vector<ShippedStatement> statements()
    {
        while (at_ < source_.size())
            step();
        end_of_text();
        return std::move(found_);
    }

private:
    bool ahead(std::string_view what) const { return source_.substr(at_, what.size()) == what; }

    void step()
    {
        const char c = source_[at_];
        if (c == '\n') {
            ++line_;
            ++at_;
            first_on_line_ = true;
        } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
            ++at_;
        } else if (ahead("//")) {
            at_ = std::min(source_.find('\n', at_), source_.size());
        } else if (ahead("/*")) {
            skip_past("*/");
        } else if (c == '#' && first_on_line_) {
            directive();
        } else {
            first_on_line_ = false;
            token();
        }
    }

    void token()
    {
        const char c = source_[at_];
        if (c == '"') {
            add(literal());
        } else if (ahead("R\"")) {
            end_of_text();
            const auto open = source_.find('(', at_);
            skip_past(")" + std::string(source_.substr(at_ + 2, open - at_ - 2)) + "\"");
        } else if (c == '\'') {
            end_of_text();
            for (++at_; at_ < source_.size() && source_[at_] != '\''; ++at_)
                at_ += source_[at_] == '\\' ? 1 : 0;
            ++at_;
        } else if (in_a_name(c)) {
            word();
        } else {
            end_of_text();
            named_ = c == ',' && named_;
            ++at_;
        }
    }

    void word()
    {
        const auto begin = at_;
        // A digit separator is part of a number, not the start of a character.
        while (at_ < source_.size() &&
               (in_a_name(source_[at_]) || (source_[at_] == '\'' && std::isdigit(source_[begin]) != 0)))
            ++at_;
        const auto known = macros_.find(std::string(source_.substr(begin, at_ - begin)));
        if (known != macros_.end()) {
            add(known->second);
        } else {
            end_of_text();
            named_ = false;
        }
    }

    std::string literal()
    {
        std::string text;
        for (++at_; at_ < source_.size() && source_[at_] != '"'; ++at_) {
            if (source_[at_] == '\\')
                ++at_;
            if (at_ < source_.size())
                text += source_[at_];
        }
        ++at_;
        return text;
    }

    /// `#define NAME "text"` is remembered; every other directive is passed over, with its continued lines.
    void directive()
    {
        const auto begin = at_;
        do {
            at_ = std::min(source_.find('\n', at_ + 1), source_.size());
            ++line_;
        } while (at_ < source_.size() && source_[at_ - 1] == '\\');
        --line_; // the last newline is counted by step()
        std::istringstream words{std::string(source_.substr(begin, at_ - begin))};
        std::string define, name, text;
        words >> define >> name;
        std::getline(words >> std::ws, text);
        if (define == "#define" && text.size() > 1 && text.front() == '"' && text.back() == '"')
            macros_[name] = text.substr(1, text.size() - 2);
    }

    void skip_past(const std::string& end)
    {
        const auto last = std::min(source_.find(end, at_ + 2), source_.size());
        line_ += std::count(source_.begin() + static_cast<std::ptrdiff_t>(at_),
                            source_.begin() + static_cast<std::ptrdiff_t>(last), '\n');
        at_ = std::min(last + end.size(), source_.size());
    }

    void add(const std::string& text)
    {
        if (!in_text_)
            began_on_ = line_;
        in_text_ = true;
        text_ += text;
    }

    void end_of_text()
    {
        if (!in_text_)
            return;
        if (begins_as_sql(text_)) {
            const auto where = file_ + ":" + std::to_string(began_on_);
            if (!named_)
                throw std::runtime_error(where + ": SQL without a name in front of it");
            found_.push_back({name_, text_, where});
            named_ = false;
        } else {
            name_ = text_;
            named_ = true;
        }
        in_text_ = false;
        text_.clear();
    }

    std::string_view source_;
    std::string file_;
    std::size_t at_ = 0;
    std::ptrdiff_t line_ = 1;
    bool first_on_line_ = true;
    bool in_text_ = false;
    std::string text_;
    std::ptrdiff_t began_on_ = 0;
    bool named_ = false; ///< name_ stood just before, and only a comma since
    std::string name_;
    std::map<std::string, std::string> macros_;
    std::vector<ShippedStatement> found_;
};

/// Makes its statements as it runs, one for every table or sealed column, which it reads from end to end in the order of the
/// primary key: a copy of the store, a drill, a change of keys.
bool walks_every_table(const std::filesystem::path& file)
{
    return file == "src/app/store_copy.cpp" || file == "src/trust/sealed_columns.cpp";
}

} // namespace

std::vector<ShippedStatement> statements_in(std::string_view source, const std::string& file)
{
    return Reader(source, file).statements();
}

std::vector<ShippedStatement> shipped_statements()
{
    const std::filesystem::path top = HANDRAIL_SOURCE_DIR;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / "src")) {
        const auto path = std::filesystem::relative(entry.path(), top);
        const auto folder = std::next(path.begin())->string();
        if (entry.is_regular_file() && (path.extension() == ".cpp" || path.extension() == ".h") && folder != "sqlite" &&
            folder != "postgres" && folder != "storage" && !walks_every_table(path))
            files.push_back(path);
    }
    std::sort(files.begin(), files.end());
    std::vector<ShippedStatement> all;
    for (const auto& file : files) {
        std::ifstream in(top / file);
        std::ostringstream source;
        source << in.rdbuf();
        const auto text = source.str();
        for (auto& each : statements_in(text, file.string()))
            all.push_back(std::move(each));
    }
    return all;
}

} // namespace handrail::tests
