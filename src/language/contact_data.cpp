#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "language/recogniser.h"

namespace handrail::language {

namespace {

using Kind = Piece::Kind;

bool digit(char c) { return c >= '0' && c <= '9'; }
bool word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; }
std::ptrdiff_t digits_in(std::string_view text) { return std::count_if(text.begin(), text.end(), digit); }

void find_mail(Look& look)
{
    const auto text = look.text;
    for (auto at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
        auto begin = at;
        while (begin > 0 && (word_byte(text[begin - 1]) || std::string_view("._%+-'").find(text[begin - 1]) != std::string_view::npos))
            --begin;
        auto end = at + 1;
        while (end < text.size() && (word_byte(text[end]) || text[end] == '.' || text[end] == '-' || text[end] == '_'))
            ++end;
        while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-'))
            --end;
        if (end - at < 3)
            continue;
        const bool domain = text.substr(at, end - at).find('.') != std::string_view::npos;
        if (begin < at)
            look.take(begin, end, domain ? Personal::Email : Personal::Link);
        else
            look.take(at, end, Personal::Link); // a name in some network
    }
}

void find_links(Look& look)
{
    const auto text = look.text;
    const auto to_its_end = [&](std::size_t begin) {
        auto end = begin;
        while (end < text.size() && std::isspace(static_cast<unsigned char>(text[end])) == 0 && text[end] != '"' && text[end] != '<' && text[end] != '>')
            ++end;
        while (end > begin && std::string_view(".,;:!?)]}'*").find(text[end - 1]) != std::string_view::npos)
            --end;
        return end;
    };
    const auto low = low_letters(text);
    if (low.size() == text.size())
        for (const std::string_view start : {"http://", "https://", "www."})
            for (auto at = low.find(start); at != std::string::npos; at = low.find(start, at + 1))
                look.take(at, to_its_end(at), Personal::Link);
    const auto& pieces = look.pieces;
    for (std::size_t i = 0; i + 2 < pieces.size(); ++i) {
        const auto& ending = pieces[i + 2].low;
        const bool known = ending == "com" || ending == "org" || ending == "net" || ending == "edu" || ending == "gov" || ending == "info";
        if (known && pieces[i + 1].low == "." && !pieces[i + 1].spaced && !pieces[i + 2].spaced && pieces[i].kind != Kind::Mark)
            look.take(pieces[i].begin, to_its_end(pieces[i].begin), Personal::Link);
        if ((pieces[i].low == "u" || pieces[i].low == "r") && pieces[i + 1].low == "/" && !pieces[i + 1].spaced && !pieces[i + 2].spaced)
            look.take(pieces[i].begin, to_its_end(pieces[i].begin), Personal::Link);
    }
}

void find_machine_addresses(Look& look)
{
    const auto text = look.text;
    for (std::size_t at = 0; at < text.size();) {
        if (std::isxdigit(static_cast<unsigned char>(text[at])) == 0 || (at > 0 && word_byte(text[at - 1]))) {
            ++at;
            continue;
        }
        auto end = at;
        while (end < text.size() && (std::isxdigit(static_cast<unsigned char>(text[end])) != 0 || text[end] == ':' || text[end] == '.'))
            ++end;
        while (end > at && (text[end - 1] == '.' || text[end - 1] == ':'))
            --end;
        const auto run = text.substr(at, end - at);
        const auto dots = std::count(run.begin(), run.end(), '.');
        const auto colons = std::count(run.begin(), run.end(), ':');
        const auto all_digits = std::all_of(run.begin(), run.end(), [](char c) { return digit(c) || c == '.'; });
        if ((dots == 3 && all_digits && run.find("..") == std::string_view::npos && run.size() <= 15) || (colons >= 4 && dots == 0))
            look.take(at, end, Personal::Link);
        at = std::max(end, at + 1);
    }
}

bool year(std::string_view text) { return text.size() == 4 && (text.substr(0, 2) == "19" || text.substr(0, 2) == "20"); }
bool day_or_month(std::string_view text) { return text.size() <= 2 && std::atoi(std::string(text).c_str()) <= 31; }

void find_dates(Look& look)
{
    const auto& p = look.pieces;
    const auto number = [&](std::size_t i) { return i < p.size() && p[i].kind == Kind::Number; };
    const auto day = [&](std::size_t i) { // "3", "3rd"
        return i < p.size() && ((number(i) && day_or_month(p[i].low)) ||
                                (p[i].kind == Kind::Mixed && p[i].low.size() <= 4 && digit(p[i].low.front()) &&
                                 !digit(p[i].low.back()) && digits_in(p[i].low) <= 2));
    };
    const auto month = [&](std::size_t i) { return i < p.size() && p[i].kind == Kind::Word && look.lists.among("month", p[i].low); };
    const auto skip = [&](std::size_t i) {
        while (i < p.size() && (p[i].low == "," || p[i].low == "." || p[i].low == "of" || p[i].low == "de" || p[i].low == "the"))
            ++i;
        return i;
    };
    for (std::size_t i = 0; i < p.size(); ++i) {
        if (number(i) && number(i + 2) && number(i + 4) && p[i + 1].low == p[i + 3].low &&
            (p[i + 1].low == "/" || p[i + 1].low == "-" || p[i + 1].low == ".") && !p[i + 1].spaced && !p[i + 3].spaced) {
            const auto &a = p[i].low, &b = p[i + 2].low, &c = p[i + 4].low;
            const bool full = (year(a) && day_or_month(b) && day_or_month(c)) ||
                              (day_or_month(a) && day_or_month(b) && (year(c) || (c.size() == 2 && p[i + 1].low == "/")));
            if (full && look.take(p[i].begin, p[i + 4].end, Personal::Date)) {
                i += 4;
                continue;
            }
        }
        if (day(i) && month(skip(i + 1))) {
            const auto m = skip(i + 1);
            const auto y = skip(m + 1);
            if (number(y) && year(p[y].low))
                look.take(p[i].begin, p[y].end, Personal::Date);
            else if (look.follows("born", i))
                look.take(p[i].begin, p[m].end, Personal::Date);
        } else if (month(i) && day(i + 1)) {
            const auto y = skip(i + 2);
            if (number(y) && year(p[y].low))
                look.take(p[i].begin, p[y].end, Personal::Date);
            else if (look.follows("born", i))
                look.take(p[i].begin, p[i + 1].end, Personal::Date);
        } else if (number(i) && year(p[i].low) && look.follows("born", i)) {
            look.take(p[i].begin, p[i].end, Personal::Date);
        }
    }
}

/// Digits with what stands between the groups of a telephone number.
struct DigitRun {
    std::size_t end = 0;
    std::vector<std::size_t> groups; ///< digits in each
    std::size_t digits = 0;
    bool only_spaces = true;
    bool marked = false; ///< + or ( stands at its head
};

DigitRun digit_run(std::string_view text, std::size_t at)
{
    DigitRun run;
    run.end = at;
    std::size_t between = 0;
    bool in_group = false;
    for (auto i = at; i < text.size(); ++i) {
        const char c = text[i];
        if (digit(c)) {
            if (!in_group)
                run.groups.push_back(0);
            in_group = true;
            between = 0;
            ++run.groups.back();
            ++run.digits;
            run.end = i + 1;
            continue;
        }
        in_group = false;
        if ((c == '+' || c == '(') && run.digits == 0) {
            run.marked = true;
            continue;
        }
        if (std::string_view(" ()./-").find(c) == std::string_view::npos || ++between > 3)
            break;
        run.only_spaces = run.only_spaces && c == ' ';
    }
    return run;
}

bool like_a_telephone(const DigitRun& run, std::string_view written)
{
    if (run.digits < 7 || run.digits > 15)
        return false;
    if (run.groups.size() == 1 || run.marked)
        return true;
    if (run.groups.size() == 2 && run.groups[0] == 4 && run.groups[1] == 4 && year(written.substr(0, 4)) &&
        year(written.substr(written.size() - 4)))
        return false; // from one year to another
    const bool pairs = std::all_of(run.groups.begin(), run.groups.end(), [](auto n) { return n <= 2; });
    if (pairs) // 06 12 34 56 78, 20-32-85-26; not a count from 1 to 10
        return run.groups.size() <= 6 && std::all_of(run.groups.begin() + 1, run.groups.end(), [](auto n) { return n == 2; });
    return run.groups.size() <= 6;
}

void find_numbers(Look& look)
{
    const auto text = look.text;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if ((!digit(c) && c != '+' && c != '(') || (at > 0 && word_byte(text[at - 1]) && digit(c))) {
            ++at;
            continue;
        }
        auto run = digit_run(text, at);
        if (run.digits == 0) {
            ++at;
            continue;
        }
        if (look.taken(at, at + 1)) { // a date, an address of a machine
            while (at < text.size() && digit(text[at]))
                ++at;
            ++at;
            continue;
        }
        // What another way of looking found ends it.
        for (const auto& each : look.found)
            if (each.begin > at && each.begin < run.end)
                run = digit_run(text.substr(0, each.begin), at);
        const auto written = text.substr(at, run.end - at);
        const bool letter_follows = run.end < text.size() && word_byte(text[run.end]) && text[run.end] != 'x';
        const bool ssn = run.groups.size() == 3 && run.groups[0] == 3 && run.groups[1] == 2 && run.groups[2] == 4;
        auto end = run.end;
        if (end + 1 < text.size() && text[end] == 'x' && digit(text[end + 1])) // an extension
            for (++end; end < text.size() && digit(text[end]);)
                ++end;
        if (!letter_follows && (ssn || run.digits >= 13))
            look.take(at, end, Personal::Number);
        else if (!letter_follows && like_a_telephone(run, written))
            look.take(at, end, Personal::Phone);
        at = std::max(run.end, at + 1);
    }
}

