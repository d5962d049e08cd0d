// How much work a piece of code is, as far as its text and the facts tell without a run: an
// interval of time on a current machine under CPython, from counted operations, known costs of
// library calls and known trip counts. Used to leave alone what cannot pay, and to say from how
// many iterations on the rest does; never to promise a gain, which only a measurement can.
#pragma once

#include "effects/facts.h"
#include "syntax/tree.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>

namespace unspool::strategy {

using syntax::NodeId;

// Seconds. `most` is infinite where nothing bounds the work: an inner loop of unknown length, a
// library call whose time depends on data that is not known.
struct Work {
  double least = 0;
  double most = 0;
  bool unknown = false;  // includes a call that is not understood

  bool bounded() const { return most < std::numeric_limits<double>::infinity(); }
  Work& operator+=(const Work& other);
};

// Moving one item to another process and its result back, at the very least.
constexpr double kLeastTransport = 2e-6;

class WorkModel {
 public:
  // The tree and the facts must outlive the model.
  WorkModel(const syntax::Tree& tree, const effects::Facts& facts);
  ~WorkModel();

  // One iteration of a loop or comprehension, without its header.
  Work OfIteration(NodeId loop);
  // How often a loop or comprehension iterates whenever it is run, where that is known; the product
  // for a comprehension of several clauses.
  std::optional<uint64_t> TripsOf(NodeId loop) const;

 private:
  class Counter;
  std::unique_ptr<Counter> counter_;
};

}  // namespace unspool::strategy
