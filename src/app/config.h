#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace handrail::app {

/// handrail.toml as values; the commented file is the manual. Relative paths start from the file's own folder.
struct Config {
    std::string address = "127.0.0.1";
    int port = 8080;
    std::string public_url;            ///< links come only from here; default http://address:port
    std::filesystem::path certificate; ///< TLS in the binary when both are set
    std::filesystem::path certificate_key;
    std::vector<std::string> trusted_proxies;
    int workers = 32;
    int max_connections = 4096;
    int buffered_mib = 128; ///< of requests and answers of all connections, besides 8 KiB each
    struct Limits {         ///< requests a minute
        int on_public = 1200;
        int sign_in = 20;
        int reading = 1200;
        int writing = 240;
        int costly = 6;
        int organisation = 60'000;
    } limits;

    std::filesystem::path folder = "var"; ///< data, epoch key, backups
    std::string postgres;                 ///< connection string of the data store; empty: embedded
    std::string postgres_keys;            ///< connection string of the key store; must not be the same database

    std::string master_key_source = "file"; ///< file, environment, command
    std::string master_key;                 ///< path, variable name or command; default <folder>/master.key
    std::filesystem::path epoch_key;        ///< one file for all nodes of a PostgreSQL service; empty: in the folder

    std::filesystem::path backups;           ///< default <folder>/backups
    std::chrono::seconds backup_every{0};    ///< 0: none by the clock
    int backup_keep = 0;                     ///< how many of those made by the service itself; 0: by age or all
    std::chrono::seconds backup_keep_for{0}; ///< how old they may become; 0: by number or any

    std::filesystem::path checkpoints;        ///< where signed checkpoints of the audit record go; empty: nowhere
    std::chrono::seconds checkpoint_every{0}; ///< 0: none by the clock
    std::string checkpoint_command;           ///< takes each on its standard input; empty: none
    std::filesystem::path content = "content";
    std::filesystem::path web = "web/dist";
    std::string log_level = "info";
    /// The OpenAI-compatible gateway; off without an upstream.
    struct Gateway {
        std::string upstream;                 ///< "https://llm.example.org/v1"
        std::string upstream_key_variable;    ///< an environment variable that holds the upstream's key
        std::filesystem::path upstream_key_file;
        std::vector<std::string> models;
        int calls = 64; ///< answers of the model on their way at once
        int first_byte_seconds = 60;
        int silent_seconds = 30;
        int longest_seconds = 600;
        bool keep_prompts = false;
        int keep_crisis_days = 30;
        std::string not_understood = "help"; ///< help, pass
    } gateway;
    /// Language models that may word replies; none: off.
    struct Language {
        struct Endpoint {
            std::string name; ///< as people are told: whose it is, and where
            std::string url, model;
            std::string key_environment;    ///< the name of a variable that holds the key
            std::filesystem::path key_file; ///< or a file, mode 600; neither: no key
        };
        std::vector<Endpoint> endpoints;
        int first_sentence_ms = 3'000, all_ms = 8'000;
        int at_once = 8;
        int replies_a_day = 60; ///< of one person
    } language;
    /// Alerts on their way to staff.
    struct Alerts {
        std::string pager_url;    ///< a webhook that calls people; empty: none
        std::string pager_secret; ///< "environment:NAME" or "file:PATH"
        // Minutes until the next human is told; 0: as content/protocols/alerts.json says.
        int now_minutes = 0, now_again_minutes = 0;
        int today_minutes = 0, today_waiting_minutes = 0;
        int walk_minutes = 5; ///< how often the service walks the way of an alert itself; 0: never
    } alerts;
    struct Mail { ///< letters to staff about alerts
        std::string server; ///< "smtps://host:465" or "smtp://host:587"; empty: none
        bool tls = true;    ///< false only for a mail server on this machine
        std::string user;
        std::string password; ///< "environment:NAME" or "file:PATH"
        std::string from;
    } mail;
    /// Notifications on devices.
    struct Push {
        std::string contact;   ///< "mailto:ops@example.org", for push services; empty: none
        bool anywhere = false; ///< tests: push services that are not of the internet
    } push;
    struct Texts { ///< a webhook that sends text messages
        std::string url;    ///< empty: none
        std::string secret; ///< "environment:NAME" or "file:PATH"
    } texts;
    std::string traces; ///< address of a collector, OTLP over HTTP; empty: none
    struct Whatsapp { ///< errands::WhatsappSettings, with the places of its secrets
        bool on = false;
        std::string phone_number_id;
        std::string number; ///< the telephone number, for links that open WhatsApp; empty: none is shown
        std::string app_secret;   ///< "environment:NAME" or "file:PATH", as the two below
        std::string token;
        std::string verify_token;
        std::string graph_url = "https://graph.facebook.com";
        std::string version = "v23.0";
        std::vector<std::string> countries;
        std::vector<std::string> people_answer;
        std::vector<std::string> templates; ///< "en=name"
        std::string transcriber_url; ///< of voice notes; empty: none
        std::string transcriber_model;
        std::string transcriber_name; ///< whose it is and where, as people are told
        std::string transcriber_key;  ///< "environment:NAME" or "file:PATH"; empty: none is sent
    } whatsapp;
    /// Letters to people about what they are asked.
    struct Reminders {
        int quiet_from = 21; ///< hours of the person's clock in which none goes
        int quiet_to = 8;
    } reminders;
    bool demo = false;
};

/// Invalid names file, line and what would be right; an unknown key is an error, so that a typing slip is seen.
Result<Config> read_config(const std::filesystem::path& file);
/// What --demo runs with: loopback, ./var, no file needed.
Config demo_config();
/// What --folder says: data, backups and, unless it comes from elsewhere, the master key lie there.
void keep_in(Config& config, const std::filesystem::path& folder);
/// Where the epoch key lies.
std::filesystem::path epoch_key_file(const Config& config);

} // namespace handrail::app
