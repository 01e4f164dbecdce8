#include "content/instruments.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "content/instrument_scoring.h"

namespace handrail::content {

namespace {

/// Item ids are unique and short; an id is also a file's name.
bool plain_id(std::string_view id)
{
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

std::vector<Choice> read_choices(const Node& list)
{
    std::vector<Choice> out;
    for (const auto& each : list.elements()) {
        Choice choice;
        choice.value = each["value"].whole();
        if (each["text"].there())
            choice.text = each["text"].text();
        if (std::any_of(out.begin(), out.end(), [&](const auto& other) { return other.value == choice.value; }))
            each.wrong("the value " + std::to_string(choice.value) + " stands twice");
        out.push_back(std::move(choice));
    }
    if (out.empty())
        list.wrong("expected at least one choice");
    return out;
}

using ChoiceSets = std::map<std::string, std::vector<Choice>>;

InstrumentItem read_item(const Node& node, const ChoiceSets& sets)
{
    InstrumentItem item;
    item.id = node["id"].text();
    if (node["text"].there())
        item.text = node["text"].text();
    item.topic = node["topic"].text_or("");
    item.scored = node["scored"].truth();
    item.reversed = node["reverse"].truth_or(false);
    item.optional = node["optional"].truth_or(false);
    if (const auto range = node["integer_range"].elements(); !range.empty()) {
        if (range.size() != 2) {
            node["integer_range"].wrong("expected the lowest and the highest value");
        } else {
            item.lowest = range[0].whole();
            item.highest = range[1].whole();
        }
        item.option_set = node["options"].text_or("");
        return item;
    }
    item.option_set = node["options"].text();
    const auto set = sets.find(item.option_set);
    if (set == sets.end()) {
        node["options"].wrong("names an option set that is not there: " + item.option_set);
        return item;
    }
    for (const auto& choice : set->second)
        item.values.push_back(choice.value);
    std::sort(item.values.begin(), item.values.end());
    if (!item.values.empty()) {
        item.lowest = item.values.front();
        item.highest = item.values.back();
    }
    return item;
}

bool complete(const std::vector<Choice>& choices)
{
    return std::all_of(choices.begin(), choices.end(), [](const auto& choice) { return choice.text.has_value(); });
}

/// The original words, when every question that must be asked has them.
void add_original(Instrument& instrument, const Node& root, const ChoiceSets& sets)
{
    InstrumentWording wording;
    wording.language = instrument.language;
    wording.stem = root["stem"].text_or("");
    for (const auto& item : instrument.items) {
        const auto set = sets.find(item.option_set);
        const bool ready = item.text && set != sets.end() && complete(set->second);
        if (!ready && item.optional)
            continue;
        if (!ready)
            return;
        wording.questions.push_back({item.id, *item.text, set->second});
    }
    if (instrument.licence.words_included)
        instrument.wordings.push_back(std::move(wording));
}

std::vector<Choice> translated(const std::vector<Choice>& originals, const std::vector<std::string>& words)
{
    std::vector<Choice> out = originals;
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i].text = words[i];
    return out;
}

/// A translation lists the words of the leading items in order. One in which a needed item has no words is left out
/// whole: wordings are never mixed, and never machine-translated.
void add_translation(Instrument& instrument, const std::string& language, const Node& node, const ChoiceSets& sets)
{
    const auto items = node["items"].texts();
    const auto options = node["options"].texts();
    const auto difficulty_options = node["difficulty_options"].texts();
    if (items.empty() || options.empty())
        return;
    InstrumentWording wording;
    wording.language = language;
    wording.stem = node["stem"].text_or("");
    const auto& main_set = instrument.items.front().option_set;
    for (std::size_t i = 0; i < instrument.items.size(); ++i) {
        const auto& item = instrument.items[i];
        const auto& originals = sets.at(item.option_set);
        if (i < items.size() && item.option_set == main_set) {
            if (options.size() != originals.size()) {
                node["options"].wrong("expected " + std::to_string(originals.size()) + " words, one for each choice");
                return;
            }
            wording.questions.push_back({item.id, items[i], translated(originals, options)});
        } else if (item.option_set == "difficulty" && node["difficulty"].there() &&
                   difficulty_options.size() == originals.size()) {
            wording.questions.push_back({item.id, node["difficulty"].text(), translated(originals, difficulty_options)});
        } else if (!item.optional) {
            return;
        }
    }
    instrument.wordings.push_back(std::move(wording));
}

/// "UNVERIFIED (…)" or a status beside the figure says how far it may be trusted; a figure that says nothing was read.
FigureMark mark_of(const std::string& source, const std::string& status)
{
    if (source.find("UNVERIFIED") != std::string::npos || status.find("UNVERIFIED") != std::string::npos)
        return FigureMark::Unverified;
    return status.find("second-hand") != std::string::npos ? FigureMark::SecondHand : FigureMark::Verified;
}

std::optional<Comparison> comparison_from(std::string_view op)
{
    if (op == ">=")
        return Comparison::AtLeast;
    if (op == ">")
        return Comparison::Above;
    if (op == "<=")
        return Comparison::AtMost;
    if (op == "<")
        return Comparison::Below;
    return std::nullopt;
}

/// The figure in "total < 5" or "post <= 28 and reliable change": a name, a comparison, a number.
std::optional<Bound> bound_in(const std::string& rule)
{
    std::istringstream words(rule);
    std::string name;
    std::string op;
    Bound bound;
    const bool read = static_cast<bool>(words >> name >> op >> bound.value);
    const auto comparison = comparison_from(op);
    if (!read || !comparison)
        return std::nullopt;
    bound.comparison = *comparison;
    return bound;
}

Bound opposite(Bound bound)
{
    switch (bound.comparison) {
    case Comparison::AtLeast: bound.comparison = Comparison::Below; break;
    case Comparison::Above: bound.comparison = Comparison::AtMost; break;
    case Comparison::AtMost: bound.comparison = Comparison::Above; break;
    default: bound.comparison = Comparison::AtLeast; break;
    }
    return bound;
}

void read_reliable_change(Instrument& instrument, const Node& change)
{
    const auto classic = change["mcid_points_classic"];
    const auto improvement = change["moderate_improvement"];
    if (const auto points = change["reliable_change_points"]; points.there()) {
        const auto source = change["reliable_change_source"].text_or("");
        instrument.reliable_change =
            ReliableChange{points.number(), source, mark_of(source, change["reliable_change_status"].text_or(""))};
    } else if (improvement.there()) {
        const auto source = change["source"].text_or("");
        instrument.reliable_change = ReliableChange{improvement.number(), source, mark_of(source, ""), false};
    } else if (classic.there()) {
        const auto source = classic["source"].text_or("");
        instrument.reliable_change =
            ReliableChange{classic["value"].number(), source,
                                                    mark_of(source, classic["status"].text_or("")), false};
    }
    if (instrument.reliable_change && !(instrument.reliable_change->points > 0))
        change.wrong("a change that is unlikely to be chance is more than nothing");
}

/// A service calls it a case at a cut-off; where only the end of treatment was published, whoever is not below it is one.
void read_caseness(Instrument& instrument, const Node& change)
{
    const auto caseness = change["caseness"];
    const auto cutoff = change["cutoff"];
    const auto end = change["clinically_significant"];
    if (caseness.there()) {
        const auto comparison = comparison_from(caseness["op"].text());
        if (!comparison)
            caseness["op"].wrong("expected >=, >, <= or <");
        const auto source = caseness["source"].text_or("");
        instrument.caseness = Caseness{{comparison.value_or(Comparison::AtLeast), caseness["value"].number(), 0},
                                       source, mark_of(source, caseness["status"].text_or(""))};
    } else if (cutoff.there()) {
        const auto source = change["norms"]["source"].text_or(change["reliable_change_source"].text_or(""));
        instrument.caseness = Caseness{{Comparison::AtLeast, cutoff.number(), 0}, source, mark_of(source, "")};
    } else if (end.there()) {
        const auto source = end["source"].text_or("");
        if (const auto bound = bound_in(end["rule"].text()))
            instrument.caseness = Caseness{opposite(*bound), source, mark_of(source, end["status"].text_or(""))};
        else
            end["rule"].wrong("expected a rule such as post <= 28");
    } else if (instrument.remission_below) {
        instrument.caseness = Caseness{{Comparison::AtLeast, instrument.remission_below->value, 0},
                                       instrument.remission_below->source, instrument.remission_below->mark};
    }
}

void read_change(Instrument& instrument, const Node& change)
{
    if (!change.is_object())
        return;
    read_reliable_change(instrument, change);
    if (const auto remission = change["remission"]; remission.there()) {
        const auto source = remission["source"].text_or(change["source"].text_or(remission["status"].text_or("")));
        const auto bound = bound_in(remission["rule"].text());
        if (!bound || bound->comparison != Comparison::Below)
            remission["rule"].wrong("expected a rule such as total < 5");
        else
            instrument.remission_below = Figure{bound->value, source, mark_of(source, remission["status"].text_or(""))};
    }
    read_caseness(instrument, change);
    if (const auto norms = change["norms"]; norms.there())
        instrument.norms = ChangeNorms{{norms["clinical"]["mean"].number(), norms["clinical"]["sd"].number()},
                                       {norms["general"]["mean"].number(), norms["general"]["sd"].number()},
                                       norms["alpha"].number(),
                                       norms["source"].text_or("")};
}

ScoreDirection read_direction(const Node& node)
{
    const auto text = node.text();
    if (text == "higher_is_worse")
        return ScoreDirection::HigherIsWorse;
    if (text == "higher_is_better")
        return ScoreDirection::HigherIsBetter;
    if (text != "categorical" && text != "profile")
        node.wrong("expected higher_is_worse, higher_is_better, categorical or profile");
    return ScoreDirection::Neither;
}

InstrumentLicence read_licence(const Node& node)
{
    InstrumentLicence licence;
    licence.status = node["status"].text();
    licence.redistributable = node["redistributable"].text();
    licence.holder = node["holder"].text_or("");
    licence.conditions = node["conditions"].text();
    licence.attribution = node["attribution"].text();
    licence.words_included = node["text_included"].truth();
    return licence;
}

} // namespace

Result<Instrument> read_instrument(const std::filesystem::path& file, const std::string& shown_name)
{
    Document document = TRY(Document::open(file, shown_name));
    const Node root = document.root();
    if (!root.is_object()) {
        root.wrong("expected an instrument, written as names with values");
        return document.error();
    }
    if (root["schema"].text() != "handrail.instrument/1")
        root["schema"].wrong("expected handrail.instrument/1");

    Instrument instrument;
    instrument.id = root["id"].text();
    if (!plain_id(instrument.id))
        root["id"].wrong("expected lower-case letters, digits and hyphens");
    instrument.name = root["name"].text();
    instrument.language = root["language"].text();
    instrument.version = root["version"].text();
    if (instrument.version.size() > 200)
        root["version"].wrong("is longer than 200 bytes");
    instrument.licence = read_licence(root["ip"]);
    instrument.purpose = root["purpose"].text_or("");
    instrument.respondent = root["respondent"].text_or("self");
    instrument.direction = read_direction(root["direction"]);
    if (root["recall_period"]["days"].there())
        instrument.recall_days = root["recall_period"]["days"].whole();
    instrument.recall_text = root["recall_period"]["text"].text_or("");
    instrument.age_lowest = root["age"]["min"].whole_or(0);
    if (root["age"]["max"].there())
        instrument.age_highest = root["age"]["max"].whole();
    instrument.sources = root["sources"].texts();
    instrument.unverified = root["unverified"].texts();

    ChoiceSets sets;
    for (const auto& [set_name, list] : root["option_sets"].members())
        sets[set_name] = read_choices(list);
    for (const auto& node : root["items"].elements()) {
        auto item = read_item(node, sets);
        if (instrument.item(item.id))
            node["id"].wrong("the item " + item.id + " stands twice");
        instrument.items.push_back(std::move(item));
    }
    if (instrument.items.empty())
        root["items"].wrong("expected at least one item");
    if (!document.sound())
        return document.error();

    instrument.scoring = read_scoring(root["scoring"], instrument);
    read_change(instrument, root["change"]);
    add_original(instrument, root, sets);
    if (!instrument.wordings.empty())
        for (const auto& [language, node] : root["translations"].members())
            add_translation(instrument, language, node, sets);
    if (!document.sound())
        return document.error();
    return instrument;
}

Result<Instruments> Instruments::load(const std::filesystem::path& content_folder)
{
    const auto folder = content_folder / "instruments";
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        const auto file_name = entry.path().filename().string();
        if (entry.path().extension() == ".json" && file_name.front() != '_')
            files.push_back(entry.path());
    }
    if (failed)
        return Error{ErrorKind::NotFound, "The folder instruments is not in the content folder.",
                     "content folder: " + content_folder.string(), "instruments"};
    std::sort(files.begin(), files.end());

    Instruments out;
    std::string wrong;
    const auto note = [&](const std::string& text) { wrong += (wrong.empty() ? "" : "\n") + text; };
    for (const auto& file : files) {
        const auto shown = "instruments/" + file.filename().string();
        auto read = read_instrument(file, shown);
        if (!read) {
            note(read.error().told);
            continue;
        }
        if (read->id != file.stem().string())
            note(shown + ": /id: is " + read->id + ", and the file has another name");
        const auto id = read->id;
        out.instruments_.insert_or_assign(id, *std::move(read));
    }
    if (!wrong.empty())
        return invalid(wrong, "instruments");
    return out;
}

const Instrument* Instruments::find(std::string_view id) const
{
    const auto found = instruments_.find(id);
    return found == instruments_.end() ? nullptr : &found->second;
}

} // namespace handrail::content
