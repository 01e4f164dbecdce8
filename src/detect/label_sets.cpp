#include "detect/label_sets.h"

#include <array>

#include "base/text.h"

namespace handrail::detect {

namespace {

// The terms and citations are those that the corpora's own READMEs state.
constexpr std::array sets{
    LabelSet{
        "screening", "messages",
        "which of nine dangers a message speaks of that needs a human the same day, and whether at once",
        "en, es, fr, de, pt", Kind::OneOf, Licence::Open, Measure::FewFalseAlarms,
        "abuse eating_disorder harm_to_others mania medical_emergency psychosis self_harm substance suicide",
        "written for Handrail",
        "Apache 2.0; beside posts of cssrs_posts, and comments of goemotions and requests of clinc150 as ordinary talk",
        "made up from definitions by people who were not in danger; no clinician has reviewed the texts or their "
        "labels; ordinary talk is English only."},
    LabelSet{"reply", "replies", "whether a reply of a language model breaks a safety rule, and which",
             "en, es, fr, de, pt", Kind::OneOf, Licence::Open, Measure::FewFalseAlarms,
             "broken", "written for Handrail",
             "Apache 2.0; beside answers of counselchat (MIT) as ordinary replies",
             "made up from the rules, half of them good replies that look like bad ones; no clinician has reviewed the "
             "replies or their labels; none was said by a language model to anybody."},
    LabelSet{"suicide_risk", "cssrs_posts", "what a post says about suicide, in six classes", "en", Kind::OneOf,
             Licence::Open, Measure::RiskAuroc, "indicator ideation behavior attempt", "Gaur et al. 2019",
             "CC BY (the release of the 500 users; the archive of posts has no licence of its own)",
             "many posts answer other people; a lexicon of the corpus' authors replaced words by medical terms; "
             "annotators marked a post against its author's overall level, so that some read harmless by themselves; "
             "behaviour and attempt are rare."},
    LabelSet{"stress", "dreaddit", "whether a passage speaks of stress (1) or not (0)", "en", Kind::OneOf,
             Licence::Research, Measure::PositiveF1, "1", "Turcan & McKeown 2019", "none stated",
             "several passages come from one post; labels by crowd."},
    LabelSet{"depression", "depression_reddit", "posted in a forum on depression (1) or another (0)", "en", Kind::OneOf,
             Licence::Research, Measure::WeightedF1, "1", "Pirina & Coltekin 2018; Yang et al. 2024",
             "non-clinical research only",
             "the label is the forum, and the other forums are on other topics: topic gives much of it away."},
    LabelSet{"depression_severity", "depsign_ltedi2022", "signs of depression: none, moderate, severe", "en",
             Kind::OneOf, Licence::Research, Measure::MacroF1, "",
             "Kayalvizhi & Thenmozhi 2022; Poswiata & Perelkiewicz 2022", "none stated; competition data",
             "half the texts are called moderate; severe is rare."},
    LabelSet{"suicide_or_depression", "sdcnl", "posted in a forum on suicide (1) or on depression (0)", "en",
             Kind::OneOf, Licence::Research, Measure::MacroF1, "1", "Haque, Reddi & Giallanza 2021", "none stated",
             "the label is the forum, not a judgement of the text."},
    LabelSet{"interpersonal_risk", "irf", "thwarted belongingness and perceived burdensomeness", "en", Kind::Many,
             Licence::Research, Measure::MacroF1, "", "Garg et al. 2023", "none stated",
             "its posts are shared with cause, wellness and suicide_or_depression."},
    LabelSet{"stress_cause", "stress_cause_sms", "the cause of stress in a short message", "en", Kind::OneOf,
             Licence::Research, Measure::WeightedF1, "", "Mauriello et al. 2021; Yang et al. 2024",
             "non-clinical research only", "other causes and emotional turmoil are vague."},
    LabelSet{"cause", "cams", "the cause of distress in a post", "en", Kind::OneOf, Licence::Research, Measure::MacroF1,
             "", "Garg et al. 2022", "research purposes", "annotators agreed little."},
    LabelSet{"wellness", "multiwd", "dimensions of wellness that a post speaks of", "en", Kind::Many, Licence::Research,
             Measure::MacroF1, "", "Sathvik & Garg 2023", "none stated", "the labels overlap in meaning."},
    LabelSet{"distortion", "cognitive_distortion_en", "the kind of distorted thinking, or none", "en", Kind::OneOf,
             Licence::Research, Measure::MacroF1, "", "Shreevastava & Foltz 2021", "not verified",
             "one annotator a text, who agree little on the kind."},
    LabelSet{"emotion", "goemotions", "emotions of a comment, or neutral", "en", Kind::Many, Licence::Open,
             Measure::MacroF1, "", "Demszky et al. 2020", "Apache 2.0 (mirror); CC BY 4.0 (Google's release)",
             "humour of one site; grief has under a hundred texts."},
    LabelSet{"intent", "clinc150", "what a request to an assistant wants, or out of scope", "en", Kind::OneOf,
             Licence::Open, Measure::IntentAccuracy, "oos", "Larson et al. 2019", "CC BY 3.0",
             "requests to a general assistant; none is clinical."},
    LabelSet{"topic", "counselchat", "the topic of a question to a counsellor", "en", Kind::OneOf, Licence::Open,
             Measure::MacroF1, "", "Bertagnolli 2020", "MIT (the repository's); texts by users of counselchat.com",
             "a long tail: several topics have a handful of questions."},
    LabelSet{"hate", "hate_offensive_davidson", "hate, offensive language or neither", "en", Kind::OneOf, Licence::Open,
             Measure::WeightedF1, "", "Davidson et al. 2017", "MIT",
             "found by keywords; its authors showed that it calls African-American English offensive more often. Never "
             "use it alone."},
    LabelSet{"health_mention", "health_mention_rhmd", "a disease word meant as health, figuratively or otherwise", "en",
             Kind::OneOf, Licence::Research, Measure::MacroF1, "", "Naseem et al. 2022", "none stated",
             "found by the names of diseases; some equal texts had differing labels."},
    LabelSet{
        "eating_disorder_es", "es_anorexia_tweets", "Spanish tweets: anorexia or control", "es", Kind::OneOf,
        Licence::Research, Measure::MacroF1, "", "Lopez-Ubeda et al. 2019", "non-commercial",
        "the label comes from hashtags and accounts, the others are tweets about food; where it is from is unclear."},
    LabelSet{"suicide_risk_zh", "zh_suicide_sos_hl_1k", "Chinese posts that speak of suicide: high or low", "zh",
             Kind::OneOf, Licence::Research, Measure::PositiveF1, "high", "Qi et al. 2025", "none stated",
             "low also speaks of suicide; there are no everyday texts."},
    LabelSet{"empathy", "epitome_empathy", "how far a reply shows empathy, in three ways", "en", Kind::Graded,
             Licence::Research, Measure::MacroF1, "", "Sharma et al. 2020", "academic, non-commercial",
             "it reads the reply without what it replies to; level 1 is rare in two of the three."},
};

} // namespace

bool authored(const LabelSet& set)
{
    return set.name == screening_set || set.name == reply_set;
}

std::string encoder_name(const LabelSet& set)
{
    if (authored(set))
        return std::string(set.name);
    return set.licence == Licence::Open ? "open" : "research";
}

std::span<const LabelSet> label_sets()
{
    return sets;
}

const LabelSet* find_label_set(std::string_view name)
{
    for (const auto& set : sets)
        if (set.name == name)
            return &set;
    return nullptr;
}

std::vector<bool> labels_named(std::string_view names, const std::vector<std::string>& labels)
{
    std::vector<bool> out(labels.size());
    for (const auto name : split(names, ' '))
        for (std::size_t k = 0; k < out.size(); ++k)
            out[k] = out[k] || (!name.empty() && labels[k] == name);
    return out;
}

} // namespace handrail::detect
