#include "content/sources.h"

#include "content/document.h"

namespace handrail::content {

Result<Sources> Sources::load(const std::filesystem::path& content_folder)
{
    Sources sources;
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator(content_folder / "sources", problem)) {
        if (entry.path().extension() != ".json")
            continue;
        auto document = TRY(Document::open(entry.path(), "sources/" + entry.path().filename().string()));
        const auto root = document.root();
        Source source{root["citation"].text(), root["says"].text_or(""), root["mark"].text_or("")};
        sources.sources_[root["id"].text()] = std::move(source);
        if (!document.sound())
            return document.error();
    }
    if (problem)
        return not_found("The sources in " + (content_folder / "sources").string() + " cannot be read.");
    return sources;
}

const Source* Sources::find(std::string_view id) const
{
    const auto found = sources_.find(id);
    return found == sources_.end() ? nullptr : &found->second;
}

} // namespace handrail::content
