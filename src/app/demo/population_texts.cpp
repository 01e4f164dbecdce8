#include "app/demo/population_texts.h"

#include <array>

// Every name, word and life in this file is invented. Messages are written for this project, at a reading age of nine to
// eleven, and give no detail of any method.

namespace handrail::demo {

namespace {

using std::string_view;

constexpr std::array<Sketch, 60> people{{
    {"Ada Quillan", "IE", "26_64", Course::Improving},
    {"Bram Thistle", "IE", "26_64", Course::Worse},
    {"Cleo Marrow", "GB", "18_25", Course::Noisy},
    {"Dara Finnweather", "IE", "26_64", Course::Steady},
    {"Edda Sommerlicht", "DE", "26_64", Course::Improving},
    {"Felix Larkspur", "GB", "26_64", Course::Silent},
    {"Gilda Montrovia", "ES", "26_64", Course::Steady},
    {"Hollis Pennywort", "US", "26_64", Course::Worse},
    {"Imre Falkenau", "DE", "18_25", Course::Noisy},
    {"Juno Ashgrove", "GB", "18_25", Course::Improving},
    {"Kester Brackwater", "GB", "65_plus", Course::Steady},
    {"Lioba Windmark", "DE", "26_64", Course::Silent},
    {"Maren Oakshott", "IE", "18_25", Course::New},
    {"Nuala Greyfern", "IE", "26_64", Course::Steady},
    {"Orla Swiftbrook", "IE", "26_64", Course::Worse},
    {"Piers Hallowell-Moss", "GB", "26_64", Course::Noisy},
    {"Quentin Drizzle", "US", "65_plus", Course::Steady},
    {"Rosalba Fontanilla", "ES", "26_64", Course::Improving},
    {"Senan Rushlight", "IE", "18_25", Course::Silent},
    {"Tilda Hazelmere", "GB", "26_64", Course::Steady},
    {"Ulrich Kornblum", "DE", "65_plus", Course::Steady},
    {"Vera Saltmarsh", "GB", "26_64", Course::Worse},
    {"Wren Applegarth", "US", "18_25", Course::Noisy},
    {"Xenia Brightwater", "GB", "26_64", Course::Improving},
    {"Yann Kerbriant", "FR", "26_64", Course::Steady},
    {"Zita Almofrei", "PT", "26_64", Course::Improving},
    {"Alby Cordwainer", "GB", "65_plus", Course::Silent},
    {"Brid Larchfield", "IE", "26_64", Course::Noisy},
    {"Caspar Nightjar", "GB", "26_64", Course::New},
    {"Delphine Roncevert", "FR", "26_64", Course::Worse},
    {"Emer Tidewater", "IE", "26_64", Course::Improving},
    {"Fintan Coppergate", "IE", "18_25", Course::Steady},
    {"Greta Holmwald", "DE", "26_64", Course::Noisy},
    {"Hattie Plumstead", "GB", "65_plus", Course::Improving},
    {"Ignacio Valdemora", "ES", "26_64", Course::Silent},
    {"Jory Penhallick", "GB", "18_25", Course::Steady},
    {"Keelin Ravenhill", "IE", "26_64", Course::Worse},
    {"Lucho Serrabella", "ES", "18_25", Course::Noisy},
    {"Mabel Fernsby", "GB", "26_64", Course::Steady},
    {"Niamh Copperfield-Lane", "IE", "18_25", Course::Improving},
    {"Otis Barleycorn", "US", "26_64", Course::Silent},
    {"Petra Vossberg", "DE", "26_64", Course::New},
    {"Roisin Mulberry", "IE", "26_64", Course::Steady},
    {"Silas Greenway-Tarn", "US", "26_64", Course::Noisy},
    {"Tomas Ribalonga", "PT", "26_64", Course::Steady},
    {"Una Starling", "IE", "65_plus", Course::Silent},
    {"Vito Campoverde", "ES", "26_64", Course::Steady},
    {"Winnie Cloudesley", "GB", "26_64", Course::Improving},
    {"Alma Pedraluz", "PT", "18_25", Course::Noisy},
    {"Benoit Clairval", "FR", "26_64", Course::Steady},
    {"Cormac Windfall", "IE", "26_64", Course::Worse},
    {"Dilys Harrowgate", "GB", "65_plus", Course::Noisy},
    {"Eamon Brightside", "IE", "26_64", Course::New},
    {"Freya Longmeadow", "GB", "18_25", Course::Improving},
    {"Gaspar Montelirio", "PT", "26_64", Course::Silent},
    {"Hedda Koivulampi", "IE", "26_64", Course::New},
    {"Isolde Marchbanks", "GB", "26_64", Course::Worse},
    {"Joss Featherstone-Hay", "IE", "26_64", Course::Improving},
    {"Kirsi Vantaanpuro", "IE", "26_64", Course::New},
    {"Lorcan Meadowsweet", "IE", "26_64", Course::Steady},
}};

// Improving.
constexpr string_view better_1[] = {"I walked to the shop today. First time in weeks.",
                                    "It was only ten minutes but it felt like something.",
                                    "I want to try again on Thursday."};
constexpr string_view better_2[] = {"I slept nearly seven hours. I can think again.",
                                    "Mornings are still hard. Afternoons are okay."};
constexpr string_view better_3[] = {"I rang my sister. We talked about nothing much and it was nice.",
                                    "I had been putting it off for a month."};
constexpr string_view better_4[] = {"Back at work two days now. I am tired but it went all right.",
                                    "My boss was kinder than I thought.", "Can we look at what to do on bad mornings?"};
constexpr string_view better_5[] = {"The worry list helped. I wrote it at six and left it there.",
                                    "I still woke up at four but I went back to sleep."};
constexpr string_view better_6[] = {"I cooked a real dinner. The kids asked what was going on.", "I laughed. That was new."};
constexpr Script improving[] = {{Urgency::Usual, "en", better_1}, {Urgency::Usual, "en", better_2},
                                {Urgency::Usual, "en", better_3}, {Urgency::Usual, "en", better_4},
                                {Urgency::Usual, "en", better_5}, {Urgency::Usual, "en", better_6}};

// Heavier, and not in danger.
constexpr string_view heavier_1[] = {"It has been a bad week. Everything takes so long.",
                                     "I cancelled on a friend again. I feel bad about that."};
constexpr string_view heavier_2[] = {"I am not sleeping well. I lie there and go over work.",
                                     "Is there anything short I could try tonight?"};
constexpr string_view heavier_3[] = {"We had a row at home and I have been low since.", "I do not know how to start talking again."};
constexpr string_view heavier_4[] = {"My hours were cut. I keep counting the money.", "I feel sick when the post comes."};
constexpr Script heavier[] = {{Urgency::Usual, "en", heavier_1}, {Urgency::Usual, "en", heavier_2},
                              {Urgency::Usual, "en", heavier_3}, {Urgency::Usual, "en", heavier_4}};

// Before going quiet.
constexpr string_view quiet_1[] = {"Busy time coming up. I may not check in much."};
constexpr string_view quiet_2[] = {"All fine here. Not much to say."};
constexpr string_view quiet_3[] = {"I am a bit fed up with questions to be honest.", "Maybe once a week would be better."};
constexpr Script quiet[] = {{Urgency::Usual, "en", quiet_1}, {Urgency::Usual, "en", quiet_2}, {Urgency::Usual, "en", quiet_3}};

// Steady.
constexpr string_view even_1[] = {"A normal day. Garden, tea, a film.", "I like it when it is quiet."};
constexpr string_view even_2[] = {"Could you remind me how the breathing one goes?", "Thanks. I will do it before bed."};
constexpr string_view even_3[] = {"When is my next talk with the nurse?", "Okay. I will write down what I want to ask."};
constexpr string_view even_4[] = {"My knee is sore so I am inside more.", "I miss the swimming."};
constexpr string_view even_5[] = {"The new tablets make my mouth dry. Is that known?", "I will ask at the chemist then."};
constexpr string_view even_6[] = {"Choir was good. I almost did not go."};
constexpr string_view even_7[] = {"My son starts school on Monday. I am more nervous than he is."};
constexpr Script steady[] = {{Urgency::Usual, "en", even_1}, {Urgency::Usual, "en", even_2}, {Urgency::Usual, "en", even_3},
                             {Urgency::Usual, "en", even_4}, {Urgency::Usual, "en", even_5}, {Urgency::Usual, "en", even_6},
                             {Urgency::Usual, "en", even_7}};

// Up and down.
constexpr string_view swing_1[] = {"Yesterday was great and today I can hardly get up.", "I never know which one it will be."};
constexpr string_view swing_2[] = {"Exam week. I am up and down every hour.", "I passed the first one though."};
constexpr string_view swing_3[] = {"Good days when I see people, bad days when I do not.", "It seems simple when I write it."};
constexpr string_view swing_4[] = {"I had words with my flatmate. Then we had pizza. So fine now."};
constexpr string_view swing_5[] = {"Some days the worry is a two, some days a nine.", "Today a six."};
constexpr Script noisy[] = {{Urgency::Usual, "en", swing_1}, {Urgency::Usual, "en", swing_2}, {Urgency::Usual, "en", swing_3},
                            {Urgency::Usual, "en", swing_4}, {Urgency::Usual, "en", swing_5}};

// New here.
constexpr string_view first_1[] = {"Hello. I do not really know what to write.", "My doctor said to try this."};
constexpr string_view first_2[] = {"Who can read what I write here?", "Okay. That is good to know."};
constexpr string_view first_3[] = {"I have felt flat since the move. I thought I would give this a go."};
constexpr Script fresh[] = {{Urgency::Usual, "en", first_1}, {Urgency::Usual, "en", first_2}, {Urgency::Usual, "en", first_3}};

// These need somebody.
constexpr string_view now_1[] = {"I cannot do this any more.", "I have decided to kill myself tonight.",
                                 "I wrote the letters already."};
constexpr string_view now_2[] = {"I took an overdose an hour ago and now I feel strange. I do not know what to do."};
constexpr string_view today_1[] = {"I keep thinking about killing myself.", "I do not want to scare anyone.",
                                   "It comes mostly at night."};
constexpr string_view today_2[] = {"I cut myself yesterday. First time in a year.", "I have not told anyone but you."};
constexpr string_view today_3[] = {"My husband grabbed me by the throat on Sunday.", "He says he is sorry. I am scared of him."};
constexpr string_view today_4[] = {"I wish I was dead. I really mean it today."};
constexpr string_view unknown_1[] = {"En jaksa enää. Kaikki on ollut raskasta pitkään, enkä tiedä kenelle puhuisin.",
                                     "Voiko joku ihminen vastata minulle?"};
constexpr string_view soon_1[] = {"Everyone would be better off without me around.", "I am just tired of being a weight on them."};
constexpr string_view soon_2[] = {"I do not see the point of anything. There is no hope for me.",
                                  "I still get up for the dog."};
constexpr string_view soon_3[] = {"Sometimes I wish I could go to sleep and not wake up."};
constexpr string_view soon_4[] = {"I skip meals most days now and I feel good when I do.", "I know that is not great."};
constexpr string_view soon_5[] = {"My partner checks my phone and decides who I can see.", "It is not like he hits me."};
constexpr PressingScript pressing[] = {
    {"Bram Thistle", 12, {Urgency::Now, "en", now_1}},
    {"Wren Applegarth", 34, {Urgency::Now, "en", now_2}},
    {"Hollis Pennywort", 95, {Urgency::Today, "en", today_1}},
    {"Cleo Marrow", 150, {Urgency::Today, "en", today_2}},
    {"Orla Swiftbrook", 210, {Urgency::Today, "en", today_3}},
    {"Cormac Windfall", 55, {Urgency::Today, "en", today_4}},
    {"Kirsi Vantaanpuro", 75, {Urgency::Unknown, "fi", unknown_1}},
    {"Vera Saltmarsh", 500, {Urgency::Soon, "en", soon_1}},
    {"Keelin Ravenhill", 700, {Urgency::Soon, "en", soon_2}},
    {"Delphine Roncevert", 1100, {Urgency::Soon, "en", soon_3}},
    {"Alma Pedraluz", 900, {Urgency::Soon, "en", soon_4}},
    {"Isolde Marchbanks", 1300, {Urgency::Soon, "en", soon_5}},
};

constexpr string_view notes_1[] = {"Stayed in bed.", "Nothing worked today.", "Cried a lot. Do not know why.",
                                   "Could not face the phone."};
constexpr string_view notes_2[] = {"Long shift.", "Slept badly.", "Cancelled again.", "Heavy morning, a bit better later.",
                                   "Too much noise in my head.", "Skipped lunch."};
constexpr string_view notes_3[] = {"Okay day.", "Walked home the slow way.", "Work was work.", "Rain all day.",
                                   "Some worry, some calm.", "Did the washing. That counts."};
constexpr string_view notes_4[] = {"Saw a friend.", "Good walk.", "Finished something I had put off.", "Slept well.",
                                   "Cooked for once.", "Music helped."};
constexpr string_view notes_5[] = {"Best day in a while.", "Laughed a lot.", "Sea swim!", "Felt like me again."};

constexpr string_view signs[] = {"I stop answering messages", "I do not sleep for two nights", "I think that nobody would notice",
                                 "I leave the dishes for days", "My chest is tight all day", "I drink alone",
                                 "I snap at people I love"};
constexpr string_view coping[] = {"Walk to the harbour and back", "Cold water on my hands and face", "Play the old songs",
                                  "Sit with the cat", "Count five things I can see", "A hot shower", "Water the plants"};
constexpr string_view outings[] = {"The library", "My sister’s kitchen", "The park by the school", "The café at the corner",
                                   "Choir on Tuesday", "The swimming pool"};
constexpr string_view safer[] = {"My brother keeps my spare tablets", "I stay out of the kitchen at night",
                                 "I give my car keys to Sam", "I do not drink when I am alone"};
constexpr string_view friend_names[] = {"Sam", "Ines", "Joss", "Marek", "Aoife", "Leni", "Noah", "Carys", "Tess", "Pablo"};
constexpr string_view relation_names[] = {"brother", "sister", "friend", "mother", "father", "partner", "neighbour", "daughter"};
constexpr string_view medicine_lines[] = {"Sertraline 50 mg in the morning", "Citalopram 20 mg", "None",
                                          "Mirtazapine 15 mg at night", "Inhaler when needed"};

} // namespace

std::span<const Sketch> sketches() { return people; }

std::span<const Script> scripts_for(Course course)
{
    switch (course) {
    case Course::Improving: return improving;
    case Course::Worse: return heavier;
    case Course::Silent: return quiet;
    case Course::Steady: return steady;
    case Course::Noisy: return noisy;
    case Course::New: return fresh;
    }
    return steady;
}

std::span<const PressingScript> pressing_scripts() { return pressing; }

std::span<const string_view> notes_for(int mood)
{
    switch (mood) {
    case 1: return notes_1;
    case 2: return notes_2;
    case 4: return notes_4;
    case 5: return notes_5;
    default: return notes_3;
    }
}

std::span<const string_view> warning_signs() { return signs; }
std::span<const string_view> own_coping() { return coping; }
std::span<const string_view> places() { return outings; }
std::span<const string_view> safer_places() { return safer; }
std::span<const string_view> friends() { return friend_names; }
std::span<const string_view> relations() { return relation_names; }
std::span<const string_view> medicines() { return medicine_lines; }

} // namespace handrail::demo
