#include <CLI/CLI.hpp>
#include <sodium.h>

#include <fstream>
#include <iostream>

#include "app/commands/content_check.h"
#include "app/commands/converse.h"
#include "app/commands/detect.h"
#include "app/commands/evaluate.h"
#include "app/commands/evaluate_fairness.h"
#include "app/commands/evaluate_replay.h"
#include "app/commands/evaluate_replies.h"
#include "app/commands/evaluate_screening.h"
#include "app/commands/gateway_key.h"
#include "app/commands/evaluate_understanding.h"
#include "app/commands/guard.h"
#include "app/commands/import_files.h"
#include "app/commands/judge.h"
#include "app/commands/score.h"
#include "app/commands/screen.h"
#include "app/commands/train.h"
#include "app/commands/train_course.h"
#include "app/commands/trend.h"
#include "app/doctor/doctor.h"
#include "app/drill.h"
#include "app/installed.h"
#include "app/keeping.h"
#include "app/keys.h"
#include "app/serve.h"
#include "app/store_copy.h"
#include "content/trend_protocol.h"
#include "detect/label_sets.h"
#include "detect/feeling_model.h"
#include "detect/reply_model.h"
#include "detect/screening_model.h"

namespace {

using namespace handrail;

int score(const std::string& instrument)
{
    const auto instruments = content::Instruments::load(app::content_folder());
    if (!instruments.ok()) {
        std::cerr << instruments.error().told << "\n";
        return 2;
    }
    return app::run_score(*instruments, instrument, std::cin, std::cout, std::cerr);
}

int trend()
{
    const auto protocol = content::load_trend_protocol(app::content_folder());
    if (!protocol.ok()) {
        std::cerr << protocol.error().told << "\n";
        return 2;
    }
    const auto instruments = content::Instruments::load(app::content_folder());
    if (!instruments.ok()) {
        std::cerr << instruments.error().told << "\n";
        return 2;
    }
    return app::run_trend(*protocol, *instruments, std::cin, std::cout, std::cerr);
}

CLI::IsMember label_set_names()
{
    std::vector<std::string> names;
    for (const auto& set : detect::label_sets())
        names.emplace_back(set.name);
    return CLI::IsMember(names);
}

/// The model that reads beside the rules; without it rules alone, and that is said.
std::shared_ptr<const nlp::SecondReader> second_reader()
{
    auto model = detect::ScreeningModel::load(app::models_folder());
    if (model)
        return *model;
    std::cerr << "handrail: rules only: " << model.error().told << "\n";
    return {};
}

/// The model that hears feelings which the rules do not; without it they are heard by rules alone.
std::shared_ptr<const nlp::FeelingReader> feeling_reader(const std::filesystem::path& models)
{
    auto model = detect::FeelingModel::load(models);
    return model ? *std::move(model) : std::shared_ptr<const nlp::FeelingReader>{};
}

detect::Written written()
{
    return {app::content_folder() / "screening/messages", app::content_folder() / "conversation/replies"};
}

/// The model that reads replies beside the rules of the guard; without it rules alone, and that is said.
std::shared_ptr<const nlp::ReplyReader> reply_reader()
{
    auto model = detect::ReplyModel::load(app::models_folder());
    if (model)
        return *std::move(model);
    std::cerr << "handrail: the guard reads by rules only: " << model.error().told << "\n";
    return {};
}

void where(CLI::App& command, app::Where& at)
{
    command.add_option("--config", at.config, "The configuration file of the service; without it the demo in ./var");
    command.add_option("--folder", at.folder, "Another data folder than the configuration's");
}

int run(int argc, char** argv)
{
    CLI::App cli{"Handrail: a self-hosted server for mental-health services.\n"
                 "Not an emergency service, not a diagnosis, not a certified medical device."};
    cli.set_version_flag("--version", HANDRAIL_VERSION);
    cli.require_subcommand(1);
    int result = 0;

    app::ServeOptions serve;
    auto* serve_command = cli.add_subcommand("serve", "Runs the server");
    serve_command->add_option("--config", serve.config, "The configuration file, handrail.toml");
    serve_command->add_flag("--demo", serve.demo, "Fills a fresh store with a made-up service and prints log-ins");
    serve_command->add_option("--port", serve.port, "Another port than the configuration's; 0 takes any free one")
        ->check(CLI::Range(0, 65535));
    serve_command->add_option("--folder", serve.folder, "Another data folder than the configuration's");
    serve_command->callback([&] { result = app::serve(serve, std::cout, std::cerr); });

    cli.add_subcommand("openapi", "The OpenAPI document of the web page's own routes, as a demo serves it")
        ->callback([&] { result = app::print_openapi(std::cout, std::cerr); });

    cli.add_subcommand("screen", "JSON Lines in, how soon a human is needed and why out")->callback([&] {
        result = app::screen(std::cin, std::cout, std::cerr, app::content_folder(), second_reader());
    });
    cli.add_subcommand("converse", "JSON Lines in, the replies of the real engine out; nobody on duty")->callback([&] {
        result = app::converse(std::cin, std::cout, std::cerr, app::content_folder(), second_reader(),
                               feeling_reader(app::models_folder()));
    });
    cli.add_subcommand("guard", "JSON Lines in, whether a reply may go out")->callback([&] {
        result = app::guard(std::cin, std::cout, std::cerr, app::content_folder(), second_reader(), reply_reader());
    });
    std::string label_set;
    auto* detect_command = cli.add_subcommand("detect", "JSON Lines in, what a trained model says of each text out");
    detect_command->add_option("--what", label_set, "The label set, such as emotion; help lists them")
        ->required()
        ->check(label_set_names());
    detect_command->callback(
        [&] { result = app::detect(std::cin, std::cout, std::cerr, app::models_folder(), label_set); });
    app::TrainAsked training;
    app::TrainCourseAsked fitting;
    auto* train_command = cli.add_subcommand("train", "Learns the models of label sets from corpora");
    auto* train_all = train_command->add_flag("--all", training.all, "Every label set");
    auto* train_open = train_command->add_flag("--open", training.open, "Those that ship: their corpora are open");
    train_open->excludes(train_all);
    auto* train_what =
        train_command
            ->add_option("--what", training.sets,
                         "These label sets alone; they then teach each other only. course: the expected course of totals")
            ->check(label_set_names() | CLI::IsMember({"course"}))
            ->excludes(train_all)
            ->excludes(train_open);
    train_command
        ->add_option("--from", training.from,
                     "The folder of corpora: NAME/train.jsonl.gz and dev.jsonl.gz; of a course: a CSV file")
        ->required()
        ->check(CLI::ExistingPath);
    auto* train_out = train_command->add_option("--out", training.out, "Where the models go")->capture_default_str();
    train_command->add_option("--threads", training.threads, "0: one for each core")->check(CLI::Range(0, 64));
    for (auto* of_a_course :
         {train_command->add_option("--measure", fitting.measure, "Of a course: what is measured")->capture_default_str(),
          train_command->add_option("--column", fitting.column, "Of a course: the column of totals")->capture_default_str(),
          train_command->add_option("--instrument", fitting.instruments, "Of a course: the questionnaires it is for"),
          train_command->add_option("--scale", fitting.scale, "Of a course: the lowest and the highest total")->expected(2),
          train_command->add_option("--least", fitting.least_intake,
                                    "Of a course: who began lower is left out; without it a sixth of the scale")})
        of_a_course->needs(train_what);
    train_command->callback([&] {
        if (training.sets == std::vector<std::string>{"course"}) {
            fitting.from = training.from;
            if (train_out->count() > 0)
                fitting.out = training.out;
            result = app::train_course(fitting, app::content_folder(), std::cout, std::cerr);
            return;
        }
        training.written = written();
        result = app::train(training, std::cout, std::cerr);
    });
    app::EvaluateAsked evaluating;
    auto* evaluate_command = cli.add_subcommand("evaluate", "How well label sets are told, and writes the model cards");
    evaluate_command->add_option("--what", evaluating.sets, "These label sets; without it all")
        ->check(label_set_names());
    evaluate_command
        ->add_option("--from", evaluating.from, "The folder of corpora: NAME/train.jsonl.gz and dev.jsonl.gz")
        ->check(CLI::ExistingDirectory);
    evaluate_command->add_flag("--table", evaluating.table,
                               "Prints what the evaluations beside the models say, and trains nothing");
    evaluate_command->add_option("--models", evaluating.models, "Where models lie whose cards are written anew");
    evaluate_command
        ->add_option("--held-out", evaluating.held_out,
                     "Reads the models as they are on NAME/test.jsonl.gz of this folder, and trains nothing")
        ->check(CLI::ExistingDirectory);
    std::vector<std::filesystem::path> authored;
    bool show = false;
    auto* screening = evaluate_command
                          ->add_option("--screening", authored,
                                       "How the screener judges these files of authored messages; trains nothing")
                          ->check(CLI::ExistingFile);
    std::filesystem::path fairness;
    evaluate_command
        ->add_option(
            "--fairness", fairness,
            "Whether the screener's findings change with who seems to write: a folder of templates.tsv, people.tsv "
            "and dialects.tsv, or of a corpus of identity templates, its dev.jsonl.gz; trains nothing")
        ->check(CLI::ExistingDirectory)
        ->excludes(screening);
    bool replay = false;
    evaluate_command
        ->add_flag("--replay", replay,
                   "How the screener answers the development texts of --what, in the folder --from; trains nothing")
        ->excludes(screening);
    std::filesystem::path understanding;
    evaluate_command
        ->add_option("--understanding", understanding,
                     "In how much of what people write in these corpora (a folder as --from) the conversation hears "
                     "something, and how often it is right, with the models of --models; trains nothing")
        ->check(CLI::ExistingDirectory)
        ->excludes(screening);
    std::vector<std::filesystem::path> replies;
    evaluate_command
        ->add_option("--replies", replies, "How the guard judges these files of authored replies; trains nothing")
        ->check(CLI::ExistingFile)
        ->excludes(screening);
    evaluate_command->add_flag(
        "--show", show,
        "With --screening or --fairness: prints the messages that were judged otherwise; never frozen ones. With "
        "--understanding: those in which nothing was heard");
    bool rules_only = false;
    evaluate_command->add_flag(
        "--rules-only", rules_only,
        "With --screening, --fairness, --replay or --replies: without the model that reads beside the rules");
    evaluate_command->add_flag("!--no-fasttext", evaluating.fasttext, "Without the comparison with fastText");
    evaluate_command->add_option("--threads", evaluating.threads, "0: one for each core")->check(CLI::Range(0, 64));
    evaluate_command->callback([&] {
        if (evaluating.models.empty())
            evaluating.models = app::models_folder();
        evaluating.written = written();
        const auto second = [&] { return rules_only ? nullptr : second_reader(); };
        if (!replies.empty())
            result = app::evaluate_replies(replies, app::content_folder(), std::cout, std::cerr,
                                           rules_only ? nullptr : reply_reader());
        else if (!understanding.empty())
            result = app::evaluate_understanding(understanding, app::content_folder(), std::cout, std::cerr,
                                                 feeling_reader(evaluating.models), show);
        else if (replay)
            result = app::evaluate_replay(evaluating.sets, evaluating.from, app::content_folder(), std::cout, std::cerr,
                                          second());
        else if (!fairness.empty())
            result = app::evaluate_fairness(fairness, app::content_folder(), show, std::cout, std::cerr, second());
        else if (!authored.empty())
            result = app::evaluate_screening(authored, app::content_folder(), show, std::cout, std::cerr, second());
        else
            result = app::evaluate(evaluating, std::cout, std::cerr);
    });
    std::string instrument;
    auto* score_command = cli.add_subcommand("score", "Scores questionnaires, JSON Lines in and out");
    score_command->add_option("instrument", instrument, "For lines that name none, such as phq-9");
    score_command->callback([&] { result = score(instrument); });
    cli.add_subcommand("trend", "CSV or JSON Lines person,at,measure,value in, events out")->callback([&] {
        result = trend();
    });

    app::Where judge_where;
    auto* judge_command =
        cli.add_subcommand("judge", "Judges everybody from what they answered before, as the server does every night");
    bool everybody = false;
    judge_command->add_flag("--all", everybody, "Everybody of the service")->required();
    bool course_replay = false;
    judge_command->add_flag("--replay", course_replay,
                            "Makes everybody's course again from all they answered, says whose differs, and changes nothing");
    where(*judge_command, judge_where);
    judge_command->callback([&] { result = app::judge_all(judge_where, course_replay, std::cout, std::cerr); });

    auto* import_command = cli.add_subcommand("import", "Takes a file in: a preview, then what was taken, by line");
    import_command->require_subcommand(1);
    app::Where import_where;
    app::ImportAsked importing;
    importing.person = "Imported series";
    importing.source = "file";
    bool only_preview = false; // what is done without --yes, said on purpose
    auto* import_check_ins = import_command->add_subcommand("check-ins", "Check-ins: CSV or JSON Lines, or either packed with gzip");
    auto* import_daily = import_command->add_subcommand("daily", "What a wearable counted by day: CSV or JSON Lines");
    for (auto* each : {import_check_ins, import_daily}) {
        each->add_option("file", importing.file)->required()->check(CLI::ExistingFile);
        auto* name = each->add_option("--person", importing.person, "Makes a new person who is called this on the caseload");
        each->add_option("--to", importing.to, "The id of a person there is")->excludes(name);
        each->add_option("--mapping", importing.mapping, "A file that says how the columns are read")->check(CLI::ExistingFile);
        each->add_flag("--json", importing.json, "The preview as one line of JSON, with the mapping");
        each->add_flag("--again", importing.again, "Although the same file was taken before");
        auto* yes = each->add_flag("--yes", importing.yes, "Takes it; without this only the preview is shown");
        each->add_flag("--preview", only_preview, "Only the preview, with how columns that nobody described might be read")->excludes(yes);
        where(*each, import_where);
    }
    import_daily->add_option("--only", importing.only, "Of a file of several people: what it calls the one who is meant");
    import_daily->add_option("--source", importing.source, "What the days come from, such as a device");
    auto* import_list = import_command->add_subcommand("list", "What was imported, newest first");
    auto* import_undo = import_command->add_subcommand("undo", "Takes back exactly what one import brought");
    import_undo->add_option("id", importing.id, "Its id, as list prints it")->required();
    for (auto* each : {import_list, import_undo})
        where(*each, import_where);
    for (auto* each : {import_check_ins, import_daily, import_list, import_undo})
        each->callback([&, each] {
            importing.what = each->get_name();
            result = app::import_files(import_where, importing, std::cout, std::cerr);
        });

    auto* content_command = cli.add_subcommand("content", "What clinicians write");
    content_command->require_subcommand(1);
    content_command->add_subcommand("check", "Names every number without a source, overdue review, missing translation")
        ->callback([&] { result = app::run_content_check(app::content_folder(), SystemClock{}.now(), std::cout); });

    auto* audit_command = cli.add_subcommand("audit", "The audit record");
    audit_command->require_subcommand(1);
    app::Where audit_where;
    std::string against, checkpoint;
    auto* verify = audit_command->add_subcommand("verify", "Finds any changed, removed or reordered entry");
    verify->add_option("--against", against, "A checkpoint kept off this machine: proves that no tail was cut");
    verify->add_option("--checkpoint", checkpoint, "Writes a new one here");
    where(*verify, audit_where);
    verify->callback([&] { result = app::audit_verify(audit_where, against, checkpoint, std::cout, std::cerr); });

    app::Where backup_where;
    auto* backup_command = cli.add_subcommand("backup", "A consistent copy, while the server runs");
    where(*backup_command, backup_where);
    backup_command->callback([&] { result = app::backup(backup_where, std::cout, std::cerr); });

    app::Where restore_where;
    app::RestoreAsked restoring;
    bool only_verify = false;
    auto* restore_command = cli.add_subcommand("restore", "Restores a backup, or shows that it could be");
    auto* backup_option =
        restore_command
            ->add_option(
                "backup", restoring.backup,
                "The folder of one backup; without it --verify looks at the PostgreSQL databases of --config, as "
                "they were put back")
            ->check(CLI::ExistingDirectory);
    auto* verify_flag = restore_command->add_flag("--verify", only_verify,
                                                  "In a scratch folder: opens every sealed row, walks the audit chain");
    restore_command->add_option("--into", restoring.into, "Restores into this empty folder")
        ->excludes(verify_flag)
        ->needs(backup_option);
    restore_command->add_option("--erasures", restoring.erasures,
                                "A list of erasures to repeat, besides the one beside the backup");
    where(*restore_command, restore_where);
    restore_command->callback([&] {
        if (!only_verify && restoring.into.empty())
            throw CLI::RequiredError("restore: --verify or --into FOLDER");
        const auto config = app::config_at(restore_where);
        if (!config.ok()) {
            std::cerr << config.error().told << "\n";
            result = 1;
            return;
        }
        result = app::restore(*config, restoring, std::cout, std::cerr);
    });

    app::Where erase_where;
    std::string person;
    bool erase_check = false;
    auto* erase_command = cli.add_subcommand("erase", "Whether a person is erased everywhere");
    erase_command->add_option("person", person, "The person's id")->required();
    erase_command->add_flag("--verify", erase_check, "Names whatever could still open the person")->required();
    where(*erase_command, erase_where);
    erase_command->callback([&] { result = app::erase_verify(erase_where, person, std::cout, std::cerr); });

    auto* keys_command = cli.add_subcommand("keys", "The keys of a service");
    keys_command->require_subcommand(1);
    app::Where keys_where;
    app::RotateAsked rotating;
    auto* rotate_command =
        keys_command->add_subcommand("rotate", "Puts a new key in the place of one, while it serves or not");
    rotate_command->add_option("--what", rotating.what, "Which key")
        ->required()
        ->check(CLI::IsMember({"master", "epoch", "organisation", "person"}));
    rotate_command->add_option("--whom", rotating.whom, "The person's id, or the organisation (main when left out)");
    rotate_command
        ->add_option("--new-source", rotating.new_source,
                     "Where a new master key comes from, when not a fresh one in the same file")
        ->check(CLI::IsMember({"file", "environment", "command"}));
    rotate_command->add_option("--new", rotating.new_where, "Path, variable name or command of the new master key");
    where(*rotate_command, keys_where);
    rotate_command->callback([&] { result = app::rotate_keys(keys_where, rotating, std::cout, std::cerr); });

    app::Where doctor_where;
    auto* doctor_command =
        cli.add_subcommand("doctor", "Says what is wrong with a service and its machine, and what to do");
    where(*doctor_command, doctor_where);
    doctor_command->callback([&] { result = app::doctor::run(doctor_where, SystemClock{}, std::cout); });

    app::Where report_where;
    app::report::Asked reporting;
    auto* report_command =
        cli.add_subcommand("report", "What a service has to show about itself, in counts: screening, or a law's yearly report");
    report_command->add_option("name", reporting.name, "screening, ca-sb243, wa-hb2225, or-sb1546")->required();
    report_command->add_option("--days", reporting.days, "screening: how many days back, 28 when left out");
    report_command->add_option("--year", reporting.year, "Laws: the calendar year; without it the last one that is over");
    where(*report_command, report_where);
    report_command->callback([&] { result = app::write_report(report_where, reporting, std::cout, std::cerr); });

    app::Where gateway_where;
    app::GatewayKeyAsked gateway_asked;
    auto* gateway_command = cli.add_subcommand("gateway", "The OpenAI-compatible gateway");
    gateway_command->require_subcommand(1);
    auto* key_command = gateway_command->add_subcommand("key", "The keys of apps");
    key_command->require_subcommand(1);
    auto* key_add = key_command->add_subcommand("add", "Makes a key and prints it this once");
    key_add->add_option("app", gateway_asked.app, "What staff call the app")->required();
    key_add->add_option("--scopes", gateway_asked.scopes, "chat,moderations,alerts, which it has when this is left out; daily, which it has only here");
    key_add->add_option("--models", gateway_asked.models, "Names with commas; all of the gateway when left out");
    key_add->add_option("--requests-a-day", gateway_asked.requests_a_day, "The budget; none when left out")
        ->check(CLI::NonNegativeNumber);
    key_add->add_option("--responder", gateway_asked.responder,
                        "The name of the clinician who answers its alerts; only then are people told of one");
    key_add->add_option("--events", gateway_asked.events,
                        "An https address that is told, signed, whose user is in danger; nobody when left out");
    auto* key_list = key_command->add_subcommand("list", "Every key, without what opens");
    auto* key_revoke = key_command->add_subcommand("revoke", "Ends a key");
    key_revoke->add_option("key", gateway_asked.key, "Its id, as list prints it")->required();
    auto* key_events = key_command->add_subcommand("events", "Sets where an app's owner is told of events, or ends it");
    key_events->add_option("key", gateway_asked.key, "Its id, as list prints it")->required();
    key_events->add_option("--to", gateway_asked.events, "An https address; nobody is told when left out");
    for (auto* each : {key_add, key_list, key_revoke, key_events}) {
        where(*each, gateway_where);
        each->callback([&, each] {
            gateway_asked.what = each->get_name();
            result = app::gateway_key(gateway_where, gateway_asked, std::cout, std::cerr);
        });
    }

    auto* store_command = cli.add_subcommand("store", "The store of a service");
    store_command->require_subcommand(1);
    app::CopyAsked copying;
    auto* copy_command = store_command->add_subcommand("copy", "Moves a service to another store, and verifies it");
    copy_command->add_option("--from", copying.from.config, "The configuration file of the service")->required();
    copy_command->add_option("--to", copying.to.config, "The configuration file with the empty store")->required();
    copy_command->callback([&] { result = app::copy_store(copying, std::cout, std::cerr); });

    try {
        cli.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        const int code = cli.exit(problem, std::cout, std::cerr);
        return code == 0 ? 0 : 2;
    }
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    std::ios::sync_with_stdio(false);
    if (sodium_init() < 0) {
        std::cerr << "The cryptography library cannot start on this machine.\n";
        return 1;
    }
    try {
        return run(argc, argv);
    } catch (const std::exception& bug) {
        // A bug, one of the three places that catch: say so and stop.
        std::cerr << "Handrail stopped because of a defect: " << bug.what() << "\n";
        return 70;
    }
}
