#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

/// Reading the lines of a scenario.
namespace handrail::scenarios {

inline std::string quoted(const std::string& text)
{
    const auto first = text.find('"');
    const auto last = text.rfind('"');
    return first == std::string::npos || last == first ? std::string{} : text.substr(first + 1, last - first - 1);
}

inline bool begins(const std::string& text, std::string_view with) { return text.rfind(with, 0) == 0; }

inline std::vector<std::string> words_of(const std::string& text)
{
    std::istringstream in(text);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
        words.push_back(word);
    return words;
}

} // namespace handrail::scenarios
