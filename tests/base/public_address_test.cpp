#include "base/public_address.h"

#include <gtest/gtest.h>

namespace handrail {

TEST(PublicAddress, IsOneThatTheWholeInternetReaches)
{
    for (const auto* there : {"8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.255.255", "100.128.0.1", "192.0.1.1",
                              "2a00:1450:4001:830::200e", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::1"})
        EXPECT_EQ(is_public_address(there), true) << there;
    for (const auto* own : {"0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1",
                            "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1", "198.18.0.1", "198.19.255.255",
                            "198.51.100.1", "203.0.113.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1",
                            "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "2001::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
                            "2002:a00:1::1"})
        EXPECT_EQ(is_public_address(own), false) << own;
    for (const auto* name : {"push.example.net", "", "127.1", "0x7f.0.0.1", "[::1]", "1.2.3.4.5"})
        EXPECT_FALSE(is_public_address(name).has_value()) << name;
}

} // namespace handrail
