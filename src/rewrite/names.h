// Fresh names: proved unused in every scope of the file, since they occur nowhere in it at all.
#pragma once

#include "syntax/tree.h"

#include <initializer_list>
#include <set>
#include <string>
#include <string_view>

namespace unspool::rewrite {

class FreshNames {
 public:
  explicit FreshNames(const syntax::Tree& tree) : tree_(tree) {}

  // The first of the wishes that is free, else the last with a number; taken from then on.
  std::string Take(std::initializer_list<std::string> wishes);
  bool IsFree(std::string_view name) const;

 private:
  const syntax::Tree& tree_;
  std::set<std::string, std::less<>> taken_;
};

}  // namespace unspool::rewrite
