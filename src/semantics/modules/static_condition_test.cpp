#include "semantics/modules/static_condition.h"

#include "syntax/parse.h"
#include "syntax/views.h"

#include <gtest/gtest.h>
#include <string>

namespace unspool::semantics {
namespace {

StaticCondition Read(const std::string& test, syntax::Version version = {3, 11}) {
  const std::string text = "if " + test + ": pass\n";
  const syntax::ParseResult parsed = syntax::Parse(text);
  EXPECT_TRUE(parsed.errors.empty()) << test;
  const syntax::Tree& tree = *parsed.tree;
  const syntax::NodeId statement = syntax::ModuleView(tree, tree.root()).body().front();
  return ConditionOf(tree, syntax::IfView(tree, statement).test(), {.version = version});
}

std::optional<bool> Value(const std::string& test, syntax::Version version = {3, 11}) {
  return Read(test, version).value;
}

TEST(StaticCondition, Versions) {
  EXPECT_EQ(Value("sys.version_info >= (3, 11)"), true);
  EXPECT_EQ(Value("sys.version_info < (3, 11)"), false);
  EXPECT_EQ(Value("sys.version_info <= (3, 11)"), false);  // 3.11.0 is above (3, 11)
  EXPECT_EQ(Value("sys.version_info > (3, 11)"), true);
  EXPECT_EQ(Value("sys.version_info == (3, 11)"), false);
  EXPECT_EQ(Value("sys.version_info >= (3,)"), true);
  EXPECT_EQ(Value("sys.version_info >= (4,)"), false);
  EXPECT_EQ(Value("sys.version_info >= (3, 11, 4)"), std::nullopt);  // which release is not known
  EXPECT_EQ(Value("sys.version_info >= (3, 12, 1)"), false);
  EXPECT_EQ(Value("sys.version_info[:2] == (3, 11)"), true);
  EXPECT_EQ(Value("sys.version_info[0] == 2"), false);
  EXPECT_EQ(Value("sys.version_info.minor >= 12", {3, 13}), true);
  EXPECT_EQ(Value("sys.version_info >= minimum"), std::nullopt);
  EXPECT_TRUE(Read("sys.version_info >= minimum").tests_version);
}

TEST(StaticCondition, Platforms) {
  EXPECT_EQ(Value("sys.platform == 'linux'"), true);
  EXPECT_EQ(Value("sys.platform.startswith('win')"), false);
  EXPECT_EQ(Value("os.name in ('nt', 'ce')"), false);
  EXPECT_EQ(Value("os.name not in names"), std::nullopt);
  EXPECT_EQ(Value("sys.maxsize > 2**32"), true);
}

TEST(StaticCondition, Combined) {
  EXPECT_EQ(Value("unknown() and sys.platform == 'win32'"), false);
  EXPECT_EQ(Value("unknown() and sys.platform == 'linux'"), std::nullopt);
  EXPECT_EQ(Value("unknown() or sys.version_info >= (3, 8)"), true);
  EXPECT_EQ(Value("not (sys.version_info >= (3, 8))"), false);
  EXPECT_TRUE(Read("TYPE_CHECKING or DEBUG").type_checking);
  EXPECT_TRUE(Read("not typing.TYPE_CHECKING").not_checking);
  EXPECT_EQ(Value("typing.TYPE_CHECKING"), false);
}

}  // namespace
}  // namespace unspool::semantics
