#include "verify/compare.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <unistd.h>

namespace unspool::verify {

namespace fs = std::filesystem;

namespace {

// Standard error up to this size is compared line by line, larger ones byte by byte.
constexpr uint64_t kMaxNormalised = uint64_t{64} << 20;
constexpr size_t kExcerpt = 200;

// Length of the UTF-8 sequence that starts here, 0 where there is none.
size_t SequenceLength(std::string_view bytes) {
  auto byte = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
  size_t length = byte(0) < 0x80   ? 1
                  : byte(0) < 0xc2 ? 0
                  : byte(0) < 0xe0 ? 2
                  : byte(0) < 0xf0 ? 3
                  : byte(0) < 0xf5 ? 4
                                   : 0;
  if (length == 0 || length > bytes.size()) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  if (length == 3 && ((byte(0) == 0xe0 && byte(1) < 0xa0) || (byte(0) == 0xed && byte(1) > 0x9f))) {
    return 0;
  }
  if (length == 4 && ((byte(0) == 0xf0 && byte(1) < 0x90) || (byte(0) == 0xf4 && byte(1) > 0x8f))) {
    return 0;
  }
  return length;
}

class ByteReader {
 public:
  explicit ByteReader(const fs::path& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~ByteReader() {
    if (fd_ >= 0) close(fd_);
  }
  ByteReader(const ByteReader&) = delete;
  ByteReader& operator=(const ByteReader&) = delete;
  bool is_open() const { return fd_ >= 0; }

  // Up to the size of the buffer; less only at the end.
  size_t Read(char* buffer, size_t size) {
    size_t done = 0;
    while (done < size) {
      ssize_t got = read(fd_, buffer + done, size - done);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      done += static_cast<size_t>(got);
    }
    return done;
  }
  // The line that holds `offset`, cut to what an excerpt shows.
  std::string LineAt(uint64_t line_start, uint64_t offset) {
    uint64_t begin = offset - line_start > kExcerpt / 2 ? offset - kExcerpt / 2 : line_start;
    char buffer[kExcerpt];
    ssize_t got = pread(fd_, buffer, sizeof buffer, static_cast<off_t>(begin));
    std::string_view text(buffer, got > 0 ? static_cast<size_t>(got) : 0);
    size_t end = text.find('\n', std::min<size_t>(offset - begin, text.size()));
    std::string line = Excerpt(text.substr(0, end));
    if (got <= 0 || offset - begin >= static_cast<uint64_t>(got)) line += "<end>";
    return begin > line_start ? "..." + line : line;
  }

 private:
  int fd_;
};

struct FirstDifference {
  uint64_t offset = 0;
  uint64_t line = 1;
  std::string original;
  std::string rewritten;
};

base::Result<std::optional<FirstDifference>> CompareBytes(const fs::path& a, const fs::path& b) {
  ByteReader first(a), second(b);
  if (!first.is_open() || !second.is_open()) {
    return base::Fail(fmt::format("cannot read {} again", (first.is_open() ? b : a).string()));
  }
  std::vector<char> left(1 << 18), right(1 << 18);
  uint64_t offset = 0, line = 1, line_start = 0;
  while (true) {
    size_t got_left = first.Read(left.data(), left.size());
    size_t got_right = second.Read(right.data(), right.size());
    const size_t common = std::min(got_left, got_right);
    const bool same = got_left == got_right && std::memcmp(left.data(), right.data(), common) == 0;
    const size_t until =
        same ? common
             : static_cast<size_t>(
                   std::mismatch(left.begin(), left.begin() + common, right.begin()).first -
                   left.begin());
    for (const char* at = left.data();
         (at = static_cast<const char*>(std::memchr(at, '\n', left.data() + until - at)));) {
      ++at;
      ++line;
      line_start = offset + static_cast<uint64_t>(at - left.data());
    }
    if (!same) {
      const uint64_t place = offset + until;
      return FirstDifference{place, line, first.LineAt(line_start, place),
                             second.LineAt(line_start, place)};
    }
    if (common == 0) return std::nullopt;
    offset += common;
  }
}

std::string EndingText(const ProcessOutcome& outcome) {
  switch (outcome.ending) {
    case Ending::Exited:
      return fmt::format("exit code {}", outcome.exit_code);
    case Ending::Signalled:
      return fmt::format("ended by signal {} ({})", outcome.signal, strsignal(outcome.signal));
    case Ending::TimedOut:
      return "not over when the time was up";
    case Ending::OutputLimit:
      return "printed more than the limit";
  }
  return {};
}

std::string Joined(const std::vector<std::string>& texts) {
  return fmt::format("({})", fmt::join(texts, ", "));
}

std::string FramesText(const std::vector<Frame>& frames) {
  std::string text;
  for (const Frame& frame : frames) text += (text.empty() ? "" : " > ") + FrameText(frame);
  return text.empty() ? "no frames" : text;
}

class ExceptionComparer {
 public:
  ExceptionComparer(const FrameNormaliser& frames, Side first, Side second,
                    std::vector<Difference>& differences)
      : frames_(frames), first_(first), second_(second), differences_(differences) {}

