// The walk of collect.cpp. Statements nest no deeper than the parser allows indentation; chains of
// elif are walked in a loop. What expressions hold of interest (yield, :=, stores to attributes) is
// found in one pass over the nodes before, and dealt out to scopes as the walk goes by.
#pragma once

#include "semantics/declarations/builder.h"

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace unspool::semantics::declarations {

class Collector {
 public:
  Collector(Builder& builder, UnitId unit)
      : builder_(builder),
        out_(builder.out_),
        unit_(unit),
        tree_(builder.TreeOf(unit)),
        stub_(builder.IsStub(unit)) {}

  void Run();

 private:
  // A scope on the way.
  struct Frame {
    NamespaceKind kind = NamespaceKind::Module;
    NamespaceId ns;  // none yet: a function that may turn out to declare nothing
    Frame* parent = nullptr;
    ClassId class_id;
    FunctionId function_id;
    std::string prefix;        // of qualified names
    std::string private_name;  // of the class around, for names like __x
    std::vector<Definition> definitions;
    std::unordered_set<uint32_t> globals, nonlocals;
    bool generator = false;
    // Stores to attributes of plain names, which a method may find to be its self.
    struct Store {
      syntax::NodeId target;
      syntax::NameId base;
    };
    std::vector<Store> stores;
  };

  void FindInteresting();
  void ForgetRead(syntax::NodeId call);
  // Deals out what lies before a byte, or up to a node's id.
  void ConsumeBefore(Frame& frame, uint32_t byte, bool skipped = false);
  void ConsumeThrough(Frame& frame, syntax::NodeId node, bool skipped = false);
  void Consume(Frame& frame, syntax::NodeId node, bool skipped);

  // Its text may bind names of the module that are not written.
  void OpenUnit(syntax::NodeId node);

  void Body(syntax::NodeList body, Frame& frame, uint8_t flags);
  void Statement(syntax::NodeId node, Frame& frame, uint8_t flags);
  void If(syntax::NodeId node, Frame& frame, uint8_t flags);
  void Try(syntax::NodeId node, Frame& frame, uint8_t flags);
  void Import(syntax::NodeId node, Frame& frame, uint8_t flags);
  void ImportFrom(syntax::NodeId node, Frame& frame, uint8_t flags);
  void Assign(syntax::NodeId node, Frame& frame, uint8_t flags);
  void AnnAssign(syntax::NodeId node, Frame& frame, uint8_t flags);
  void Pattern(syntax::NodeId node, Frame& frame, uint8_t flags);
  void Target(syntax::NodeId target, Frame& frame, uint8_t flags, DefinitionKind kind,
              syntax::NodeId statement, syntax::NodeId expression);
  void DefineFunction(syntax::NodeId node, Frame& frame, uint8_t flags);
  void DefineClass(syntax::NodeId node, Frame& frame, uint8_t flags);
  void AddParams(Function& function, syntax::NodeId arguments);
  Range AddDecorators(syntax::NodeList decorators);
  // A namespace for PEP 695 parameters; `around` where there are none.
  NamespaceId AddTypeParams(syntax::NodeList params, NamespaceId around, Range& made);
  void FinishFunction(Frame& frame, Frame& outer, uint32_t first_byte);
  void AllSteps(Frame& frame, syntax::NodeId value);
  void AllCall(Frame& frame, syntax::NodeId call);

  Definition& Define(Frame& frame, DefinitionKind kind, SymbolId name, syntax::NodeId node,
                     uint8_t flags);
  void EnsureNamespace(Frame& frame);
  SymbolId NameIn(const Frame& frame, syntax::NameId name);
  SymbolId Qualified(const Frame& frame, SymbolId name);
  Frame& ModuleFrame(Frame& frame);

  Builder& builder_;
  Declarations& out_;
  UnitId unit_;
  const syntax::Tree& tree_;
  bool stub_;
  std::vector<syntax::NodeId> interesting_;
  size_t at_ = 0;
  Definition dropped_;
  std::unordered_map<uint32_t, syntax::NodeId> annotated_stores_;
  std::unordered_map<uint32_t, std::vector<AttributeSite>> sites_;  // by class
};

}  // namespace unspool::semantics::declarations
