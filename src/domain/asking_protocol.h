#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "domain/check_in.h"
#include "domain/urgency.h"

namespace handrail {

/// How long an ask waits, what follows when nobody answers, and when less or more is asked (content/protocols/asking.json).
struct AskingProtocol {
    std::string version = "1";
    std::chrono::hours check_in_open{18};
    std::chrono::hours questionnaire_open{72};

    /// What so many unanswered asks in a row call for; the gravest that applies counts.
    struct Missed {
        std::string id;
        int in_a_row = 2;
        Urgency after = Urgency::Usual; ///< only for somebody with a finding of this urgency or a graver one; Usual: anybody
        int within_days = 14;           ///< how long ago that finding may be
        Urgency urgency = Urgency::Soon;
        std::string why;
        std::string source;
    };
    std::vector<Missed> missed;

    /// Not being asked for a while: at most so long. The person's own pause soon after something grave is looked at.
    struct Pause {
        int longest_days = 28;
        Urgency after = Urgency::Soon; ///< with a finding of this urgency or a graver one
        int within_days = 14;
        Urgency urgency = Urgency::Soon;
        std::string why;
        std::string source;
    } pause;

    /// Words that stand in questions about danger, in small letters, in every language: what is asked with one of them has to
    /// say which answers need a human.
    std::vector<std::string> danger_words;

    /// Questionnaires whose link never goes by WhatsApp.
    struct KeptOff {
        std::string form;
        std::string asks_about;
        std::string where; ///< in it
        std::string source;
    };
    std::vector<KeptOff> kept_off_whatsapp;

    /// Somebody close whom a person lets be asked.
    struct Informants {
        int most = 3;                    ///< that one person names at a time
        int least_days = 7;              ///< between two asks
        int most_days = 90;
        std::chrono::hours open{72};     ///< how long an ask waits
        int competence_below = 16;       ///< years: a clinician records first that the person understands what they agree to
        int abuse_days = 180;            ///< no letter so long after a finding of abuse, unless a clinician says it may go
    } informants;

    /// How long a supporter's link may last: what the person chooses from, the shortest first.
    struct Supporters {
        std::vector<int> days{7, 30, 90, 180};
        int usual_days = 30; ///< chosen unless they choose another
    } supporters;

    struct Burden {
        int days = 14;             ///< check-ins looked at
        int answers_at_least = 5;  ///< fewer say nothing
        int mood_at_least = 3;     ///< steady and well: none of them lower
        double median_at_least = 4;
        int quiet_days = 28;       ///< and no finding of `soon` or graver for so long
        int low_answers = 3;       ///< not well: the last so many are, on average, no better than
        double low_at_most = 2;
        int concern_days = 14;     ///< or a finding of `soon` or graver within so many days
        int factor = 2;            ///< less: so many times fewer; more: so many times as many
        std::string source;
        LocalText usual, less, more; ///< why, in words for the person and the clinician
    } burden;
};

} // namespace handrail
