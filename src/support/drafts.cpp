#include "support/drafts.h"

#include <algorithm>

#include "support/conversation_rows.h"

namespace handrail::support {

namespace {

constexpr int page_of = 50;

/// The parts that are as true in a colleague's mouth as in the AI's: not what it is, and not who was told.
std::string words_to_send(const std::vector<Block>& blocks)
{
    std::string out;
    const auto line = [&](const std::string& text) {
        if (!text.empty())
            out += (out.empty() ? "" : "\n") + text;
    };
    for (const auto& block : blocks) {
        if (block.kind == Block::Kind::Told || block.kind == Block::Kind::Aside)
            continue;
        line(block.kind == Block::Kind::Exercise && !block.title.empty() ? block.title + ". " + block.text : block.text);
        for (const auto& item : block.items) {
            const auto& number = item.tel_text.empty() ? item.tel : item.tel_text;
            const bool named = number.empty() || item.label.find(number) != std::string::npos;
            line(named ? item.label : item.label + " " + number);
        }
    }
    return out;
}

} // namespace

Result<std::optional<DraftReply>> ConversationDesk::draft(const Actor& actor, ConversationId id) const
{
    std::optional<DraftReply> draft;
    TRY(record_.read(actor, [&](trust::Reading& reading) -> Result<void> {
        draft.reset();
        const auto held = TRY(read_one(reading, id));
        const auto& conversation = held.conversation;
        TRY(reading.admit(conversation.person, trust::Scope::Words));
        if (conversation.state != ConversationState::Human || conversation.held_by != actor.account())
            return conflict("A draft is for whoever has the conversation. Take it over first.");
        reading.note({"read.draft", conversation.person, "conversation", id, {}, {}});
        const auto messages = TRY(messages_of(reading, id, std::nullopt, page_of));
        const auto last = std::find_if(messages.rbegin(), messages.rend(), [](const Message& each) {
            return each.author == Author::Person || each.author == Author::Human;
        });
        if (last == messages.rend() || last->author == Author::Human)
            return {}; // it has its answer
        std::vector<std::string> context;
        for (const auto& each : messages)
            if (each.author == Author::Person && each.id != last->id)
                context.push_back(each.text);
        auto here = TRY(situation_of(reading, conversation.person));
        const auto finding = screener_.screen(last->text, context, here.language);
        auto state = held.dialogue; // a copy: the conversation's own goes on where the AI left it
        state.noticed_at = here.now; // what the AI is, is not the colleague's to say
        const auto reply = dialogue_.answer(state, last->text, finding, here);
        DraftReply made{last->id, words_to_send(reply.blocks), {}, {}, sooner(finding.urgency, last->urgency)};
        if (!reply.text_id.empty()) {
            made.fixed = std::exchange(made.text, {});
            made.fixed_id = reply.text_id;
        } else if (reply.wants_person) {
            return {}; // it would say that somebody comes, and somebody is here
        } else {
            const GuardContext around{here.language, here.region, std::nullopt, reply.category, finding.subject,
                                      here.age_band == "13_17" || here.age_band == "under_13", true, GuardContext::Model::Silent};
            if (const auto verdict = guard_.check(made.text, around, dialogue_); !verdict.allowed)
                made.text = verdict.replacement;
        }
        if (!made.text.empty() || !made.fixed.empty())
            draft = std::move(made);
        return {};
    }));
    return draft;
}

} // namespace handrail::support
