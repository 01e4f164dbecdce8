#include "base/checksum.h"
#include "http/json_body.h"
#include "http/json_text.h"
#include "http/problem.h"
#include "http/routes/desks.h"
#include "http/routes/taking_in.h"
#include "trust/sign_up_desk.h"

namespace handrail::http::routes {

namespace {

using monitoring::ImportMapping;

constexpr std::size_t largest_file = 8u << 20; ///< bytes of JSON; larger files go through the command line
constexpr int most_listed = 200;

JsonObject import_json(const monitoring::ImportBatch& batch)
{
    JsonObject out;
    out.add("id", batch.id).add("person", batch.person).add("kind", batch.kind).add("state", name(batch.state));
    out.add("made_at", batch.made_at).add("taken_back_at", batch.taken_back_at).add("mapping", batch.mapping);
    return out.add("checksum", batch.checksum).add("rows", batch.rows).add("taken", batch.taken).add("not_taken", batch.not_taken);
}

JsonObject scaled(const MappedColumn& column, const std::string& becomes)
{
    return JsonObject{}
        .add("column", column.column)
        .add("becomes", becomes)
        .add("lowest", column.lowest)
        .add("highest", column.highest)
        .add("better", column.higher_is_better ? "up" : "down");
}

JsonObject mapping_json(const ImportMapping& mapping)
{
    JsonObject out;
    JsonList columns;
    if (const auto* check_ins = std::get_if<CheckInMapping>(&mapping)) {
        for (const auto& each : check_ins->mood)
            columns.add(scaled(each, "mood"));
        if (!check_ins->sleep_hours_column.empty())
            columns.add(JsonObject{}.add("column", check_ins->sleep_hours_column).add("becomes", "sleep_hours"));
        if (!check_ins->note_column.empty())
            columns.add(JsonObject{}.add("column", check_ins->note_column).add("becomes", "note"));
        out.add("kind", "check-ins").add("when", check_ins->at_column);
    } else {
        const auto& daily = std::get<DailyMapping>(mapping);
        for (const auto& each : daily.columns)
            columns.add(JsonObject{}.add("column", each.column).add("becomes", each.measure).add("times", each.times));
        out.add("kind", "daily").add("when", daily.day_column);
        if (!daily.person_column.empty())
            out.add("person", daily.person_column);
    }
    return out.add("columns", columns);
}

/// Only such mappings can be changed on a page; others are files.
bool on_a_page(const ImportMapping& mapping)
{
    const auto* check_ins = std::get_if<CheckInMapping>(&mapping);
    return check_ins == nullptr || (check_ins->day_column.empty() && check_ins->series.empty());
}

ImportMapping mapping_in(Body& body, const WearableProtocol& protocol)
{
    const bool daily = body.one_of("kind", {"check-ins", "daily"}) == "daily";
    CheckInMapping check_ins;
    DailyMapping days;
    check_ins.id = days.id = "by-hand";
    check_ins.title = days.title = "As somebody said on the page";
    check_ins.at_column = days.day_column = body.text("when", 200);
    days.person_column = body.text_or("person", 200, "");
    for (auto& each : body.list("columns", 60)) {
        const auto column = each.text("column", 200);
        const auto becomes = each.text("becomes", 60);
        if (daily && protocol.measure(becomes) != nullptr)
            days.columns.push_back({column, becomes, each.has("times") ? each.real("times", 1e-6, 1e6) : 1});
        else if (daily)
            each.refuse("becomes", "This is no measure that is taken.");
        else if (becomes == "mood") {
            const double lowest = each.real("lowest", -1e6, 1e6);
            const double highest = each.real("highest", -1e6, 1e6);
            if (highest <= lowest)
                each.refuse("highest", "It lies above the lowest.");
            check_ins.mood.push_back({column, lowest, highest, each.one_of("better", {"up", "down"}) == "up"});
        } else if (becomes == "sleep_hours")
            check_ins.sleep_hours_column = column;
        else if (becomes == "note")
            check_ins.note_column = column;
        else
            each.refuse("becomes", "Of check-ins: mood, sleep_hours or note.");
    }
    check_ins.recognised_by = {check_ins.at_column};
    days.recognised_by = {days.day_column};
    if (daily)
        return days;
    return check_ins;
}

struct Given {
    std::string text;
    monitoring::ImportAsk ask;
    std::optional<PersonId> person;
    std::string name;
    std::string source;
    bool again = false;
};

Result<Given> given_in(const Desks& desks, const TakingIn& taking_in, const Request& request)
{
    return read_body(request, [&](Body& body) {
        Given read;
        read.text = body.text("text", largest_file);
        read.ask.now = desks.clock.now();
        read.ask.kind = body.optional_one_of("kind", {"check-ins", "daily"}).value_or("");
        read.ask.only = body.text_or("only", 200, "");
        if (auto mapping = body.optional_object("mapping"))
            read.ask.mapping = mapping_in(*mapping, taking_in.kinds.wearables);
        read.person = body.optional_id<PersonId>("person");
        read.name = body.text_or("name", 100, "");
        read.source = body.text_or("source", 60, "file");
        read.again = body.flag_or("again", false);
        return read;
    });
}

JsonList remarks_json(const monitoring::ImportRemarks& all)
{
    JsonList out;
    for (const auto& each : all.kept())
        out.add(JsonObject{}.add("line", each.line).add("told", each.told));
    return out;
}

Result<Response> preview(Desks& desks, const TakingIn& taking_in, const Request& request)
{
    const auto given = TRY(given_in(desks, taking_in, request));
    const auto reading = TRY(monitoring::read_import(given.text, taking_in.kinds, given.ask));
    const auto same = TRY(taking_in.imports.same_file(request.actor(), sha256_text(given.text)));
    const auto& preview = reading.preview();
    JsonList doubts, columns, first, notes, measures;
    for (const auto& [column, told] : reading.doubts)
        doubts.add(JsonObject{}.add("column", column).add("told", told));
    for (const auto& each : preview.columns)
        columns.add(JsonObject{}.add("column", each.name).add("becomes", each.becomes));
    for (const auto& row : preview.first) {
        JsonList values;
        for (const auto& [what, much] : row.values)
            values.add(JsonObject{}.add("what", what).add("much", much));
        first.add(JsonObject{}.add("line", row.line).add("at", row.at).add("values", values));
    }
    for (const auto& note : preview.notes)
        notes.add(note);
    for (const auto& measure : taking_in.kinds.wearables.measures)
        measures.add(JsonObject{}.add("id", measure.id).add("name", measure.name).add("unit", measure.unit));
    JsonObject out;
    out.add("proposed", reading.proposed).add("title", preview.title).add("changeable", on_a_page(reading.mapping));
    out.add("mapping", mapping_json(reading.mapping)).add("doubts", doubts).add("columns", columns).add("first", first);
    out.add("notes", notes).add("rows", preview.rows).add("taken", preview.taken).add("empty", preview.without_answers);
    out.add("not_taken", preview.problems.all()).add("problems", remarks_json(preview.problems));
    out.add("remarks", remarks_json(preview.remarks)).add("measures", measures);
    if (same)
        out.add("same_file", import_json(*same));
    return Response::ok(out.done());
}

Result<PersonId> whose(Desks& desks, const Given& given, bool wearables)
{
    if (given.person)
        return *given.person;
    if (given.name.empty())
        return invalid("Say whose file it is: the id of a person there is, or a name for a new one.", "/person");
    trust::SignUpDesk::Form form;
    form.display_name = given.name;
    form.age_band = "26_64";
    form.country = "IE";
    form.language = "en";
    form.consents = {{"record", true}, {"staff_reading", true}, {"wearables", wearables}};
    form.wording = "import";
    form.device = "import";
    return TRY(desks.sign_up.sign_up(desks.organisation, form)).person;
}

Result<Response> take(Desks& desks, const TakingIn& taking_in, const Request& request)
{
    const auto given = TRY(given_in(desks, taking_in, request));
    const auto reading = TRY(monitoring::read_import(given.text, taking_in.kinds, given.ask));
    if (reading.proposed)
        return invalid("Nobody has looked at how these columns are read. Send the mapping that was looked at.", "/mapping");
    const auto checksum = sha256_text(given.text);
    if (!given.again && TRY(taking_in.imports.same_file(request.actor(), checksum)))
        return conflict("The same file was taken before. Take that one back first, or say that it is meant.");
    const bool daily = reading.read.index() == 1;
    const auto person = TRY(whose(desks, given, daily));
    const auto batch = daily ? TRY(taking_in.imports.take(request.actor(), person, std::get<1>(reading.read), given.source, checksum))
                             : TRY(taking_in.imports.take(request.actor(), person, std::get<0>(reading.read), checksum));
    return Response::created(import_json(batch).done());
}

Result<Response> list(const TakingIn& taking_in, const Request& request)
{
    JsonList items;
    for (const auto& batch : TRY(taking_in.imports.all(request.actor(), most_listed)))
        items.add(import_json(batch));
    return Response::ok(JsonObject{}.add("items", items).done());
}

Result<Response> undo(const TakingIn& taking_in, const Request& request)
{
    const auto back = TRY(taking_in.imports.take_back(request.actor(), TRY(request.id<monitoring::ImportId>("import"))));
    return Response::ok(JsonObject{}
                            .add("import", import_json(back.batch))
                            .add("rows", back.rows)
                            .add("withdrawn", back.withdrawn)
                            .add("alerts_marked", back.alerts_marked)
                            .done());
}

void declare_shapes(Router& router)
{
    router.shape({"ImportColumn",
                  {{"column", "text", "of the file"},
                   {"becomes", "text", "mood, sleep_hours, note; or a measure of a wearable"},
                   {"lowest?", "number", "of mood: the ends of its scale"},
                   {"highest?", "number"},
                   {"better?", R"("up"|"down")", "of mood"},
                   {"times?", "number", "of a measure: 60 for hours of sleep"}}});
    router.shape({"ImportMapping",
                  {{"kind", R"("check-ins"|"daily")"},
                   {"when", "text", "the column with the day or instant"},
                   {"person?", "text", "the column that says whose row it is"},
                   {"columns", "ImportColumn[]", "those that are taken"}}});
    router.shape({"Import",
                  {{"id", "id"},
                   {"person", "id"},
                   {"kind", R"("check_ins"|"daily")"},
                   {"state", R"("taking"|"taken"|"taking_back"|"taken_back")"},
                   {"made_at", "instant"},
                   {"taken_back_at?", "instant"},
                   {"mapping", "text"},
                   {"checksum", "text", "SHA-256 of the file"},
                   {"rows", "integer"},
                   {"taken", "integer", "that were new"},
                   {"not_taken", "integer"}}});
    router.shape({"ImportRemark", {{"line", "integer"}, {"told", "text"}}});
    router.shape({"ImportDoubt", {{"column", "text"}, {"told", "text"}}});
    router.shape({"ImportBecomes", {{"column", "text"}, {"becomes", "text", "in words; empty: left out"}}});
    router.shape({"ImportValue", {{"what", "text"}, {"much", "text"}}});
    router.shape({"ImportFirst", {{"line", "integer"}, {"at", "instant"}, {"values", "ImportValue[]"}}});
    router.shape({"DailyMeasure", {{"id", "text"}, {"name", "text"}, {"unit", "text", "empty: a time of day"}}});
}

std::vector<Field> fields_of_a_file()
{
    return {{"text", "text", "the whole file: comma-separated, or JSON Lines"},
            {"kind?", R"("check-ins"|"daily")", "left out: whichever fits"},
            {"only?", "text", "of a file of several people: what it calls the one who is meant"},
            {"mapping?", "ImportMapping", "left out: a shipped one that fits, or one is proposed"}};
}

} // namespace

void add_import_routes(Router& router, Desks& desks, const TakingIn& taking_in)
{
    const auto who = Callers::only({Role::Administrator, Role::Lead});
    declare_shapes(router);
    router.add({.method = Method::Post,
                .pattern = "/api/v1/imports/preview",
                .summary = "How a file would be read and what would be taken of it. Nothing is stored.",
                .callers = who,
                .fields = fields_of_a_file(),
                .example = R"({"text":"at,mood\n2026-02-27T20:00:00Z,2\n"})",
                .answer = {{"proposed", "flag", "nobody wrote this mapping: look at it, and send it to take the file"},
                           {"title", "text"},
                           {"changeable", "flag"},
                           {"mapping", "ImportMapping"},
                           {"doubts", "ImportDoubt[]"},
                           {"columns", "ImportBecomes[]"},
                           {"first", "ImportFirst[]"},
                           {"notes", "text[]"},
                           {"rows", "integer"},
                           {"taken", "integer"},
                           {"empty", "integer"},
                           {"not_taken", "integer"},
                           {"problems", "ImportRemark[]", "lines that are not taken; at most 1000"},
                           {"remarks", "ImportRemark[]", "lines that are taken, and what is odd about them"},
                           {"measures", "DailyMeasure[]"},
                           {"same_file?", "Import", "it was taken before"}},
                .handler = [&desks, &taking_in](const Request& request) { return preview(desks, taking_in, request); },
                .largest_body = largest_file,
                .rate = RateClass::Costly});
    auto fields = fields_of_a_file();
    fields.push_back({"person?", "id", "whose it is"});
    fields.push_back({"name?", "text", "of a new person, when there is none yet"});
    fields.push_back({"source?", "text", "of daily: what the days come from"});
    fields.push_back({"again?", "flag", "although the same file was taken before"});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/imports",
                .summary = "Takes a file into one person's record, as a batch that can be taken back.",
                .callers = who,
                .fields = std::move(fields),
                .example = R"({"text":"at,mood\n2026-02-27T20:00:00Z,2\n","name":"Imported series"})",
                .status = 201,
                .answer_type = "Import",
                .handler = [&desks, &taking_in](const Request& request) { return take(desks, taking_in, request); },
                .largest_body = largest_file,
                .rate = RateClass::Costly});
    router.add({.pattern = "/api/v1/imports",
                .summary = "What was imported, newest first.",
                .callers = who,
                .answer = {{"items", "Import[]"}},
                .handler = [&taking_in](const Request& request) { return list(taking_in, request); }});
    router.add({.method = Method::Post,
                .pattern = "/api/v1/imports/{import}/undo",
                .summary = "Takes back exactly what an import brought, and works out anew what was made from it.",
                .callers = who,
                .answer = {{"import", "Import"},
                           {"rows", "integer", "that are gone"},
                           {"withdrawn", "integer", "findings that rested on them"},
                           {"alerts_marked", "integer", "open alerts that stay open, marked"}},
                .handler = [&taking_in](const Request& request) { return undo(taking_in, request); }});
}

} // namespace handrail::http::routes
