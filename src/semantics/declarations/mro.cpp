#include "semantics/declarations/mro.h"

#include <unordered_map>

namespace unspool::semantics::declarations {

namespace {

// A list of C3's merge, consumed from the front.
struct Sequence {
  std::vector<ClassId> items;
  size_t at = 0;
  bool open = false;
  size_t base_index = 0;  // the base whose order it is

  bool known_left() const { return at < items.size(); }
};

}  // namespace

LinearOrder Linearize(std::span<const BaseOrder> bases) {
  LinearOrder result;
  if (bases.empty()) return result;
  if (bases.size() == 1) {
    result.classes.assign(bases[0].order.begin(), bases[0].order.end());
    if (bases[0].open) result.state = LinearOrder::State::Partial;
    return result;
  }
  std::vector<Sequence> sequences;
  std::unordered_map<uint32_t, size_t> direct;  // class -> its place among the bases
  for (size_t index = 0; index < bases.size(); ++index) {
    const BaseOrder& base = bases[index];
    sequences.push_back({{base.order.begin(), base.order.end()}, 0, base.open, index});
    if (base.base && !direct.try_emplace(base.base.value(), index).second) {
      result.state = LinearOrder::State::Inconsistent;
      return result;
    }
  }
  // The order in which the bases are written. An unknown one is somewhere in it, but what stands
  // behind it is still ordered after what stands before.
  Sequence written;
  written.base_index = bases.size();
  for (const BaseOrder& base : bases) {
    if (base.base) written.items.push_back(base.base);
  }
  sequences.push_back(std::move(written));

  std::unordered_map<uint32_t, size_t> in_tails;
  for (const Sequence& sequence : sequences) {
    for (size_t index = 1; index < sequence.items.size(); ++index) {
      ++in_tails[sequence.items[index].value()];
    }
  }
  // An unknown class of an open sequence may come before `candidate` unless that is the sequence's
  // own next, or a base written before it: then the order would be inconsistent.
  auto certain = [&](ClassId candidate) {
    for (const Sequence& sequence : sequences) {
      if (!sequence.open) continue;
      if (sequence.known_left() && sequence.items[sequence.at] == candidate) continue;
      auto at = direct.find(candidate.value());
      if (at != direct.end() && at->second < sequence.base_index) continue;
      return false;
    }
    return true;
  };
  for (;;) {
    ClassId chosen;
    bool left = false, stuck_on_open = false;
    for (const Sequence& sequence : sequences) {
      if (!sequence.known_left()) {
        if (sequence.open) {
          // What follows here is not known, and it has precedence over later sequences.
          stuck_on_open = true;
          break;
        }
        continue;
      }
      left = true;
      const ClassId head = sequence.items[sequence.at];
      if (auto at = in_tails.find(head.value()); at != in_tails.end() && at->second > 0) continue;
      if (!certain(head)) {
        stuck_on_open = true;
        break;
      }
      chosen = head;
      break;
    }
    if (!chosen) {
      if (stuck_on_open) {
        result.state = LinearOrder::State::Partial;
      } else if (left) {
        result.state = LinearOrder::State::Inconsistent;
        result.classes.clear();
      }
      return result;
    }
    result.classes.push_back(chosen);
    for (Sequence& sequence : sequences) {
      if (!sequence.known_left() || sequence.items[sequence.at] != chosen) continue;
      ++sequence.at;
      if (sequence.known_left()) --in_tails[sequence.items[sequence.at].value()];
    }
  }
}

}  // namespace unspool::semantics::declarations
