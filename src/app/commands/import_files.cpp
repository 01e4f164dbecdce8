#include "app/commands/import_files.h"

#include <fmt/format.h>

#include <ostream>

#include "app/commands/import_json.h"
#include "app/commands/unpacked_file.h"
#include "app/control_socket.h"
#include "app/house.h"
#include "base/checksum.h"
#include "base/text.h"
#include "content/check_in_mappings.h"
#include "content/check_ins.h"
#include "content/wearable_protocol.h"
#include "errands/imports.h"
#include "monitoring/import_reading.h"

namespace handrail::app {

namespace {

namespace fs = std::filesystem;
using monitoring::ImportBatch;

constexpr std::size_t most_import_bytes = 256U << 20U;
constexpr int most_listed = 200;

struct FileRead {
    std::string checksum;
    monitoring::ImportReading reading;
};

Result<FileRead> read_file_by(const ImportAsked& asked, const fs::path& content, Instant now)
{
    const auto text = TRY(read_file_unpacked(asked.file, most_import_bytes));
    monitoring::ImportKinds kinds;
    kinds.wearables = TRY(content::load_wearable_protocol(content));
    kinds.check_ins = TRY(content::load_check_in_mappings(content));
    kinds.daily = TRY(content::load_daily_mappings(content, kinds.wearables));
    kinds.form = TRY(content::load_check_in_form(content, "daily"));
    monitoring::ImportAsk ask{now, asked.what, asked.only};
    if (!asked.mapping.empty() && asked.what == "daily")
        ask.mapping = TRY(content::load_daily_mapping(asked.mapping, kinds.wearables));
    else if (!asked.mapping.empty())
        ask.mapping = TRY(content::load_check_in_mapping(asked.mapping));
    return FileRead{sha256_text(text), TRY(monitoring::read_import(text, kinds, ask))};
}

std::string told_before(const ImportAsked& asked, const FileRead& file)
{
    if (asked.json)
        return preview_json(file.reading) + "\n";
    std::string out;
    if (file.reading.proposed) {
        out = "Nobody wrote a mapping for these columns. This one is proposed; nothing is taken by it until somebody looked:\n";
        for (const auto& [column, doubt] : file.reading.doubts)
            out += "  look at " + (column.empty() ? std::string("this") : column) + ": " + doubt + "\n";
    }
    return out + preview_text(file.reading.preview());
}

Result<PersonId> new_person(House& house, const ImportAsked& asked)
{
    trust::SignUpDesk::Form form;
    form.display_name = asked.person;
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    form.consents = {{"record", true}, {"staff_reading", true}};
    if (asked.what == "daily")
        form.consents["wearables"] = true;
    form.wording = "import";
    form.device = "import";
    return TRY(house.sign_up.sign_up(house.organisation, form)).person;
}

std::string batch_words(const ImportBatch& batch)
{
    return fmt::format("{}  {}  {}  person {}  {} of {} rows  {}  sha256 {}{}", batch.id.text(),
                       to_rfc3339(batch.made_at), batch.kind, batch.person.text(), batch.taken, batch.rows,
                       name(batch.state), batch.checksum,
                       batch.taken_back_at ? "  taken back " + to_rfc3339(*batch.taken_back_at) : "");
}

Result<std::string> take(House& house, const errands::Imports& imports, const ImportAsked& asked, const FileRead& file)
{
    if (file.reading.proposed)
        return invalid("Nothing was stored: nobody has looked at this mapping. Print it with --json, save what stands under "
                       "\"mapping\", change it where it is wrong, and give it back with --mapping.");
    if (const auto same = TRY(imports.same_file(house.system(), file.checksum)); same && !asked.again)
        return conflict("Nothing was stored: the same file was taken before.\n" + batch_words(*same) +
                        "\nTake that one back first, or say --again.");
    const auto person = asked.to.empty() ? TRY(new_person(house, asked)) : TRY(PersonId::from(asked.to));
    const auto& read = file.reading.read;
    const auto batch =
        read.index() == 0
            ? TRY(imports.take(house.system(), person, std::get<0>(read), file.checksum))
            : TRY(imports.take(house.system(), person, std::get<1>(read), asked.source, file.checksum));
    return fmt::format("{} of {} rows taken, for {} (person {}).{} Import {}: `handrail import undo` takes it back.", batch.taken,
                       batch.rows, asked.to.empty() ? asked.person : "one there was", person.text(),
                       asked.to.empty() ? " They stand on the caseload of the first team." : "", batch.id.text());
}

Result<std::string> undone(const errands::Imports& imports, const Actor& system, const std::string& id)
{
    const auto back = TRY(imports.take_back(system, TRY(monitoring::ImportId::from(id))));
    auto out = fmt::format("{} rows are gone, and what was made from them is worked out anew.", back.rows);
    if (back.withdrawn > 0)
        out += fmt::format(" {} findings are withdrawn.", back.withdrawn);
    if (back.alerts_marked > 0)
        out += " An open alert that came of it stays open until a human closes it; it says that its data was withdrawn.";
    return out;
}

Result<std::string> done(House& house, const ImportAsked& asked)
{
    const errands::Imports imports(*house.record, house.consents, house.asking, house.nightly.judge());
    if (asked.what == "undo")
        return undone(imports, house.system(), asked.id);
    if (asked.what == "list") {
        std::string out;
        for (const auto& batch : TRY(imports.all(house.system(), most_listed)))
            out += (out.empty() ? "" : "\n") + batch_words(batch);
        return out.empty() ? "Nothing was imported yet." : out;
    }
    const auto file = TRY(read_file_by(asked, house.config.content, house.clock.now()));
    const auto before = told_before(asked, file);
    auto words = take(house, imports, asked, file);
    if (words.ok())
        return before + *words;
    auto error = words.error();
    error.told = before + error.told;
    return error;
}

} // namespace

Result<std::string> import_words(House& house, const std::vector<std::string_view>& parts)
{
    const auto part = [&](std::size_t i) { return i < parts.size() ? std::string(parts[i]) : std::string{}; };
    return done(house, {part(1), part(2), part(3), part(4), part(5), part(6), part(7), part(8), true, part(9) == "json",
                        part(10) == "again"});
}

int import_files(const Where& where, const ImportAsked& asked, std::ostream& out, std::ostream& err)
{
    for (const auto& each : {asked.person, asked.to, asked.only, asked.source, asked.id})
        if (each.find_first_of("\t\n\x1e") != std::string::npos)
            return told(invalid("No tab and no line break, please."), out, err);
    const auto config = config_at(where);
    if (!config.ok())
        return told(config.error(), out, err);
    const bool of_a_file = asked.what == "check-ins" || asked.what == "daily";
    if (of_a_file && !asked.yes) {
        const auto file = read_file_by(asked, config->content, SystemClock{}.now());
        if (!file.ok())
            return told(file.error(), out, err);
        out << told_before(asked, *file);
        if (!asked.json)
            out << "Nothing was stored. Add --yes to take it.\n";
        return 0;
    }
    const auto absolute = [](const fs::path& path) { return path.empty() ? path.string() : fs::absolute(path).string(); };
    const auto line = "import\t" + asked.what + "\t" + absolute(asked.file) + "\t" + asked.person + "\t" + asked.to + "\t" +
                      asked.only + "\t" + asked.source + "\t" + absolute(asked.mapping) + "\t" + asked.id + "\t" +
                      (asked.json ? "json" : "") + "\t" + (asked.again ? "again" : "");
    if (const auto answer = ask_running_server(config->folder, line))
        return told(said_in(*answer), out, err);
    const auto house = House::open(*config);
    if (!house.ok())
        return told(house.error(), out, err);
    return told(done(**house, asked), out, err);
}

} // namespace handrail::app
