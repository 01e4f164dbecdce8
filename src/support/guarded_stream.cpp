#include "support/guarded_stream.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "support/words.h"

namespace handrail::support {

namespace {

constexpr std::size_t longest_sentence = 600; ///< bytes; a model that never ends a sentence is not waited for

bool ends_sentence(char c) { return c == '.' || c == '!' || c == '?' || c == '\n'; }

/// One past a sentence that has ended and after which something else began: "e.g." at the end may go on.
std::size_t sentence_end(std::string_view text)
{
    for (std::size_t i = 0; i + 1 < text.size(); ++i)
        if (ends_sentence(text[i]) && (text[i] == '\n' || std::isspace(static_cast<unsigned char>(text[i + 1])) != 0))
            return i + 1;
    return std::string_view::npos;
}

/// Marks of a page, a program or a talk with roles: a reply is plain words.
bool plain(std::string_view text)
{
    for (const std::string_view mark : {"://", "www.", "<", ">", "{", "}", "`", "**", "##", "|", "@", "\\", "MOVE:"})
        if (text.find(mark) != std::string_view::npos)
            return false;
    const auto low = lower_ascii(text);
    for (const std::string_view mark : {"system prompt", "my instructions", "my rules", "these rules", "as instructed", "assistant:",
                                        "user:", "system:", "developer mode", "jailbr", "language model trained", "pseudonym"})
        if (low.find(mark) != std::string::npos)
            return false;
    const auto start = trimmed(text);
    return start.empty() || (start.front() != '-' && start.front() != '*' && start.front() != '#');
}

/// Numbers that stand in a text but not in what is known.
bool numbers_known(std::string_view text, std::string_view known)
{
    for (std::size_t i = 0; i < text.size();) {
        if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) {
            ++i;
            continue;
        }
        auto end = i;
        while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end])) != 0)
            ++end;
        if (known.find(text.substr(i, end - i)) == std::string_view::npos)
            return false;
        i = end;
    }
    return true;
}

} // namespace

void GuardedStream::begin()
{
    waiting_.clear();
    held_.clear();
    let_out_.clear();
    why_.clear();
}

bool GuardedStream::refuse(std::string why)
{
    why_ = std::move(why);
    waiting_.clear();
    held_.clear();
    return false;
}

std::string GuardedStream::text() const
{
    std::string out;
    for (const auto& sentence : let_out_)
        out += (out.empty() ? "" : " ") + sentence;
    return out;
}

bool GuardedStream::allowed(const std::string& text)
{
    if (const auto verdict = guard_.check(text, form_.around, dialogue_); !verdict.allowed)
        return refuse(verdict.reasons.front().rule + ": " + verdict.reasons.front().why);
    return true;
}

bool GuardedStream::sentence_came(std::string_view raw)
{
    const auto put = form_.put_back(trimmed(raw));
    if (!put.ok())
        return refuse("it speaks of somebody who is not in this conversation");
    const auto& sentence = *put;
    if (sentence.empty())
        return true;
    if (!plain(trimmed(raw)))
        return refuse("it is not plain words");
    if (raw.find('[') != std::string_view::npos && sentence.find('[') != std::string::npos)
        return refuse("something stands in brackets");
    if (!numbers_known(sentence, form_.known))
        return refuse("it gives a number that nobody gave");
    const auto mark = sentence_mark(sentence);
    if (std::any_of(form_.said.begin(), form_.said.end(), [&](const auto& each) { return sentence_mark(each) == mark; }))
        return refuse("it says again what was said before");
    auto all = text();
    if (!held_.empty())
        all += (all.empty() ? "" : " ") + held_;
    if (let_out_.size() + (held_.empty() ? 0 : 1) + 1 > form_.most_sentences || count_words(all) + count_words(sentence) > form_.most_words)
        return refuse("it is too long");
    const auto questions = std::count(all.begin(), all.end(), '?') + std::count(sentence.begin(), sentence.end(), '?');
    if (questions > (form_.may_ask ? 1 : 0))
        return refuse(form_.may_ask ? "it asks more than one question" : "it asks a question");
    if (!allowed(sentence) || (!held_.empty() && !allowed(held_ + " " + sentence)))
        return false;
    if (!held_.empty())
        let_out_.push_back(held_);
    held_ = sentence;
    return true;
}

bool GuardedStream::take(std::string_view text)
{
    if (!why_.empty())
        return false;
    waiting_ += text;
    for (auto end = sentence_end(waiting_); end != std::string::npos; end = sentence_end(waiting_)) {
        const auto sentence = waiting_.substr(0, end);
        waiting_.erase(0, end);
        if (!sentence_came(sentence))
            return false;
    }
    if (waiting_.size() > longest_sentence)
        return refuse("a sentence does not end");
    return true;
}

bool GuardedStream::finish(bool whole)
{
    if (!why_.empty())
        return false;
    const auto last = std::string(trimmed(waiting_));
    waiting_.clear();
    const bool ended = !last.empty() && (ends_sentence(last.back()) || static_cast<unsigned char>(last.back()) >= 0x80);
    if (!last.empty() && (whole || ended) && !sentence_came(last))
        return false;
    if (held_.empty())
        return refuse("it says nothing");
    auto all = text();
    all += (all.empty() ? "" : " ") + held_;
    if (!allowed(all))
        return false;
    // The words of an AI are screened as a person's are: danger that only the model speaks of is not its to bring up.
    const auto heard = screener_.screen(all, {}, form_.around.language);
    if (raises_alert(heard.urgency))
        return refuse("it speaks of danger, or in a language that is not the conversation's");
    if (heard.lang != "und" && heard.lang != form_.around.language && count_words(all) >= 4)
        return refuse("it is not in the conversation's language");
    let_out_.push_back(std::exchange(held_, {}));
    return true;
}

} // namespace handrail::support
