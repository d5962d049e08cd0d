#include "effects/value.h"

#include <algorithm>

namespace unspool::effects {

Value Value::OfInt(int64_t number) {
  Value value = OfScalar(kInt);
  value.constant_ = Known::Number;
  value.number_ = number;
  return value;
}

Value Value::OfBool(bool truth) {
  Value value = OfScalar(kBool);
  value.constant_ = Known::Number;
  value.number_ = truth;
  return value;
}

Value Value::OfText(Symbol text) {
  Value value = OfScalar(kStr);
  value.constant_ = Known::Text;
  value.number_ = text.value();
  return value;
}

Value Value::OfObject(ObjectId object, Age age, bool exact) {
  Value value;
  value.refs_.push_back({object, age, exact});
  return value;
}

Value Value::Unknown(CauseId cause) {
  Value value;
  value.cause_ = cause;
  return value;
}

bool Value::Join(const Value& other) {
  if (other.empty()) return false;
  if (empty()) {
    *this = other;
    return true;
  }
  bool changed = false;
  if (other.cause_ && !cause_) {
    cause_ = other.cause_;
    changed = true;
  }
  if (other.maybe_unbound_ && !maybe_unbound_) {
    maybe_unbound_ = true;
    changed = true;
  }
  bool nothing_bound = scalars_ == 0 && refs_.empty() && !cause_;
  if (nothing_bound) {
    // Only "unbound" so far: a constant of the other side stays one.
    constant_ = other.constant_;
    number_ = other.number_;
    term_ = other.term_;
    changed |= constant_ != Known::Nothing || term_;
  } else if (other.scalars_ || !other.refs_.empty() || other.cause_) {
    if (constant_ != Known::Nothing && (constant_ != other.constant_ || number_ != other.number_)) {
      constant_ = Known::Nothing;
      number_ = 0;
      changed = true;
    }
    if (term_ && term_ != other.term_) {
      term_ = {};
      changed = true;
    }
  }
  if ((scalars_ | other.scalars_) != scalars_) {
    scalars_ |= other.scalars_;
    changed = true;
  }
  for (const Ref& ref : other.refs_) {
    auto at =
        std::lower_bound(refs_.begin(), refs_.end(), ref.object,
                         [](const Ref& mine, ObjectId object) { return mine.object < object; });
    if (at == refs_.end() || at->object != ref.object) {
      refs_.insert(at, ref);
      changed = true;
      continue;
    }
    Ref merged = {ref.object, std::min(at->age, ref.age),
                  at->exact && ref.exact && at->age == ref.age};
    if (merged != *at) {
      *at = merged;
      changed = true;
    }
  }
  return changed;
}

Value Value::WithoutConstant() const {
  Value value = *this;
  value.constant_ = Known::Nothing;
  value.number_ = 0;
  value.term_ = {};
  return value;
}

Value Value::WithoutScalars(uint16_t scalars) const {
  Value value = *this;
  value.scalars_ &= ~scalars;
  if (value.scalars_ != scalars_) {
    value.constant_ = Known::Nothing;
    value.number_ = 0;
  }
  return value;
}

Value Value::OnlyScalars(uint16_t scalars) const {
  Value value;
  value.scalars_ = cause_ ? scalars : scalars_ & scalars;
  return value;
}

void Value::RemoveRef(ObjectId object) {
  std::erase_if(refs_, [&](const Ref& ref) { return ref.object == object; });
}

}  // namespace unspool::effects
