// SHA-256 (FIPS 180-4), so that whoever holds a certificate can check its hashes with `sha256sum`.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace unspool::verify {

class Sha256 {
 public:
  Sha256();
  void Update(std::string_view bytes);
  // 64 lower-case hexadecimal digits. Ends the use of this object.
  std::string Finish();

 private:
  void Block(const uint8_t* block);

  std::array<uint32_t, 8> state_;
  std::array<uint8_t, 64> pending_;
  uint64_t length_ = 0;
};

std::string Sha256Of(std::string_view bytes);
base::Result<std::string> Sha256OfFile(const std::filesystem::path& path);

}  // namespace unspool::verify
