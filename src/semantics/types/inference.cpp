#include "semantics/types/inference.h"

#include "syntax/views.h"

#include <algorithm>
#include <array>
#include <set>
#include <tbb/parallel_for.h>
#include <unordered_map>
#include <utility>

namespace unspool::semantics::types {

namespace {

// Long chains of calls settle within so many rounds; what still grows then never ends by itself.
constexpr uint32_t kMaxRounds = 128;
constexpr uint32_t kLastRound = 160;
constexpr size_t kPortion = 16;

class Driver {
 public:
  explicit Driver(Session& session)
      : session_(session),
        pending_(session.frames.size()),
        opened_(session.frames.size()),
        unsettled_(session.frames.size()),
        reads_digests_(session.frames.size()) {
    const Declarations& declarations = session.declarations;
    class_frames_.resize(declarations.classes.size());
    for (uint32_t frame = 0; frame < session.frames.size(); ++frame) {
      if (session.frames[frame].function && session.frames[frame].cls) {
        class_frames_[session.frames[frame].cls.value()].push_back(frame);
      }
    }
    class_opened_.resize(declarations.classes.size());
    holds_open_.resize(declarations.classes.size());
  }

  InferenceStatistics Run() {
    const std::vector<uint32_t> all = OwnFrames(session_);
    for (uint32_t frame : all) {
      if (session_.frames[frame].open) opened_[frame] = true;
    }
    // Modules and classes first, as they run: functions then find what their names stand for.
    std::vector<uint32_t> functions;
    for (uint32_t frame : all) {
      const ScopeKind kind = (*session_.SourceOf(frame).scopes)[session_.frames[frame].scope].kind;
      const bool runs = kind == ScopeKind::Module || kind == ScopeKind::Class;
      if (runs) {
        Wake(frame);
      } else {
        functions.push_back(frame);
      }
    }
    RunRounds();
    for (uint32_t frame : functions) Wake(frame);
    while (true) {
      RunRounds();
      if (statistics_.rounds >= kLastRound) break;
      OpenUncalled(all);
      if (pending_count_ > 0) continue;
      if (session_.settled) break;
      session_.settled = true;
      for (uint32_t frame : all) {
        if (unsettled_[frame]) Wake(frame);
      }
    }
    statistics_.cells = session_.cells.size();
    return statistics_;
  }

 private:
  void Wake(uint32_t frame) {
    if (pending_[frame]) return;
    pending_[frame] = true;
    ++pending_count_;
  }

  void RunRounds() {
    while (pending_count_ > 0 && statistics_.rounds < kLastRound) RunRound();
  }

  // Once through the frames that wait, in their order; what grows behind waits for the next round.
  // In portions: what one has said, the next one hears.
  void RunRound() {
    ++statistics_.rounds;
    for (uint32_t next = 0; next < pending_.size();) {
      std::vector<uint32_t> portion;
      for (; next < pending_.size() && portion.size() < kPortion; ++next) {
        if (!pending_[next]) continue;
        pending_[next] = false;
        --pending_count_;
        portion.push_back(next);
      }
      RunPortion(portion);
    }
  }

  void RunPortion(const std::vector<uint32_t>& frames) {
    statistics_.evaluations += frames.size();
    tbb::parallel_for(size_t{0}, frames.size(), [&](size_t index) {
      boxes_[index].Clear();
      Evaluator(session_, frames[index], boxes_[index]).Run();
      boxes_[index].Close();
    });
    // Frames mostly read what they have read before.
    std::vector<bool> reads_anew(frames.size());
    for (size_t index = 0; index < frames.size(); ++index) {
      const Outbox& box = boxes_[index];
      unsettled_[frames[index]] = box.unsettled();
      uint64_t& digest = reads_digests_[frames[index]];
      reads_anew[index] = digest != box.reads_digest();
      digest = box.reads_digest();
      escaping_.insert(escaping_.end(), box.Escapes().begin(), box.Escapes().end());
    }
    const Value also =
        statistics_.rounds < kMaxRounds ? Value() : Value::Unknown(Cause(CauseCode::Limit, 0, 0));
    std::array<Changes, CellStore::kShards> changes;
    tbb::parallel_for(uint32_t{0}, CellStore::kShards, [&](uint32_t shard) {
      for (size_t index = 0; index < frames.size(); ++index) {
        if (reads_anew[index]) session_.cells.AddReader(shard, boxes_[index], frames[index]);
      }
      for (size_t index = 0; index < frames.size(); ++index) {
        session_.cells.Merge(shard, boxes_[index], also, changes[shard]);
      }
    });
    for (const Changes& changed : changes) {
      Note(changed);
      for (const auto& [key, value] : changed.held) HoldMore(key, *value);
    }
    Escape();
  }

