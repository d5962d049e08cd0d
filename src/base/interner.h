// Interned strings: each distinct text gets one id, and ids compare as integers. One interner is
// used by one thread at a time. Ids follow the order of first appearance: never order output by
// them.
#pragma once

#include "base/ids.h"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::base {

struct NameTag;
using NameId = Id<NameTag>;

class Interner {
 public:
  Interner();

  // The text is copied on first appearance.
  NameId Intern(std::string_view text);
  // As Intern, but keeps a view: the text must outlive the interner.
  NameId InternStable(std::string_view text);
  // The id of a text seen before, or none.
  NameId Find(std::string_view text) const;
  std::string_view Text(NameId id) const { return texts_[id.value()]; }
  size_t size() const { return texts_.size(); }
  // Room for so many texts; more find room too.
  void Reserve(size_t count);

 private:
  struct Slot {
    uint32_t hash = 0;
    uint32_t id = UINT32_MAX;
  };

  NameId Add(std::string_view text, bool copy);
  void Resize(size_t slots);

  std::vector<Slot> slots_;
  std::vector<std::string_view> texts_;
  std::deque<std::string> owned_;
};

}  // namespace unspool::base
