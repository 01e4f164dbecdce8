#pragma once

#include "monitoring/check_in_design.h"

namespace handrail::monitoring {

/// A made-up check-in as a service could design it, in two languages, with one item of each kind.
inline CheckInDesign evening_check()
{
    CheckInDesign design;
    design.languages = {"en", "de"};
    design.title = {{"en", "Evening check"}, {"de", "Am Abend"}};
    design.about = {{"en", "Three questions about today."}, {"de", "Drei Fragen zu heute."}};
    design.purpose = "To see whether evenings at home become easier after the move.";
    DesignItem energy;
    energy.id = "energy";
    energy.question = {{"en", "How much energy do you have?"}, {"de", "Wie viel Kraft hast du?"}};
    energy.at_lowest = {{"en", "none"}, {"de", "keine"}};
    energy.at_highest = {{"en", "a lot"}, {"de", "viel"}};
    energy.worse = DesignItem::Worse::Down;
    energy.series = true;
    DesignItem where;
    where.id = "where";
    where.kind = DesignItem::Kind::Choice;
    where.question = {{"en", "Where are you?"}, {"de", "Wo bist du?"}};
    where.options = {{{"en", "At home"}, {"de", "Zu Hause"}}, {{"en", "With others"}, {"de", "Bei anderen"}}};
    DesignItem did;
    did.id = "did";
    did.kind = DesignItem::Kind::Choice;
    did.several = true;
    did.question = {{"en", "What did you do?"}, {"de", "Was hast du gemacht?"}};
    did.options = {{{"en", "Cooked"}, {"de", "Gekocht"}}, {{"en", "Read"}, {"de", "Gelesen"}}, {{"en", "Rested"}, {"de", "Geruht"}}};
    DesignItem words;
    words.id = "words";
    words.kind = DesignItem::Kind::Text;
    words.question = {{"en", "Anything you want to say?"}, {"de", "Willst du etwas sagen?"}};
    words.hint = {{"en", "You can leave this empty."}, {"de", "Du kannst das leer lassen."}};
    words.longest = 500;
    design.items = {energy, where, did, words};
    return design;
}

} // namespace handrail::monitoring