  void Compare(const ExceptionRecord* a, const ExceptionRecord* b, const std::string& place) {
    if (!a && !b) return;
    if (!a || !b) {
      const DifferenceKind kind =
          place == kTop ? DifferenceKind::ExceptionType : DifferenceKind::ExceptionChain;
      auto text = [](const ExceptionRecord* e) {
        return e ? Excerpt(e->type + ": " + e->message) : std::string("none");
      };
      Add(kind, place, text(a), text(b));
      return;
    }
    if (a->type != b->type) {
      Add(DifferenceKind::ExceptionType, place, a->type, b->type);
    }
    CompareTexts(DifferenceKind::ExceptionArguments, place, a->arguments, b->arguments);
    if (Clean(a->message) != Clean(b->message)) {
      Add(DifferenceKind::ExceptionMessage, place, Excerpt(a->message), Excerpt(b->message));
    }
    CompareTexts(DifferenceKind::ExceptionNotes, place, a->notes, b->notes);
    auto a_frames = frames_.Frames(first_, a->frames);
    auto b_frames = frames_.Frames(second_, b->frames);
    if (!SameFrames(a_frames, b_frames)) {
      Add(DifferenceKind::ExceptionFrames, place, Excerpt(FramesText(a_frames), 1000),
          Excerpt(FramesText(b_frames), 1000));
    }
    if (a->suppress_context != b->suppress_context) {
      Add(DifferenceKind::ExceptionChain, place, a->suppress_context ? "from" : "context shown",
          b->suppress_context ? "from" : "context shown");
    }
    Compare(a->cause.get(), b->cause.get(), "cause of " + place);
    Compare(a->context.get(), b->context.get(), "context of " + place);
    if (a->members.size() != b->members.size()) {
      Add(DifferenceKind::ExceptionChain, place, fmt::format("{} members", a->members.size()),
          fmt::format("{} members", b->members.size()));
      return;
    }
    for (size_t i = 0; i < a->members.size(); ++i) {
      Compare(&a->members[i], &b->members[i], fmt::format("member {} of {}", i, place));
    }
  }

  static constexpr std::string_view kTop = "the exception";

 private:
  static std::string Clean(const std::string& text) {
    return FrameNormaliser::WithoutAddresses(text);
  }
  void CompareTexts(DifferenceKind kind, const std::string& place,
                    const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const bool same = std::equal(a.begin(), a.end(), b.begin(), b.end(),
                                 [](auto& x, auto& y) { return Clean(x) == Clean(y); });
    if (!same) Add(kind, place, Excerpt(Joined(a)), Excerpt(Joined(b)));
  }
  void Add(DifferenceKind kind, std::string_view place, std::string a, std::string b) {
    differences_.push_back({kind, std::string(place), std::move(a), std::move(b), {}});
  }

