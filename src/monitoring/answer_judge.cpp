#include "monitoring/answer_judge.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "monitoring/change.h"
#include "monitoring/scoring_conditions.h"

namespace handrail::monitoring {

namespace {

/// Items that a condition looks at one by one.
void collect_items(const Condition& condition, std::set<std::size_t>& items)
{
    if (condition.kind == Condition::Kind::Item)
        items.insert(condition.items.begin(), condition.items.end());
    for (const auto& part : condition.parts)
        collect_items(part, items);
}

std::vector<std::optional<int>> values_of(const Instrument& instrument, const ScoringResult& result)
{
    std::vector<std::optional<int>> values(instrument.items.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        if (const auto used = result.used.find(instrument.items[i].id); used != result.used.end())
            values[i] = used->second;
    return values;
}

/// "Thoughts that you would be better off dead …: Several days", in the original language.
std::string answer_words(const Instrument& instrument, std::size_t place, int value)
{
    const auto& item = instrument.items[place];
    std::string out = item.text.value_or(item.topic.empty() ? "Question " + item.id : item.topic);
    if (const auto* wording = instrument.wording(instrument.language))
        for (const auto& question : wording->questions)
            if (question.item == item.id)
                for (const auto& choice : question.choices)
                    if (choice.value == value && choice.text)
                        return out + ": " + *choice.text;
    return out + ": " + std::to_string(value);
}

class Judging {
public:
    Judging(const ScoringResult& result, const Instrument& instrument, const AnswerProtocol& protocol,
            const QuestionnaireHistory& history)
        : result_(result), instrument_(instrument), protocol_(protocol), history_(history),
          values_(values_of(instrument, result))
    {
        finding_.lang = instrument.language;
        finding_.versions = {{"answers", protocol.version},
                             {"instrument", instrument.id + " " + instrument.version},
                             {"scoring", std::string(scorer_version)}};
    }

    Finding finding()
    {
        for (const auto& flag : result_.flags)
            judge_flag(flag);
        for (const auto& line : protocol_.lines)
            if (!line.result.empty() && result_.result == line.result && result_.flags.empty() && applies(line))
                add(line, line.urgency, {});
        judge_half_screener();
        judge_change();
        std::stable_sort(reasons_.begin(), reasons_.end(),
                         [](const auto& a, const auto& b) { return need(a.urgency) > need(b.urgency); });
        write_down();
        return std::move(finding_);
    }

private:
    struct Reason {
        Urgency urgency;
        Category category;
        Subject subject;
        When time;
        std::string why;
    };

    bool applies(const AnswerLine& line) const
    {
        if (!line.instrument.empty() && line.instrument != instrument_.id)
            return false;
        if (!line.when)
            return true;
        const AnswerContext nothing;
        return holds(*line.when, Known{values_, {}, nothing, {}});
    }

    void judge_flag(const std::string& flag)
    {
        const FlagRule* rule = instrument_.flag(flag);
        std::set<std::size_t> items;
        if (rule != nullptr)
            collect_items(rule->when, items);
        for (const auto& line : protocol_.lines)
            if (line.flag == flag && applies(line)) {
                add(line, line.graded ? graded(line) : line.urgency, items);
                return;
            }
        // A flag nobody wrote a line for is judged by its level; without even a rule it is not understood.
        const auto level = protocol_.levels.find(rule != nullptr ? rule->level : FlagLevel::Critical);
        ensure(level != protocol_.levels.end(), "a protocol has all three levels");
        if (level->second.urgency == Urgency::Usual)
            return;
        AnswerLine line;
        line.id = flag;
        line.why = rule != nullptr ? rule->action : "";
        line.source = level->second.source;
        add(line, level->second.urgency, items);
    }

    /// Today when the answer is high, is new or has changed, or when the follow-up questions were not answered or said
    /// more; an unchanged low answer that was followed up, or that a clinician's dated note covers, is for soon. A lower
    /// answer than before is no unchanged one: a scale alone makes nothing less urgent.
    Urgency graded(const AnswerLine& line) const
    {
        const auto grade = critical_grade(instrument_, result_);
        if (!grade || *grade >= protocol_.graded_today_at || !unchanged(*grade))
            return line.urgency;
        if (history_.follow_up == FollowUp::Positive)
            return line.urgency;
        if (history_.follow_up == FollowUp::NothingFurther)
            return line.otherwise;
        return covered() ? line.otherwise : line.urgency;
    }

    /// Every critical item as it was the time before.
    bool unchanged(int grade) const
    {
        if (history_.previous_critical != grade)
            return false;
        const auto answers = critical_answers(instrument_, result_);
        if (answers.size() < 2 && history_.previous_critical_items.empty())
            return true;
        return answers == history_.previous_critical_items;
    }

    bool covered() const
    {
        if (!history_.known_and_planned_at || *history_.known_and_planned_at > history_.now)
            return false;
        return history_.now - *history_.known_and_planned_at <=
               std::chrono::hours(24) * protocol_.known_and_planned_days;
    }

    /// A suicide screener left half done says nothing reassuring.
    void judge_half_screener()
    {
        if (result_.status == ScoringStatus::Ok || protocol_.screener(instrument_.id) == nullptr)
            return;
        AnswerLine line;
        line.id = "half-screener";
        line.category = Category::Suicide;
        line.why = "Questions about suicide were left open. That is not a no.";
        line.source = "handrail-blank-is-not-zero";
        add(line, Urgency::Unknown, {});
    }

    /// Against the form before, and against the beginning of this episode: who becomes worse in small steps is never
    /// much worse than last time. Figures that nobody could verify judge nobody.
    void judge_change()
    {
        const ScoreRule* main = instrument_.main_score();
        if (main == nullptr || !result_.score(main->id))
            return;
        const bool judges = instrument_.reliable_change && instrument_.reliable_change->judges();
        if (judges && history_.previous_total &&
            moved(instrument_, *history_.previous_total, *result_.score(main->id)) == Moved::Worse)
            add_change("reliably-worse", protocol_.reliably_worse, protocol_.reliably_worse_why,
                       protocol_.reliably_worse_source);
        for (const auto& flag : history_.course)
            if (flag.urgency != Urgency::Usual)
                add_change("course-" + flag.flag, flag.urgency, flag.told, flag.source);
        if (!history_.course_version.empty())
            finding_.versions["change"] = history_.course_version;
    }

    void add_change(const std::string& id, Urgency urgency, const std::string& why, const std::string& source)
    {
        AnswerLine line;
        line.id = id;
        line.subject = Subject::None;
        line.why = why;
        line.source = source;
        add(line, urgency, {});
    }

    void add(const AnswerLine& line, Urgency urgency, const std::set<std::size_t>& items)
    {
        reasons_.push_back({urgency, line.category, line.subject, line.time, line.why});
        bool shown = false;
        for (const auto place : items)
            if (values_[place] && *values_[place] > 0) {
                add_evidence(answer_words(instrument_, place, *values_[place]), line);
                shown = true;
            }
        if (!shown)
            add_evidence("", line);
    }

    void add_evidence(const std::string& words, const AnswerLine& line)
    {
        Evidence evidence;
        evidence.text = words;
        evidence.end = code_points(words);
        evidence.rule = "answers:" + line.id;
        evidence.source = line.source;
        finding_.evidence.push_back(std::move(evidence));
    }

    void write_down()
    {
        for (const auto& reason : reasons_) {
            finding_.urgency = sooner(finding_.urgency, reason.urgency);
            if (reason.category != Category::None &&
                std::find(finding_.categories.begin(), finding_.categories.end(), reason.category) ==
                    finding_.categories.end())
                finding_.categories.push_back(reason.category);
        }
        if (reasons_.empty()) {
            finding_.why = "Nothing in the answers calls for more than the usual.";
            return;
        }
        if (!finding_.categories.empty())
            finding_.category = finding_.categories.front();
        finding_.subject = reasons_.front().subject;
        finding_.time = reasons_.front().time;
        finding_.why = instrument_.name + ": " + reasons_.front().why;
    }

    const ScoringResult& result_;
    const Instrument& instrument_;
    const AnswerProtocol& protocol_;
    const QuestionnaireHistory& history_;
    std::vector<std::optional<int>> values_;
    std::vector<Reason> reasons_;
    Finding finding_;
};

} // namespace

std::map<std::string, int> critical_answers(const Instrument& instrument, const ScoringResult& result)
{
    std::map<std::string, int> answers;
    for (const auto& rule : instrument.scoring.flags) {
        if (rule.level != FlagLevel::Critical)
            continue;
        std::set<std::size_t> items;
        collect_items(rule.when, items);
        for (const auto place : items)
            if (const auto used = result.used.find(instrument.items[place].id); used != result.used.end())
                answers[used->first] = used->second;
    }
    return answers;
}

std::optional<int> critical_grade(const Instrument& instrument, const ScoringResult& result)
{
    std::optional<int> grade;
    for (const auto& [item, answer] : critical_answers(instrument, result))
        grade = std::max(grade.value_or(answer), answer);
    return grade;
}

Finding judge_questionnaire(const ScoringResult& result, const Instrument& instrument, const AnswerProtocol& protocol,
                            const QuestionnaireHistory& history)
{
    return Judging(result, instrument, protocol, history).finding();
}

FollowUp follow_up_of(const Instrument& instrument, const ScoringResult& result,
                                            const AnswerProtocol& protocol)
{
    const FollowUpScreener* screener = protocol.screener(instrument.id);
    if (screener == nullptr)
        return FollowUp::NotAnswered;
    const auto& results = screener->positive_results;
    const bool by_result = result.result && std::find(results.begin(), results.end(), *result.result) != results.end();
    const auto values = values_of(instrument, result);
    const AnswerContext nothing;
    if (by_result || holds(screener->positive_when, Known{values, {}, nothing, {}}))
        return FollowUp::Positive;
    return result.status == ScoringStatus::Ok ? FollowUp::NothingFurther : FollowUp::NotAnswered;
}

} // namespace handrail::monitoring
