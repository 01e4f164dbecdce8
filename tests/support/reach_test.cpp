// What must be reached from everywhere (safety.md B11, C5, C14, G1, H3, H5, J5): every state, every exercise, every country.
#include <algorithm>

#include <gmock/gmock.h>

#include "conversation_case.h"
#include "shipped_words.h"
#include "support/contacts.h"
#include "support/words.h"

namespace handrail::test {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::Not;

const std::string tongues[] = {"en", "es", "fr", "de", "pt"};
const std::string wishes[] = {"I want to talk to a real person", "quiero hablar con una persona", "je veux parler à une personne",
                              "ich möchte mit einem Menschen sprechen", "quero falar com uma pessoa"};

/// Ten times the text is ten times the work, also where all of it is danger, idiom, or one sentence without an end.
/// Counted, since a timed test would fail on a busy machine; times are in bench/.
TEST(Reach, B11_TheWorkOfScreeningGrowsWithTheTextAndNotFaster)
{
    for (const std::string one : {"my work was long and nobody asked how I was. I want to die. ", "this is killing me lol and I want to die ",
                                  "I could kill for a coffee ", "i want to die ", "he said she said \"kill myself\"? ", "k i l l m e "}) {
        const auto work = [&](int times) {
            std::string text;
            while (times-- > 0)
                text += one;
            return shipped_screener().work_of(text);
        };
        const auto ten = work(20);
        const auto hundred = work(200);
        EXPECT_GT(ten, 0U);
        EXPECT_LE(hundred, 11 * ten) << one;
        EXPECT_GE(hundred, 9 * ten) << one << ": something was not read";
    }
    EXPECT_EQ(shipped_screener().screen("my work was long. I want to die.", {}, "en").urgency, Urgency::Today);
}

TEST(Reach, B6_AnAnswerOfSafetyInTheirOwnWordsLowersByOneStepAndAJokeDoesNot)
{
    const std::string dangers[] = {"I have the pills in my hand and I want to die tonight", "me voy a matar esta noche", "ce soir je vais me tuer",
                                   "ich bringe mich heute Nacht um", "hoje à noite vou me matar"};
    const std::string answers[] = {"no, I am safe now", "no, ya estoy a salvo", "non, je suis en sécurité", "nein, ich bin in Sicherheit",
                                   "não, já estou a salvo"};
    const std::string jokes[] = {"just kidding lol", "es broma jaja", "je rigole", "nur Spaß", "brincadeira kkk"};
    for (std::size_t i = 0; i < std::size(tongues); ++i) {
        Speaker ada(tongues[i]);
        ada.says(dangers[i]);
        ASSERT_EQ(ada.state.held, Urgency::Now) << tongues[i];
        ada.says(jokes[i]);
        EXPECT_EQ(ada.state.held, Urgency::Now) << jokes[i];
        const auto reply = ada.says(answers[i]);
        EXPECT_EQ(ada.state.held, Urgency::Today) << answers[i] << "\n  " << reply.text;
        EXPECT_TRUE(made(reply, "level_eased_by_safety_answer")) << answers[i];
        ada.says("ok");
        EXPECT_EQ(ada.state.held, Urgency::Today) << "remembered";
        ada.says(answers[i]);
        EXPECT_EQ(ada.state.held, Urgency::Today) << "one step, not two";
        ada.says(dangers[i]);
        EXPECT_EQ(ada.state.held, Urgency::Now) << "a new sign";
    }
}

struct Hindered {
    const char* obstacle;
    std::string words[5];
};

TEST(Reach, C5_EveryObstacleIsAnsweredAndAnotherWayOffered)
{
    const Hindered all[] = {
        {"police", {"if I say it they will call the police", "si lo digo llaman a la policía", "si je le dis ils vont appeler la police",
                    "ich habe Angst vor der Polizei", "se disser chamam a polícia"}},
        {"cost", {"I can't afford any help", "no puedo pagar ayuda", "je ne peux pas payer d'aide", "ich kann mir keine Hilfe leisten",
                  "não posso pagar ajuda"}},
        {"cannot_speak", {"I can't speak out loud here", "aquí no puedo hablar en voz alta", "je ne peux pas parler à voix haute ici",
                          "ich kann hier nicht laut sprechen", "aqui não posso falar em voz alta"}},
        {"bad_experience", {"I called a hotline before and they were useless", "ya llamé a una línea y no me ayudaron",
                            "j'ai déjà appelé une ligne et ça n'a servi à rien",
                            "ich habe schon mal bei einer Hotline angerufen und es hat nichts gebracht",
                            "já liguei para uma linha e não ajudou nada"}},
        {"immigration", {"I have no papers and I'm afraid of being deported", "no tengo papeles y temo que me deporten",
                         "je suis sans papiers et j'ai peur de l'expulsion", "ich bin ohne Papiere und habe Angst vor Abschiebung",
                         "estou sem papéis e tenho medo de ser deportado"}},
        {"phone_watched", {"he checks my phone", "mi marido revisa mi teléfono", "il fouille mon téléphone", "er kontrolliert mein Handy",
                           "o meu marido vê o meu telemóvel"}},
        {"not_a_burden", {"I don't want to bother anyone", "no quiero molestar a nadie", "je ne veux pas déranger",
                          "ich will niemanden belasten", "não quero incomodar ninguém"}},
        {"nobody_there", {"I have nobody to talk to", "no tengo a nadie", "je n'ai personne à qui parler", "ich habe niemanden zum Reden",
                          "não tenho ninguém com quem falar"}},
    };
    for (const auto& each : all)
        for (std::size_t i = 0; i < std::size(tongues); ++i)
            for (const auto urgency : {Urgency::Today, Urgency::Now}) {
                Speaker ada(tongues[i]);
                auto finding = finding_of(urgency, Category::Suicide);
                finding.lang = tongues[i];
                const auto reply = ada.says(each.words[i], finding);
                EXPECT_TRUE(made(reply, std::string("obstacle_") + each.obstacle)) << each.words[i] << "\n  " << reply.text;
                const auto& answers = shipped_dialogue().book(tongues[i]).variants("obstacle." + std::string(each.obstacle));
                EXPECT_TRUE(std::any_of(answers.begin(), answers.end(), [&](const auto& answer) {
                    const auto first = support::sentences_of(answer).front();
                    return reply.text.find(first.substr(0, first.find('{'))) != std::string::npos;
                })) << each.words[i] << "\n  " << reply.text;
                // Another way than the emergency number, which stands in every such reply.
                EXPECT_THAT(reply.text, AnyOf(HasSubstr("116 123"), HasSubstr("50808"), HasSubstr("1800 ")))
                    << each.words[i] << "\n  " << reply.text;
            }
}

TEST(Reach, C14_NoTakeoverForTheBereavedThePastProfessionalsAndWriters)
{
    const std::pair<const char*, std::string> people[] = {
        {"en", "my brother died by suicide two years ago and I miss him"},
        {"es", "mi hermano se suicidó hace dos años y lo echo de menos"},
        {"fr", "mon frère s'est suicidé il y a deux ans et il me manque"},
        {"de", "mein Bruder hat sich vor zwei Jahren das Leben genommen und er fehlt mir"},
        {"pt", "o meu irmão suicidou-se há dois anos e tenho saudades dele"},
        {"en", "I attempted suicide ten years ago. That is behind me."},
        {"fr", "il y a dix ans j'ai tenté de me suicider et aujourd'hui je vais bien"},
        {"en", "I tried to kill myself ten years ago and I am well today"},
        {"es", "intenté suicidarme hace diez años y hoy estoy bien"},
        {"de", "ich habe vor zehn Jahren versucht mich umzubringen und heute geht es mir gut"},
        {"pt", "tentei me matar há dez anos e hoje estou bem"},
        {"es", "soy psicóloga y trato a pacientes suicidas"},
        {"pt", "sou psicóloga e trato pacientes suicidas"},
        {"de", "ich bin Psychologe und behandle Patienten, die sich umbringen wollen"},
        {"en", "I am a psychologist and I treat patients who are suicidal"},
        {"fr", "je suis psychologue et je soigne des patients suicidaires"},
        {"de", "ich bin Psychologin und behandle suizidale Patienten"},
        {"en", "I am writing a novel in which a character kills himself"},
        {"es", "estoy escribiendo una novela en la que un personaje se suicida"},
        {"fr", "j'écris un roman dans lequel un personnage se suicide"},
        {"de", "ich schreibe einen Roman in dem sich eine Figur umbringt"},
        {"pt", "estou a escrever um romance em que uma personagem se suicida"},
    };
    for (const auto& [language, words] : people) {
        Speaker ada(language);
        const auto reply = ada.says(words);
        for (const char* takeover : {"crisis_now", "crisis_today", "emergency_number", "direct_question", "safety_plan_offered"})
            EXPECT_FALSE(made(reply, takeover)) << words << "\n  " << reply.text;
    }
}

/// A person asked for after these words: heard, whatever state the conversation is in.
void hears_the_wish(Speaker ada, std::size_t tongue, const std::string& where)
{
    const auto reply = ada.says(wishes[tongue]);
    EXPECT_TRUE(reply.wants_person) << tongues[tongue] << " " << where << ": " << reply.text;
}

TEST(Reach, G1_AWishForAHumanIsHeardAtEveryPointOfEveryFlow)
{
    for (std::size_t i = 0; i < std::size(tongues); ++i) {
        hears_the_wish(Speaker(tongues[i]), i, "at the beginning");
        for (const char* band : {"under_13", "13_17", "65_plus"}) {
            Speaker ada(tongues[i]);
            ada.situation.age_band = band;
            hears_the_wish(ada, i, band);
        }
        const auto& book = shipped_dialogue().phrasebooks().at(tongues[i]);
        for (const auto& [id, question] : book.questions()) {
            Speaker ada(tongues[i]);
            ada.says("…", finding_of(Urgency::Usual));
            ada.state.pending = id;
            hears_the_wish(ada, i, "asked " + id);
        }
        for (const char* pending : {"open", "choice", "wants_human"}) {
            Speaker ada(tongues[i]);
            ada.state.pending = pending;
            hears_the_wish(ada, i, pending);
        }
        // Every step of every exercise: offered, running, left.
        for (const auto& exercise : book.exercises())
            for (int step = -static_cast<int>(exercise.steps.size()); step <= static_cast<int>(exercise.steps.size()); ++step) {
                Speaker ada(tongues[i]);
                ada.state.exercise = exercise.id;
                ada.state.step = step;
                hears_the_wish(ada, i, exercise.id + " step " + std::to_string(step));
            }
        Speaker paused(tongues[i]);
        paused.situation.limits.sitting = std::chrono::minutes{10};
        paused.state.clocks.written_at = paused.situation.now;
        paused.state.clocks.began_at = paused.situation.now - std::chrono::hours{1};
        hears_the_wish(paused, i, "after the longest sitting");
    }
}

TEST(Reach, G1_InDangerAHumanIsAskedForOrTheAlertSaysWhoKnows)
{
    for (std::size_t i = 0; i < std::size(tongues); ++i)
        for (const auto urgency : {Urgency::Today, Urgency::Now}) {
            Speaker ada(tongues[i]);
            auto finding = finding_of(urgency, Category::Suicide);
            finding.lang = tongues[i];
            ada.says("…", finding);
            const auto reply = ada.says(wishes[i]);
            EXPECT_TRUE(reply.wants_person || made(reply, "told") || made(reply, "hand_over")) << tongues[i] << reply.text;
        }
}

TEST(Reach, H3_ALineMadeForTheCategoryComesFirstWhereverACountryHasOne)
{
    const std::pair<Category, std::string> special[] = {{Category::Abuse, "domestic_violence"}, {Category::EatingDisorder, "eating_disorder"}};
    const auto& lines = shipped_dialogue().crisis_lines();
    const auto& book = shipped_dialogue().phrasebooks().at("en");
    int shown = 0;
    for (const auto& [iso, country] : lines.countries()) {
        const auto accepted = lines.accepted_for_demo(iso);
        support::Situation here;
        here.region = iso;
        const auto first = [&](Category category, bool minor, const std::vector<std::string>& audiences) {
            const support::Contacts contacts(lines, book, here, iso, category, minor, audiences);
            return contacts.lines().empty() ? std::string() : contacts.lines().front().audience;
        };
        const auto has = [&](std::string_view audience) {
            return std::any_of(accepted.begin(), accepted.end(), [&](const auto& line) { return line.audience == audience; });
        };
        for (const auto& [category, audience] : special)
            if (has(audience)) {
                EXPECT_THAT(first(category, false, {}), HasSubstr(audience)) << iso;
                ++shown;
            }
        for (const std::string audience : {"veterans", "lgbtq"})
            if (has(audience)) {
                EXPECT_THAT(first(Category::Suicide, false, {audience}), HasSubstr(audience)) << iso;
                ++shown;
            }
        if (has("youth")) {
            EXPECT_THAT(first(Category::Suicide, true, {}), AnyOf(HasSubstr("youth"), HasSubstr("child"))) << iso;
            ++shown;
        }
    }
    EXPECT_GT(shown, 20);
}

TEST(Reach, H5_EveryLineIsOneThatMayBeShownAndEveryEmergencyNumberSaysWhatItReaches)
{
    const auto& lines = shipped_dialogue().crisis_lines();
    for (const auto& language : tongues) {
        const auto& book = shipped_dialogue().phrasebooks().at(language);
        for (const auto& [iso, country] : lines.countries())
            for (const auto category : {Category::Suicide, Category::Abuse, Category::MedicalEmergency, Category::HarmToOthers}) {
                support::Situation here;
                here.region = iso;
                const support::Contacts contacts(lines, book, here, iso, category, false, {});
                for (const auto& line : contacts.lines()) {
                    EXPECT_THAT(line.status, Not(AnyOf(LineStatus::Conflict, LineStatus::SingleSource, LineStatus::Unverified))) << line.id;
                    EXPECT_EQ(line.confirmed, line.status == LineStatus::Agreed) << line.id;
                }
                const auto numbers = content::emergency_for(country, category);
                if (numbers.empty())
                    continue;
                EXPECT_THAT(contacts.emergency(), HasSubstr("(")) << language << " " << iso;
                for (const auto& number : numbers)
                    EXPECT_THAT(contacts.emergency(), HasSubstr(number.number)) << language << " " << iso;
            }
        // The service's own number comes first while somebody is there, and not otherwise.
        support::Situation here;
        here.region = "IE";
        CrisisLine own;
        own.id = "own";
        own.name = "Harbour Street";
        own.phone = own.dial = "01 555 0100";
        here.own_line = own;
        for (const bool staffed : {true, false}) {
            here.staffed = staffed;
            const support::Contacts contacts(lines, book, here, "IE", Category::Suicide, false, {});
            EXPECT_EQ(contacts.lines().front().id == "own", staffed) << language;
        }
    }
}

TEST(Reach, J5_DangerAfterSixtyTurnsIsAnsweredAsAtTheFirst)
{
    for (const auto& language : tongues)
        for (const auto urgency : {Urgency::Today, Urgency::Now})
            for (const auto category : {Category::Suicide, Category::Abuse, Category::MedicalEmergency}) {
                auto finding = finding_of(urgency, category);
                finding.lang = language;
                Speaker early(language), late(language);
                auto usual = finding_of(Urgency::Usual);
                usual.lang = language;
                for (int i = 0; i < 60; ++i) {
                    const auto reply = late.says("… " + std::to_string(i), usual);
                    ASSERT_FALSE(reply.text.empty()) << i;
                }
                const auto first = early.says("…", finding);
                const auto sixtieth = late.says("…", finding);
                EXPECT_EQ(sixtieth.urgency, first.urgency);
                EXPECT_EQ(sixtieth.text_id, first.text_id);
                for (const auto& move : first.moves)
                    if (move != "ai_notice") {
                        EXPECT_TRUE(made(sixtieth, move)) << language << " " << move << "\n  " << sixtieth.text;
                    }
            }
}

/// Motivational interviewing, in numbers: over all scripted conversations that stay out of danger, more is reflected than
/// asked, and nobody is given advice that they neither asked for nor allowed. In AnnoMI's sessions of high quality
/// therapists reflect more than they ask (Wu and others 2022).
TEST(Reach, MoreIsReflectedThanAskedAndNoAdviceComesUnasked)
{
    int reflections = 0, questions = 0, conversations = 0, steps = 0;
    std::set<std::string> known_moves;
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(HANDRAIL_SOURCE_DIR) / "tests/scenarios/converse")) {
        if (entry.path().extension() != ".case")
            continue;
        const auto script = read_case(entry.path());
        const auto talked = talk(shipped_dialogue(), script);
        bool allowed = false;
        ++conversations;
        for (std::size_t i = 0; i < talked.replies.size(); ++i) {
            const auto& reply = talked.replies[i];
            // Outside danger only: in danger a step is part of the protocol.
            const bool danger = reply.urgency != Urgency::Usual;
            for (const auto& move : reply.moves) {
                known_moves.insert(move);
                reflections += !danger && move.starts_with("reflect") ? 1 : 0;
                questions += !danger && move == "open_question" ? 1 : 0;
            }
            // They asked for it, or were asked whether they want it.
            allowed = allowed || made(reply, "offer_choice") || made(reply, "exercise_offer") || made(reply, "advice_asked");
            if (!danger) {
                steps += made(reply, "exercise_step") ? 1 : 0;
                EXPECT_TRUE(allowed || !made(reply, "exercise_step")) << entry.path().filename() << ": " << reply.text;
            }
            if (made(reply, "advice_asked")) {
                continue;
            }
            for (const auto& advice : shipped_dialogue().phrasebooks().at(script.situation.language).variants("say.advice_more"))
                EXPECT_THAT(reply.text, Not(HasSubstr(advice))) << entry.path().filename() << ": " << script.turns[i].words;
        }
    }
    EXPECT_GT(conversations, 200);
    EXPECT_GT(steps, 20);
    for (const char* move : {"offer_choice", "exercise_offer", "exercise_step", "advice_asked", "open_question"})
        EXPECT_TRUE(known_moves.contains(move)) << "no such move is made any more: " << move;
    EXPECT_GT(reflections, questions) << reflections << " reflections, " << questions << " open questions";
}

} // namespace
} // namespace handrail::test
