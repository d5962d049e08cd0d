// Evaluates one annotation to a declared type.
#pragma once

#include "semantics/declarations/builder.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace unspool::semantics::declarations {

class Evaluator {
 public:
  // `self_class`: whose body the annotation stands in, for Self.
  Evaluator(Builder& builder, const ReadPlace& at, ClassId self_class = {})
      : builder_(builder),
        out_(builder.out_),
        types_(builder.out_.types),
        at_(at),
        self_class_(self_class) {}

  Annotation Evaluate(syntax::NodeId node);
  DeclTypeId Type(syntax::NodeId node);
  // What stands in the brackets of Generic[...] and Protocol[...], and of base classes.
  std::vector<DeclTypeId> Arguments(syntax::NodeId slice);

 private:
  DeclTypeId Unknown(Cause cause, syntax::NodeId node, SymbolId name = {});
  DeclTypeId OfConstant(syntax::NodeId node);
  DeclTypeId OfString(syntax::NodeId node, std::string_view text);
  DeclTypeId OfUnion(syntax::NodeId node);
  DeclTypeId OfMeaning(const Meaning& meaning, syntax::NodeId node);
  DeclTypeId OfForm(SpecialForm form, syntax::NodeId node);
  DeclTypeId OfSubscript(syntax::NodeId node);
  DeclTypeId OfFormArguments(SpecialForm form, syntax::NodeId node, syntax::NodeId slice);
  DeclTypeId OfClassArguments(ClassId id, syntax::NodeId node, syntax::NodeId slice);
  DeclTypeId OfTuple(syntax::NodeId node, syntax::NodeId slice);
  DeclTypeId OfCallable(syntax::NodeId node, syntax::NodeId slice);
  DeclTypeId OfLiteral(syntax::NodeId node, int depth);
  DeclTypeId Argument(syntax::NodeId node);
  std::vector<syntax::NodeId> Items(syntax::NodeId slice) const;

  Builder& builder_;
  Declarations& out_;
  DeclTypeArena& types_;
  ReadPlace at_;
  ClassId self_class_;
  int depth_ = 0;
  uint16_t marks_ = 0;
  DeclTypeId narrowed_;
};

// As many arguments as there are parameters: those for a TypeVarTuple packed, a lone ParamSpec's
// list made, defaults filled in. Nothing where they do not fit.
std::optional<std::vector<DeclTypeId>> FitArguments(Declarations& out,
                                                    std::span<const TypeParamId> params,
                                                    std::vector<DeclTypeId> args);

// The parameters in a type, in order of first appearance.
void CollectParams(const DeclTypeArena& types, DeclTypeId type, std::vector<TypeParamId>& params);

}  // namespace unspool::semantics::declarations
