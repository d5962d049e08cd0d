// Declarations of small texts put in by hand: names across units, types, substitution, bad input.
#include "semantics/declarations/declare.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace unspool::semantics::declarations {

namespace {

class Units {
 public:
  Units& Add(std::string module, std::string text, UnitKind kind = UnitKind::Source) {
    UnitInput input;
    input.module = std::move(module);
    input.path = input.module;
    input.kind = kind;
    input.in_project = kind == UnitKind::Source;
    auto kept = std::make_shared<std::string>(std::move(text));
    input.text = *kept;
    input.keep = kept;
    options_.inputs.push_back(std::move(input));
    return *this;
  }

  const Declarations& Get() {
    if (!made_) made_ = Declare(options_);
    return *made_;
  }

  const Meaning& Of(std::string_view module, std::string_view name) {
    const Declarations& all = Get();
    const Name* found = all.FindName(all.units[all.FindUnit(module)].names, all.Find(name));
    static const Meaning nothing;
    return found ? found->meaning : nothing;
  }

  // The type of a parameter of a function, as text.
  std::string Param(std::string_view module, std::string_view function, uint32_t index = 0) {
    const Declarations& all = Get();
    const Meaning& meaning = Of(module, function);
    if (!meaning.Is(MeaningKind::Function)) return "no function";
    return TypeText(all, all.types, all.ParamsOf(meaning.function_id())[index].annotation.type);
  }

