#include "trust/open_record.h"

#include <algorithm>
#include <unordered_set>

#include "base/fields.h"
#include "base/trace.h"
#include "storage/store.h"
#include "trust/admission.h"
#include "trust/audit_chain.h"
#include "trust/seal.h"

namespace handrail::trust {

namespace {

constexpr rows::Statement insert_claim{
    "record.claim", "INSERT INTO idempotency (organisation, account, key_hash, request_hash, at, sealed_reply) "
                    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"};

/// What one transaction did, for the audit record.
class Deeds {
public:
    void note(Deed deed)
    {
        // One entry per request and person for the same deed, however many rows were read.
        const bool known = std::any_of(noted_.begin(), noted_.end(), [&](const Noted& each) {
            return each.deed == deed.deed && each.person == deed.person && each.listed == deed.listed &&
                   each.reason == deed.reason && (each.about_id == deed.about_id || deed.deed.starts_with("read."));
        });
        if (!known)
            noted_.push_back({std::string(deed.deed), deed.person, std::string(deed.about), deed.about_id,
                              std::move(deed.listed), std::move(deed.reason)});
    }

    void opened(PersonId person, const Place& place)
    {
        if (opened_.insert(person).second && opened_.size() == 1)
            first_table_ = place.table;
    }

    /// What goes into the chain: the notes, and one entry for those whose words were opened and whom no note
    /// named.
    std::vector<AuditChain::New> entries() const
    {
        std::vector<AuditChain::New> all;
        all.reserve(noted_.size() + 1);
        auto unnamed = opened_;
        for (const auto& deed : noted_) {
            if (deed.person)
                unnamed.erase(*deed.person);
            for (const auto& person : deed.listed)
                unnamed.erase(person);
            all.push_back({deed.deed, deed.person, deed.about,
                           deed.about_id.empty() ? std::nullopt : std::optional{deed.about_id},
                           more(deed.listed, deed.reason)});
        }
        if (unnamed.size() == 1)
            all.push_back({"read.record", *unnamed.begin(), first_table_, std::nullopt, {}});
        else if (!unnamed.empty())
            all.push_back(
                {"list.record", std::nullopt, first_table_, std::nullopt, more({unnamed.begin(), unnamed.end()}, {})});
        return all;
    }

private:
    /// A Deed with its own texts: the entry of a read is written when the body's locals are gone.
    struct Noted {
        std::string deed;
        std::optional<PersonId> person;
        std::string about;
        RawId about_id;
        std::vector<PersonId> listed;
        std::string reason;
    };
    std::vector<Noted> noted_;
    std::unordered_set<PersonId> opened_;
    std::string first_table_;

    static std::string more(const std::vector<PersonId>& listed, const std::string& reason)
    {
        if (listed.empty() && reason.empty())
            return {};
        Fields fields;
        if (!listed.empty()) {
            std::string ids;
            ids.reserve(listed.size() * 16);
            for (const auto& person : listed)
                ids.append(reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size());
            fields.add("listed", ids);
        }
        if (!reason.empty())
            fields.add("reason", reason);
        return fields.encoded();
    }
};

/// What Reading and Writing have in common.
template <class Interface, class Underlying> class Sheet : public Interface {
public:
    Sheet(Underlying& store, const Actor& actor, Keyring& keyring, Instant now)
        : store_(store), actor_(actor), keyring_(keyring), now_(now), admission_(actor, now)
    {
    }

    const Actor& actor() const override { return actor_; }
    Instant now() const override { return now_; }
    Result<rows::Rows> rows(const rows::Statement& statement, rows::Values values) override
    {
        return store_.rows(statement, values);
    }
    Result<void> admit(PersonId person, Scope scope) override { return admission_.admit(store_, person, scope); }

    Result<Confidential> open(PersonId person, const Place& place, const rows::Blob& sealed) override
    {
        // What somebody is called is no word of theirs: their team must be able to call them by it.
        const bool called = place.table == "person" && place.field == "profile" && actor_.role() == Role::Clinician;
        TRY(admit(person, called ? Scope::Presence : Scope::Words));
        auto words = unseal(*TRY(person_key(person)), actor_.organisation(), person, place, sealed);
        if (!words)
            words = TRY(unsealed_with_former(person, place, sealed));
        if (!words)
            return does_not_open(place);
        deeds_.opened(person, place);
        return *std::move(words);
    }

    Result<Confidential> open(const Place& place, const rows::Blob& sealed) override
    {
        auto words = unseal(TRY(keyring_.organisation_key(actor_.organisation())), actor_.organisation(), PersonId{},
                            place, sealed);
        if (!words)
            words = TRY(unsealed_with_former(PersonId{}, place, sealed));
        if (!words)
            return does_not_open(place);
        return *std::move(words);
    }

    void note(Deed deed) override { deeds_.note(std::move(deed)); }

    const Deeds& deeds() const { return deeds_; }
    const std::optional<PersonId>& refused() const { return admission_.refused(); }

protected:
    Result<const SecretKey*> person_key(PersonId person)
    {
        if (!last_key_ || last_person_ != person) {
            last_key_ = TRY(keyring_.person_key(actor_.organisation(), person));
            last_person_ = person;
        }
        return &*last_key_;
    }

    Underlying& store_;
    const Actor& actor_;
    Keyring& keyring_;

private:
    Instant now_;
    Admission admission_;
    Deeds deeds_;
    PersonId last_person_;
    std::optional<SecretKey> last_key_;

    /// While a key is being replaced, what it sealed before opens with the former one.
    Result<std::optional<Confidential>> unsealed_with_former(PersonId person, const Place& place,
                                                             const rows::Blob& sealed)
    {
        std::optional<Confidential> words;
        for (const auto& key : TRY(keyring_.former_keys(actor_.organisation(), person)))
            if (words = unseal(key, actor_.organisation(), person, place, sealed); words)
                break;
        return words;
    }

    static Error does_not_open(const Place& place)
    {
        return unavailable("A part of the record cannot be opened. The people who run this service have to look.",
                           "a sealed value does not open: " + std::string(place.table) + "." +
                               std::string(place.field) + " of row " + to_text(place.row));
    }
};

class WritingSheet final : public Sheet<Writing, storage::Writing> {
public:
    /// @param claim The state in which the request's claim was when the transaction began: bodies run on another
    /// thread.
    WritingSheet(storage::Writing& store, const Actor& actor, Keyring& keyring, Instant now,
                 std::optional<Claim::State> claim)
        : Sheet(store, actor, keyring, now), claim_(claim)
    {
    }

    Result<std::int64_t> change(const rows::Statement& statement, rows::Values values) override
    {
        TRY(take_claim());
        return store_.change(statement, values);
    }
    Result<rows::Blob> seal(PersonId person, const Place& place, const Confidential& words) override
    {
        TRY(admit(person, Scope::Presence));
        return trust::seal(*TRY(person_key(person)), actor_.organisation(), person, place, words.reveal());
    }
    Result<rows::Blob> seal(const Place& place, const Confidential& words) override
    {
        return trust::seal(TRY(keyring_.organisation_key(actor_.organisation())), actor_.organisation(), PersonId{},
                           place, words.reveal());
    }
    void announce(std::string topic, std::string payload) override
    {
        store_.announce(std::move(topic), std::move(payload));
    }
    void after_commit(std::function<void()> then) override { store_.after_commit(std::move(then)); }

    /// What became of the request's claim in this transaction; none when it has none.
    const std::optional<Claim::State>& claim() const { return claim_; }
    /// Conflict when a change was refused, whatever the body made of it.
    Result<void> every_change_was_made() const
    {
        return change_refused_ ? Result<void>{done_before()} : Result<void>{};
    }

private:
    std::optional<Claim::State> claim_;
    bool change_refused_ = false;

    static Error done_before() { return conflict("The same request was carried out before."); }

    /// Before the first change, and only then: a body that finds that there is nothing to do leaves no claim. Another
    /// node that carries out the same request waits here for the end of this transaction.
    Result<void> take_claim()
    {
        if (!claim_ || claim_ == Claim::State::Held)
            return {};
        if (claim_ == Claim::State::Open) {
            const auto& claim = *actor_.claim();
            const auto taken = TRY(store_.change(insert_claim, {actor_.account(), rows::Blob{claim.key_hash},
                                                                rows::Blob{claim.request_hash}, now(), rows::Blob{}}));
            claim_ = taken == 1 ? Claim::State::Held : Claim::State::Taken;
        }
        change_refused_ = claim_ == Claim::State::Taken;
        return every_change_was_made();
    }
};

class SealedRecord final : public Record {
public:
    SealedRecord(storage::Store& data, Keyring& keyring, AuditKey audit_key, const Clock& clock)
        : data_(data), keyring_(keyring), chain_(std::move(audit_key)), clock_(clock)
    {
    }

    Result<void> read(const Actor& actor, const std::function<Result<void>(Reading&)>& body) override
    {
        std::vector<AuditChain::New> entries;
        std::optional<PersonId> refused;
        const auto now = clock_.now();
        trace::Part part("store.read");
        auto done = data_.read(actor, [&](storage::Reading& store) -> Result<void> {
            Sheet<Reading, storage::Reading> sheet(store, actor, keyring_, now);
            auto answer = body(sheet);
            refused = answer ? std::nullopt : sheet.refused();
            entries = answer ? sheet.deeds().entries() : std::vector<AuditChain::New>{};
            return answer;
        });
        if (!done) {
            part.failed();
            return with_refusal_noted(actor, std::move(done), refused);
        }
        if (entries.empty())
            return {};
        return data_.write(actor, [&](storage::Writing& store) { return append(store, actor, now, entries); });
    }

    Result<void> prepare(const Actor& person, const std::function<Result<void>(Reading&)>& body) override
    {
        if (person.role() != Role::Person)
            return not_allowed("Only a person's own request prepares without an entry.");
        const auto now = clock_.now();
        const trace::Part part("store.read");
        return data_.read(person, [&](storage::Reading& store) -> Result<void> {
            Sheet<Reading, storage::Reading> sheet(store, person, keyring_, now);
            return body(sheet);
        });
    }

    Result<void> write(const Actor& actor, const std::function<Result<void>(Writing&)>& body) override
    {
        std::optional<PersonId> refused;
        const auto claim = actor.claim() ? std::optional{actor.claim()->state} : std::nullopt;
        auto claim_after = claim;
        trace::Part part("store.write");
        auto done = data_.write(actor, [&](storage::Writing& store) -> Result<void> {
            WritingSheet sheet(store, actor, keyring_, clock_.now(), claim);
            auto answer = body(sheet);
            claim_after = sheet.claim();
            refused = answer ? std::nullopt : sheet.refused();
            TRY(std::move(answer));
            TRY(sheet.every_change_was_made());
            return append(store, actor, sheet.now(), sheet.deeds().entries());
        });
        // Held only once it is on disk; taken, whatever became of this transaction.
        if (claim_after && (done || claim_after == Claim::State::Taken))
            actor.claim()->state = *claim_after;
        if (!done)
            part.failed();
        return done ? std::move(done) : with_refusal_noted(actor, std::move(done), refused);
    }

private:
    storage::Store& data_;
    Keyring& keyring_;
    AuditChain chain_;
    const Clock& clock_;

    /// A request that ended because the actor may not see a person is in that person's "who looked" too.
    Result<void> with_refusal_noted(const Actor& actor, Result<void> failed, const std::optional<PersonId>& refused)
    {
        const auto kind = failed.error().kind;
        if (refused && (kind == ErrorKind::NotAllowed || kind == ErrorKind::NotFound))
            TRY(data_.write(actor, [&](storage::Writing& store) {
                return append(store, actor, clock_.now(), {{"refuse.read", refused, "person", *refused, {}}});
            }));
        return failed;
    }

    Result<void> append(storage::Writing& store, const Actor& actor, Instant at,
                        const std::vector<AuditChain::New>& entries)
    {
        if (entries.empty())
            return {};
        return chain_.append(store, actor, at, TRY(keyring_.organisation_key(actor.organisation())), entries);
    }
};

} // namespace

std::unique_ptr<Record> open_record(storage::Store& data, Keyring& keyring, AuditKey audit_key, const Clock& clock)
{
    return std::make_unique<SealedRecord>(data, keyring, std::move(audit_key), clock);
}

} // namespace handrail::trust
