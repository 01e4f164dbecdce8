#include "support/contacts.h"

#include <algorithm>

#include "base/text.h"

namespace handrail::support {
namespace {

const std::string& one(const Phrasebook& book, std::string_view key)
{
    static const std::string none;
    const auto& variants = book.variants(key);
    return variants.empty() ? none : variants.front();
}

std::string lower_first(std::string text)
{
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

/// What the directory says in English, in the words of another language, word by word; empty when one is not known: nothing
/// is better than a sentence that the reader cannot read.
std::string in_words_of(const Phrasebook& book, std::string_view english)
{
    std::string out, word;
    const auto end_word = [&] {
        if (word.empty())
            return true;
        const auto& own = one(book, "crisis.contact.hour." + lower_ascii(word));
        out += own;
        word.clear();
        return !own.empty();
    };
    for (const char c : english) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            word += c;
            continue;
        }
        if (!end_word())
            return {};
        out += c;
    }
    return end_word() ? out : std::string();
}

/// The line's own name, without the English words behind it that say for whom it is: those in the reader's language.
std::string name_in(const Phrasebook& book, const std::string& name)
{
    const auto open = name.rfind(" (");
    if (book.language() == "en" || open == std::string::npos || !name.ends_with(')') || name[open + 2] < 'a' || name[open + 2] > 'z')
        return name;
    const auto& own = one(book, "crisis.contact.gloss." + name.substr(open + 2, name.size() - open - 3));
    return name.substr(0, open) + (own.empty() ? std::string() : " (" + own + ")");
}

} // namespace

Contacts::Contacts(const content::CrisisLines& directory, const Phrasebook& book, const Situation& situation,
                   const std::string& region, Category category, bool minor, const std::vector<std::string>& audiences)
    : book_(book), country_(directory.country(region))
{
    if (country_ == nullptr) {
        emergency_ = one(book, "crisis.contact.local_emergency");
        return;
    }
    const auto accepted = situation.accepted_lines ? directory.accepted(region, *situation.accepted_lines)
                                                   : directory.accepted_for_demo(region);
    lines_ = content::fitting(accepted, category, minor, audiences);
    for (auto& line : lines_)
        line.name = name_in(book_, line.name);
    if (situation.own_line && situation.staffed)
        lines_.insert(lines_.begin(), *situation.own_line);
    for (const auto& line : accepted)
        if (line.audience == "emergency_text" && (line.sms || !line.phone.empty()) &&
            (!silent_ || silent_->name.find("register") != std::string::npos))
            silent_ = line;

    numbers_ = content::emergency_for(*country_, category);
    // One word for what several numbers reach: "112 or 999 (emergency services)".
    const bool all_alike = std::all_of(numbers_.begin(), numbers_.end(), [&](const auto& n) {
        return n.reaches == numbers_.front().reaches && n.check_locally == numbers_.front().check_locally;
    });
    const auto what = [&](const EmergencyNumber& number) {
        const auto& words = number.reaches.empty() ? one(book_, "crisis.contact.emergency_services")
                                                   : one(book_, "crisis.contact.reaches." + number.reaches);
        return words.empty() ? number.reaches : words;
    };
    const auto reach = [&](const EmergencyNumber& number) {
        auto words = what(number);
        if (number.check_locally)
            words += "; " + one(book_, "crisis.contact.check_locally");
        return " (" + words + ")";
    };
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
        if (i > 0)
            emergency_ += " " + one(book_, "crisis.contact.or") + " ";
        emergency_ += numbers_[i].number;
        if (all_alike && i + 1 == numbers_.size())
            numbers_alike_ = emergency_;
        if (!all_alike || i + 1 == numbers_.size())
            emergency_ += reach(numbers_[i]);
    }
    if (!numbers_.empty())
        reached_ = what(numbers_.front());
}

std::string Contacts::country_name() const
{
    if (country_ == nullptr)
        return {};
    const auto& own = book_.country(country_->iso);
    return own.empty() ? country_->name : own;
}

std::string Contacts::mark(const CrisisLine& line) const
{
    std::string out;
    const auto add = [&](const std::string& words) {
        if (!words.empty())
            out += (out.empty() ? "" : "; ") + words;
    };
    add(lower_first(line.how));
    add(line.where);
    if (!line.confirmed) {
        auto words = one(book_, "crisis.contact.not_confirmed"); // " (not confirmed here)"
        words.erase(std::remove_if(words.begin(), words.end(), [](char c) { return c == '(' || c == ')'; }), words.end());
        add(words.starts_with(' ') ? words.substr(1) : words);
    }
    return out.empty() ? out : " (" + out + ")";
}

std::string Contacts::hours(const CrisisLine& line) const
{
    if (line.hours == "24/7")
        return one(book_, "crisis.contact.day_and_night");
    if (line.hours.empty() || line.hours.find("UNVERIFIED") != std::string::npos || line.hours == "business hours")
        return {};
    const auto words = book_.language() == "en" ? line.hours : in_words_of(book_, line.hours);
    return words.empty() ? words : ", " + words;
}

Filling Contacts::line_filling(const CrisisLine& line) const
{
    // A line whose name is its number ("024") is not written twice.
    const auto& the_line = one(book_, "crisis.contact.the_line");
    return {{"name", line.name == line.phone && !the_line.empty() ? the_line : line.name}, {"phone", line.phone}, {"hours", hours(line)}, {"mark", mark(line)}, {"url", line.chat_url}};
}

std::optional<CrisisLine> Contacts::voice() const
{
    for (const auto& line : lines_)
        if (!line.phone.empty())
            return line;
    return std::nullopt;
}

