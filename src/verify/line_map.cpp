#include "verify/line_map.h"

#include <algorithm>
#include <unordered_map>

namespace unspool::verify {

namespace {

std::string_view Stripped(std::string_view line) {
  size_t begin = line.find_first_not_of(" \t\f\r");
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, line.find_last_not_of(" \t\f\r") + 1 - begin);
}

// Pairs of the longest common subsequence between the first and last difference, by Myers' greedy
// algorithm; gives up (pairs nothing) where the texts have little in common.
void PairByDiff(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b,
                std::vector<uint32_t>& map) {
  constexpr int kMaxDistance = 2000;
  size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head &&
         a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) {
    ++tail;
  }
  for (size_t i = 0; i < head; ++i) map[i] = static_cast<uint32_t>(i + 1);
  for (size_t i = 0; i < tail; ++i) {
    map[b.size() - 1 - i] = static_cast<uint32_t>(a.size() - i);
  }
  const int n = static_cast<int>(a.size() - head - tail);
  const int m = static_cast<int>(b.size() - head - tail);
  const int limit = std::min(n + m, kMaxDistance);
  std::vector<int> furthest(2 * limit + 3, 0);
  std::vector<std::vector<int>> history;
  const int zero = limit + 1;
  for (int d = 0; d <= limit; ++d) {
    history.push_back(furthest);
    for (int k = -d; k <= d; k += 2) {
      int x = k == -d || (k != d && furthest[zero + k - 1] < furthest[zero + k + 1])
                  ? furthest[zero + k + 1]
                  : furthest[zero + k - 1] + 1;
      int y = x - k;
      while (x < n && y < m && a[head + x] == b[head + y]) ++x, ++y;
      furthest[zero + k] = x;
      if (x < n || y < m) continue;
      // Walk the way back, pairing along the diagonals.
      for (int step = d; step >= 0; --step) {
        const std::vector<int>& before = history[step];
        int diagonal = x - y;
        int from = diagonal == -step || (diagonal != step &&
                                         before[zero + diagonal - 1] < before[zero + diagonal + 1])
                       ? diagonal + 1
                       : diagonal - 1;
        int from_x = step == 0 ? 0 : before[zero + from];
        int from_y = step == 0 ? 0 : from_x - from;
        while (x > from_x && y > from_y) {
          --x, --y;
          map[head + y] = static_cast<uint32_t>(head + x + 1);
        }
        x = from_x;
        y = from_y;
      }
      return;
    }
  }
}

}  // namespace

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<uint32_t> MapLines(std::string_view original, std::string_view rewritten) {
  const std::vector<std::string_view> a = SplitLines(original);
  const std::vector<std::string_view> b = SplitLines(rewritten);
  std::vector<uint32_t> map(b.size(), 0);
  PairByDiff(a, b, map);

  std::vector<bool> taken(a.size(), false);
  for (uint32_t line : map) {
    if (line > 0) taken[line - 1] = true;
  }
  struct Place {
    uint32_t original = 0, rewritten = 0;  // 1-based
    int originals = 0, rewrittens = 0;
  };
  std::unordered_map<std::string_view, Place> moved;
  for (size_t i = 0; i < a.size(); ++i) {
    std::string_view text = Stripped(a[i]);
    if (taken[i] || text.empty()) continue;
    Place& place = moved[text];
    place.original = static_cast<uint32_t>(i + 1);
    ++place.originals;
  }
  for (size_t i = 0; i < b.size(); ++i) {
    if (map[i] != 0) continue;
    auto found = moved.find(Stripped(b[i]));
    if (found == moved.end()) continue;
    found->second.rewritten = static_cast<uint32_t>(i + 1);
    ++found->second.rewrittens;
  }
  for (const auto& [text, place] : moved) {
    if (place.originals == 1 && place.rewrittens == 1) map[place.rewritten - 1] = place.original;
  }
  return map;
}

}  // namespace unspool::verify