/// Bank accounts: GB29NWBK60161331926819, or in groups of four. Before other numbers, which would take a part of one.
void find_accounts(Look& look)
{
    const auto& p = look.pieces;
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto& low = p[i].low;
        const bool head = p[i].kind == Kind::Mixed && low.size() >= 4 && std::isalpha(static_cast<unsigned char>(low[0])) != 0 &&
                          std::isalpha(static_cast<unsigned char>(low[1])) != 0 && digit(low[2]) && digit(low[3]);
        if (head && low.size() >= 15)
            look.take(p[i].begin, p[i].end, Personal::Number);
        if (!head || low.size() != 4)
            continue;
        auto last = i;
        while (last + 1 < p.size() && p[last + 1].end - p[last + 1].begin <= 4 && p[last + 1].spaced &&
               p[last + 1].kind != Kind::Mark && p[last + 1].kind != Kind::Line && (p[last + 1].kind != Kind::Word || p[last + 1].shouted))
            ++last;
        if (last >= i + 3 && digits_in(look.text.substr(p[i].begin, p[last].end - p[i].begin)) >= 8)
            look.take(p[i].begin, p[last].end, Personal::Number);
    }
}

void find_papers(Look& look)
{
    const auto& p = look.pieces;
    const auto mixed = [&](std::size_t i) { return i < p.size() && p[i].kind == Kind::Mixed; };
    for (std::size_t i = 0; i < p.size(); ++i) {
        const auto& low = p[i].low;
        // SW1A 1AA, B0J 2H0
        if (mixed(i) && mixed(i + 1) && low.size() <= 4 && low.size() >= 2 && p[i + 1].low.size() == 3 && digit(p[i + 1].low[0]) &&
            std::isalpha(static_cast<unsigned char>(low[0])) != 0 && p[i].capital &&
            look.take(p[i].begin, p[i + 1].end, Personal::Place))
            continue;
        const auto count = digits_in(low);
        if (mixed(i) && count >= 4 && low.size() >= 6) {
            auto letters = low;
            letters.erase(std::remove_if(letters.begin(), letters.end(), digit), letters.end());
            if (letters.size() < 3 || !look.lists.ordinary(look.language, letters))
                look.take(p[i].begin, p[i].end, Personal::Number);
        } else if ((mixed(i) || p[i].kind == Kind::Number) && count >= 4) {
            for (auto back = i; back > 0 && i - back < 5; --back) {
                const auto& word = p[back - 1].low;
                if (look.lists.among("id", word)) {
                    look.take(p[i].begin, p[i].end, Personal::Number);
                    break;
                }
                if (!look.lists.among("bridge", word))
                    break;
            }
        }
    }
}

} // namespace

void find_contact_data(Look& look)
{
    find_mail(look);
    find_links(look);
    find_machine_addresses(look);
    find_dates(look);
    find_accounts(look);
    find_numbers(look);
    find_papers(look);
}

} // namespace handrail::language
