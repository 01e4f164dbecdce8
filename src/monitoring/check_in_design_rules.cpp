#include "monitoring/check_in_design.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace handrail::monitoring {

namespace {

using Kind = DesignItem::Kind;

// What keeps a check-in humane: it is over in a minute or two, and can be answered with one thumb.
constexpr std::size_t most_items = 12;
constexpr std::size_t most_texts = 3;
constexpr std::size_t most_series = 4; ///< each one that is compared with the person's own days has false alarms of its own
constexpr std::size_t most_options = 12;
constexpr std::size_t most_languages = 8;
constexpr int most_steps = 21; ///< numbers of one scale
constexpr int furthest = 1000;

constexpr std::size_t longest_title = 80;
constexpr std::size_t longest_about = 300;
constexpr std::size_t longest_purpose = 500;
constexpr std::size_t longest_question = 200;
constexpr std::size_t longest_hint = 200;
constexpr std::size_t longest_option = 80;
constexpr std::size_t longest_end = 40;
constexpr std::size_t longest_id = 30;
constexpr std::size_t longest_answer = 2000;

bool language_tag(const std::string& text)
{
    return (text.size() == 2 || text.size() == 3) &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool short_name(const std::string& text)
{
    if (text.empty() || text.size() > longest_id || text.front() < 'a' || text.front() > 'z')
        return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

bool one_line(const std::string& text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
}

std::string list_of(const std::vector<std::string>& all)
{
    std::string out;
    for (const auto& each : all)
        out += (out.empty() ? "" : ", ") + each;
    return out;
}

class Checking {
public:
    explicit Checking(const CheckInDesign& design) : design_(design) {}

    std::vector<FieldProblem> problems()
    {
        check_languages();
        check_words("/title", "The title", design_.title, longest_title);
        if (!design_.about.empty())
            check_words("/about", "The text above the questions", design_.about, longest_about);
        const auto purpose = code_points(design_.purpose);
        if (!valid_utf8(design_.purpose) || trimmed(design_.purpose).empty() || purpose > longest_purpose)
            say("/purpose", "Say for your colleagues why this is asked, in 1 to 500 characters. People do not read it.");
        check_items();
        return std::move(found_);
    }

private:
    void say(std::string where, std::string what) { found_.push_back({std::move(where), about_ + what}); }

    void check_languages()
    {
        const auto& all = design_.languages;
        if (all.empty() || all.size() > most_languages)
            say("/languages", "Name 1 to 8 languages, the one that most people read first.");
        std::set<std::string> before;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto where = "/languages/" + std::to_string(i);
            if (!language_tag(all[i]))
                say(where, "A language is written in two or three small letters: en.");
            else if (!before.insert(all[i]).second)
                say(where, "The language " + all[i] + " stands twice. Once is enough.");
        }
    }

    /// In each language of the design, and in no other: a form is shown whole or not at all.
    void check_words(const std::string& where, const std::string& what, const LocalText& text, std::size_t longest)
    {
        const auto& languages = design_.languages;
        for (const auto& language : languages) {
            const auto place = where + "/" + language;
            const auto words = text.find(language);
            if (words == text.end() || trimmed(words->second).empty())
                say(place, what + " is missing in " + language + ". Write it in each of these: " + list_of(languages) + ".");
            else if (!valid_utf8(words->second) || !one_line(words->second))
                say(place, what + " is one line of text, without line breaks.");
            else if (const auto length = code_points(words->second); length > longest)
                say(place, what + " has " + std::to_string(length) + " characters in " + language + ". At most " +
                               std::to_string(longest) + " fit.");
        }
        for (const auto& [language, words] : text)
            if (std::find(languages.begin(), languages.end(), language) == languages.end())
                say(where, what + " has words in a language that is not among the languages of this check-in: add it there, "
                                  "or leave the words out.");
    }

    void check_items()
    {
        const auto& items = design_.items;
        if (items.empty() || items.size() > most_items)
            say("/items", "Ask 1 to 12 things. There are " + std::to_string(items.size()) +
                              (items.empty() ? "." : "; what is asked often has to be short."));
        std::set<std::string> names;
        std::size_t texts = 0;
        std::size_t series = 0;
        for (std::size_t i = 0; i < std::min(items.size(), most_items * 2); ++i) {
            const auto& item = items[i];
            const auto where = "/items/" + std::to_string(i);
            about_ = "Item " + std::to_string(i + 1) + (short_name(item.id) ? " (" + item.id + "): " : ": ");
            if (!short_name(item.id))
                say(where + "/id", "Give it a short name of small letters, digits and _, such as energy; at most 30.");
            else if (!names.insert(item.id).second)
                say(where + "/id", "Another item has this name. Choose a different one.");
            check_words(where + "/question", "The question", item.question, longest_question);
            if (!item.hint.empty())
                check_words(where + "/hint", "The hint", item.hint, longest_hint);
            check_kind(where, item);
            texts += item.kind == Kind::Text ? 1U : 0U;
            series += item.series ? 1U : 0U;
            about_.clear();
        }
        if (texts > most_texts)
            say("/items", "At most 3 items are free text. There are " + std::to_string(texts) + ".");
        if (series > most_series)
            say("/items", "At most 4 scales become a series. There are " + std::to_string(series) + ".");
    }

    void check_kind(const std::string& where, const DesignItem& item)
    {
        if (item.series && item.kind != Kind::Scale)
            say(where + "/series", "Only a scale becomes a series.");
        if (item.series && design_.asks == CheckInDesign::Asks::Informant)
            say(where + "/series", "What somebody close answers is no series of the person's: leave it out.");
        if (item.worse != DesignItem::Worse::Neither && item.kind != Kind::Scale)
            say(where + "/worse", "Only a scale has a direction that is worse.");
        if (!item.options.empty() && item.kind != Kind::Choice)
            say(where + "/options", "Only a choice has options.");
        switch (item.kind) {
        case Kind::Scale: check_scale(where, item); break;
        case Kind::Choice: check_choice(where, item); break;
        case Kind::Text:
            if (item.longest < 1 || item.longest > longest_answer)
                say(where + "/longest", "A free text takes 1 to 2000 characters.");
            break;
        }
    }

    void check_scale(const std::string& where, const DesignItem& item)
    {
        const bool near = item.lowest >= -furthest && item.highest <= furthest;
        if (!near || item.lowest >= item.highest)
            say(where + "/highest", "A scale goes up: its lowest number is below its highest, both between -1000 and 1000.");
        else if (item.step < 1 || (item.highest - item.lowest) % item.step != 0)
            say(where + "/step", "The steps from " + std::to_string(item.lowest) + " have to meet " +
                                     std::to_string(item.highest) + " exactly. A step of 1 always does.");
        else if ((item.highest - item.lowest) / item.step + 1 > most_steps)
            say(where + "/step", "At most 21 numbers fit on a small screen. Choose larger steps or a shorter scale.");
        check_words(where + "/at_lowest", "The words for the lowest number", item.at_lowest, longest_end);
        check_words(where + "/at_highest", "The words for the highest number", item.at_highest, longest_end);
    }

    void check_choice(const std::string& where, const DesignItem& item)
    {
        if (item.options.size() < 2 || item.options.size() > most_options)
            say(where + "/options", "Offer 2 to 12 options.");
        for (std::size_t i = 0; i < std::min(item.options.size(), most_options * 2); ++i)
            check_words(where + "/options/" + std::to_string(i), "Option " + std::to_string(i + 1), item.options[i],
                        longest_option);
    }

    const CheckInDesign& design_;
    std::string about_; ///< "Item 2 (energy): " while one is looked at
    std::vector<FieldProblem> found_;
};

} // namespace

std::vector<FieldProblem> problems_of(const CheckInDesign& design) { return Checking(design).problems(); }

} // namespace handrail::monitoring
