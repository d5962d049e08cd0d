#include "syntax/dump.h"

#include "base/check.h"
#include "syntax/field_positions.h"
#include "syntax/repr.h"
#include "syntax/views.h"

#include <charconv>
#include <span>
#include <vector>

namespace unspool::syntax {

namespace {

class Dumper {
 public:
  Dumper(const Tree& tree, Version target)
      : tree_(tree),
        target_(target),
        show_empty_(target < Version{3, 13}),
        positions_(tree.text(), target) {}

  std::string Run();

 private:
  // A node being printed: where we are in its fields.
  struct Frame {
    NodeId node;
    uint32_t field = 0;
    uint32_t item = 0;  // of the list being printed
    uint32_t level = 0;
    uint32_t in_field = 0;                      // the f-string field it stands in
    uint32_t concatenation = kNoConcatenation;  // the f-string it is a part of
    bool in_list = false;
    bool one_line = false;
    bool first = true;
  };

  bool IsShown(NodeKind kind, const FieldInfo& info, uint32_t word) const;
  bool HasPosition(NodeKind kind) const;
  // Both return true when a child was pushed.
  bool PrintField(Frame& frame, const FieldInfo& info, uint32_t word);
  bool PrintNextItem(Frame& frame, const FieldInfo& info, std::span<const uint32_t> items);
  void Push(const Frame& parent, NodeId node, uint32_t level);
  void PlaceInFString(const Frame& parent, Frame& frame);
  void Finish(Frame& frame);
  void PrintPositions(Frame& frame);
  void PrintConstant(ConstantId id);
  void PrintWord(FieldType type, uint32_t word);

  void Label(Frame& frame, std::string_view name) {
    Separate(frame.first, frame.one_line, frame.level + 1);
    frame.first = false;
    out_.append(name).append(1, '=');
  }
  // The last text of a specification knows only its own literal, which has no `u`.
  bool IsInSpecification(const Frame& frame) const {
    return frame.concatenation != kNoConcatenation &&
           positions_.concatenation(frame.concatenation).is_specification();
  }
  void Separate(bool first, bool one_line, uint32_t level) {
    if (!first) out_ += ',';
    if (one_line) {
      if (!first) out_ += ' ';
    } else {
      out_ += '\n';
      out_.append(size_t{level} * 2, ' ');
    }
  }
  void Number(int64_t value) {
    char buffer[24];
    auto result = std::to_chars(buffer, buffer + sizeof(buffer), value);
    out_.append(buffer, result.ptr);
  }
  void Attribute(Frame& frame, std::string_view name, int64_t value) {
    Label(frame, name);
    Number(value);
  }

