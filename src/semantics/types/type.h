// What the values of a place may be: a few types, each an exact class or a class and what derives
// from it, or something nobody knows, with the cause. Types are 64-bit words; a Value is a small
// set of them and a lattice under Join: empty (nothing comes here) at the bottom, Unknown at the
// top.
//
// Mutable containers, generators and other generic objects carry the site where they were made:
// what they hold is kept once for each site, so that every name for the object sees every change.
#pragma once

#include "base/check.h"
#include "base/ids.h"

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace unspool::semantics::types {

enum class TypeKind : uint8_t {
  Instance,  // of the class `subject`; `detail`: the site, or none
  Class,     // the class `subject` itself
  Frame,     // a function or lambda with its text; `detail`: what it is bound to, or none
  Stub,      // a function that only a stub describes; `detail` as for Frame
  Module,    // the unit `subject`
  Callable,  // something that can be called, of which only a declared type is known: `subject`
};

// A word: kind, exactness, number of positions, subject, detail. Compared and ordered as a number.
class Type {
 public:
  static constexpr uint32_t kNoDetail = UINT32_MAX;
  static constexpr uint32_t kNoArity = 63;

  constexpr Type() = default;
  constexpr Type(TypeKind kind, uint32_t subject, bool exact = true, uint32_t detail = kNoDetail,
                 uint32_t arity = kNoArity)
      : bits_(uint64_t{static_cast<uint8_t>(kind)} << 61 | uint64_t{exact} << 60 |
              uint64_t{arity} << 54 | uint64_t{subject} << 32 | detail) {
    UNSPOOL_DCHECK(subject < (1u << 22));
  }

  constexpr TypeKind kind() const { return static_cast<TypeKind>(bits_ >> 61); }
  // Instance: of this very class. Class: no subclass of it.
  constexpr bool exact() const { return bits_ >> 60 & 1; }
  constexpr uint32_t subject() const { return bits_ >> 32 & 0x3FFFFF; }
  constexpr uint32_t detail() const { return static_cast<uint32_t>(bits_); }
  constexpr bool has_detail() const { return detail() != kNoDetail; }
  // Tuples of known length: how many positions the site has. Classes: 0 where subscripted.
  constexpr uint32_t arity() const { return bits_ >> 54 & 63; }
  constexpr bool positional() const { return kind() == TypeKind::Instance && arity() != kNoArity; }
  // `list[int]`: an object that is called as the class is.
  constexpr bool alias() const { return kind() == TypeKind::Class && arity() == 0; }

  constexpr Type AsInexact() const { return FromBits(bits_ & ~(uint64_t{1} << 60)); }
  constexpr uint64_t bits() const { return bits_; }
  static constexpr Type FromBits(uint64_t bits) {
    Type type;
    type.bits_ = bits;
    return type;
  }
  constexpr auto operator<=>(const Type&) const = default;

 private:
  uint64_t bits_ = 0;
};

enum class CauseCode : uint8_t {
  None,
#define UNSPOOL_TYPE_CAUSE(Name, word, text) Name,
#include "semantics/types/causes.def"
};
std::string_view WordOf(CauseCode code);
std::string_view TextOf(CauseCode code);

// Why something is not known, and the place where that began. The least of two is kept, whatever
// the order in which they are met.
class Cause {
 public:
  constexpr Cause() = default;
  constexpr Cause(CauseCode code, uint32_t unit, uint32_t node)
      : bits_(uint64_t{static_cast<uint8_t>(code)} << 56 | uint64_t{unit & 0xFFFFFF} << 32 | node) {
  }
  constexpr CauseCode code() const { return static_cast<CauseCode>(bits_ >> 56); }
  constexpr uint32_t unit() const { return bits_ >> 32 & 0xFFFFFF; }
  constexpr uint32_t node() const { return static_cast<uint32_t>(bits_); }
  constexpr explicit operator bool() const { return bits_ != 0; }
  constexpr auto operator<=>(const Cause&) const = default;

 private:
  uint64_t bits_ = 0;
};

// How sure the types of a value are; the weakest link counts.
enum class Provenance : uint8_t {
  Proved,    // literals, constructors, flow, all callers of a function
  Declared,  // an annotation or a stub says so
};

class Value {
 public:
  // More than so many types tell a reader nothing, and cost every join.
  static constexpr size_t kMaxTypes = 8;

  Value() = default;
  static Value Of(Type type, Provenance provenance = Provenance::Proved) {
    Value value;
    value.types_[0] = type;
    value.count_ = 1;
    value.provenance_ = provenance;
    return value;
  }
  static Value Unknown(Cause cause) {
    Value value;
    value.cause_ = cause;
    return value;
  }

  bool empty() const { return count_ == 0 && !cause_; }
  bool unknown() const { return static_cast<bool>(cause_); }
  Cause cause() const { return cause_; }
  Provenance provenance() const { return provenance_; }
  // Beside what is unknown, if anything is.
  std::span<const Type> types() const { return {types_.data(), count_}; }
  bool Has(Type type) const;

  // Least upper bound, into this; true if this grew (the least of two causes is no growth). What is
  // given up because there are too many types goes to `dropped`: who holds it no longer knows, as
  // if it had gone to unknown code.
  bool Join(const Value& other, std::vector<Type>* dropped = nullptr);
  bool Add(Type type, std::vector<Type>* dropped = nullptr);
  void Weaken(Provenance provenance) {
    if (provenance > provenance_ && !empty()) provenance_ = provenance;
  }
  // The types for which `keep` holds; what is unknown stays.
  template <typename Keep>
  Value Filter(Keep&& keep) const {
    Value value;
    value.cause_ = cause_;
    value.saturated_ = saturated_;
    value.provenance_ = provenance_;
    for (Type type : types()) {
      if (keep(type)) value.types_[value.count_++] = type;
    }
    return value;
  }
  Value WithoutUnknown() const {
    Value value = *this;
    value.cause_ = Cause();
    value.saturated_ = false;
    return value;
  }

  bool operator==(const Value& other) const;

 private:
  void Saturate();

  std::array<Type, kMaxTypes> types_{};  // sorted
  uint8_t count_ = 0;
  bool saturated_ = false;  // there were too many: types are no longer kept
  Provenance provenance_ = Provenance::Proved;
  Cause cause_;
};

}  // namespace unspool::semantics::types
