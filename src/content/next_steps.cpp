#include "content/next_steps.h"

#include <map>
#include <set>

#include "content/document.h"
#include "content/sources.h"

namespace handrail::content {

namespace {

using Does = NextSteps::Does;

constexpr int longest_take_back = 60; // minutes

const std::map<std::string, Does, std::less<>> deeds_of_steps{
    {"call_person", Does::CallPerson},       {"call_contact", Does::CallContact}, {"ask", Does::Ask},
    {"go_through_plan", Does::GoThroughPlan}, {"make_plan", Does::MakePlan},      {"else", Does::Else}};

class StepsReading {
public:
    explicit StepsReading(const Sources& sources) : sources_(sources) {}

    FigureMark marked(const Node& node) const
    {
        static const std::map<std::string, FigureMark, std::less<>> marks{{"verified", FigureMark::Verified},
                                                                          {"second-hand", FigureMark::SecondHand},
                                                                          {"unverified", FigureMark::Unverified},
                                                                          {"house", FigureMark::House}};
        const auto mark = marks.find(node["mark"].text());
        const auto* source = sources_.find(node["source"].text());
        if (source == nullptr)
            node["source"].wrong("there is no such source");
        if (mark == marks.end()) {
            node["mark"].wrong("expected verified, second-hand, unverified or house");
            return FigureMark::Unverified;
        }
        const bool house = mark->second == FigureMark::House;
        if (source != nullptr && house != source->mark.empty())
            node["mark"].wrong(house ? "the source is a published one: house is the authors' own choice"
                                     : "the source is the house's own, so the mark is house");
        if (source != nullptr && !house &&
            ((source->mark == "U" && mark->second != FigureMark::Unverified) ||
             (source->mark == "S" && mark->second == FigureMark::Verified)))
            node["mark"].wrong("is better than that of its source");
        return mark->second;
    }

    /// An id that no other of the same list has.
    static std::string fresh_id(const Node& node, std::set<std::string>& before)
    {
        auto id = node["id"].text();
        if (!before.insert(id).second)
            node["id"].wrong("stands there twice: " + id);
        return id;
    }

    NextSteps::Question question(const Node& node, std::set<std::string>& before) const
    {
        NextSteps::Question one{fresh_id(node, before), node["version"].whole(), node["text"].text(), node["source"].text(), marked(node)};
        if (one.version < 1)
            node["version"].wrong("is 1 or more");
        return one;
    }

    NextSteps::Step step(const Node& node, std::set<std::string>& before) const
    {
        NextSteps::Step one;
        one.id = fresh_id(node, before);
        const auto does = deeds_of_steps.find(node["does"].text());
        if (does == deeds_of_steps.end())
            node["does"].wrong("expected call_person, call_contact, ask, go_through_plan, make_plan or else");
        else
            one.does = does->second;
        one.title = node["title"].text();
        one.detail = node["detail"].text_or("");
        const Node instead = node["instead"];
        if (one.does == Does::CallContact || one.does == Does::MakePlan) {
            if (!instead.there())
                node.wrong(one.does == Does::CallContact
                               ? "says in instead what stands there where abuse was named: a partner is never called"
                               : "says in instead what stands there where a plan is written and not shared");
            one.instead_title = instead["title"].text();
            one.instead_detail = instead["detail"].text();
        } else if (instead.there()) {
            instead.wrong("stands only with a call to the contact and with making a plan");
        }
        std::set<std::string> ids;
        for (const auto& deed : node["deeds"].elements())
            one.deeds.push_back({fresh_id(deed, ids), deed["text"].text()});
        one.source = node["source"].text();
        one.mark = marked(node);
        return one;
    }

