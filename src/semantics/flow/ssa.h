// Static single assignment form of one frame's variables (Cytron et al. 1991, semi-pruned after
// Briggs et al. 1998): each reading of a slot is linked to the one version of it that can be seen
// there. A version is what the frame was entered with, a binding, the meeting of several versions
// (phi), or a version narrowed by a condition that holds from there on (the sigma functions of
// extended SSA, Bodik et al. 2000). In: a graph. Out: versions and their links, immutable.
//
// Only what the frame itself binds is seen: variables that other code rebinds (see
// Symbol::rebound_inside, and all of modules and classes) may have other values at any time.
#pragma once

#include "semantics/flow/cfg.h"

#include <cstdint>
#include <span>
#include <vector>

namespace unspool::semantics {

enum class VersionKind : uint8_t {
  Entry,     // what the slot holds when the frame begins: a parameter, or nothing
  Binding,   // bound or unbound at `node`; where it may not be, the operand is what stays
  Phi,       // at the beginning of `node`
  Narrowed,  // the operand where the test of `node` came out as `truth`
};

struct SsaVersion {
  VersionKind kind = VersionKind::Entry;
  bool truth = false;
  uint32_t slot = 0;
  uint32_t node = 0;
  // What the frame was entered with may be what it is: nothing, where it is not a parameter.
  bool may_be_entry = false;
  uint32_t operands = 0;  // where they begin
  uint32_t operand_count = 0;
};

class Ssa {
 public:
  // `slots` is the number of the scope's symbols.
  static Ssa Build(const Cfg& cfg, size_t slots);

  const std::vector<SsaVersion>& versions() const { return versions_; }
  std::span<const uint32_t> OperandsOf(const SsaVersion& version) const {
    return {operands_.data() + version.operands, version.operand_count};
  }
  // The versions of Cfg::Uses(node) and those made for Cfg::Clears(node), in their order. Nodes
  // that no way leads to have none.
  std::span<const uint32_t> UsesAt(uint32_t node) const {
    return {uses_.data() + use_begin_[node], uses_.data() + use_begin_[node + 1]};
  }
  std::span<const uint32_t> BindingsAt(uint32_t node) const {
    return {bindings_.data() + binding_begin_[node], bindings_.data() + binding_begin_[node + 1]};
  }
  // Phis and narrowed versions that begin with a node, operands before those that need them.
  std::span<const uint32_t> ArrivalsAt(uint32_t node) const {
    return {arrivals_.data() + arrival_begin_[node], arrivals_.data() + arrival_begin_[node + 1]};
  }
  // Nodes in reverse post-order, those without a way from the entry left out.
  std::span<const uint32_t> order() const { return order_; }
  // Some edge leads back in that order: one visit of each node may not be enough.
  bool has_loops() const { return has_loops_; }

 private:
  friend class SsaBuilder;

  std::vector<SsaVersion> versions_;
  std::vector<uint32_t> operands_;
  std::vector<uint32_t> uses_, use_begin_;
  std::vector<uint32_t> bindings_, binding_begin_;
  std::vector<uint32_t> arrivals_, arrival_begin_;
  std::vector<uint32_t> order_;
  bool has_loops_ = false;
};

}  // namespace unspool::semantics
