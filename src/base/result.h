// The outcome of an operation that may fail for reasons outside our control (files, processes,
// configuration): a value, or an Error in words that say what to do.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace unspool::base {

struct Error {
  std::string message;  // one line, no final period
};

template <typename T>
using Result = std::expected<T, Error>;

inline std::unexpected<Error> Fail(std::string message) {
  return std::unexpected<Error>(Error{std::move(message)});
}

}  // namespace unspool::base