 private:
  DeclareOptions options_;
  std::unique_ptr<Declarations> made_;
};

struct Expected {
  std::string_view annotation;
  std::string_view type;
};

// The annotations, each on a parameter of its own function, behind what is written `before`.
std::vector<std::string> Types(const std::vector<Expected>& cases, std::string_view before) {
  std::string text =
      "from typing import *\nimport collections.abc\nT = TypeVar('T')\nP = ParamSpec('P')\n"
      "Ts = TypeVarTuple('Ts')\n";
  text.append(before).append("\n");
  for (size_t index = 0; index < cases.size(); ++index) {
    text += fmt::format("def f{}(x: {}): ...\n", index, cases[index].annotation);
  }
  Units units;
  units.Add("m", text);
  std::vector<std::string> types;
  for (size_t index = 0; index < cases.size(); ++index) {
    types.push_back(units.Param("m", fmt::format("f{}", index)));
  }
  return types;
}

void Expect(const std::vector<Expected>& cases, std::string_view before = "") {
  const std::vector<std::string> types = Types(cases, before);
  for (size_t index = 0; index < cases.size(); ++index) {
    EXPECT_EQ(types[index], cases[index].type) << cases[index].annotation;
  }
}

TEST(Annotations, Forms) {
  Expect({{"int", "int"},
          {"None", "None"},
          {"int | None", "int | None"},
          {"Optional[Union[int, str]]", "int | str | None"},
          {"Union[int]", "int"},
          {"List[int]", "list[int]"},
          {"dict[str, 'int']", "dict[str, int]"},
          {"'dict[str, \"int\"]'", "dict[str, int]"},
          {"tuple[int, ...]", "tuple[int, ...]"},
          {"tuple[()]", "tuple[()]"},
          {"Tuple[int, str]", "tuple[int, str]"},
          {"tuple[int, *Ts]", "tuple[int, *Ts]"},
          {"tuple", "tuple[Any, ...]"},
          {"type[int]", "type[int]"},
          {"Callable[[int, str], bool]", "Callable[[int, str], bool]"},
          {"collections.abc.Callable[..., T]", "Callable[..., T]"},
          {"Callable[P, T]", "Callable[P, T]"},
          {"Callable[Concatenate[int, P], T]", "Callable[Concatenate[int, P], T]"},
          {"Literal[1, -2, 0x10, 'a', b'b', True, None]",
           "Literal[1] | Literal[-2] | Literal[16] | Literal['a'] | Literal[b'b'] | "
           "Literal[True] | None"},
          {"Annotated[int, 'unit']", "int"},
          {"Never", "Never"},
          {"Iterable[T]", "typing.Iterable[T]"},
          {"collections.abc.Iterable[T]", "typing.Iterable[T]"}});
}

TEST(Annotations, UnknownWithItsCause) {
  Expect({{"nothing", "Unknown(name-missing)"},
          {"1 + 2", "Unknown(invalid-form)"},
          {"'1 +'", "Unknown(string-syntax)"},
          {"''", "Unknown(string-syntax)"}});
  Expect({{"v", "Unknown(variable-as-type)"}}, "v = 3");
  Expect({{"dict[int]", "Unknown(wrong-arguments)"}, {"f()", "Unknown(invalid-form)"}});
  Expect({{"missing.Thing", "Unknown(module-not-found)"}}, "import missing");
  Expect({{"X", "Unknown(variable-as-type)"}}, "if f:\n  X = int\nelse:\n  X = str");
}

TEST(Annotations, Aliases) {
  Expect({{"Pair[int]", "tuple[int, int]"}, {"Pair", "tuple[Any, Any]"}}, "Pair = tuple[T, T]");
  Expect({{"A", "int | str"}}, "A: TypeAlias = 'int | str'");
  Expect({{"A", "int"}}, "B = int\nA = B");
  Expect({{"Color['RED']", "m.Color"}}, "import enum\nclass Color(enum.Enum):\n  RED = 1");
  Expect({{"N", "m.N"}}, "N = NewType('N', int)");
}

TEST(Annotations, CircularAliasesEnd) {
  Expect({{"A", "list[Unknown(recursive-alias)]"}}, "A: TypeAlias = 'list[A]'");
  Expect({{"A", "Unknown(variable-as-type)"}}, "A = B\nB = A");
}

TEST(Annotations, LongAndDeepOnesEnd) {
  std::string alternatives = "int";
  for (int count = 0; count < 10000; ++count) alternatives += " | C";
  alternatives = "'" + alternatives + "'";
  std::string deep = "int";
  for (int count = 0; count < 1000; ++count) deep = "list[" + deep + "]";
  deep = "'" + deep + "'";
  std::string doubled = "A0 = int\n";
  for (int count = 1; count < 100; ++count) {
    doubled += fmt::format("A{} = tuple[A{}, A{}]\n", count, count - 1, count - 1);
  }
  const auto types =
      Types({{alternatives, ""}, {deep, ""}, {"A99", ""}}, "class C: ...\n" + doubled);
  EXPECT_TRUE(types[0].starts_with("Unknown(")) << types[0].substr(0, 100);
  EXPECT_NE(types[1].find("Unknown"), std::string::npos);
  EXPECT_FALSE(types[2].empty());
}

TEST(Names, SeveralBindingsAreNeverTheLast) {
  Units units;
  units.Add("m",
            "import os\nclass A: ...\nclass A: ...\ndef f(): ...\ndef f(): ...\n"
            "if os:\n  class B: ...\nelse:\n  B = None\nimport os.path\n"
            "try:\n  from a import C\nexcept ImportError:\n  from b import C\n");
  EXPECT_EQ(units.Of("m", "A").reason.cause, Cause::SeveralBindings);
  EXPECT_EQ(units.Of("m", "f").reason.cause, Cause::SeveralBindings);
  EXPECT_EQ(units.Of("m", "os").kind, MeaningKind::Module);
  EXPECT_EQ(units.Of("m", "C").reason.cause, Cause::SeveralBindings);
}

TEST(Names, StubsExportByThePep484Rules) {
  Units units;
  units.Add("lib",
            "import os\nimport re as re\nfrom typing import Any, List as List\n"
            "from other import *\n__all__ = ['Any']\n",
            UnitKind::Stub);
  units.Add("other", "x: int\n_y: int\n", UnitKind::Stub);
  units.Add("m", "from lib import os, re, List, Any, x, _y\n");
  EXPECT_EQ(units.Of("m", "os").reason.cause, Cause::NotExported);
  EXPECT_EQ(units.Of("m", "re").kind, MeaningKind::Module);
  EXPECT_EQ(units.Of("m", "List").kind, MeaningKind::Class);
  EXPECT_EQ(units.Of("m", "Any").kind, MeaningKind::SpecialForm);
  EXPECT_EQ(units.Of("m", "x").kind, MeaningKind::Variable);
  EXPECT_EQ(units.Of("m", "_y").reason.cause, Cause::ModuleAttribute);
}

TEST(Names, CirclesOfStarsAndImportsEnd) {
  Units units;
  units.Add("a", "from b import *\nfrom b import q\nclass A: ...\n");
  units.Add("b", "from a import *\nfrom a import q\nclass B: ...\n");
  EXPECT_EQ(units.Of("a", "A").kind, MeaningKind::Class);
  EXPECT_FALSE(units.Of("a", "q").known());
}

TEST(Classes, CyclicBasesEnd) {
  Units units;
  units.Add("lib", "class A(B): ...\nclass B(A): ...\nclass C(C): ...\n", UnitKind::Stub);
  units.Add("m", "from lib import A, B, C\n");
  const Declarations& all = units.Get();
  for (const char* name : {"A", "B", "C"}) {
    const ClassId id = all.FindClass("lib", name);
    EXPECT_NE(all.classes[id].mro_state, MroState::Complete) << name;
    EXPECT_TRUE(all.classes[id].mro_reason) << name;
  }
}

TEST(Classes, MembersBehindAnUnknownBase) {
  Units units;
  units.Add("m",
            "from nowhere import U\nclass A:\n  def f(self): ...\n  def g(self): ...\n"
            "class B(A, U):\n  def f(self): ...\n");
  const Declarations& all = units.Get();
  const ClassId b = all.FindClass("m", "B");
  EXPECT_EQ(all.LookupMember(b, all.Find("f")).kind, MemberHit::Kind::Found);
  EXPECT_EQ(all.LookupMember(b, all.Find("g")).kind, MemberHit::Kind::Found);
  EXPECT_EQ(all.LookupMember(b, all.Find("__init__")).kind, MemberHit::Kind::Unknown);
  EXPECT_EQ(all.IsSubclass(b, all.FindClass("m", "A")), true);
  EXPECT_EQ(all.IsSubclass(b, all.known.int_type), std::nullopt);
}

TEST(Classes, ArgumentsAlongTheOrder) {
  Units units;
  units.Add("m",
            "from typing import Generic, TypeVar\nT = TypeVar('T')\nK = TypeVar('K')\n"
            "class A(Generic[T]): ...\nclass B(A[list[K]], dict[K, T]): ...\n"
            "class C(B[int, str]): ...\n");
  const Declarations& all = units.Get();
  const ClassId c = all.FindClass("m", "C");
  auto text = [&](ClassId base) {
    std::string result;
    for (DeclTypeId type : all.ArgumentsOf(c, base)) result += TypeText(all, all.types, type) + ";";
    return result;
  };
  EXPECT_EQ(text(all.FindClass("m", "A")), "list[int];");
  EXPECT_EQ(text(all.known.dict), "int;str;");
  EXPECT_EQ(text(all.FindClass(all.FindUnit("typing", UnitKind::Stub), "Mapping")), "int;str;");
  EXPECT_EQ(text(all.FindClass(all.FindUnit("typing", UnitKind::Stub), "Iterable")), "int;");
}

TEST(Classes, ArgumentsOfAnInstance) {
  Units units;
  units.Add("m", "x = 1\n");
  const Declarations& all = units.Get();
  DeclTypeArena types = all.types;
  const DeclTypeId args[] = {types.Class(all.known.str), types.Class(all.known.int_type)};
  const ClassId mapping = all.FindClass(all.FindUnit("typing", UnitKind::Stub), "Mapping");
  const auto made = ArgumentsAs(all, types, all.known.dict, args, mapping);
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(made[0], args[0]);
  EXPECT_EQ(made[1], args[1]);
}

TEST(Substitution, SpreadsTuplesAndLists) {
  Expect({{"B[[int], str]", "Callable[[str, int], str]"}}, "B = Callable[Concatenate[str, P], T]");
  Expect({{"B[..., str]", "Callable[..., str]"}}, "B = Callable[P, T]");
  Expect({{"B[int, str]", "tuple[int, int, str]"}}, "B = tuple[int, *Ts]");
}

TEST(Units, BrokenTextIsUnread) {
  Units units;
  units.Add("lib", "class A(:\n", UnitKind::Stub);
  units.Add("m", "from lib import A\nclass B(A): ...\n");
  EXPECT_EQ(units.Of("m", "A").reason.cause, Cause::ModuleUnread);
  const Declarations& all = units.Get();
  EXPECT_EQ(all.classes[all.FindClass("m", "B")].mro_reason.cause, Cause::ModuleUnread);
}

}  // namespace

}  // namespace unspool::semantics::declarations
