#include "semantics/scopes/bindings.h"

namespace unspool::semantics {

std::string_view WordOf(BindingKind kind) {
  switch (kind) {
    case BindingKind::Assignment:
      return "assignment";
    case BindingKind::Augmented:
      return "augmented assignment";
    case BindingKind::Annotated:
      return "annotated assignment";
    case BindingKind::AnnotationOnly:
      return "annotation";
    case BindingKind::For:
      return "for";
    case BindingKind::With:
      return "with";
    case BindingKind::Comprehension:
      return "comprehension";
    case BindingKind::Walrus:
      return "assignment expression";
    case BindingKind::Delete:
      return "del";
    case BindingKind::Import:
      return "import";
    case BindingKind::ImportFrom:
      return "from import";
    case BindingKind::Function:
      return "function";
    case BindingKind::Class:
      return "class";
    case BindingKind::Parameter:
      return "parameter";
    case BindingKind::ExceptionName:
      return "except";
    case BindingKind::MatchCapture:
      return "match";
    case BindingKind::TypeParameter:
      return "type parameter";
    case BindingKind::TypeAlias:
      return "type alias";
  }
  return "";
}

}  // namespace unspool::semantics
