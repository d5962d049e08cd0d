#include "source/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#define XXH_INLINE_ALL
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <xxhash.h>

namespace unspool::source {
namespace {

// Offsets are 32-bit, and a byte of a single-byte encoding takes up to three in UTF-8.
constexpr uint64_t kMaxBytes = uint64_t{1} << 30;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > STDIN_FILENO) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

std::unexpected<Problem> FromErrno(const std::string& path, int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return Fail(ProblemKind::FileNotFound, path);
    case EACCES:
    case EPERM:
      return Fail(ProblemKind::PermissionDenied, path);
    case EISDIR:
      return Fail(ProblemKind::IsDirectory, path);
    default:
      return Fail(ProblemKind::ReadFailed, path, {std::strerror(error)});
  }
}

std::string_view KindOfFile(mode_t mode) {
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device";
  if (S_ISFIFO(mode)) return "a pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return "something else";
}

std::unexpected<Problem> TooLarge(const std::string& path, uint64_t size) {
  return Fail(ProblemKind::FileTooLarge, path, {fmt::to_string(size), fmt::to_string(kMaxBytes)});
}

Outcome<std::string> ReadAll(const std::string& path, int fd, size_t expected) {
  std::string bytes;
  bytes.resize(std::max<size_t>(expected + 1, 4096));
  size_t size = 0;
  while (true) {
    if (size == bytes.size()) bytes.resize(bytes.size() * 2);
    ssize_t got = read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FromErrno(path, errno);
    if (got == 0) break;
    size += static_cast<size_t>(got);
    if (size > kMaxBytes) return TooLarge(path, size);
  }
  bytes.resize(size);
  return bytes;
}

// The place of a byte in a text that cannot be decoded: columns count bytes.
Position PlaceInBytes(std::string_view bytes, size_t offset) {
  return LineIndex(bytes).PositionOf(static_cast<uint32_t>(offset), ColumnUnit::Byte);
}

bool LooksLikeUtf16(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

constexpr std::string_view kUtf16Help =
    "the file looks like UTF-16, which Python does not read; save it as UTF-8";

std::unexpected<Problem> NullByteAt(const std::string& path, std::string_view bytes, size_t at) {
  Position begin = PlaceInBytes(bytes, at);
  bool wide = LooksLikeUtf16(bytes) || (bytes.size() > 2 && (bytes[0] == '\0' || bytes[1] == '\0'));
  return Fail(ProblemKind::NullByte, path,
              {std::string(wide ? kUtf16Help : "remove the byte, or exclude the file")}, begin,
              {begin.row, begin.column + 1});
}

std::unexpected<Problem> UndecodableAt(const std::string& path, std::string_view bytes, size_t bom,
                                       const Encoding& encoding, const CodecError& fault) {
  size_t length = fault.end - fault.begin;
  auto byte = static_cast<unsigned char>(bytes[bom + fault.begin]);
  std::string what = length == 1
                         ? fmt::format("byte 0x{:02x} in position {}", byte, fault.begin)
                         : fmt::format("bytes in position {}-{}", fault.begin, fault.end - 1);
  std::string help;
  if (LooksLikeUtf16(bytes)) {
    help = kUtf16Help;
  } else if (encoding.declared.empty()) {
    help = "save the file as UTF-8, or declare its encoding in the first line: # coding: latin-1";
  } else {
    help = fmt::format("save the file as {}, or declare the encoding it has", encoding.declared);
  }
  Position begin = PlaceInBytes(bytes.substr(bom), fault.begin);
  // Python's charmap codecs name themselves "charmap".
  std::string codec = encoding.kind == EncodingKind::Charmap ? "charmap" : encoding.name;
  return Fail(ProblemKind::Undecodable, path, {codec, what, fault.reason, help}, begin,
              {begin.row, begin.column + static_cast<uint32_t>(length)});
}

}  // namespace

