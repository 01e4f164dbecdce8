#include "app/doctor/doctor.h"

#include <unistd.h>

#include <chrono>
#include <optional>
#include <ostream>

#include "app/control_socket.h"
#include "app/doctor/backup_age.h"
#include "app/doctor/certificate.h"
#include "app/doctor/channels.h"
#include "app/doctor/checkpoint_age.h"
#include "app/doctor/clock.h"
#include "app/doctor/content.h"
#include "app/doctor/disk.h"
#include "app/doctor/keys.h"
#include "app/doctor/network.h"
#include "app/doctor/record.h"
#include "app/doctor/seen.h"
#include "app/doctor/store.h"
#include "app/installed.h"
#include "app/vault.h"
#include "care/service.h"

namespace handrail::app::doctor {

namespace {

namespace fs = std::filesystem;

/// Lines as they come: a slow disk or a large store lets the ones before it be read.
class Report {
public:
    explicit Report(std::ostream& out) : out_(out) {}
    void add(Seen seen)
    {
        out_ << line_of(seen) << std::endl;
        all_.push_back(std::move(seen));
    }
    void add(std::vector<Seen> more)
    {
        for (auto& each : more)
            add(std::move(each));
    }
    int concluded()
    {
        out_ << count_of(all_) << std::endl;
        return exit_status(all_);
    }

private:
    std::ostream& out_;
    std::vector<Seen> all_;
};

bool there(const fs::path& path)
{
    std::error_code none;
    return fs::exists(path, none);
}

/// The lines that need no configuration.
void look_at_machine(Report& report)
{
    report.add(judge(read_kernel_clock()));
    report.add(judge_zone_database(care::known_time_zone("Europe/Dublin")));
}

void look_at_disks(const Config& config, Report& report)
{
    report.add(judge("disk of the data folder", read_disk(config.folder), 0));
    // A backup is a copy, and the proof that it opens is one more.
    report.add(judge("disk of the backups", read_disk(config.backups), 2 * bytes_of_stores(config)));
    if (there(config.folder))
        report.add(judge(measure_flushes(config.folder)));
}

/// @return the master key, when there is one
std::optional<SecretKey> look_at_service(const Config& config, const Access& folder, const Clock& clock, Report& report)
{
    const auto epoch_file = epoch_key_file(config);
    if (there(copy_mark(config)))
        report.add(wrong("store",
                         "A copy into this service was cut short: " + copy_mark(config).string() + " is there.",
                         "Empty the folder and its stores, and copy again."));
    const bool has_file = there(config.folder / "handrail.db");
    if (!there(epoch_file) && !has_file) {
        report.add(
            look("store", "There is no service in " + config.folder.string() + " yet.",
                 "The first start makes it; if there should be one, name the right folder or restore a backup."));
        return std::nullopt;
    }
    report.add(
        judge_private(folder, {read_access(epoch_file), read_access(config.folder / "handrail.db"),
                               read_access(config.folder / "keys.db"), read_access(config.folder / "control.sock")}));
    auto opened = open_epoch_key(master_key_source(config), epoch_file, folder.owner);
    report.add(std::move(opened.seen));
    auto stores = look_at_stores(config);
    report.add(std::move(stores.seen));
    if (opened.file && stores.data && stores.keys)
        report.add(
            look_at_record(*stores.data, *stores.keys, *std::move(opened.file), config.content, config.demo, clock));
    else
        report.add(look("record", "The record was not opened.", "Put right first what is said above."));
    return opened.key;
}

void look_at_everything(const Config& config, const Clock& clock, Report& report)
{
    look_at_machine(report);
    const auto folder = read_access(config.folder);
    report.add(judge_folder(folder, ::geteuid()));
    look_at_disks(config, report);
    const auto master = look_at_service(config, folder, clock, report);
    report.add(judge(read_newest_backup(config.backups, master), config.backup_every, clock.now()));
    report.add(judge(read_checkpoints(config, clock.now()), config.checkpoint_every, clock.now()));
    report.add(look_at_content(config.content, models_folder(), config.web, clock.now()));
    report.add(judge_channels(config));
    report.add(look_at_certificate(config, clock.now()));
    const auto process = running_server(config.folder);
    report.add(
        judge(process, process ? ask_running_server(config.folder, "state", std::chrono::seconds{10}) : std::nullopt));
    if (config.port != 0)
        report.add(judge(who_listens(config.address, config.port, !config.certificate.empty()), config.address,
                         config.port, process.has_value()));
    report.add(judge_file_limit(file_limit(process), config.max_connections, process.has_value()));
}

} // namespace

int run(const Where& where, const Clock& clock, std::ostream& out)
{
    Report report(out);
    const auto config = config_at(where);
    if (config) {
        report.add(fine("configuration",
                        where.config ? where.config->string() + " reads."
                                     : "None named: a demo's, with the folder " + config->folder.string() + "."));
        look_at_everything(*config, clock, report);
        return report.concluded();
    }
    report.add(wrong("configuration", config.error().told, "Until it reads, the server does not start."));
    look_at_machine(report);
    report.add(look_at_content(content_folder(), models_folder(), web_folder(), clock.now()));
    report.add(look("everything else",
                    "Folder, keys, store, backups, certificate and address are named by the configuration.",
                    "Put it right and ask again."));
    return report.concluded();
}

} // namespace handrail::app::doctor