    static NextSteps::Outcome outcome(const Node& node, std::set<std::string>& before)
    {
        NextSteps::Outcome one{fresh_id(node, before), node["does"].text(), node["text"].text(), node["words"].truth_or(false), node["why"].text()};
        if (one.does != "reached" && one.does != "not_reached" && one.does != "handed_over" && one.does != "no_contact_needed")
            node["does"].wrong("expected reached, not_reached, handed_over or no_contact_needed");
        return one;
    }

private:
    const Sources& sources_;
};

/// Ids of a list, each of which is one of `known`.
std::vector<std::string> ids_among(const Node& node, const std::set<std::string>& known, const char* what)
{
    std::vector<std::string> all;
    for (const auto& each : node.elements()) {
        all.push_back(each.text());
        if (!known.contains(all.back()))
            each.wrong(std::string("names a ") + what + " that is not there: " + all.back());
    }
    return all;
}

void safe_for_abuse(const Node& node, const NextSteps& read, const NextSteps::Way& way)
{
    for (const auto& id : way.steps)
        if (const auto* step = read.step(id);
            step != nullptr && (step->does == Does::CallContact || step->does == Does::MakePlan))
            node["steps"].wrong(step->does == Does::CallContact
                                    ? "calls somebody else in an alert about abuse: never the partner, whoever that is"
                                    : "writes a plan in an alert about abuse: the person's device may be watched");
}

} // namespace

Result<NextSteps> load_next_steps(const std::filesystem::path& content_folder)
{
    const auto sources = TRY(Sources::load(content_folder));
    const std::string name = "protocols/next_steps.json";
    Document document = TRY(Document::open(content_folder / name, name));
    const Node root = document.root();
    if (root["schema"].text() != "handrail.next-steps/1")
        root["schema"].wrong("expected handrail.next-steps/1");
    const StepsReading reading(sources);
    NextSteps read;
    read.version = root["version"].text();
    const Node minutes = root["take_back_minutes"];
    reading.marked(minutes);
    if (const int value = minutes["value"].whole(); value < 1 || value > longest_take_back)
        minutes["value"].wrong("is not between 1 and " + std::to_string(longest_take_back) + " minutes");
    else
        read.take_back = std::chrono::minutes{value};
    std::set<std::string> questions, steps, outcomes;
    for (const auto& node : root["questions"].elements())
        read.questions.push_back(reading.question(node, questions));
    for (const auto& node : root["steps"].elements())
        read.steps.push_back(reading.step(node, steps));
    std::set<std::string> ends;
    for (const auto& node : root["outcomes"].elements()) {
        read.outcomes.push_back(StepsReading::outcome(node, outcomes));
        ends.insert(read.outcomes.back().does);
    }
    for (const auto* end : {"reached", "not_reached", "handed_over", "no_contact_needed"})
        if (!ends.contains(end))
            root["outcomes"].wrong(std::string("none of them is ") + end);
    std::set<Category> with_a_way;
    for (const auto& node : root["ways"].elements()) {
        NextSteps::Way way;
        for (const auto& each : node["categories"].elements()) {
            const auto category = category_from(each.text());
            if (!category)
                each.wrong("is no category");
            else if (!with_a_way.insert(*category).second)
                each.wrong("has a way already: " + each.text());
            else
                way.categories.push_back(*category);
        }
        way.screener = node["screener"].truth_or(false);
        way.without_screener = ids_among(node["without_screener"], questions, "question");
        way.questions = ids_among(node["questions"], questions, "question");
        way.steps = ids_among(node["steps"], steps, "step");
        if (way.steps.empty())
            node["steps"].wrong("names no step");
        for (const auto category : way.categories)
            if (category == Category::Abuse)
                safe_for_abuse(node, read, way);
        read.ways.push_back(std::move(way));
    }
    for (std::size_t i = 0; i < category_count; ++i)
        if (const auto category = static_cast<Category>(i); !with_a_way.contains(category))
            root["ways"].wrong("has none for " + std::string(handrail::name(category)));
    if (!document.sound())
        return document.error();
    return read;
}

} // namespace handrail::content
