#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/crypto.h"
#include "base/result.h"

namespace handrail::trust {

/// The key of the audit chain: derived from the master key when the service was set up and kept with the
/// epoch key.
struct AuditKey {
    SecretKey key;
};

/// The key that wraps the keys of organisations and people, in a small file outside every database, sealed
/// with the master key. A new epoch replaces it, and the old one is overwritten: what only the old one opened
/// is gone.
///
/// PATH is the epoch in force, PATH.next the coming one while keys are being wrapped anew, PATH.old one about
/// to be overwritten. A kill between any two steps leaves files that open() understands.
class EpochKeyFile {
public:
    /// @param create  make a first epoch when there is no file; refused (Invalid) by app once a store exists
    /// Invalid, before anything is written, when the master key is not the one the file was sealed with.
    static Result<EpochKeyFile> open(std::string path, const SecretKey& master, bool create);

    /// As open(), but what a kill left beside it is left there: for who only looks, also while a server runs.
    static Result<EpochKeyFile> look(std::string path, const SecretKey& master);

    /// Whether a file opens with this master key; touches nothing.
    static bool opens(const std::string& path, const SecretKey& master);

    struct Epoch {
        std::int64_t number = 0;
        SecretKey key;
    };
    const Epoch& current() const { return current_; }
    /// The coming epoch, when a change is under way. New keys are wrapped with it already.
    const std::optional<Epoch>& next() const { return next_; }
    AuditKey audit_key() const { return audit_; }
    const std::string& path() const { return path_; }

    /// Held by whoever changes the files, from reading them to the end: several nodes share one file, and two changes
    /// at once would each overwrite the key that the other wrapped with. Goes with its holder's process.
    class Turn {
    public:
        explicit Turn(int descriptor) : descriptor_(descriptor) {}
        Turn(Turn&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        friend class EpochKeyFile;
        int lock() const;
        int descriptor_;
    };
    /// Waits for a change that another node is making; Unavailable when it takes longer than two minutes.
    Result<Turn> take_turn() const;

    /// Makes the coming epoch durable beside the current one; does nothing when there is one already.
    /// @param above  its number is higher than this too: a restored service never counts an epoch twice
    Result<void> prepare_next(std::int64_t above = 0);
    /// Puts the coming epoch in force and overwrites the old one. Only when nothing is wrapped with the old
    /// one.
    Result<void> put_next_in_force();
    /// Seals the current epoch with another master key and overwrites the file it was in. Not while a next one is
    /// coming.
    Result<void> change_master(const SecretKey& fresh);
    /// Reads the files again: another node may have changed the epoch.
    Result<void> reload();
    /// Another file that was sealed with the same master key, such as the one in a backup.
    Result<EpochKeyFile> open_another(const std::string& path) const { return open(path, master_, false); }

    /// For tests: called with the name of each step before it; an error stands for a kill at that point.
    std::function<Result<void>(const char* step)> before_step;

private:
    EpochKeyFile() = default;
    std::string path_;
    SecretKey master_;
    Epoch current_;
    std::optional<Epoch> next_;
    AuditKey audit_;

    Result<void> step(const char* name) const;
    Result<void> write_sealed(const std::string& path, const Epoch& epoch) const;
    Result<void> keep_old() const;
    Result<void> finish_old() const;
};

/// The epoch numbers of every epoch key file in a directory tree, as far as their headers say: what an old
/// backup holds.
struct FoundEpoch {
    std::string path;
    std::int64_t number = 0;
};
std::vector<FoundEpoch> epoch_files_in(const std::string& directory);

} // namespace handrail::trust
