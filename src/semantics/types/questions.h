// What the language and its library ask of an object by itself: its truth, hash, order, text. Each
// question stands for the special methods that answer it. In: an operation, or the name of a
// library function. Out: a set of questions.
#pragma once

#include "semantics/declarations/declarations.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace unspool::semantics::types {

class Questions {
 public:
  enum Bit : uint16_t {
    kTruth = 1,            // __bool__, else __len__
    kHash = 2,             // __hash__
    kEqual = 4,            // __eq__
    kOrder = 8,            // __lt__, __gt__, __le__, __ge__
    kText = 16,            // __str__, else __repr__
    kRepresentation = 32,  // __repr__
    kFormat = 64,          // __format__, else as kText
    kLength = 128,         // __len__, __length_hint__
    kNumber = 256,         // __add__, __radd__, __iadd__
    kInstance = 512,       // of classes: __instancecheck__, __subclasscheck__, __subclasshook__
    kItem = 1024,          // of mappings: __getitem__, __missing__, for values that nobody follows
    kAny = 2048,           // any special method that is not for making objects and classes
  };
  constexpr Questions() = default;
  constexpr Questions(uint16_t bits) : bits_(bits) {}  // NOLINT(google-explicit-constructor)
  constexpr bool Has(Bit bit) const { return bits_ & bit; }
  constexpr bool empty() const { return bits_ == 0; }
  // What is asked of the objects that a container holds when the container is asked this.
  constexpr Questions OfItems() const {
    uint16_t items = bits_ & (kHash | kEqual | kOrder | kRepresentation | kInstance | kAny);
    if (bits_ & (kText | kFormat)) items |= kRepresentation;
    if (bits_ & kOrder) items |= kEqual;
    if (bits_ & kItem) items |= kText;  // `"%s" % (value,)`
    return items;
  }

 private:
  uint16_t bits_ = 0;
};

// What a function that only a stub describes asks of objects of any class (asks.def); nothing where
// nothing is said of it, and it may ask anything.
std::optional<Questions> AskedBy(const declarations::Declarations& declarations,
                                 declarations::FunctionId function);

}  // namespace unspool::semantics::types
