#include "app/language_model.h"

#include <cstdlib>
#include <fstream>

#include <fmt/format.h>

#include "base/text.h"

namespace handrail::app {

namespace {

Result<Confidential> key_of(const Config::Language::Endpoint& endpoint)
{
    if (!endpoint.key_environment.empty()) {
        const char* key = std::getenv(endpoint.key_environment.c_str());
        if (key == nullptr || *key == '\0')
            return invalid(fmt::format("[language] {}: the variable {} is not set.", endpoint.name, endpoint.key_environment));
        return Confidential{key};
    }
    if (endpoint.key_file.empty())
        return Confidential{};
    std::ifstream in(endpoint.key_file);
    std::string key;
    if (!std::getline(in, key) || trimmed(key).empty())
        return invalid(fmt::format("[language] {}: there is no key in {}.", endpoint.name, endpoint.key_file.string()));
    return Confidential{std::string(trimmed(key))};
}

} // namespace

Result<std::unique_ptr<LanguageModel>> LanguageModel::open(const Config& config, std::function<void(const std::string&)> note)
{
    if (config.language.endpoints.empty())
        return std::unique_ptr<LanguageModel>{};
    std::vector<language::Endpoint> endpoints;
    for (const auto& each : config.language.endpoints)
        endpoints.push_back({each.name, each.url, each.model, TRY(key_of(each))});
    language::EndpointLimits limits;
    limits.first_sentence = std::chrono::milliseconds{config.language.first_sentence_ms};
    limits.all = std::chrono::milliseconds{config.language.all_ms};
    limits.at_once = config.language.at_once;
    std::unique_ptr<LanguageModel> model{new LanguageModel(std::move(endpoints), limits)};
    model->wording_ = std::make_unique<support::WordingByModel>(TRY(support::WordingByModel::load(
        config.content, model->endpoints_, {config.language.replies_a_day, std::move(note)})));
    return model;
}

std::vector<std::string> LanguageModel::told() const
{
    std::vector<std::string> out;
    for (const auto& endpoint : endpoints_.all())
        out.push_back(endpoint.name + " (" + language::host_of(endpoint.url) + ")");
    return out;
}

} // namespace handrail::app
