#include "nlp/rule_book.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "nlp/safety_answer.h"

namespace handrail::nlp {

namespace {

constexpr std::array<std::pair<std::string_view, bool RuleFlags::*>, 20> flag_names{
    {{"keep_negated", &RuleFlags::keep_negated},
     {"keep_past", &RuleFlags::keep_past},
     {"keep_framed", &RuleFlags::keep_framed},
     {"self_only", &RuleFlags::self_only},
     {"hyperbole", &RuleFlags::hyperbole},
     {"rises", &RuleFlags::rises},
     {"output_only", &RuleFlags::output_only},
     {"inbound_only", &RuleFlags::inbound_only},
     {"idiom", &RuleFlags::idiom},
     {"sentence", &RuleFlags::sentence},
     {"after", &RuleFlags::after},
     {"others", &RuleFlags::others},
     {"writer_acts", &RuleFlags::writer_acts},
     {"person", &RuleFlags::person},
     {"not_self", &RuleFlags::not_self},
     {"outside", &RuleFlags::outside},
     {"object", &RuleFlags::object},
     {"leaves_model", &RuleFlags::leaves_model},
     {"whole", &RuleFlags::whole},
     {"eases", &RuleFlags::eases}}};

std::vector<std::string> names_in(std::string_view cell)
{
    std::vector<std::string> names;
    for (const auto part : split(cell, ' '))
        if (!part.empty() && part != "-")
            names.emplace_back(part);
    return names;
}

class BookReader {
public:
    BookReader(RuleBook& book, const std::filesystem::path& folder, Complaints& complaints)
        : book_(book), folder_(folder), complaints_(complaints)
    {
    }

    void read()
    {
        for (const auto& row : read_table(folder_ / "definitions.tsv", {"source", "rationale", "says"}, complaints_))
            if (!definitions_.try_emplace(row.cells[0], row.cells[1], row.cells[2]).second)
                complaints_.add(row.where, "the source '" + row.cells[0] + "' stands twice");
        book_.raised = definition("raised_now");
        book_.eased = definition("eased_now");
        for (auto [name, sign] : {std::pair{"model_now", &book_.model_now},
                                  {"model_sure", &book_.model_sure},
                                  {"within_a_day", &book_.within_a_day},
                                  {"rules_today", &book_.rules_today}})
            *sign = Signs{1} << book_.sign_names.try_emplace(name, static_cast<unsigned>(book_.sign_names.size())).first->second;
        for (const auto& file : tables(folder_, "classes_"))
            for (const auto& row : read_table(file, {"class", "alternatives"}, complaints_))
                book_.phrases.add_class(row.cells[0], row.cells[1], row.where, complaints_);
        for (const auto& file : tables(folder_, "rules_")) {
            const auto language = file.filename().string().substr(6, 2);
            for (const auto& row : read_table(
                     file, {"id", "category", "urgency", "subject", "time", "signs", "flags", "source", "pattern"},
                     complaints_))
                rule(row, language);
        }
        for (const auto& row :
             read_table(folder_ / "combinations.tsv", {"id", "signs", "category", "urgency", "source"}, complaints_))
            combination(row);
        if (book_.rules.empty())
            complaints_.add("content/screening", "holds no rules");
        book_.phrases.link(complaints_);
    }

private:
    Definition definition(const std::string& source)
    {
        const auto found = definitions_.find(source);
        if (found == definitions_.end())
            complaints_.add("definitions.tsv", "does not hold the source '" + source + "'");
        return found == definitions_.end() ? Definition{} : Definition{found->second.first, found->second.second};
    }

    std::vector<Category> categories(const Row& row, const std::string& cell)
    {
        std::vector<Category> all;
        for (const auto& each : names_in(cell)) {
            const auto category = category_from(each);
            if (!category)
                complaints_.add(row.where, "there is no category '" + each + "'");
            else if (*category != Category::None)
                all.push_back(*category);
        }
        return all;
    }

