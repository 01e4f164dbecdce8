#pragma once

#include "support/crisis_protocol.h"

/// What replies in danger are made of.
namespace handrail::support::crisis::parts {

/// What has to be answered first, even in danger: honesty about being an AI (A4), who is called (C16), what is never said.
void answer_first(Turn& turn);
/// What is said first after the answer to a direct question.
void answer_to_question(Turn& turn, const Danger& danger);
/// Who was told, as it is true now (C15, G6). That somebody was told is never left out to keep a reply short; at now it
/// says too who is asked to take the chat over (G1).
/// @param spare  of the sentence that nobody is there
void tell(Turn& turn, Urgency urgency, int spare);
/// The same in two steps, where the reply has to leave room for it.
Block who_was_told(Turn& turn, Urgency urgency);
void tell(Turn& turn, Block told, int spare);
/// Which words of "crisis.told" are true of an alert that goes out at this urgency.
std::string told_key(const Situation& here, Urgency urgency);
/// Whether a human is asked to take the chat over, or nobody can; empty where there is nothing to take over.
std::string who_takes_over(Turn& turn);
/// Asks the first question of the text that was not asked yet, in words not used yet. Never more than one a reply.
bool ask(Turn& turn, const CrisisText& text, bool again_too);
/// As ask, and an open question when all were asked.
void ask_something(Turn& turn, const CrisisText& text);
/// An obstacle is answered, and another way offered (C5).
void answer_obstacles(Turn& turn, const Contacts& contacts);
/// A country nobody named: the person is invited once to name it, without a second question mark (H2).
void invite_country(Turn& turn, const Contacts& contacts);
/// Hands round the throat: a doctor the same day, marks or none (safety.md B).
void if_strangled(Turn& turn);
/// A trusted person and a professional, once (C4).
/// @param crowded  something else had to be answered: when this reply is full, they come with the next one
void name_trusted(Turn& turn, const CrisisText& text, const Filling& filling, bool crowded);
/// The fixed text of this danger; the reply names it.
const CrisisText* text_for(Turn& turn, Urgency urgency, const Danger& danger);
/// For danger that was named before, in words not used yet.
std::string again_words(Turn& turn, const CrisisText& text, const Filling& filling);
/// Whether a help line is any use: in medical danger only when the person also speaks of harming themselves.
bool line_fits_body(const Turn& turn, const Danger& danger);

} // namespace handrail::support::crisis::parts
