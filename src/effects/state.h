// The variables of a function at one point of its code. States are copied at every branch and loop,
// and most of a copy stays as it was: slots lie in pages that copies share until one is written, so
// that a large scope costs what changes in it (path copying, Driscoll et al. 1989).
#pragma once

#include "effects/value.h"

#include <array>
#include <memory>
#include <set>
#include <utility>
#include <vector>

namespace unspool::effects {

class Slots {
 public:
  void Resize(uint32_t size);
  const Value& operator[](uint32_t slot) const { return (*pages_[slot / kPage])[slot % kPage]; }
  Value& Edit(uint32_t slot);

  // Calls `use` with each slot that may differ from `other`'s.
  template <typename Use>
  void ForEachDifferent(const Slots& other, Use&& use) const {
    for (uint32_t page = 0; page < pages_.size(); ++page) {
      if (page < other.pages_.size() && pages_[page] == other.pages_[page]) continue;
      for (uint32_t slot = page * kPage; slot < size_ && slot < (page + 1) * kPage; ++slot)
        use(slot);
    }
  }

 private:
  static constexpr uint32_t kPage = 16;
  using Page = std::array<Value, kPage>;

  std::vector<std::shared_ptr<Page>> pages_;
  uint32_t size_ = 0;
};

// The variables of a function, its comprehensions and class bodies included, at one point.
struct State {
  Slots slots;
  bool reachable = true;
  // Attributes of the object in a slot that a condition has shown not to be None. Ends with any
  // code of the program that runs, and any assignment of an attribute or of the slot.
  std::set<std::pair<uint32_t, Symbol>> not_none;

  // Least upper bound, into this; true if this grew.
  bool Join(const State& other);
};

}  // namespace unspool::effects
