#include "app/commands/fasttext.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string_view>
#include <vector>

#include "detect/evaluation.h"
#include "detect/plan.h"

extern char** environ; // NOLINT: POSIX gives it to posix_spawn

namespace handrail::app {

namespace {

namespace fs = std::filesystem;

fs::path program()
{
    const char* path = std::getenv("PATH");
    std::string_view left = path == nullptr ? "" : path;
    while (!left.empty()) {
        const auto end = std::min(left.find(':'), left.size());
        const auto file = fs::path(left.substr(0, end)) / "fasttext";
        if (access(file.c_str(), X_OK) == 0)
            return file;
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return {};
}

/// A folder of our own, gone with this value: there are people's words in it.
class Scratch {
public:
    Scratch()
    {
        auto name = (fs::temp_directory_path() / "handrail-fasttext-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr)
            folder_ = name;
    }
    ~Scratch()
    {
        std::error_code ignored;
        if (!folder_.empty())
            fs::remove_all(folder_, ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const fs::path& folder() const { return folder_; }

private:
    fs::path folder_;
};

bool ran(std::vector<std::string> arguments, const fs::path& output)
{
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (auto& each : arguments)
        pointers.push_back(each.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int failed = posix_spawn(&child, pointers.front(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    return failed == 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// The words in one line, lower case, signs apart: what fastText's own guide does to texts.
std::string line_of(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 'A' && byte <= 'Z')
            out.push_back(static_cast<char>(byte + 32));
        else if (byte <= ' ')
            out.push_back(' ');
        else if (byte < 0x80 && std::ispunct(byte) != 0 && c != '\'')
            (out += ' ') += {c, ' '};
        else
            out.push_back(c);
    }
    return out;
}

constexpr const char* none = "__label__none";

std::string label_name(std::size_t label)
{
    return "__label__" + std::to_string(label);
}

/// Reads "__label__3 0.71 __label__0 0.2 …", a text a line.
bool read_said(const fs::path& file, const std::vector<std::uint32_t>& rows, std::size_t labels,
               std::vector<double>& into)
{
    std::ifstream in(file);
    std::string line;
    for (const auto row : rows) {
        if (!std::getline(in, line))
            return false;
        std::istringstream words(line);
        std::string label;
        double p = 0;
        while (words >> label >> p) {
            std::size_t k = 0;
            const auto digits = std::string_view(label).substr(std::min<std::size_t>(9, label.size()));
            if (std::from_chars(digits.data(), digits.data() + digits.size(), k).ec == std::errc{} && k < labels)
                into[row * labels + k] = std::clamp(p, 0.0, 1.0);
        }
    }
    return true;
}

} // namespace

bool fasttext_is_there()
{
    return !program().empty();
}

std::optional<detect::Rival> fasttext_on(const detect::Material& material)
{
    const Scratch scratch;
    const auto tool = program();
    if (tool.empty() || scratch.folder().empty())
        return std::nullopt;
    const auto& corpus = material.corpus;
    const auto labels = corpus.labels.size();
    const auto train_file = scratch.folder() / "train";
    const auto text_file = scratch.folder() / "texts";
    const auto said_file = scratch.folder() / "said";
    detect::Rival out{"fastText", {}, 0, 0, 0};
    std::vector<double> probabilities(corpus.rows.size() * labels, 0);
    double seconds = 0;
    for (unsigned fold = 0; fold < detect::fold_count; ++fold) {
        std::vector<std::uint32_t> held;
        {
            std::ofstream train(train_file);
            std::ofstream texts(text_file);
            for (std::uint32_t row = 0; row < corpus.rows.size(); ++row) {
                const auto line = line_of(corpus.rows[row].text);
                if (material.folds[row] == fold) {
                    held.push_back(row);
                    texts << line << '\n';
                    continue;
                }
                if (corpus.rows[row].labels.empty())
                    train << none << ' '; // fastText skips rows without a label
                for (const auto k : corpus.rows[row].labels)
                    train << label_name(k) << ' ';
                train << line << '\n';
            }
        }
        const auto model = (scratch.folder() / "model").string();
        const bool one = corpus.questions.size() == 1;
        if (!ran({tool.string(), "supervised", "-input",      train_file.string(),
                  "-output",     model,        "-wordNgrams", "2",
                  "-epoch",      "25",         "-lr",         "0.5",
                  "-minn",       "3",          "-maxn",       "5",
                  "-dim",        "50",         "-bucket",     "200000",
                  "-thread",     "1",          "-loss",       one ? "softmax" : "ova"},
                 said_file))
            return std::nullopt;
        out.bytes = fs::file_size(model + ".bin");
        const auto begun = std::chrono::steady_clock::now();
        if (!ran({tool.string(), "predict-prob", model + ".bin", text_file.string(), std::to_string(labels + 1)},
                 said_file))
            return std::nullopt;
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
        if (!read_said(said_file, held, labels, probabilities))
            return std::nullopt;
    }
    out.micros_a_text = 1e6 * seconds / std::max(1.0, static_cast<double>(corpus.rows.size()));
    detect::CrossValidated said;
    said.answers.resize(corpus.rows.size());
    said.abstained.assign(corpus.rows.size(), 0);
    for (unsigned fold = 0; fold < detect::fold_count; ++fold) {
        std::vector<std::uint32_t> others;
        for (std::uint32_t row = 0; row < corpus.rows.size(); ++row)
            if (material.folds[row] != fold)
                others.push_back(row);
        const auto decision = detect::Decision::choose(*material.set, corpus, probabilities, others);
        for (std::uint32_t row = 0; row < corpus.rows.size(); ++row)
            if (material.folds[row] == fold)
                said.answers[row] = decision.decide({probabilities.data() + row * labels, labels});
    }
    said.probabilities = std::move(probabilities);
    out.figures = detect::figures_of(*material.set, corpus, said);
    return out;
}

} // namespace handrail::app
