#include "app/config.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <functional>
#include <map>
#include <optional>

#include "app/installed.h"
#include "base/text.h"
#include "http/collector_link.h"

namespace handrail::app {

namespace {

struct Key {
    const char* expected;
    std::function<bool(const toml::node&)> take;
};
using Section = std::map<std::string, Key>;

Key text(std::string& into)
{
    return {"a text in quotes", [&into](const toml::node& node) {
                const auto value = node.value<std::string>();
                if (value)
                    into = *value;
                return value.has_value();
            }};
}

Key whole(int& into, int least, int most)
{
    return {"a whole number", [&into, least, most](const toml::node& node) {
                const auto value = node.is_integer() ? node.value<std::int64_t>() : std::nullopt;
                if (!value || *value < least || *value > most)
                    return false;
                into = static_cast<int>(*value);
                return true;
            }};
}

Key flag(bool& into)
{
    return {"true or false", [&into](const toml::node& node) {
                const auto value = node.is_boolean() ? node.value<bool>() : std::nullopt;
                if (value)
                    into = *value;
                return value.has_value();
            }};
}

Key path(std::filesystem::path& into, const std::filesystem::path& from)
{
    return {"a path in quotes", [&into, from](const toml::node& node) {
                const auto value = node.value<std::string>();
                if (value)
                    into = value->empty() ? std::filesystem::path{} : from / *value;
                return value.has_value();
            }};
}

Key texts(std::vector<std::string>& into)
{
    return {"a list of texts", [&into](const toml::node& node) {
                const auto* list = node.as_array();
                if (list == nullptr)
                    return false;
                into.clear();
                for (const auto& each : *list) {
                    const auto value = each.value<std::string>();
                    if (!value)
                        return false;
                    into.push_back(*value);
                }
                return true;
            }};
}

/// "24h", "90m", "7d", "30 days"; "off" is none.
std::optional<std::chrono::seconds> length_of(const std::string& text)
{
    if (text == "off")
        return std::chrono::seconds{0};
    std::size_t digits = 0;
    while (digits < text.size() && digits < 6 && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    if (digits == 0)
        return std::nullopt;
    const std::int64_t count = std::stoll(text.substr(0, digits));
    const auto unit = trimmed(std::string_view(text).substr(digits));
    const std::chrono::seconds one = unit == "m" || unit == "minutes" ? std::chrono::minutes{1}
                                     : unit == "h" || unit == "hours" ? std::chrono::hours{1}
                                     : unit == "d" || unit == "days"  ? std::chrono::hours{24}
                                                                      : std::chrono::seconds{0};
    if (count == 0 || one.count() == 0)
        return std::nullopt;
    return count * one;
}

Key length(std::chrono::seconds& into)
{
    return {R"(a length of time, "24h" or "7d", or "off",)", [&into](const toml::node& node) {
                const auto value = node.value<std::string>();
                const auto found = value ? length_of(*value) : std::nullopt;
                if (found)
                    into = *found;
                return found.has_value();
            }};
}

/// A number of backups, or how old they may become.
Key kept(int& number, std::chrono::seconds& age)
{
    return {R"(a number of backups, or an age such as "30 days",)", [&number, &age](const toml::node& node) {
                if (node.is_integer()) {
                    const auto value = *node.value<std::int64_t>();
                    number = static_cast<int>(value);
                    age = {};
                    return value >= 1 && value <= 100'000;
                }
                const auto value = node.value<std::string>();
                const auto found = value ? length_of(*value) : std::nullopt;
                if (!found || found->count() == 0)
                    return false;
                number = 0;
                age = *found;
                return true;
            }};
}

/// [[language.endpoint]], in order of preference.
Key endpoints(std::vector<Config::Language::Endpoint>& into, const std::filesystem::path& from)
{
    return {"a list of [[language.endpoint]], each with name, url, model and perhaps key_environment or key_file,",
            [&into, from](const toml::node& node) {
                const auto* list = node.as_array();
                if (list == nullptr)
                    return false;
                into.clear();
                for (const auto& each : *list) {
                    const auto* fields = each.as_table();
                    if (fields == nullptr)
                        return false;
                    Config::Language::Endpoint one;
                    for (const auto& [field, value] : *fields) {
                        const auto words = value.value<std::string>();
                        if (!words || words->empty())
                            return false;
                        if (field.str() == "name")
                            one.name = *words;
                        else if (field.str() == "url")
                            one.url = *words;
                        else if (field.str() == "model")
                            one.model = *words;
                        else if (field.str() == "key_environment")
                            one.key_environment = *words;
                        else if (field.str() == "key_file")
                            one.key_file = from / *words;
                        else
                            return false;
                    }
                    const bool address = one.url.rfind("https://", 0) == 0 || one.url.rfind("http://", 0) == 0;
                    if (one.name.empty() || one.model.empty() || !address ||
                        (!one.key_environment.empty() && !one.key_file.empty()))
                        return false;
                    while (one.url.back() == '/')
                        one.url.pop_back();
                    into.push_back(std::move(one));
                }
                return true;
            }};
}

void complete(Config& config)
{
    // With port 0 the address is known only once the server listens.
    if (config.public_url.empty() && config.port != 0)
        config.public_url =
            fmt::format("{}://{}:{}", config.certificate.empty() ? "http" : "https", config.address, config.port);
    if (config.backups.empty())
        config.backups = config.folder / "backups";
    if (config.master_key.empty() && config.master_key_source == "file")
        config.master_key = (config.folder / "master.key").string();
}

Result<void> check_gateway(const Config::Gateway& gateway, const std::filesystem::path& file)
{
    const auto wrong = [&](const char* what) { return invalid(fmt::format("{}: [gateway] {}", file.string(), what)); };
    if (gateway.not_understood != "help" && gateway.not_understood != "pass")
        return wrong("not_understood is \"help\" or \"pass\".");
    if (gateway.upstream.empty())
        return {};
    if (!gateway.upstream.starts_with("https://") && !gateway.upstream.starts_with("http://"))
        return wrong("upstream begins with https:// or http://.");
    if (gateway.models.empty())
        return wrong("models names at least one model that apps may ask for.");
    if (!gateway.upstream_key_variable.empty() && !gateway.upstream_key_file.empty())
        return wrong("upstream_key_variable and upstream_key_file: one of them.");
    return {};
}

} // namespace

Result<Config> read_config(const std::filesystem::path& file)
{
    toml::table table;
    try {
        table = toml::parse_file(file.string());
    } catch (const toml::parse_error& problem) {
        if (problem.source().begin.line == 0)
            return not_found(fmt::format("The configuration file {} cannot be read.", file.string()));
        return invalid(fmt::format("{} line {}: {}.", file.string(), problem.source().begin.line,
                                   std::string(problem.description())));
    }
    Config config;
    const auto here = std::filesystem::absolute(file).parent_path();
    config.folder = here / "var";
    config.backup_every = std::chrono::hours{24};
    config.backup_keep = 14;
    config.checkpoint_every = std::chrono::hours{24};
    config.content = content_folder();
    config.web = web_folder();
    const std::map<std::string, Section> sections{
        {"server",
         {{"address", text(config.address)},
          {"port", whole(config.port, 0, 65535)},
          {"public_url", text(config.public_url)},
          {"certificate", path(config.certificate, here)},
          {"certificate_key", path(config.certificate_key, here)},
          {"trusted_proxies", texts(config.trusted_proxies)},
          {"workers", whole(config.workers, 1, 512)},
          {"max_connections", whole(config.max_connections, 1, 1'000'000)},
          {"buffered_mib", whole(config.buffered_mib, 1, 1'000'000)},
          {"log_level", text(config.log_level)}}},
        {"limits",
         {{"public_per_minute", whole(config.limits.on_public, 1, 100'000'000)},
          {"sign_in_per_minute", whole(config.limits.sign_in, 1, 100'000'000)},
          {"reading_per_minute", whole(config.limits.reading, 1, 100'000'000)},
          {"writing_per_minute", whole(config.limits.writing, 1, 100'000'000)},
          {"costly_per_minute", whole(config.limits.costly, 1, 100'000'000)},
          {"organisation_per_minute", whole(config.limits.organisation, 1, 100'000'000)}}},
        {"store",
         {{"folder", path(config.folder, here)},
          {"postgres", text(config.postgres)},
          {"postgres_keys", text(config.postgres_keys)}}},
        {"keys",
         {{"source", text(config.master_key_source)},
          {"master", text(config.master_key)},
          {"epoch", path(config.epoch_key, here)}}},
        {"backup",
         {{"folder", path(config.backups, here)},
          {"every", length(config.backup_every)},
          {"keep", kept(config.backup_keep, config.backup_keep_for)}}},
        {"audit",
         {{"checkpoints", path(config.checkpoints, here)},
          {"checkpoint_every", length(config.checkpoint_every)},
          {"checkpoint_command", text(config.checkpoint_command)}}},
        {"content", {{"folder", path(config.content, here)}, {"web", path(config.web, here)}}},
        {"alerts",
         {{"pager_url", text(config.alerts.pager_url)},
          {"pager_secret", text(config.alerts.pager_secret)},
          // The longest there are: shorter is a service's choice, longer is nobody's.
          {"now_minutes", whole(config.alerts.now_minutes, 1, 5)},
          {"now_again_minutes", whole(config.alerts.now_again_minutes, 1, 5)},
          {"today_minutes", whole(config.alerts.today_minutes, 1, 60)},
          {"today_waiting_minutes", whole(config.alerts.today_waiting_minutes, 1, 5)},
          {"walk_minutes", whole(config.alerts.walk_minutes, 0, 60)}}},
        {"mail",
         {{"server", text(config.mail.server)},
          {"tls", flag(config.mail.tls)},
          {"user", text(config.mail.user)},
          {"password", text(config.mail.password)},
          {"from", text(config.mail.from)}}},
        {"push", {{"contact", text(config.push.contact)}, {"anywhere", flag(config.push.anywhere)}}},
        {"texts", {{"url", text(config.texts.url)}, {"secret", text(config.texts.secret)}}},
        {"reminders",
         {{"quiet_from", whole(config.reminders.quiet_from, 0, 23)},
          {"quiet_to", whole(config.reminders.quiet_to, 0, 23)}}},
        {"gateway",
         {{"upstream", text(config.gateway.upstream)},
          {"upstream_key_variable", text(config.gateway.upstream_key_variable)},
          {"upstream_key_file", path(config.gateway.upstream_key_file, here)},
          {"models", texts(config.gateway.models)},
          {"calls", whole(config.gateway.calls, 1, 1024)},
          {"first_byte_seconds", whole(config.gateway.first_byte_seconds, 1, 3600)},
          {"silent_seconds", whole(config.gateway.silent_seconds, 1, 3600)},
          {"longest_seconds", whole(config.gateway.longest_seconds, 1, 86'400)},
          {"keep_prompts", flag(config.gateway.keep_prompts)},
          {"keep_crisis_days", whole(config.gateway.keep_crisis_days, 1, 3650)},
          {"not_understood", text(config.gateway.not_understood)}}},
        {"language",
         {{"endpoint", endpoints(config.language.endpoints, here)},
          {"first_sentence_ms", whole(config.language.first_sentence_ms, 100, 60'000)},
          {"all_ms", whole(config.language.all_ms, 100, 120'000)},
          {"at_once", whole(config.language.at_once, 1, 512)},
          {"replies_a_day", whole(config.language.replies_a_day, 1, 100'000)}}},
        {"traces", {{"endpoint", text(config.traces)}}},
        {"whatsapp",
         {{"on", flag(config.whatsapp.on)},
          {"phone_number_id", text(config.whatsapp.phone_number_id)},
          {"number", text(config.whatsapp.number)},
          {"app_secret", text(config.whatsapp.app_secret)},
          {"token", text(config.whatsapp.token)},
          {"verify_token", text(config.whatsapp.verify_token)},
          {"graph_url", text(config.whatsapp.graph_url)},
          {"version", text(config.whatsapp.version)},
          {"countries", texts(config.whatsapp.countries)},
          {"people_answer", texts(config.whatsapp.people_answer)},
          {"templates", texts(config.whatsapp.templates)},
          {"transcriber_url", text(config.whatsapp.transcriber_url)},
          {"transcriber_model", text(config.whatsapp.transcriber_model)},
          {"transcriber_name", text(config.whatsapp.transcriber_name)},
          {"transcriber_key", text(config.whatsapp.transcriber_key)}}},
    };
    for (const auto& [section_name, node] : table) {
        const auto section = sections.find(std::string(section_name.str()));
        const auto line = node.source().begin.line;
        if (section == sections.end() || !node.is_table())
            return invalid(fmt::format("{} line {}: there is no section [{}]. The sections are [server], [limits], "
                                       "[store], [keys], [backup], [audit], [content], [alerts], [mail], [push], [texts], [reminders], [gateway], [language], [traces] and [whatsapp].",
                                       file.string(), line, std::string(section_name.str())));
        for (const auto& [key_name, value] : *node.as_table()) {
            const auto key = section->second.find(std::string(key_name.str()));
            const auto at = value.source().begin.line;
            if (key == section->second.end())
                return invalid(fmt::format("{} line {}: [{}] has no '{}'.", file.string(), at, section->first,
                                           std::string(key_name.str())));
            if (!key->second.take(value))
                return invalid(fmt::format("{} line {}: '{}' must be {} that makes sense there.", file.string(), at,
                                           key->first, key->second.expected));
        }
    }
    if (config.master_key_source != "file" && config.master_key_source != "environment" &&
        config.master_key_source != "command")
        return invalid(fmt::format("{}: [keys] source is \"file\", \"environment\" or \"command\".", file.string()));
    TRY(check_gateway(config.gateway, file));
    if (!config.traces.empty())
        if (const auto address = http::CollectorAddress::from(config.traces); !address.ok())
            return invalid(fmt::format("{}: [traces] endpoint: {}", file.string(), address.error().told));
    if (config.checkpoints.empty() && !config.checkpoint_command.empty())
        return invalid(
            fmt::format("{}: [audit] checkpoint_command is given what is written to [audit] checkpoints: name "
                        "a folder there too.",
                        file.string()));
    if (config.certificate.empty() != config.certificate_key.empty())
        return invalid(
            fmt::format("{}: certificate and certificate_key are set together or not at all.", file.string()));
    if (!config.postgres.empty() && (config.postgres_keys.empty() || config.postgres_keys == config.postgres))
        return invalid(fmt::format("{}: with [store] postgres, postgres_keys names another database: keys live apart "
                                   "from the data they open.",
                                   file.string()));
    if (config.postgres.empty() && !config.epoch_key.empty())
        return invalid(fmt::format("{}: [keys] epoch is for the nodes of a PostgreSQL service; the epoch key of the "
                                   "embedded store lies in its folder.",
                                   file.string()));
    complete(config);
    return config;
}

Config demo_config()
{
    Config config;
    config.demo = true;
    config.content = content_folder();
    config.web = web_folder();
    complete(config);
    return config;
}

std::filesystem::path epoch_key_file(const Config& config)
{
    return config.epoch_key.empty() ? config.folder / "epoch.key" : config.epoch_key;
}

void keep_in(Config& config, const std::filesystem::path& folder)
{
    config.folder = folder;
    config.backups = folder / "backups";
    if (config.master_key_source == "file")
        config.master_key = (folder / "master.key").string();
}

} // namespace handrail::app
