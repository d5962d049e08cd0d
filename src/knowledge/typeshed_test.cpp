#include "knowledge/typeshed.h"

#include <gtest/gtest.h>

namespace unspool::knowledge {
namespace {

TEST(Typeshed, VersionsDecide) {
  if (TypeshedFiles().empty()) GTEST_SKIP() << "built without typeshed-client";
  EXPECT_EQ(FindTypeshedStub("os", 3, 11), "typeshed/os/__init__.pyi");
  EXPECT_EQ(FindTypeshedStub("os.path", 3, 11), "typeshed/os/path.pyi");
  EXPECT_EQ(FindTypeshedStub("distutils.core", 3, 11), "typeshed/distutils/core.pyi");
  EXPECT_EQ(FindTypeshedStub("distutils.core", 3, 12), std::nullopt);
  EXPECT_EQ(FindTypeshedStub("asyncio.taskgroups", 3, 10), std::nullopt);
  EXPECT_TRUE(FindTypeshedStub("asyncio.taskgroups", 3, 11));
  EXPECT_EQ(FindTypeshedStub("numpy", 3, 11), std::nullopt);
  EXPECT_TRUE(TypeshedText("typeshed/os/__init__.pyi")->find("def getcwd") !=
              std::string_view::npos);
}

}  // namespace
}  // namespace unspool::knowledge
