#include "semantics/modules/import_graph.h"

#include <algorithm>

namespace unspool::semantics {

namespace {

constexpr uint8_t kDeferring = kInFunction | kTypeChecking | kNotRun;

// While a module of a package runs, the package is loaded already.
bool IsAround(const Module& package, const Module& module) {
  return package.is_package && module.name.size() > package.name.size() &&
         module.name.starts_with(package.name) && module.name[package.name.size()] == '.';
}

void AddEdges(Program& program) {
  std::vector<ImportEdge> mine;
  for (uint32_t index = 0; index < program.modules.size(); ++index) {
    const ModuleId id(index);
    const Module& module = program.modules[id];
    program.edge_begins.push_back(static_cast<uint32_t>(program.edges.size()));
    mine.clear();
    for (uint32_t at = 0; at < module.import_count; ++at) {
      const Import& import = program.imports[ImportId(module.imports_begin.value() + at)];
      const bool deferred = (import.guards & kDeferring) != 0;
      for (ModuleId load : program.LoadsOf(import)) {
        if (load == id) continue;
        const bool asked = load == import.target;
        if (asked || !IsAround(program.modules[load], module)) mine.push_back({load, deferred});
      }
    }
    // A module loaded at top level too is not deferred: false sorts first.
    std::ranges::sort(mine, [](const ImportEdge& left, const ImportEdge& right) {
      return std::tie(left.to, left.deferred) < std::tie(right.to, right.deferred);
    });
    mine.erase(std::ranges::unique(mine, {}, &ImportEdge::to).begin(), mine.end());
    program.edges.insert(program.edges.end(), mine.begin(), mine.end());
  }
  program.edge_begins.push_back(static_cast<uint32_t>(program.edges.size()));
}

// Tarjan's algorithm, with a stack of its own: chains of imports may be long.
class Components {
 public:
  explicit Components(Program& program) : program_(program) {}

  void Find() {
    const size_t count = program_.modules.size();
    number_.assign(count, 0);
    low_.assign(count, 0);
    program_.component_of.resize(count);
    for (uint32_t index = 0; index < count; ++index) {
      if (number_[index] == 0) Visit(index);
    }
  }

 private:
  struct Frame {
    uint32_t module;
    size_t next = 0;
  };

  void Enter(uint32_t module) {
    number_[module] = low_[module] = ++last_;
    open_.push_back(module);
    frames_.push_back({module});
  }

  void Visit(uint32_t root) {
    Enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      const uint32_t module = frame.module;
      const auto edges = program_.EdgesOf(ModuleId(module));
      if (frame.next < edges.size()) {
        const ImportEdge edge = edges[frame.next++];
        const uint32_t to = edge.to.value();
        if (edge.deferred) continue;
        if (number_[to] == 0) {
          Enter(to);
        } else if (!program_.component_of[edge.to]) {
          low_[module] = std::min(low_[module], number_[to]);
        }
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        uint32_t& above = low_[frames_.back().module];
        above = std::min(above, low_[module]);
      }
      if (low_[module] == number_[module]) Close(module);
    }
  }

  void Close(uint32_t root) {
    std::vector<ModuleId> members;
    const ComponentId component(static_cast<uint32_t>(program_.components.size()));
    while (true) {
      const uint32_t module = open_.back();
      open_.pop_back();
      members.emplace_back(module);
      program_.component_of[ModuleId(module)] = component;
      if (module == root) break;
    }
    std::ranges::sort(members);
    program_.components.Add(std::move(members));
  }

  Program& program_;
  std::vector<uint32_t> number_, low_, open_;
  std::vector<Frame> frames_;
  uint32_t last_ = 0;
};

}  // namespace

void BuildImportGraph(Program& program) {
  AddEdges(program);
  Components(program).Find();
}

}  // namespace unspool::semantics
