#include "semantics/modules/path_expression.h"

#include "source/folder_cache.h"
#include "syntax/constants.h"
#include "syntax/views.h"

namespace unspool::semantics {

using namespace syntax;

namespace {

constexpr int kMaxPathDepth = 40;

// Texts that are no absolute path by themselves are kept as they are until they are joined.
class PathReader {
 public:
  PathReader(const Tree& tree, std::string_view file, const NamedExpression& value_of)
      : tree_(tree), file_(file), value_of_(value_of) {}

  std::optional<std::string> Read(NodeId id, int depth) {
    if (!id || depth > kMaxPathDepth) return std::nullopt;
    switch (tree_.kind(id)) {
      case NodeKind::Constant:
        if (const auto text = StringOf(tree_, id)) return std::string(*text);
        return std::nullopt;
      case NodeKind::Name: {
        const std::string_view name = tree_.Name(NameView(tree_, id).id());
        if (name == "__file__") return std::string(file_);
        return Read(value_of_(name), depth + 1);
      }
      case NodeKind::Attribute: {
        AttributeView attribute(tree_, id);
        const std::string_view name = tree_.Name(attribute.attr());
        const std::string_view text = tree_.TextOf(id);
        if (text == "os.pardir" || text == "os.path.pardir") return "..";
        if (text == "os.curdir" || text == "os.path.curdir") return ".";
        if (name != "parent") return std::nullopt;
        auto path = Read(attribute.value(), depth + 1);
        if (!path || !path->starts_with('/')) return std::nullopt;
        return std::string(source::FolderOfPath(*path));
      }
      case NodeKind::BinOp: {
        BinOpView operation(tree_, id);
        auto left = Read(operation.left(), depth + 1);
        auto right = left ? Read(operation.right(), depth + 1) : std::nullopt;
        if (!right) return std::nullopt;
        if (operation.op() == Operator::Add) return *left + *right;
        if (operation.op() == Operator::Div) return Join(*left, *right);
        return std::nullopt;
      }
      case NodeKind::Call:
        return ReadCall(id, depth);
      default:
        return std::nullopt;
    }
  }

 private:
  static std::string Join(const std::string& left, const std::string& right) {
    return right.starts_with('/') ? right : source::JoinPath(left, right);
  }

  std::optional<std::string> ReadCall(NodeId id, int depth) {
    CallView call(tree_, id);
    if (!call.keywords().empty()) return std::nullopt;
    std::string_view function = tree_.TextOf(call.func());
    if (tree_.kind(call.func()) == NodeKind::Attribute && call.args().empty()) {
      AttributeView method(tree_, call.func());
      const std::string_view name = tree_.Name(method.attr());
      if (name != "resolve" && name != "absolute") return std::nullopt;
      auto path = Read(method.value(), depth + 1);
      if (!path || !path->starts_with('/')) return std::nullopt;
      return source::AbsolutePath(*path);
    }
    if (call.args().empty()) return std::nullopt;
    auto path = Read(call.args()[0], depth + 1);
    if (!path) return std::nullopt;
    for (std::string_view prefix : {"os.path.", "path.", "pathlib.", "op.", "osp."}) {
      if (function.starts_with(prefix)) function.remove_prefix(prefix.size());
    }
    if (function == "join") {
      for (size_t index = 1; index < call.args().size(); ++index) {
        auto part = Read(call.args()[index], depth + 1);
        if (!part) return std::nullopt;
        path = Join(*path, *part);
      }
      return path;
    }
    if (call.args().size() != 1) return std::nullopt;
    if (function == "dirname") {
      if (!path->starts_with('/')) return std::nullopt;
      return std::string(source::FolderOfPath(*path));
    }
    if (function == "abspath" || function == "realpath" || function == "normpath") {
      if (!path->starts_with('/')) return std::nullopt;
      return source::AbsolutePath(*path);
    }
    if (function == "Path" || function == "PurePath" || function == "str" || function == "fspath" ||
        function == "os.fspath") {
      return path;
    }
    return std::nullopt;
  }

  const Tree& tree_;
  std::string_view file_;
  const NamedExpression& value_of_;
};

}  // namespace

std::optional<std::string> PathOf(const Tree& tree, NodeId expression, std::string_view file,
                                  const NamedExpression& value_of) {
  auto path = PathReader(tree, file, value_of).Read(expression, 0);
  if (!path || !path->starts_with('/')) return std::nullopt;
  return source::AbsolutePath(*path);
}

}  // namespace unspool::semantics
