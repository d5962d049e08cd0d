// The compiler's errors in the patterns of `match`: names bound twice or in one alternative only,
// patterns that make later ones unreachable, repeated keys and attributes.
#include "semantics/scopes/compile_errors_impl.h"
#include "syntax/repr.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <unordered_set>

namespace unspool::semantics::compile_errors {

using namespace syntax;

namespace {

std::string QuotedName(Context& context, NameId name) {
  std::string out;
  AppendStringRepr(out, context.Text(name), context.options.target);
  return out;
}

// A number of a pattern: real and imaginary part, each as written, with its sign.
struct Part {
  const Constant* constant = nullptr;
  std::string_view text;
  bool negative = false;
};
struct Number {
  Part real, imaginary;
};

class PatternPass {
 public:
  PatternPass(Context& context, const std::function<void(NodeId)>& visit)
      : context_(context), tree_(context.tree), visit_(visit) {}

  void Check(NodeId id, bool may_be_irrefutable) {
    last_ = id;
    switch (tree_.kind(id)) {
      case NodeKind::MatchValue: {
        NodeId value = MatchValueView(tree_, id).value();
        if (!IsLiteral(value) && tree_.kind(value) != NodeKind::Attribute) {
          context_.Fail(id, "patterns may only match literals and attribute lookups");
        }
        return visit_(value);
      }
      case NodeKind::MatchSequence:
        return CheckSequence(MatchSequenceView(tree_, id).patterns(), id);
      case NodeKind::MatchMapping:
        return CheckMapping(MatchMappingView(tree_, id), id);
      case NodeKind::MatchClass:
        return CheckClass(MatchClassView(tree_, id));
      case NodeKind::MatchStar:
        return Store(MatchStarView(tree_, id).name(), id);
      case NodeKind::MatchAs: {
        MatchAsView pattern(tree_, id);
        if (pattern.pattern()) {
          Check(pattern.pattern(), may_be_irrefutable);
        } else if (!may_be_irrefutable) {
          context_.Fail(id,
                        pattern.name()
                            ? fmt::format("name capture {} makes remaining patterns unreachable",
                                          QuotedName(context_, pattern.name()))
                            : "wildcard makes remaining patterns unreachable");
        }
        return Store(pattern.name(), id);
      }
      case NodeKind::MatchOr:
        return CheckAlternatives(MatchOrView(tree_, id).patterns(), id, may_be_irrefutable);
      default:
        return;
    }
  }

 private:
  // Until 3.11 the place is that of the pattern looked at last.
  NodeId PlaceOf(NodeId id) const { return context_.Since(12) ? id : last_; }

  void Store(NameId name, NodeId id) {
    if (!name) return;
    if (!context_.Since(14)) context_.CheckBinding(name, PlaceOf(id));
    if (!stores_.insert(name.value()).second) {
      context_.Fail(PlaceOf(id), fmt::format("multiple assignments to name {} in pattern",
                                             QuotedName(context_, name)));
    }
  }

  void CheckSequence(NodeList patterns, NodeId id) {
    size_t stars = 0;
    bool too_many = false;
    for (size_t index = 0; index < patterns.size(); ++index) {
      if (tree_.kind(patterns[index]) != NodeKind::MatchStar) continue;
      if (++stars == 2) {
        context_.Fail(id, "multiple starred names in sequence pattern");
      }
      too_many = index >= 256 && MatchStarView(tree_, patterns[index]).name();
    }
    if (too_many) {
      context_.Fail(id, "too many expressions in star-unpacking sequence pattern");
    }
    for (NodeId pattern : patterns) Check(pattern, true);
  }

  void CheckMapping(const MatchMappingView& mapping, NodeId id) {
    std::unordered_set<std::string> seen;
    for (NodeId key : mapping.keys()) {
      if (IsLiteral(key)) {
        if (!seen.insert(KeyOf(key)).second) {
          context_.Fail(id, fmt::format("mapping pattern checks duplicate key ({})", ReprOf(key)));
        }
      } else if (tree_.kind(key) != NodeKind::Attribute) {
        context_.Fail(id, "mapping pattern keys may only match literals and attribute lookups");
      }
      visit_(key);
    }
    for (NodeId pattern : mapping.patterns()) Check(pattern, true);
    Store(mapping.rest(), id);
  }

  void CheckClass(const MatchClassView& pattern) {
    std::unordered_set<uint32_t> seen;
    NodeList values = pattern.kwd_patterns();
    for (size_t index = 0; index < values.size(); ++index) {
      const NameId name(pattern.kwd_attrs()[index]);
      if (!context_.Since(14)) context_.CheckBinding(name, values[index]);
      if (!seen.insert(name.value()).second) {
        context_.Fail(values[index], fmt::format("attribute name repeated in class pattern: {}",
                                                 context_.Text(name)));
      }
    }
    visit_(pattern.cls());
    for (NodeId item : pattern.patterns()) Check(item, true);
    for (NodeId item : values) Check(item, true);
  }

  void CheckAlternatives(NodeList alternatives, NodeId id, bool may_be_irrefutable) {
    std::unordered_set<uint32_t> outer = std::move(stores_);
    std::unordered_set<uint32_t> first;
    for (size_t index = 0; index < alternatives.size(); ++index) {
      stores_.clear();
      Check(alternatives[index], index + 1 == alternatives.size() && may_be_irrefutable);
      if (index == 0) {
        first = stores_;
      } else if (stores_ != first) {
        context_.Fail(PlaceOf(id), "alternative patterns bind different names");
        break;
      }
    }
    stores_ = std::move(outer);
    std::vector<uint32_t> names(first.begin(), first.end());
    std::ranges::sort(names);
    for (uint32_t name : names) {
      if (stores_.insert(name).second) continue;
      context_.Fail(PlaceOf(id), fmt::format("multiple assignments to name {} in pattern",
                                             QuotedName(context_, NameId(name))));
    }
  }