std::vector<Call> Contacts::first_calls(bool with_line) const
{
    std::vector<Call> out;
    if (!numbers_.empty()) {
        Call emergency;
        emergency.label = reached_;
        emergency.tel = numbers_.front().number;
        if (numbers_alike_ != emergency.tel)
            emergency.tel_text = numbers_alike_;
        emergency.primary = true;
        out.push_back(std::move(emergency));
    }
    const auto line = voice();
    if (with_line && line && !out.empty() && line->dial != out.front().tel && line->phone != out.front().tel)
        out.push_back(item(*line, false));
    return out;
}

std::string Contacts::first_line() const
{
    if (const auto line = voice())
        return (line->name == line->phone ? std::string() : line->name + ", ") + line->phone + mark(*line);
    if (!lines_.empty() && lines_.front().sms)
        return lines_.front().name + ", " + lines_.front().sms->number;
    return "findahelpline.com";
}

Filling Contacts::filling() const
{
    return {{"emergency", emergency_}, {"line", first_line()}, {"line_call", first_line()}, {"country", country_name()}};
}

std::string Contacts::text_sentence(const CrisisLine& line, Wording& wording) const
{
    auto filling = line_filling(line);
    if (line.sms) {
        filling["number"] = line.sms->number;
        filling["keyword"] = line.sms->keyword;
        return wording.next(book_.variants(line.sms->keyword.empty() ? "crisis.contact.text_plain" : "crisis.contact.text"),
                            filling);
    }
    if (!line.whatsapp.empty()) {
        filling["number"] = line.whatsapp;
        return wording.next(book_.variants("crisis.contact.whatsapp"), filling);
    }
    return wording.next(book_.variants("crisis.contact.chat"), filling);
}

Call Contacts::item(const CrisisLine& line, bool by_text) const
{
    Call out;
    out.label = line.name;
    out.detail = hours(line).empty() ? mark(line) : hours(line).substr(2) + mark(line);
    if (by_text) {
        if (line.sms) {
            out.sms_number = line.sms->number;
            out.sms_body = line.sms->keyword;
        } else {
            out.url = line.chat_url;
            if (out.url.empty())
                out.detail = "WhatsApp " + line.whatsapp;
        }
    } else {
        out.tel = line.dial.empty() ? line.phone : line.dial;
        if (line.phone != out.tel)
            out.tel_text = line.phone;
    }
    return out;
}

void Contacts::put(Draft& draft, Wording& wording, bool first_time, bool written_first, bool with_plan) const
{
    Block block;
    block.kind = Block::Kind::Calls;
    std::string flat;
    const auto add = [&](const std::string& sentence) {
        if (!sentence.empty())
            flat += (flat.empty() ? "" : " ") + sentence;
    };
    const auto spoken = voice();
    const auto written = content::without_speaking(lines_);
    const auto add_voice = [&] {
        if (!spoken)
            return;
        block.items.push_back(item(*spoken, false));
        add(wording.next(book_.variants("crisis.contact.call"), line_filling(*spoken)));
    };
    const auto add_written = [&] {
        if (!written)
            return;
        block.items.push_back(item(*written, true));
        auto same = line_filling(*written);
        if (spoken && spoken->id == written->id && !flat.empty() && (written->sms || !written->chat_url.empty())) {
            same["number"] = written->sms ? written->sms->number : written->chat_url;
            const auto* key = written->sms ? "crisis.contact.text_same" : "crisis.contact.chat_same";
            if (written->sms && !written->sms->keyword.empty())
                same["number"] = written->sms->keyword + " → " + written->sms->number;
            add(wording.next(book_.variants(key), same));
        } else {
            add(text_sentence(*written, wording));
        }
    };
    if (written_first && written) {
        add_written();
        if (first_time && flat.empty())
            add_voice();
    } else {
        add_voice();
        if (first_time)
            add_written();
    }
    if (lines_.empty()) {
        if (country_known())
            add(wording.next(book_.variants("crisis.contact.gap"), {{"country", country_name()}}));
        add(wording.next(book_.variants("crisis.contact.directory")));
        Call directory;
        directory.label = "Find A Helpline";
        directory.url = "https://findahelpline.com";
        block.items.push_back(directory);
    }
    if (flat.empty())
        flat = short_contact(wording, written_first);
    if (!block.items.empty())
        block.items.front().primary = true;
    if (with_plan) {
        Call plan;
        plan.action = "safety_plan";
        block.items.push_back(plan);
    }
    draft.block(std::move(block), flat);
}

std::string Contacts::short_contact(Wording& wording, bool written_first) const
{
    const auto written = content::without_speaking(lines_);
    if (written_first && written)
        if (auto sentence = text_sentence(*written, wording); !sentence.empty())
            return sentence;
    if (const auto line = voice())
        return wording.joined(book_.variants("crisis.contact.call_lead"), book_.variants("crisis.contact.call_act"),
                              line_filling(*line));
    if (written)
        if (auto sentence = text_sentence(*written, wording); !sentence.empty())
            return sentence;
    if (auto sentence = wording.next(book_.variants("crisis.contact.directory")); !sentence.empty())
        return sentence;
    return wording.joined(book_.variants("crisis.contact.call_lead"), {"findahelpline.com"}, {});
}

std::string Contacts::silent_emergency() const
{
    if (!silent_)
        return {};
    auto out = silent_->name;
    if (silent_->sms && out.find(silent_->sms->number) == std::string::npos)
        out += ", " + silent_->sms->number;
    return out;
}

} // namespace handrail::support