    Urgency urgency(const Row& row, const std::string& cell)
    {
        const auto read = urgency_from(cell);
        if (!read)
            complaints_.add(row.where, "there is no urgency '" + cell + "'");
        return read.value_or(Urgency::Usual);
    }

    Signs signs(const Row& row, const std::string& cell, bool may_be_new)
    {
        Signs all = 0;
        for (const auto& each : names_in(cell)) {
            if (!may_be_new && !book_.sign_names.contains(each))
                complaints_.add(row.where, "no rule gives the sign '" + each + "'");
            const auto bit =
                book_.sign_names.try_emplace(each, static_cast<unsigned>(book_.sign_names.size())).first->second;
            if (bit >= 64)
                complaints_.add(row.where, "there are more than 64 signs");
            else
                all |= Signs{1} << bit;
        }
        return all;
    }

    template <class Made> void define(const Row& row, const std::string& source, Made& made)
    {
        const auto found = definitions_.find(source);
        if (found == definitions_.end()) {
            complaints_.add(row.where, "definitions.tsv does not hold the source '" + source + "'");
            return;
        }
        made.rationale = found->second.first;
        made.says = found->second.second;
    }

    void rule(const Row& row, const std::string& language)
    {
        Rule made;
        made.id = row.cells[0];
        made.language = language;
        made.categories = categories(row, row.cells[1]);
        made.urgency = urgency(row, row.cells[2]);
        if (row.cells[3] == "grammar") {
            made.subject_from_grammar = true;
        } else if (const auto subject = subject_from(row.cells[3])) {
            made.subject = *subject;
        } else {
            complaints_.add(row.where, "there is no subject '" + row.cells[3] + "'");
        }
        if (const auto time = when_from(row.cells[4]))
            made.time = *time;
        else
            complaints_.add(row.where, "there is no time '" + row.cells[4] + "'");
        made.signs = signs(row, row.cells[5], true);
        for (const auto& flag : names_in(row.cells[6])) {
            bool known = false;
            for (const auto& [written, member] : flag_names)
                if (written == flag)
                    made.flags.*member = known = true;
            if (!known)
                complaints_.add(row.where, "there is no flag '" + flag + "'");
        }
        if (made.flags.eases != made.id.ends_with(safety_rules_end))
            complaints_.add(row.where, "a rule that eases, and no other, has an id that ends with .safe");
        define(row, row.cells[7], made);
        const auto pattern = book_.phrases.add_pattern(row.cells[8], row.where, complaints_);
        if (!pattern)
            return;
        if (made.categories.empty() && raises_alert(made.urgency))
            complaints_.add(row.where, "raises an alert without a category");
        book_.rules.push_back(std::move(made));
        ensure(book_.rules.size() == *pattern + 1, "rules and patterns are counted alike");
    }

    void combination(const Row& row)
    {
        Combination made;
        made.id = row.cells[0];
        made.needs = signs(row, row.cells[1], false);
        made.categories = categories(row, row.cells[2]);
        made.urgency = urgency(row, row.cells[3]);
        define(row, row.cells[4], made);
        book_.combinations.push_back(std::move(made));
    }

    RuleBook& book_;
    const std::filesystem::path& folder_;
    Complaints& complaints_;
    std::map<std::string, std::pair<std::string, std::string>> definitions_;
};

} // namespace

std::unique_ptr<RuleBook> RuleBook::read(const std::filesystem::path& folder, Lexicon lexicon, Complaints& complaints)
{
    auto book = std::make_unique<RuleBook>(std::move(lexicon));
    BookReader(*book, folder, complaints).read();
    return book;
}

const Combination* RuleBook::now_by_model(Signs heard) const
{
    const auto found = std::find_if(combinations.begin(), combinations.end(), [&](const Combination& each) {
        return (each.needs & model_now) != 0 && each.urgency == Urgency::Now && (each.needs & ~heard) == model_now;
    });
    return found == combinations.end() ? nullptr : &*found;
}

double RuleBook::surface_forms() const
{
    double all = 0;
    for (std::size_t i = 0; i < rules.size(); ++i)
        all += phrases.forms(i);
    return all;
}

} // namespace handrail::nlp