  // ---- literal keys ----

  const Constant* ConstantOf(NodeId id) const {
    return tree_.kind(id) == NodeKind::Constant ? &tree_.constant(ConstantView(tree_, id).value())
                                                : nullptr;
  }
  // What CPython's compiler has folded to a constant by then.
  bool IsLiteral(NodeId id) const {
    return tree_.kind(id) == NodeKind::Constant || tree_.kind(id) == NodeKind::UnaryOp ||
           tree_.kind(id) == NodeKind::BinOp;
  }

  Part PartOf(NodeId id) const {
    if (tree_.kind(id) == NodeKind::UnaryOp) {
      Part part = PartOf(UnaryOpView(tree_, id).operand());
      part.negative = !part.negative;
      return part;
    }
    Part part;
    part.constant = ConstantOf(id);
    if (part.constant) part.text = tree_.ConstantText(*part.constant);
    return part;
  }
  Number NumberOf(NodeId id) const {
    Number number;
    if (tree_.kind(id) == NodeKind::BinOp) {
      BinOpView sum(tree_, id);
      number.real = PartOf(sum.left());
      number.imaginary = PartOf(sum.right());
      if (sum.op() == Operator::Sub) number.imaginary.negative = !number.imaginary.negative;
      return number;
    }
    Part part = PartOf(id);
    const bool imaginary = part.constant && part.constant->kind == ConstantKind::Imag;
    (imaginary ? number.imaginary : number.real) = part;
    return number;
  }

  static double DoubleOf(std::string_view token) {
    std::string digits;
    for (char c : token) {
      if (c != '_' && c != 'j' && c != 'J') digits += c;
    }
    double value = 0;
    auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (result.ec == std::errc::result_out_of_range) value = std::strtod(digits.c_str(), nullptr);
    return value;
  }

  // Numbers that are equal in Python have the same text here.
  static std::string KeyOf(const Part& part) {
    if (!part.constant) return "0";
    std::string digits;
    if (part.constant->kind == ConstantKind::Int) {
      AppendIntegerRepr(digits, part.text);
    } else {
      const double value = DoubleOf(part.text);
      digits = std::isfinite(value) && value == std::floor(value) ? fmt::format("{:.0f}", value)
                                                                  : fmt::format("{}", value);
    }
    return part.negative && digits != "0" ? "-" + digits : digits;
  }

  std::string KeyOf(NodeId id) const {
    if (const Constant* constant = ConstantOf(id)) {
      switch (constant->kind) {
        case ConstantKind::Str:
          return "s" + std::string(tree_.ConstantText(*constant));
        case ConstantKind::Bytes:
          return "b" + std::string(tree_.ConstantText(*constant));
        case ConstantKind::None:
          return "None";
        case ConstantKind::Ellipsis:
          return "...";
        case ConstantKind::True:
          return "1";
        case ConstantKind::False:
          return "0";
        default:
          break;
      }
    }
    const Number number = NumberOf(id);
    const std::string imaginary = KeyOf(number.imaginary);
    return imaginary == "0" ? KeyOf(number.real) : KeyOf(number.real) + "," + imaginary;
  }

  static std::string ReprOf(const Part& part) {
    std::string digits;
    if (!part.constant) return "0";
    if (part.constant->kind == ConstantKind::Int) {
      AppendIntegerRepr(digits, part.text);
      if (digits == "0") return digits;
    } else if (part.constant->kind == ConstantKind::Float) {
      AppendFloatRepr(digits, part.text);
    } else {
      AppendImaginaryRepr(digits, part.text);
    }
    return part.negative ? "-" + digits : digits;
  }

  std::string ReprOf(NodeId id) const {
    if (const Constant* constant = ConstantOf(id)) {
      std::string out;
      switch (constant->kind) {
        case ConstantKind::Str:
          AppendStringRepr(out, tree_.ConstantText(*constant), context_.options.target);
          return out;
        case ConstantKind::Bytes:
          AppendBytesRepr(out, tree_.ConstantText(*constant));
          return out;
        case ConstantKind::None:
          return "None";
        case ConstantKind::True:
          return "True";
        case ConstantKind::False:
          return "False";
        default:
          break;
      }
    }
    const Number number = NumberOf(id);
    if (!number.imaginary.constant) return ReprOf(number.real);
    std::string imaginary = ReprOf(number.imaginary);
    if (!number.real.constant)
      return number.imaginary.negative ? "(-0" + imaginary + ")" : imaginary;
    std::string real = ReprOf(number.real);
    if (real.ends_with(".0")) real.resize(real.size() - 2);
    return fmt::format("({}{}{})", real, imaginary.starts_with('-') ? "" : "+", imaginary);
  }

  Context& context_;
  const Tree& tree_;
  const std::function<void(NodeId)>& visit_;
  std::unordered_set<uint32_t> stores_;  // names bound so far
  NodeId last_;
};

}  // namespace

void CheckPattern(Context& context, NodeId pattern, bool may_be_irrefutable,
                  const std::function<void(NodeId)>& visit) {
  PatternPass(context, visit).Check(pattern, may_be_irrefutable);
}

}  // namespace unspool::semantics::compile_errors
