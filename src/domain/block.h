#pragma once

#include <string>
#include <vector>

namespace handrail {

/// An offered answer; typing always works as well.
struct ReplyChoice {
    std::string id;
    std::string text;
};

/// A way to reach a human, or a step of the person's own: a telephone, a text message, a page, or something on this page.
struct Call {
    std::string label;
    std::string detail;
    std::string tel;         ///< for a tel: link
    std::string tel_text;    ///< the number as people read it; empty: as it is dialled
    std::string sms_number;  ///< for an sms: link
    std::string sms_body;
    std::string url;
    std::string action;      ///< safety_plan, talk_to_person
    bool primary = false;
    std::vector<Call> calls = {}; ///< of a step: the touches under its words, emergency first
};

/// One part of a reply, in the order it is read. Channels without blocks show the same content as plain text.
struct Block {
    enum class Kind { Text, Question, Calls, Steps, Told, Aside, Exercise };
    Kind kind = Kind::Text;
    std::string text;
    std::string id;               ///< of an exercise
    std::string title;            ///< of an exercise
    std::vector<ReplyChoice> choices;  ///< of a question, and how an exercise goes on
    std::vector<Call> items;      ///< of calls and steps; a step's words are its label
    std::string state;            ///< of told: nobody, told, opened
    std::string initials;         ///< of told
    int step = 0;                 ///< of an exercise, from 1
    int steps = 0;
    int minutes = 0;
};

} // namespace handrail