  const Tree& tree_;
  const Version target_;
  const bool show_empty_;
  FieldPositions positions_;
  std::vector<Frame> stack_;
  std::string out_;
};

bool IsList(FieldType type) {
  return type == FieldType::Children || type == FieldType::OptionalChildren ||
         type == FieldType::Names || type == FieldType::Ops;
}

bool Dumper::HasPosition(NodeKind kind) const {
  switch (kind) {
    case NodeKind::Module:
    case NodeKind::arguments:
    case NodeKind::comprehension:
    case NodeKind::match_case:
    case NodeKind::withitem:
      return false;
    case NodeKind::alias:
      return target_ >= Version{3, 10};
    default:
      return true;
  }
}

// Fields that the target's classes do not have, and values that dump leaves out.
bool Dumper::IsShown(NodeKind kind, const FieldInfo& info, uint32_t word) const {
  switch (info.type) {
    case FieldType::OptionalChild:
    case FieldType::OptionalName:
      return word != NodeId::kNoneValue;
    case FieldType::Int:
      return (kind != NodeKind::Import && kind != NodeKind::ImportFrom) || info.name != "is_lazy" ||
             target_ >= Version{3, 15};
    default:
      break;
  }
  if (!IsList(info.type)) return true;
  if (info.name == "type_params" && kind != NodeKind::TypeAlias && target_ < Version{3, 12}) {
    return false;
  }
  return show_empty_ || !tree_.List(word).empty();
}

std::string Dumper::Run() {
  out_.reserve(tree_.size() * 160);
  Push(Frame{.node = NodeId()}, tree_.root(), 0);
  while (!stack_.empty()) {
    Frame& frame = stack_.back();
    const std::span<const FieldInfo> fields = InfoOf(tree_.kind(frame.node)).fields;
    if (frame.field == fields.size()) {
      Finish(frame);
      stack_.pop_back();
      continue;
    }
    const FieldInfo& info = fields[frame.field];
    const uint32_t word = tree_.Word(frame.node, frame.field);
    if (frame.in_list) {
      if (PrintNextItem(frame, info, tree_.List(word))) continue;
    } else if (IsShown(tree_.kind(frame.node), info, word)) {
      Label(frame, info.name);
      if (PrintField(frame, info, word)) continue;
    }
    if (!frame.in_list) ++frame.field;
  }
  return std::move(out_);
}

void Dumper::Push(const Frame& parent, NodeId node, uint32_t level) {
  const NodeKind kind = tree_.kind(node);
  Frame frame{.node = node, .level = level, .in_field = parent.in_field};
  switch (kind) {
    case NodeKind::Module:
      frame.one_line = ModuleView(tree_, node).body().empty();
      break;
    case NodeKind::arguments:
      frame.one_line = !show_empty_;
      for (uint32_t field = 0; field < field_index::arguments::kCount; ++field) {
        frame.one_line &= !IsShown(kind, InfoOf(kind).fields[field], tree_.Word(node, field));
      }
      break;
    case NodeKind::alias:
      frame.one_line = target_ < Version{3, 10};
      break;
    default:
      break;
  }
  if (target_ < Version{3, 12}) PlaceInFString(parent, frame);
  out_.append(InfoOf(kind).name).append(1, '(');
  stack_.push_back(frame);
}

// Which f-string, or which field of one, a node before 3.12 takes its position from.
void Dumper::PlaceInFString(const Frame& parent, Frame& frame) {
  const FStringPlace place =
      syntax::PlaceInFString(positions_, tree_, parent.node, parent.field,
                             {parent.in_field, parent.concatenation}, frame.node);
  frame.in_field = place.in_field;
  frame.concatenation = place.concatenation;
}

bool Dumper::PrintField(Frame& frame, const FieldInfo& info, uint32_t word) {
  if (IsList(info.type)) {
    if (tree_.List(word).empty()) {
      out_ += "[]";
      return false;
    }
    out_ += '[';
    frame.in_list = true;
    frame.item = 0;
    return false;
  }
  if (info.type == FieldType::Child || info.type == FieldType::OptionalChild) {
    // The copy: pushing moves the frames.
    const Frame parent = frame;
    ++frame.field;
    Push(parent, NodeId(word), parent.level + 1);
    return true;
  }
  PrintWord(info.type, word);
  return false;
}

bool Dumper::PrintNextItem(Frame& frame, const FieldInfo& info, std::span<const uint32_t> items) {
  if (frame.item == items.size()) {
    out_ += ']';
    frame.in_list = false;
    return false;
  }
  const uint32_t word = items[frame.item];
  Separate(frame.item == 0, false, frame.level + 2);
  ++frame.item;
  if (info.type == FieldType::Children || info.type == FieldType::OptionalChildren) {
    if (NodeId child(word); child) {
      const Frame parent = frame;
      Push(parent, child, parent.level + 2);
      return true;
    }
    out_ += "None";
    return true;
  }
  PrintWord(info.type == FieldType::Names ? FieldType::Name : FieldType::Op, word);
  return true;
}

void Dumper::PrintWord(FieldType type, uint32_t word) {
  switch (type) {
    case FieldType::Name:
    case FieldType::OptionalName:
      AppendStringRepr(out_, tree_.Name(NameId(word)), target_);
      break;
    case FieldType::Op:
      out_.append(OperatorName(static_cast<Operator>(word))).append("()");
      break;
    case FieldType::Int:
      Number(static_cast<int32_t>(word));
      break;
    case FieldType::Constant:
      PrintConstant(ConstantId(word));
      break;
    default:
      UNSPOOL_CHECK(false);
  }
}

void Dumper::PrintConstant(ConstantId id) {
  const struct Constant& constant = tree_.constant(id);
  const std::string_view text = tree_.ConstantText(constant);
  switch (constant.kind) {
    case ConstantKind::None:
      out_ += "None";
      break;
    case ConstantKind::True:
      out_ += "True";
      break;
    case ConstantKind::False:
      out_ += "False";
      break;
    case ConstantKind::Ellipsis:
      out_ += "Ellipsis";
      break;
    case ConstantKind::Int:
      AppendIntegerRepr(out_, text);
      break;
    case ConstantKind::Float:
      AppendFloatRepr(out_, text);
      break;
    case ConstantKind::Imag:
      AppendImaginaryRepr(out_, text);
      break;
    case ConstantKind::Str:
      AppendStringRepr(out_, text, target_);
      break;
    case ConstantKind::Bytes:
      AppendBytesRepr(out_, text);
      break;
  }
}

// What is not in nodes.def: context, kind of constant, type comments, positions.
void Dumper::Finish(Frame& frame) {
  const NodeKind kind = tree_.kind(frame.node);
  if (InfoOf(kind).has_context) {
    constexpr std::string_view kContexts[] = {"Load()", "Store()", "Del()"};
    const ExprContext context = tree_.context(frame.node);
    if (context != ExprContext::Load || target_ < Version{3, 15}) {
      Label(frame, "ctx");
      out_ += kContexts[static_cast<size_t>(context)];
    }
  }
  if (kind == NodeKind::Constant &&
      tree_.constant(ConstantView(tree_, frame.node).value()).u_prefix &&
      !IsInSpecification(frame)) {
    Label(frame, "kind");
    out_ += "'u'";
  }
  if (kind == NodeKind::Module && show_empty_) {
    Label(frame, "type_ignores");
    out_ += "[]";
  }
  if (HasPosition(kind)) PrintPositions(frame);
  out_ += ')';
}

void Dumper::PrintPositions(Frame& frame) {
  LineColumn begin;
  LineColumn end;
  if (frame.concatenation != kNoConcatenation) {
    const Concatenation& concatenation = positions_.concatenation(frame.concatenation);
    begin = concatenation.begin;
    end = concatenation.end;
  } else {
    begin = positions_.BeginOf(frame.in_field, tree_.begin(frame.node));
    end = positions_.EndOf(frame.in_field, tree_.end(frame.node));
    const bool is_field_value =
        stack_.size() >= 2 && frame.in_field != stack_[stack_.size() - 2].in_field;
    if (is_field_value) positions_.Parenthesize(frame.in_field, tree_, frame.node, begin, end);
  }
  Attribute(frame, "lineno", begin.line);
  Attribute(frame, "col_offset", begin.column);
  Attribute(frame, "end_lineno", end.line);
  Attribute(frame, "end_col_offset", end.column);
}

}  // namespace

std::string Dump(const Tree& tree, Version target) {
  return Dumper(tree, target).Run();
}

}  // namespace unspool::syntax
