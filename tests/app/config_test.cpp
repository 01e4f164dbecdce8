#include "app/config.h"

#include <gtest/gtest.h>

#include <fstream>

#include "folder_for_test.h"

namespace handrail::app {

namespace {

class ConfigTest : public testing::Test {
protected:
    Result<Config> read(const std::string& text)
    {
        std::ofstream(folder.path() / "handrail.toml") << text;
        return read_config(folder.path() / "handrail.toml");
    }
    tests::FolderForTest folder;
};

} // namespace

TEST_F(ConfigTest, TheEpochKeyLiesInTheFolderUnlessNodesShareOne)
{
    const std::string postgres =
        "[store]\nfolder = \"a\"\npostgres = \"dbname=data\"\npostgres_keys = \"dbname=keys\"\n";
    const auto alone = read(postgres);
    ASSERT_TRUE(alone.ok()) << alone.error().told;
    EXPECT_EQ(epoch_key_file(*alone), folder.path() / "a" / "epoch.key");

    const auto shared = read(postgres + "[keys]\nepoch = \"shared/epoch.key\"\n");
    ASSERT_TRUE(shared.ok()) << shared.error().told;
    EXPECT_EQ(epoch_key_file(*shared), folder.path() / "shared" / "epoch.key");
    auto elsewhere = *shared;
    keep_in(elsewhere, folder.path() / "b");
    EXPECT_EQ(epoch_key_file(elsewhere), folder.path() / "shared" / "epoch.key");

    const auto embedded = read("[keys]\nepoch = \"shared/epoch.key\"\n");
    ASSERT_FALSE(embedded.ok());
    EXPECT_NE(embedded.error().told.find("[keys] epoch is for the nodes of a PostgreSQL service"), std::string::npos);
}

TEST_F(ConfigTest, LanguageModelsAreOffAndNamedOneByOne)
{
    EXPECT_TRUE(read("[language]\nreplies_a_day = 5\n")->language.endpoints.empty());
    const auto config = read("[language]\nall_ms = 5000\n[[language.endpoint]]\nname = \"A\"\nurl = \"https://a.example.org/v1/\"\n"
                             "model = \"m\"\nkey_file = \"a.key\"\n[[language.endpoint]]\nname = \"B\"\n"
                             "url = \"http://127.0.0.1:8081/v1\"\nmodel = \"n\"\n");
    ASSERT_TRUE(config.ok()) << config.error().told;
    ASSERT_EQ(config->language.endpoints.size(), 2U);
    EXPECT_EQ(config->language.endpoints[0].url, "https://a.example.org/v1");
    EXPECT_EQ(config->language.endpoints[0].key_file, folder.path() / "a.key");
    EXPECT_EQ(config->language.endpoints[1].name, "B");
    EXPECT_EQ(config->language.all_ms, 5000);
    for (const char* slip : {"name = \"A\"\nmodel = \"m\"\n", "name = \"A\"\nurl = \"ftp://a\"\nmodel = \"m\"\n",
                             "name = \"A\"\nurl = \"https://a\"\nmodel = \"m\"\nkey = \"secret\"\n"})
        EXPECT_NE(read(std::string("[[language.endpoint]]\n") + slip).error().told.find("'endpoint' must be"), std::string::npos) << slip;
}

TEST_F(ConfigTest, LimitsAreNumbersOfAtLeastOne)
{
    const auto config =
        read("[server]\nbuffered_mib = 64\n[limits]\nwriting_per_minute = 30\norganisation_per_minute = 900\n");
    ASSERT_TRUE(config.ok()) << config.error().told;
    EXPECT_EQ(config->buffered_mib, 64);
    EXPECT_EQ(config->limits.writing, 30);
    EXPECT_EQ(config->limits.organisation, 900);
    EXPECT_EQ(config->limits.reading, 1200) << "what is not named stays";
    EXPECT_NE(read("[limits]\ncostly_per_minute = 0\n").error().told.find("'costly_per_minute' must be a whole number"),
              std::string::npos);
}

TEST_F(ConfigTest, ASlipIsNamedWithItsLineAndWhatWouldBeRight)
{
    const auto said = [&](const std::string& text) {
        const auto config = read(text);
        return config.ok() ? std::string("it reads") : config.error().told;
    };
    EXPECT_NE(said("[server]\nprot = 1\n").find("line 2: [server] has no 'prot'"), std::string::npos);
    EXPECT_NE(said("[server]\nport = 70000\n").find("line 2: 'port' must be a whole number"), std::string::npos);
    EXPECT_NE(said("[sever]\nport = 1\n").find("line 1: there is no section [sever]"), std::string::npos);
    EXPECT_NE(said("[server\n").find("line 1"), std::string::npos);
    EXPECT_EQ(said("[server]\nport = 8080\n"), "it reads");
}

TEST_F(ConfigTest, TheGatewayIsOffUntilAnUpstreamIsNamed)
{
    const auto off = read("");
    ASSERT_TRUE(off.ok()) << off.error().told;
    EXPECT_EQ(off->gateway.upstream, "");
    EXPECT_FALSE(off->gateway.keep_prompts);
    const auto on = read("[gateway]\nupstream = \"https://llm.example.org/v1\"\nmodels = [\"small\"]\nkeep_prompts = true\n"
                         "keep_crisis_days = 7\n");
    ASSERT_TRUE(on.ok()) << on.error().told;
    EXPECT_EQ(on->gateway.models, std::vector<std::string>{"small"});
    EXPECT_TRUE(on->gateway.keep_prompts);
    EXPECT_EQ(on->gateway.keep_crisis_days, 7);
    const auto said = [&](const std::string& text) {
        const auto config = read("[gateway]\n" + text);
        return config.ok() ? std::string() : config.error().told;
    };
    EXPECT_NE(said("upstream = \"https://llm.example.org\"\n").find("models"), std::string::npos);
    EXPECT_NE(said("upstream = \"llm.example.org\"\nmodels = [\"a\"]\n").find("https://"), std::string::npos);
    EXPECT_NE(said("not_understood = \"maybe\"\n").find("help"), std::string::npos);
    EXPECT_NE(said("keep_prompts = \"yes\"\n").find("true or false"), std::string::npos);
}

TEST_F(ConfigTest, CheckpointsGoNowhereUntilAFolderIsNamed)
{
    const auto none = read("");
    ASSERT_TRUE(none.ok()) << none.error().told;
    EXPECT_TRUE(none->checkpoints.empty());
    const auto some = read("[audit]\ncheckpoints = \"elsewhere\"\n");
    ASSERT_TRUE(some.ok()) << some.error().told;
    EXPECT_EQ(some->checkpoints, folder.path() / "elsewhere");
    EXPECT_EQ(some->checkpoint_every, std::chrono::hours{24});
    const auto often =
        read("[audit]\ncheckpoints = \"/mnt/far\"\ncheckpoint_every = \"90m\"\ncheckpoint_command = \"mail x\"\n");
    ASSERT_TRUE(often.ok()) << often.error().told;
    EXPECT_EQ(often->checkpoints, "/mnt/far");
    EXPECT_EQ(often->checkpoint_every, std::chrono::minutes{90});
    EXPECT_EQ(often->checkpoint_command, "mail x");
    const auto slip = read("[audit]\ncheckpoint_every = \"daily\"\n");
    ASSERT_FALSE(slip.ok());
    EXPECT_NE(slip.error().told.find("line 2: 'checkpoint_every' must be a length of time"), std::string::npos);
    const auto command_alone = read("[audit]\ncheckpoint_command = \"mail x\"\n");
    ASSERT_FALSE(command_alone.ok());
    EXPECT_NE(command_alone.error().told.find("name a folder there too"), std::string::npos);
}

} // namespace handrail::app
