// Byte ranges of values inside a text already known to be valid JSON: what a parser into objects
// throws away, and what an edit to the byte needs.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace unspool::source {

struct JsonRange {
  size_t begin = 0;
  size_t end = 0;
};

struct JsonMember {
  JsonRange key;  // with its quotes
  JsonRange value;
};

class JsonScan {
 public:
  explicit JsonScan(std::string_view text) : text_(text) {}

  JsonRange Root() const;
  char KindOf(JsonRange value) const { return text_[value.begin]; }  // '{', '[', '"', ...
  std::string_view TextOf(JsonRange value) const {
    return text_.substr(value.begin, value.end - value.begin);
  }
  std::vector<JsonMember> Members(JsonRange object) const;
  std::vector<JsonRange> Items(JsonRange array) const;
  // The last member of the name, as Python's json takes it; an empty range where there is none or
  // `object` is no object.
  JsonRange Find(JsonRange object, std::string_view name) const;

 private:
  size_t SkipSpace(size_t at) const;
  size_t EndOfValue(size_t at) const;
  size_t EndOfString(size_t at) const;

  std::string_view text_;
};

}  // namespace unspool::source
