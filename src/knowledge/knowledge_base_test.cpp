#include "knowledge/knowledge_base.h"

#include <chrono>
#include <gtest/gtest.h>
#include <thread>

namespace unspool::knowledge {
namespace {

base::Result<KnowledgeBase> LoadText(std::string_view text) {
  FactFile file{"facts.toml", text};
  return KnowledgeBase::LoadOnly({&file, 1});
}

TEST(KnowledgeBaseTest, BuiltinFactsLoad) {
  auto good = KnowledgeBase::CheckBuiltin();
  ASSERT_TRUE(good) << good.error().message;
  auto loaded = KnowledgeBase::Load({});
  ASSERT_TRUE(loaded);
  const CallFact* sqrt = loaded->FindCall("math.sqrt");
  ASSERT_TRUE(sqrt);
  EXPECT_TRUE(sqrt->IsPure());
  const CallFact* append = loaded->FindMethod("list", "append");
  ASSERT_TRUE(append);
  ASSERT_TRUE(append->HasEffect(EffectKind::Write));
  EXPECT_FALSE(append->HasEffect(EffectKind::Read)) << "append does not look at the list";
  EXPECT_TRUE(loaded->FindCall("builtins.len"));
  EXPECT_TRUE(loaded->FindCall("list"));
  EXPECT_FALSE(loaded->FindCall("builtins.list"));
  EXPECT_FALSE(loaded->FindCall("list.no_such_method"));
}

TEST(KnowledgeBaseTest, LoadsQuickly) {
  auto spent = [begin = std::chrono::steady_clock::now()] {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
        .count();
  };
  auto loaded = KnowledgeBase::Load({});
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(loaded->FindCall("builtins.len"));
  double first = spent();
  EXPECT_TRUE(loaded->FindCall("math.sqrt"));
  EXPECT_TRUE(loaded->FindCall("json.dumps"));
  double some = spent();
  size_t names = loaded->Calls().size();
  std::printf("built-ins %.2f ms, two modules more %.2f ms, all %zu names %.2f ms\n", first, some,
              names, spent());
  EXPECT_LT(some, 100) << "far beyond what a loaded machine explains";
}

TEST(KnowledgeBaseTest, ThreadsMayAskAtOnce) {
  auto loaded = KnowledgeBase::Load({});
  ASSERT_TRUE(loaded);
  std::vector<std::thread> threads;
  std::vector<const CallFact*> found(8);
  for (size_t i = 0; i < found.size(); ++i) {
    threads.emplace_back([&, i] { found[i] = loaded->FindCall("math.sqrt"); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const CallFact* each : found) EXPECT_EQ(each, found[0]);
  EXPECT_TRUE(found[0]);
}

TEST(KnowledgeBaseTest, NamesOfModules) {
  const KnowledgeBase& base = KnowledgeBase::Builtin();
  using enum KnowledgeBase::NameKind;
  EXPECT_EQ(base.Lookup("math", "pi"), Constant);
  EXPECT_EQ(base.Lookup("math", "sqrt"), Call);
  EXPECT_EQ(base.Lookup("builtins", "list"), Class);
  EXPECT_EQ(base.Lookup("math", "nothing"), Unknown);
  EXPECT_TRUE(base.IsBuiltinName("len"));
  EXPECT_TRUE(base.IsBuiltinName("ValueError"));
  EXPECT_FALSE(base.IsBuiltinName("append"));
  EXPECT_TRUE(base.IsException("KeyError"));
  EXPECT_FALSE(base.IsException("int"));
  EXPECT_TRUE(base.IsStandardModule("json"));
  EXPECT_TRUE(base.IsStandardModule("xml.etree"));
  EXPECT_FALSE(base.IsStandardModule("numpy"));
  EXPECT_FALSE(base.IsStandardModule("antigravity"));
}

TEST(KnowledgeBaseTest, GroupsAndOverloads) {
  auto base = LoadText(R"(
module = "m"
[class.C]
params = ["T"]
iter = "T"
picklable = "items"
[[group]]
effects = []
raises = ["ValueError"]
result = "fresh"
deterministic = "yes"
[group.calls]
f = ["(x: int) -> int", { sig = "(x: str) -> str", raises = [], cost = "20 + 3 per x log" }]
C = "(x: iterable[T]) -> m.C[T]"
[[group]]
on = "C"
effects = ["write self append", "escape x into self.items"]
raises = []
result = "fresh"
calls = { put = "(self, x: T) -> None" }
)");
  ASSERT_TRUE(base) << base.error().message;
  const CallFact* f = base->FindCall("m.f");
  ASSERT_TRUE(f);
  EXPECT_EQ(f->raises, std::vector<std::string>{"ValueError"});
  ASSERT_TRUE(f->next_overload);
  EXPECT_TRUE(f->next_overload->raises.empty());
  EXPECT_EQ(f->next_overload->determinism, Determinism::Yes);
  EXPECT_EQ(f->next_overload->cost.per_item_ns, 3);
  EXPECT_TRUE(f->next_overload->cost.log_factor);
  EXPECT_FALSE(f->next_overload->next_overload);
  EXPECT_TRUE(base->FindCall("m.C"));
  const CallFact* put = base->FindMethod("m.C", "put");
  ASSERT_TRUE(put);
  EXPECT_EQ(ToString(*put), "m.C.put(self: m.C[T], /, x: T) -> None");
}

TEST(KnowledgeBaseTest, MistakesNameFileAndLine) {
  struct Case {
    std::string_view text;
    std::string_view place;
  };
  for (const Case& each : {
           Case{"module = 'm'\nx = 1\n", "facts.toml:2:"},
           Case{"module = 'm'\n[[group]]\neffects = []\nraises = []\nresult = "
                "'fresh'\n[group.calls]\n"
                "f = '(x: inn) -> int'\n",
                "facts.toml:7:"},
           Case{"module = 'm'\n[[group]]\neffects = ['write y append']\nraises = []\nresult = "
                "'fresh'\n"
                "[group.calls]\nf = '(x: int) -> int'\n",
                "facts.toml:3:"},
           Case{"module = 'm'\n[[group]]\nraises = []\nresult = 'fresh'\n[group.calls]\n"
                "f = '(x: int) -> int'\n",
                "facts.toml:6:"},
           Case{"module = 'm'\n[group\n", "facts.toml:2:"},
           Case{"[names]\n", "facts.toml:1:"},
       }) {
    auto base = LoadText(each.text);
    ASSERT_FALSE(base) << each.text;
    EXPECT_TRUE(base.error().message.starts_with(each.place)) << base.error().message;
  }
}

TEST(KnowledgeBaseTest, UserFilesReplaceFacts) {
  FactFile file{"mine.toml",
                "module = 'math'\n[[group]]\neffects = ['unknown patched here']\nraises = ['*']\n"
                "result = 'fresh'\n[group.calls]\nsqrt = '(x: float, /) -> unknown'\n"};
  auto base = KnowledgeBase::Load({&file, 1});
  ASSERT_TRUE(base) << base.error().message;
  EXPECT_TRUE(base->FindCall("math.sqrt")->HasEffect(EffectKind::Unknown));
  EXPECT_FALSE(base->FindCall("math.sqrt")->next_overload);
  EXPECT_TRUE(base->FindCall("math.floor"));
}

TEST(KnowledgeBaseTest, QuietRegularExpressions) {
  for (const char* quiet : {"", "a+b", "[a-z]+", "(?P<x>\\d)", "(?:a|b)", "\\[[^]]*\\]", "[^]a]"}) {
    EXPECT_TRUE(RegexIsQuiet(quiet)) << quiet;
  }
  for (const char* loud :
       {"[[a]", "[a--b]", "[a&&b]", "a(?i)b", "[a||b]", "[~~]", "(?i)a", "[a[:alpha:]]"}) {
    EXPECT_FALSE(RegexIsQuiet(loud)) << loud;
  }
}

}  // namespace
}  // namespace unspool::knowledge
