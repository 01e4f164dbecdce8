#pragma once

#include <memory>
#include <string>

#include <sys/types.h>

namespace handrail::tests {

/// A PostgreSQL server of the test's own: made in a temporary folder, reachable on loopback and a socket in that
/// folder, with fsync on, and gone with the test program. It runs as the user `postgres` when the test runs as root.
class PostgresCluster {
public:
    /// The program's one cluster, started when first asked for. nullptr when this machine has no PostgreSQL server;
    /// `why_not` then says so.
    static PostgresCluster* of_this_program(std::string& why_not);
    ~PostgresCluster();
    PostgresCluster(const PostgresCluster&) = delete;
    PostgresCluster& operator=(const PostgresCluster&) = delete;

    /// A fresh, empty database owned by the role `handrail`. Gives its name.
    std::string fresh_database();
    /// As the role that Handrail uses: it owns the database and is no superuser.
    std::string conninfo(const std::string& database) const;
    std::string superuser_conninfo(const std::string& database) const;
    /// "…/bin/pg_dump" and the like, of the server's own version.
    std::string program(const std::string& name) const { return binaries_ + "/" + name; }
    /// Runs one statement as superuser and gives the first column of the first row; "" when there is none.
    std::string ask(const std::string& database, const std::string& sql) const;
    /// Stops the server at once, as a crash would, and starts it again on the same port with this extra setting.
    void restart(const std::string& setting = {});
    /// Stops it, until restart().
    void stop();

private:
    PostgresCluster() = default;
    bool start(const std::string& setting, std::string& why_not);

    std::string folder_;
    std::string binaries_;
    int port_ = 0;
    pid_t server_ = 0;
    int databases_ = 0;
};

} // namespace handrail::tests
