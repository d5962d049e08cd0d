#include "semantics/types/type.h"

#include <algorithm>

namespace unspool::semantics::types {

std::string_view WordOf(CauseCode code) {
  switch (code) {
    case CauseCode::None:
      return "";
#define UNSPOOL_TYPE_CAUSE(Name, word, text) \
  case CauseCode::Name:                      \
    return word;
#include "semantics/types/causes.def"
  }
  return "";
}

std::string_view TextOf(CauseCode code) {
  switch (code) {
    case CauseCode::None:
      return "";
#define UNSPOOL_TYPE_CAUSE(Name, word, text) \
  case CauseCode::Name:                      \
    return text;
#include "semantics/types/causes.def"
  }
  return "";
}

bool Value::Has(Type type) const {
  return std::ranges::binary_search(types(), type);
}

bool Value::Add(Type type, std::vector<Type>* dropped) {
  if (saturated_) {
    if (dropped) dropped->push_back(type);
    return false;
  }
  const auto end = types_.begin() + count_;
  const auto at = std::lower_bound(types_.begin(), end, type);
  if (at != end && *at == type) return false;
  if (count_ == kMaxTypes) {
    if (dropped) {
      dropped->insert(dropped->end(), types_.begin(), end);
      dropped->push_back(type);
    }
    Saturate();
    return true;
  }
  std::move_backward(at, end, end + 1);
  *at = type;
  ++count_;
  return true;
}

void Value::Saturate() {
  saturated_ = true;
  count_ = 0;
  const Cause cause(CauseCode::TooManyTypes, 0, 0);
  if (!cause_ || cause < cause_) cause_ = cause;
}

bool Value::Join(const Value& other, std::vector<Type>* dropped) {
  bool grew = false;
  if (other.saturated_ && !saturated_) {
    if (dropped) dropped->insert(dropped->end(), types().begin(), types().end());
    Saturate();
    grew = true;
  }
  // Another cause of the same ignorance tells nobody more.
  grew |= other.cause_ && !cause_;
  if (other.cause_ && (!cause_ || other.cause_ < cause_)) cause_ = other.cause_;
  for (Type type : other.types()) grew |= Add(type, dropped);
  if (other.provenance_ > provenance_) {
    provenance_ = other.provenance_;
    grew = true;
  }
  return grew;
}

bool Value::operator==(const Value& other) const {
  return cause_ == other.cause_ && saturated_ == other.saturated_ &&
         provenance_ == other.provenance_ && std::ranges::equal(types(), other.types());
}

}  // namespace unspool::semantics::types
