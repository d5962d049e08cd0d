#include "effects/state.h"

namespace unspool::effects {

void Slots::Resize(uint32_t size) {
  size_ = size;
  pages_.resize((size + kPage - 1) / kPage);
  // Empty at first, one page serves for all.
  std::shared_ptr<Page> empty;
  for (std::shared_ptr<Page>& page : pages_) {
    if (page) continue;
    if (!empty) empty = std::make_shared<Page>();
    page = empty;
  }
}

Value& Slots::Edit(uint32_t slot) {
  std::shared_ptr<Page>& page = pages_[slot / kPage];
  if (page.use_count() > 1) page = std::make_shared<Page>(*page);
  return (*page)[slot % kPage];
}

bool State::Join(const State& other) {
  if (!other.reachable) return false;
  if (!reachable) {
    *this = other;
    return true;
  }
  bool changed = false;
  // What both share is joined already.
  other.slots.ForEachDifferent(slots, [&](uint32_t slot) {
    Value joined = slots[slot];
    Value incoming = other.slots[slot];
    // Bound on one path only.
    if (incoming.empty() != joined.empty()) incoming.set_maybe_unbound(true);
    if (!joined.Join(incoming)) return;
    slots.Edit(slot) = std::move(joined);
    changed = true;
  });
  changed |= std::erase_if(not_none,
                           [&](const auto& known) { return !other.not_none.contains(known); }) != 0;
  return changed;
}

}  // namespace unspool::effects
