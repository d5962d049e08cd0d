#include "rewrite/names.h"

#include <fmt/format.h>

namespace unspool::rewrite {

bool FreshNames::IsFree(std::string_view name) const {
  return !tree_.names().Find(name) && !taken_.contains(name);
}

std::string FreshNames::Take(std::initializer_list<std::string> wishes) {
  std::string last;
  for (const std::string& wish : wishes) {
    last = wish;
    if (IsFree(wish)) {
      taken_.insert(wish);
      return wish;
    }
  }
  for (int number = 2;; ++number) {
    std::string name = fmt::format("{}_{}", last, number);
    if (IsFree(name)) {
      taken_.insert(name);
      return name;
    }
  }
}

}  // namespace unspool::rewrite
