#include "semantics/modules/static_condition.h"

#include "syntax/constants.h"
#include "syntax/views.h"

#include <charconv>
#include <compare>
#include <vector>

namespace unspool::semantics {

using namespace syntax;

namespace {

// Nesting beyond this is not looked at: conditions of interest are small.
constexpr int kMaxConditionDepth = 50;

std::optional<int64_t> IntOf(const Tree& tree, NodeId id) {
  if (tree.kind(id) != NodeKind::Constant) return std::nullopt;
  const auto& constant = tree.constant(ConstantView(tree, id).value());
  if (constant.kind != ConstantKind::Int) return std::nullopt;
  const std::string_view text = tree.ConstantText(constant);
  int64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `sys.platform` as written, whatever stands there; empty for other expressions.
std::string_view DottedText(const Tree& tree, NodeId id) {
  return tree.kind(id) == NodeKind::Attribute || tree.kind(id) == NodeKind::Name
             ? tree.TextOf(id)
             : std::string_view();
}

template <typename T>
std::optional<bool> Holds(Operator op, const T& left, const T& right) {
  switch (op) {
    case Operator::Eq:
      return left == right;
    case Operator::NotEq:
      return left != right;
    case Operator::Lt:
      return left < right;
    case Operator::LtE:
      return left <= right;
    case Operator::Gt:
      return left > right;
    case Operator::GtE:
      return left >= right;
    default:
      return std::nullopt;
  }
}

class ConditionReader {
 public:
  ConditionReader(const Tree& tree, const Platform& platform) : tree_(tree), platform_(platform) {}

  StaticCondition Read(NodeId id, int depth) {
    StaticCondition result;
    if (depth > kMaxConditionDepth) return result;
    switch (tree_.kind(id)) {
      case NodeKind::Constant:
        return OfConstant(id);
      case NodeKind::Name:
      case NodeKind::Attribute: {
        const std::string_view text = DottedText(tree_, id);
        if (text == "TYPE_CHECKING" || text.ends_with(".TYPE_CHECKING")) {
          result.type_checking = true;
          result.value = false;
        }
        return result;
      }
      case NodeKind::UnaryOp: {
        UnaryOpView unary(tree_, id);
        if (unary.op() != Operator::Not) return result;
        result = Read(unary.operand(), depth + 1);
        if (result.value) result.value = !*result.value;
        std::swap(result.type_checking, result.not_checking);
        return result;
      }
      case NodeKind::BoolOp:
        return OfBoolOp(id, depth);
      case NodeKind::Compare:
        return OfCompare(id);
      case NodeKind::Call:
        return OfCall(id);
      default:
        return result;
    }
  }

 private:
  StaticCondition OfConstant(NodeId id) {
    StaticCondition result;
    const auto& constant = tree_.constant(ConstantView(tree_, id).value());
    if (constant.kind == ConstantKind::True) result.value = true;
    if (constant.kind == ConstantKind::False || constant.kind == ConstantKind::None) {
      result.value = false;
    }
    if (auto number = IntOf(tree_, id)) result.value = *number != 0;
    return result;
  }

  StaticCondition OfBoolOp(NodeId id, int depth) {
    BoolOpView operation(tree_, id);
    const bool is_and = operation.op() == Operator::And;
    StaticCondition result;
    result.value = is_and;
    bool any_checking = false, all_not_checking = true;
    for (NodeId operand : operation.values()) {
      StaticCondition part = Read(operand, depth + 1);
      result.tests_version |= part.tests_version;
      result.tests_platform |= part.tests_platform;
      any_checking |= part.type_checking;
      all_not_checking &= part.not_checking;
      if (result.value == !is_and) continue;
      if (!part.value) {
        result.value = std::nullopt;
      } else if (*part.value != is_and) {
        result.value = !is_and;
      }
    }
    result.type_checking = any_checking;
    result.not_checking = all_not_checking;
    return result;
  }

  StaticCondition OfCompare(NodeId id) {
    StaticCondition result;
    CompareView compare(tree_, id);
    if (compare.ops().size() != 1) return result;
    const auto op = static_cast<Operator>(compare.ops()[0]);
    const NodeId left = compare.left(), right = compare.comparators()[0];
    if (ReadVersion(left, op, right, result) || ReadWord(left, op, right, result)) return result;
    if (DottedText(tree_, left) == "sys.maxsize" && op == Operator::Gt) {
      std::string_view text = tree_.TextOf(right);
      if (text == "2**32" || text == "2 ** 32" || text == "2**31" || text == "2 ** 31") {
        result.tests_platform = true;
        result.value = platform_.pointers_64;
      }
    }
    return result;
  }

  // sys.version_info, its [0], [:n], .major and .minor against numbers.
  bool ReadVersion(NodeId left, Operator op, NodeId right, StaticCondition& result) {
    std::vector<int64_t> mine = {platform_.version.major, platform_.version.minor};
    bool whole = false;
    if (DottedText(tree_, left) == "sys.version_info") {
      whole = true;
    } else if (std::string_view text = tree_.TextOf(left);
               text == "sys.version_info[0]" || text == "sys.version_info.major") {
      mine.resize(1);
    } else if (text == "sys.version_info[1]" || text == "sys.version_info.minor") {
      mine.erase(mine.begin());
    } else if (text == "sys.version_info[:1]") {
      mine.resize(1);
    } else if (text != "sys.version_info[:2]") {
      return false;
    }
    result.tests_version = true;
    std::vector<int64_t> theirs;
    if (tree_.kind(right) == NodeKind::Tuple) {
      for (NodeId item : TupleView(tree_, right).elts()) {
        auto number = IntOf(tree_, item);
        if (!number) return true;
        theirs.push_back(*number);
      }
    } else if (auto number = IntOf(tree_, right)) {
      theirs.push_back(*number);
    } else {
      return true;
    }
    if (whole) {
      // The version has more parts than are known: (3, 11) < (3, 11, 2, ...).
      if (theirs.size() > 2) {
        if (std::vector(theirs.begin(), theirs.begin() + 2) == mine) return true;
        theirs.resize(2);
      } else if (op == Operator::Eq || op == Operator::NotEq) {
        result.value = op == Operator::NotEq;
        return true;
      } else {
        mine.resize(theirs.size() + 1);
        if (theirs.size() == 2) mine[2] = 0;
      }
    }
    result.value = Holds(op, mine, theirs);
    return true;
  }

  std::optional<std::string> WordOf(NodeId id) const {
    const std::string_view text = DottedText(tree_, id);
    if (text == "sys.platform") return platform_.sys_platform;
    if (text == "os.name") return platform_.os_name;
    if (text == "sys.implementation.name") return platform_.implementation;
    if (text == "sys.byteorder") return platform_.little_endian ? "little" : "big";
    return std::nullopt;
  }

  bool ReadWord(NodeId left, Operator op, NodeId right, StaticCondition& result) {
    std::optional<std::string> mine = WordOf(left);
    if (!mine) return false;
    result.tests_platform = true;
    if (op == Operator::In || op == Operator::NotIn) {
      NodeList items(std::span<const uint32_t>{});
      if (tree_.kind(right) == NodeKind::Tuple) {
        items = TupleView(tree_, right).elts();
      } else if (tree_.kind(right) == NodeKind::List) {
        items = ListView(tree_, right).elts();
      } else if (tree_.kind(right) == NodeKind::Set) {
        items = SetView(tree_, right).elts();
      } else {
        return true;
      }
      bool contained = false;
      for (NodeId item : items) {
        auto theirs = StringOf(tree_, item);
        if (!theirs) return true;
        contained |= *theirs == *mine;
      }
      result.value = contained == (op == Operator::In);
      return true;
    }
    if (auto theirs = StringOf(tree_, right))
      result.value = Holds<std::string_view>(op, *mine, *theirs);
    return true;
  }

  // sys.platform.startswith("win")
  StaticCondition OfCall(NodeId id) {
    StaticCondition result;
    CallView call(tree_, id);
    if (tree_.kind(call.func()) != NodeKind::Attribute) return result;
    AttributeView function(tree_, call.func());
    std::optional<std::string> mine = WordOf(function.value());
    if (!mine || tree_.Name(function.attr()) != "startswith") return result;
    result.tests_platform = true;
    if (call.args().size() != 1 || !call.keywords().empty()) return result;
    if (auto prefix = StringOf(tree_, call.args()[0])) result.value = mine->starts_with(*prefix);
    return result;
  }

  const Tree& tree_;
  const Platform& platform_;
};

}  // namespace

StaticCondition ConditionOf(const Tree& tree, NodeId test, const Platform& platform) {
  return ConditionReader(tree, platform).Read(test, 0);
}

}  // namespace unspool::semantics
