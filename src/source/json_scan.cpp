#include "source/json_scan.h"

namespace unspool::source {

size_t JsonScan::SkipSpace(size_t at) const {
  while (at < text_.size() &&
         (text_[at] == ' ' || text_[at] == '\t' || text_[at] == '\n' || text_[at] == '\r')) {
    ++at;
  }
  return at;
}

size_t JsonScan::EndOfString(size_t at) const {
  for (++at; at < text_.size() && text_[at] != '"'; ++at) {
    if (text_[at] == '\\') ++at;
  }
  return at + 1;
}

size_t JsonScan::EndOfValue(size_t at) const {
  if (text_[at] == '"') return EndOfString(at);
  if (text_[at] != '{' && text_[at] != '[') {
    size_t end = text_.find_first_of(" \t\r\n,]}", at);
    return end == std::string_view::npos ? text_.size() : end;
  }
  size_t depth = 0;
  while (at < text_.size()) {
    char c = text_[at];
    if (c == '"') {
      at = EndOfString(at);
      continue;
    }
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    ++at;
    if (depth == 0) break;
  }
  return at;
}

JsonRange JsonScan::Root() const {
  size_t begin = SkipSpace(text_.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  return {begin, EndOfValue(begin)};
}

std::vector<JsonMember> JsonScan::Members(JsonRange object) const {
  std::vector<JsonMember> members;
  size_t at = SkipSpace(object.begin + 1);
  while (at < object.end && text_[at] == '"') {
    JsonMember member;
    member.key = {at, EndOfString(at)};
    // Behind the colon.
    at = SkipSpace(SkipSpace(member.key.end) + 1);
    member.value = {at, EndOfValue(at)};
    members.push_back(member);
    at = SkipSpace(member.value.end);
    if (text_[at] == ',') at = SkipSpace(at + 1);
  }
  return members;
}

std::vector<JsonRange> JsonScan::Items(JsonRange array) const {
  std::vector<JsonRange> items;
  size_t at = SkipSpace(array.begin + 1);
  while (at < array.end && text_[at] != ']') {
    items.push_back({at, EndOfValue(at)});
    at = SkipSpace(items.back().end);
    if (text_[at] == ',') at = SkipSpace(at + 1);
  }
  return items;
}

JsonRange JsonScan::Find(JsonRange object, std::string_view name) const {
  JsonRange found;
  if (object.begin == object.end || text_[object.begin] != '{') return found;
  for (const JsonMember& member : Members(object)) {
    std::string_view key = TextOf(member.key);
    if (key.substr(1, key.size() - 2) == name) found = member.value;
  }
  return found;
}

}  // namespace unspool::source