  const FrameNormaliser& frames_;
  Side first_, second_;
  std::vector<Difference>& differences_;
};

base::Result<void> CompareStdout(const Run& a, const Run& b, std::vector<Difference>& out) {
  auto difference = CompareBytes(a.stdout_path, b.stdout_path);
  if (!difference) return std::unexpected(difference.error());
  if (*difference) {
    out.push_back({DifferenceKind::Stdout,
                   fmt::format("stdout, line {}", (*difference)->line),
                   (*difference)->original,
                   (*difference)->rewritten,
                   {}});
  }
  return {};
}

base::Result<void> CompareStderr(const FrameNormaliser& frames, const Run& a, const Run& b,
                                 std::vector<Difference>& out) {
  std::error_code error;
  if (std::max(fs::file_size(a.stderr_path, error), fs::file_size(b.stderr_path, error)) >
      kMaxNormalised) {
    auto difference = CompareBytes(a.stderr_path, b.stderr_path);
    if (!difference) return std::unexpected(difference.error());
    if (*difference) {
      out.push_back({DifferenceKind::Stderr,
                     fmt::format("stderr, line {}", (*difference)->line),
                     (*difference)->original,
                     (*difference)->rewritten,
                     {}});
    }
    return {};
  }
  auto first = ReadAll(a.stderr_path, kMaxNormalised);
  if (!first) return std::unexpected(first.error());
  auto second = ReadAll(b.stderr_path, kMaxNormalised);
  if (!second) return std::unexpected(second.error());
  if (*first == *second && a.side == b.side) return {};
  std::vector<StderrLine> left = frames.Stderr(a.side, *first);
  std::vector<StderrLine> right = frames.Stderr(b.side, *second);
  auto [x, y] = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
  if (x == left.end() && y == right.end()) return {};
  auto text = [](const std::vector<StderrLine>& lines, auto at) {
    if (at == lines.end()) return std::string("<end>");
    return Excerpt(at->is_frame && at->line > 0 ? fmt::format("{}, line {}", at->text, at->line)
                                                : at->text);
  };
  out.push_back({DifferenceKind::Stderr,
                 fmt::format("stderr, line {} (tracebacks in one form)", x - left.begin() + 1),
                 text(left, x),
                 text(right, y),
                 {}});
  return {};
}

std::string StateText(const EntryState& state) {
  switch (state.kind) {
    case EntryKind::Missing:
      return "not there";
    case EntryKind::File:
      return fmt::format("file of {} bytes", state.size);
    case EntryKind::Link:
      return Excerpt("link to " + state.target);
    case EntryKind::Folder:
    case EntryKind::Other:
      return std::string(EntryKindName(state.kind));
  }
  return {};
}

base::Result<void> CompareEntry(const std::string& path, const EntryState& a, const EntryState& b,
                                std::vector<Difference>& out) {
  const std::string place = Excerpt(path, 1000);
  auto add = [&](DifferenceKind kind, std::string left, std::string right) {
    out.push_back({kind, place, std::move(left), std::move(right), {}});
  };
  if (a.SameAs(b)) return {};
  if (b.kind == EntryKind::Missing) {
    add(DifferenceKind::FileMissing, StateText(a), StateText(b));
    return {};
  }
  if (a.kind == EntryKind::Missing) {
    add(DifferenceKind::FileExtra, StateText(a), StateText(b));
    return {};
  }
  if (a.kind != b.kind) {
    add(DifferenceKind::FileType, StateText(a), StateText(b));
    return {};
  }
  if (a.mode != b.mode) {
    add(DifferenceKind::FileMode, fmt::format("{:o}", a.mode), fmt::format("{:o}", b.mode));
  }
  if (a.kind == EntryKind::Link && a.target != b.target) {
    add(DifferenceKind::FileContent, StateText(a), StateText(b));
  }
  if (a.kind != EntryKind::File || (a.size == b.size && a.sha256 == b.sha256)) return {};
  if (a.stored.empty() || b.stored.empty()) {
    add(DifferenceKind::FileContent, StateText(a), StateText(b));
    return {};
  }
  auto difference = CompareBytes(a.stored, b.stored);
  if (!difference) return std::unexpected(difference.error());
  if (*difference) {
    add(DifferenceKind::FileContent,
        fmt::format("line {}: {}", (*difference)->line, (*difference)->original),
        fmt::format("line {}: {}", (*difference)->line, (*difference)->rewritten));
  }
  return {};
}

base::Result<void> CompareFiles(const Workspace& workspace, const Run& a, const Run& b,
                                std::vector<Difference>& out) {
  std::set<std::string> paths;
  for (const auto& [path, state] : a.changes) paths.insert(path);
  for (const auto& [path, state] : b.changes) paths.insert(path);
  auto state_in = [&](const Run& run, const std::string& path) -> base::Result<EntryState> {
    auto found = run.changes.find(path);
    return found != run.changes.end() ? found->second : workspace.InitialState(run.side, path);
  };
  for (const std::string& path : paths) {
    auto first = state_in(a, path);
    if (!first) return std::unexpected(first.error());
    auto second = state_in(b, path);
    if (!second) return std::unexpected(second.error());
    if (auto compared = CompareEntry(path, *first, *second, out); !compared) return compared;
  }
  return {};
}

}  // namespace

std::string Excerpt(std::string_view bytes, size_t limit) {
  std::string text;
  size_t at = 0;
  while (at < bytes.size() && text.size() < limit) {
    const uint8_t byte = static_cast<uint8_t>(bytes[at]);
    const size_t length = SequenceLength(bytes.substr(at));
    if (byte == '\n') {
      text += "\\n";
    } else if (byte == '\r') {
      text += "\\r";
    } else if (byte == '\t' || (length == 1 && byte >= 0x20 && byte != 0x7f)) {
      text += static_cast<char>(byte);
    } else if (length > 1) {
      text += bytes.substr(at, length);
    } else {
      text += fmt::format("\\x{:02x}", byte);
    }
    at += std::max<size_t>(length, 1);
  }
  if (at < bytes.size()) text += "...";
  return text;
}

std::string_view DifferenceKindName(DifferenceKind kind) {
  switch (kind) {
    case DifferenceKind::Ending:
      return "ending";
    case DifferenceKind::ExitCode:
      return "exit-code";
    case DifferenceKind::Stdout:
      return "stdout";
    case DifferenceKind::Stderr:
      return "stderr";
    case DifferenceKind::ExceptionType:
      return "exception-type";
    case DifferenceKind::ExceptionArguments:
      return "exception-arguments";
    case DifferenceKind::ExceptionMessage:
      return "exception-message";
    case DifferenceKind::ExceptionNotes:
      return "exception-notes";
    case DifferenceKind::ExceptionFrames:
      return "exception-frames";
    case DifferenceKind::ExceptionChain:
      return "exception-chain";
    case DifferenceKind::FileMissing:
      return "file-missing";
    case DifferenceKind::FileExtra:
      return "file-extra";
    case DifferenceKind::FileContent:
      return "file-content";
    case DifferenceKind::FileMode:
      return "file-mode";
    case DifferenceKind::FileType:
      return "file-type";
    case DifferenceKind::Survivors:
      return "survivors";
  }
  return "ending";
}

std::string Difference::Channel() const {
  switch (kind) {
    case DifferenceKind::Stdout:
      return "stdout";
    case DifferenceKind::Stderr:
      return "stderr";
    case DifferenceKind::FileMissing:
    case DifferenceKind::FileExtra:
      // A program that makes up names makes up others in every run.
      return "names of files";
    case DifferenceKind::FileContent:
    case DifferenceKind::FileMode:
    case DifferenceKind::FileType:
      return "file " + place;
    case DifferenceKind::ExceptionType:
    case DifferenceKind::ExceptionArguments:
    case DifferenceKind::ExceptionMessage:
    case DifferenceKind::ExceptionNotes:
    case DifferenceKind::ExceptionFrames:
    case DifferenceKind::ExceptionChain:
      return "exception";
    case DifferenceKind::Ending:
    case DifferenceKind::ExitCode:
      return "exit";
    case DifferenceKind::Survivors:
      return "processes";
  }
  return {};
}

Comparer::Comparer(const Runner& runner)
    : runner_(runner), frames_(runner.subject(), runner.place(), runner.hook_folder()) {}

base::Result<std::vector<Difference>> Comparer::Compare(const Run& original,
                                                        const Run& rewritten) const {
  std::vector<Difference> differences;
  const ProcessOutcome& a = original.process;
  const ProcessOutcome& b = rewritten.process;
  if (a.ending != b.ending || a.signal != b.signal) {
    differences.push_back(
        {DifferenceKind::Ending, "end of the program", EndingText(a), EndingText(b), {}});
  } else if (a.exit_code != b.exit_code) {
    differences.push_back(
        {DifferenceKind::ExitCode, "end of the program", EndingText(a), EndingText(b), {}});
  }
  auto survivors = [](const ProcessOutcome& outcome) {
    return outcome.survivors == 0
               ? std::string("none")
               : Excerpt(fmt::format("{}: {}", outcome.survivors, outcome.survivor_command));
  };
  // How many a daemonising program leaves is a matter of moments; that it leaves any is not.
  if ((a.survivors > 0) != (b.survivors > 0)) {
    differences.push_back(
        {DifferenceKind::Survivors, "processes left running", survivors(a), survivors(b), {}});
  }
  ExceptionComparer(frames_, original.side, rewritten.side, differences)
      .Compare(original.exception ? &*original.exception : nullptr,
               rewritten.exception ? &*rewritten.exception : nullptr,
               std::string(ExceptionComparer::kTop));
  if (auto done = CompareStdout(original, rewritten, differences); !done) {
    return std::unexpected(done.error());
  }
  if (auto done = CompareStderr(frames_, original, rewritten, differences); !done) {
    return std::unexpected(done.error());
  }
  if (auto done = CompareFiles(runner_.workspace(), original, rewritten, differences); !done) {
    return std::unexpected(done.error());
  }
  for (Difference& difference : differences) difference.config = rewritten.config;
  return differences;
}

}  // namespace unspool::verify
