// Abstract values: what an expression may evaluate to. A value is a set of exact immutable scalar
// classes and a set of references to abstract objects, or Unknown with a cause. Exactness matters:
// a subclass may override any operator, so a class stands here only when it is known exactly.
#pragma once

#include "base/ids.h"
#include "base/interner.h"
#include "syntax/tree.h"

#include <cstdint>
#include <string>
#include <vector>

namespace unspool::effects {

using syntax::NodeId;

// Names and texts shared by all modules of a program.
using Symbol = base::NameId;

struct ObjectTag;
using ObjectId = base::Id<ObjectTag>;
struct CauseTag;
using CauseId = base::Id<CauseTag>;

// Exact classes whose instances are immutable, have no identity that a program should rely on, and
// whose operators run no user code.
enum Scalar : uint16_t {
  kNone = 1 << 0,
  kBool = 1 << 1,
  kInt = 1 << 2,
  kFloat = 1 << 3,
  kComplex = 1 << 4,
  kStr = 1 << 5,
  kBytes = 1 << 6,
  kEllipsis = 1 << 7,
  kNotImplemented = 1 << 8,
};
constexpr uint16_t kScalarsBesideStr =
    kNone | kBool | kInt | kFloat | kComplex | kBytes | kEllipsis | kNotImplemented;
constexpr uint16_t kNumbers = kBool | kInt | kFloat | kComplex;
constexpr uint16_t kReals = kBool | kInt | kFloat;

// How fresh an object is where the reference stands: it was allocated within the current iteration
// of the loop at this depth of the function (0: within the current call; -1: within the current
// iteration of the caller's innermost loop, and so on outwards). A lower bound: the object may be
// fresher than said, never older. kOld: nothing is known.
using Age = int8_t;
constexpr Age kOld = -100;
constexpr Age kOldestTracked = -4;

struct Ref {
  ObjectId object;
  Age age = kOld;
  bool exact = false;  // the age is no bound but the truth

  bool operator==(const Ref&) const = default;
};

// A symbolic integer: the item of a loop over a range, or the index enumerate() gives, whose values
// differ from iteration to iteration and are never negative.
struct Term {
  NodeId loop;  // none: no term
  bool operator==(const Term&) const = default;
  explicit operator bool() const { return loop.has_value(); }
};

class Value {
 public:
  Value() = default;
  static Value OfScalar(uint16_t scalars) {
    Value value;
    value.scalars_ = scalars;
    return value;
  }
  static Value OfInt(int64_t number);
  static Value OfBool(bool truth);
  static Value OfText(Symbol text);
  static Value OfObject(ObjectId object, Age age, bool exact = true);
  static Value Unknown(CauseId cause);

  // Nothing can be here: unreachable, or not computed yet.
  bool empty() const { return scalars_ == 0 && refs_.empty() && !cause_ && !maybe_unbound_; }
  bool is_unknown() const { return cause_.has_value(); }
  CauseId cause() const { return cause_; }
  uint16_t scalars() const { return scalars_; }
  const std::vector<Ref>& refs() const& { return refs_; }
  // Of a temporary: by value, so that a loop over it does not outlive it.
  std::vector<Ref> refs() && { return std::move(refs_); }
  bool maybe_unbound() const { return maybe_unbound_; }
  // Only scalars, and all of them among `allowed`.
  bool only(uint16_t allowed) const {
    return !cause_ && refs_.empty() && scalars_ != 0 && (scalars_ & ~allowed) == 0;
  }
  bool only_scalars() const { return !cause_ && refs_.empty() && scalars_ != 0; }
  // The only object this can be, or none.
  const Ref* single() const& {
    return !cause_ && scalars_ == 0 && refs_.size() == 1 ? &refs_.front() : nullptr;
  }

  const Ref* single() && = delete;

  bool has_number() const { return constant_ == Known::Number; }
  int64_t number() const { return number_; }
  Symbol text() const {
    return constant_ == Known::Text ? Symbol(static_cast<uint32_t>(number_)) : Symbol();
  }
  const Term& term() const { return term_; }
  void set_term(Term term) { term_ = term; }
  void set_maybe_unbound(bool maybe) { maybe_unbound_ = maybe; }

  // Least upper bound, into this; true if this grew.
  bool Join(const Value& other);
  Value WithoutConstant() const;
  Value WithoutScalars(uint16_t scalars) const;
  Value OnlyScalars(uint16_t scalars) const;
  // The same objects with another age.
  template <typename Function>
  Value MapRefs(Function&& function) const {
    Value value = *this;
    for (Ref& ref : value.refs_) ref = function(ref);
    return value;
  }
  void RemoveRef(ObjectId object);

  bool operator==(const Value&) const = default;

 private:
  enum class Known : uint8_t { Nothing, Number, Text };

  uint16_t scalars_ = 0;
  bool maybe_unbound_ = false;
  Known constant_ = Known::Nothing;
  CauseId cause_;
  Term term_;
  int64_t number_ = 0;
  std::vector<Ref> refs_;  // sorted by object
};

}  // namespace unspool::effects