ContentHash HashOf(std::string_view bytes) {
  XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::string HexOf(ContentHash hash) {
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

std::string_view LineEndText(LineEnd line_end) {
  constexpr std::array<std::string_view, 3> kTexts = {"\n", "\r\n", "\r"};
  return kTexts[static_cast<size_t>(line_end)];
}

LineEnd DominantLineEnd(std::string_view text) {
  if (text.find('\r') == std::string_view::npos) return LineEnd::Lf;
  std::array<size_t, 3> counts{};
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\n') ++counts[0];
    if (text[at] != '\r') continue;
    bool pair = at + 1 < text.size() && text[at + 1] == '\n';
    ++counts[pair ? 1 : 2];
    if (pair) ++at;
  }
  return static_cast<LineEnd>(std::max_element(counts.begin(), counts.end()) - counts.begin());
}

std::string WithLineEnd(std::string_view text, LineEnd line_end) {
  if (line_end == LineEnd::Lf) return std::string(text);
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (char c : text) {
    if (c == '\n') {
      out += LineEndText(line_end);
    } else {
      out += c;
    }
  }
  return out;
}

Outcome<std::string> ReadBytes(const std::string& path) {
  // Opening a pipe or a device may block or act; look before.
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return FromErrno(path, errno);
  if (S_ISDIR(info.st_mode)) return Fail(ProblemKind::IsDirectory, path);
  if (!S_ISREG(info.st_mode)) {
    return Fail(ProblemKind::NotRegularFile, path, {std::string(KindOfFile(info.st_mode))});
  }
  auto size = static_cast<uint64_t>(info.st_size);
  if (size > kMaxBytes) return TooLarge(path, size);
  Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (fd.get() < 0) return FromErrno(path, errno);
  return ReadAll(path, fd.get(), size);
}

SourceFile::SourceFile(std::string path, uint32_t cell, std::string bytes, Encoding encoding,
                       bool has_bom, std::string decoded)
    : path_(std::move(path)),
      cell_(cell),
      bytes_(std::move(bytes)),
      encoding_(std::move(encoding)),
      has_bom_(has_bom),
      decoded_(std::move(decoded)),
      text_(decoded_.empty() ? std::string_view(bytes_).substr(has_bom_ ? 3 : 0) : decoded_),
      line_end_(DominantLineEnd(text_)),
      hash_(HashOf(bytes_)),
      lines_(text_) {}

Outcome<SourceFilePtr> SourceFile::Read(const std::string& path) {
  Outcome<std::string> bytes = ReadBytes(path);
  if (!bytes) return std::unexpected(bytes.error());
  return FromBytes(path, *std::move(bytes));
}

Outcome<SourceFilePtr> SourceFile::ReadStandardInput(std::string path) {
  Outcome<std::string> bytes = ReadAll(path, STDIN_FILENO, 0);
  if (!bytes) return std::unexpected(bytes.error());
  return FromBytes(std::move(path), *std::move(bytes));
}

Outcome<SourceFilePtr> SourceFile::FromBytes(std::string path, std::string bytes) {
  if (bytes.size() > kMaxBytes) return TooLarge(path, bytes.size());
  size_t null = bytes.find('\0');
  if (null != std::string::npos) return NullByteAt(path, bytes, null);
  Outcome<DetectedEncoding> detected = DetectEncoding(path, bytes);
  if (!detected) return std::unexpected(detected.error());
  size_t bom = detected->has_bom ? 3 : 0;
  std::string_view body = std::string_view(bytes).substr(bom);
  std::string decoded;
  if (detected->encoding.kind == EncodingKind::Utf8) {
    CodecError fault = FindUtf8Fault(body);
    if (fault.begin != std::string_view::npos) {
      return UndecodableAt(path, bytes, bom, detected->encoding, fault);
    }
  } else {
    std::expected<std::string, CodecError> text = Decode(detected->encoding, body);
    if (!text) return UndecodableAt(path, bytes, bom, detected->encoding, text.error());
    if (*text != body) decoded = *std::move(text);
  }
  return SourceFilePtr(new SourceFile(std::move(path), 0, std::move(bytes),
                                      std::move(detected->encoding), detected->has_bom,
                                      std::move(decoded)));
}

Outcome<SourceFilePtr> SourceFile::FromText(std::string path, std::string text, uint32_t cell) {
  auto with_cell = [&](std::unexpected<Problem> failure) {
    failure.error().cell = cell;
    return failure;
  };
  if (text.size() > kMaxBytes) return with_cell(TooLarge(path, text.size()));
  size_t null = text.find('\0');
  if (null != std::string::npos) return with_cell(NullByteAt(path, text, null));
  CodecError fault = FindUtf8Fault(text);
  if (fault.begin != std::string_view::npos) {
    return with_cell(UndecodableAt(path, text, 0, Encoding{}, fault));
  }
  return SourceFilePtr(
      new SourceFile(std::move(path), cell, std::move(text), Encoding{}, false, {}));
}

}  // namespace unspool::source