  void Note(const Changes& changes) {
    for (uint32_t frame : changes.dirty) Wake(frame);
    escaping_.insert(escaping_.end(), changes.dropped.begin(), changes.dropped.end());
  }

  // What is put into an object that code which is not seen may have, that code has, too.
  void HoldMore(CellKey key, const Value& value) {
    bool escaped = false;
    if (key.kind() == CellKind::Content) {
      escaped = !session_.cells.Read(CellKey(CellKind::Escaped, key.owner())).empty();
    } else {
      attributes_[key.owner()].insert(key.index());
      escaped = holds_open_[key.owner()];
    }
    if (escaped) escaping_.insert(escaping_.end(), value.types().begin(), value.types().end());
  }

  // A mark that reads as unknown.
  void Mark(CellKey key, CauseCode cause) {
    Changes changes;
    session_.cells.Post(key, Value::Unknown(Cause(cause, 0, 0)), changes);
    Note(changes);
  }

  // What goes to code that is not seen: that may change what it holds, and call it.
  void Escape() {
    while (!escaping_.empty()) {
      const Type type = escaping_.back();
      escaping_.pop_back();
      switch (type.kind()) {
        case TypeKind::Instance: {
          OpenClass(ClassId(type.subject()));
          if (!type.has_detail()) break;
          const CellKey marker(CellKind::Escaped, type.detail());
          if (!session_.cells.Read(marker).empty()) break;
          Mark(marker, CauseCode::Escaped);
          for (uint32_t index = 0; index < Type::kNoArity; ++index) {
            const Value held =
                session_.cells.Read(CellKey(CellKind::Content, type.detail(), index));
            escaping_.insert(escaping_.end(), held.types().begin(), held.types().end());
          }
          break;
        }
        case TypeKind::Class:
          OpenClass(ClassId(type.subject()));
          break;
        case TypeKind::Frame:
        case TypeKind::Stub:
          if (type.kind() == TypeKind::Frame) OpenFrame(type.subject());
          // What it is bound to may be changed by calling it: `items.append`.
          if (type.has_detail()) {
            escaping_.push_back(Type::FromBits(session_.receivers[type.detail()]));
          }
          break;
        default:
          break;
      }
    }
  }

  void OpenClass(ClassId cls) {
    if (class_opened_[cls.value()]) return;
    class_opened_[cls.value()] = true;
    for (const declarations::MroEntry& entry : session_.declarations.MroOf(cls)) {
      // What its instances hold is in the same hands.
      holds_open_[entry.class_id.value()] = true;
      for (uint32_t name : attributes_[entry.class_id.value()]) {
        const Value held =
            session_.cells.Read(CellKey(CellKind::Attribute, entry.class_id.value(), name));
        escaping_.insert(escaping_.end(), held.types().begin(), held.types().end());
      }
      for (uint32_t frame : class_frames_[entry.class_id.value()]) {
        const std::string_view name = session_.declarations.Text(
            session_.declarations.functions[session_.frames[frame].function].name);
        // Private methods are called by the class itself.
        if (!name.starts_with("_") || name.starts_with("__")) OpenFrame(frame);
      }
    }
  }

  void OpenFrame(uint32_t frame) {
    if (opened_[frame]) return;
    opened_[frame] = true;
    Mark(CellKey(CellKind::Open, frame), CauseCode::UnknownParameter);
    Wake(frame);
  }

  // Functions that nothing in the program calls, and yet are there: somebody else calls them.
  void OpenUncalled(const std::vector<uint32_t>& all) {
    for (uint32_t frame : all) {
      const FrameInfo& info = session_.frames[frame];
      const Source& source = session_.sources[info.source];
      const Scope& scope = (*source.scopes)[info.scope];
      const bool is_lambda = scope.kind == ScopeKind::Lambda;
      if (opened_[frame] || (scope.kind != ScopeKind::Function && !is_lambda)) continue;
      const NodeId arguments = is_lambda ? syntax::LambdaView(*source.tree, scope.node).args()
                                         : syntax::FunctionLike(*source.tree, scope.node).args;
      syntax::argumentsView view(*source.tree, arguments);
      const bool has_parameters = !view.posonlyargs().empty() || !view.args().empty() ||
                                  view.vararg() || !view.kwonlyargs().empty() || view.kwarg();
      if (!has_parameters) continue;
      if (session_.cells.Read(CellKey(CellKind::Parameter, frame, 0)).empty()) {
        OpenFrame(frame);
      }
    }
  }

  Session& session_;
  InferenceStatistics statistics_;
  std::vector<Outbox> boxes_ = std::vector<Outbox>(kPortion);
  std::vector<Type> escaping_;
  std::vector<bool> pending_;
  size_t pending_count_ = 0;
  std::vector<bool> opened_, unsettled_;
  std::vector<uint64_t> reads_digests_;
  std::vector<bool> class_opened_;
  std::vector<bool> holds_open_;  // by class: what its instances hold escapes
  std::vector<std::vector<uint32_t>> class_frames_;
  std::unordered_map<uint32_t, std::set<uint32_t>> attributes_;  // names stored, by class
};

// Whether a method stands for one of a base that only a stub describes, or of one nobody knows: the
// library calls it with what it has.
bool OverridesLibrary(const Session& session, const declarations::Function& method) {
  const Declarations& declarations = session.declarations;
  const auto order = declarations.MroOf(method.in_class);
  if (declarations.classes[method.in_class].mro_state != declarations::MroState::Complete) {
    return true;
  }
  return std::ranges::any_of(order, [&](const declarations::MroEntry& entry) {
    const declarations::Class& cls = declarations.classes[entry.class_id];
    return entry.class_id != declarations.known.object && !session.SourceAt(cls.unit) &&
           declarations.FindName(cls.members, method.name);
  });
}

// Whether somebody outside may call a function by its name alone.
bool IsPublic(const Session& session, uint32_t frame) {
  const FrameInfo& info = session.frames[frame];
  const Declarations& declarations = session.declarations;
  if (!info.function) return false;
  const declarations::Function& function = declarations.functions[info.function];
  const std::string_view name = declarations.Text(function.name);
  const bool special = name.starts_with("__") && name.ends_with("__");
  // What the interpreter calls by itself, with whatever there is.
  const bool makes = name == "__init__" || name == "__new__";
  if (special && function.in_class && !makes) return true;
  if (function.in_class && !makes && OverridesLibrary(session, function)) return true;
  if (session.options.closed_world || function.in_function) return false;
  if (name.starts_with("_") && !special) return false;
  for (ClassId cls = function.in_class; cls; cls = declarations.classes[cls].in_class) {
    if (declarations.Text(declarations.classes[cls].name).starts_with("_")) return false;
    if (declarations.classes[cls].in_function) return false;
  }
  return true;
}

}  // namespace

std::vector<uint32_t> OwnFrames(const Session& session) {
  std::vector<uint32_t> frames;
  for (uint32_t frame = 0; frame < session.frames.size(); ++frame) {
    const FrameInfo& info = session.frames[frame];
    switch ((*session.sources[info.source].scopes)[info.scope].kind) {
      case ScopeKind::Module:
      case ScopeKind::Class:
      case ScopeKind::Function:
      case ScopeKind::Lambda:
        frames.push_back(frame);
        break;
      default:
        break;
    }
  }
  return frames;
}

InferenceStatistics Infer(Session& session) {
  for (uint32_t frame = 0; frame < session.frames.size(); ++frame) {
    session.frames[frame].open = IsPublic(session, frame);
  }
  return Driver(session).Run();
}

}  // namespace unspool::semantics::types
