// The uncaught exception of a run, as the start-up hook recorded it inside the interpreter.
#pragma once

#include "base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace unspool::verify {

struct Frame {
  std::string file;
  uint32_t line = 0;
  std::string function;
};

struct ExceptionRecord {
  std::string type;  // qualified; plain for builtins and the script's own
  std::string message;
  std::vector<std::string> arguments;  // their repr
  std::vector<std::string> notes;
  bool suppress_context = false;
  std::vector<Frame> frames;  // outermost first
  std::unique_ptr<ExceptionRecord> cause;
  std::unique_ptr<ExceptionRecord> context;
  std::vector<ExceptionRecord> members;  // of an exception group
};

struct HookRecord {
  std::optional<ExceptionRecord> exception;
  int64_t peak_kib = 0;
};

base::Result<HookRecord> ParseHookRecord(std::string_view json);

}  // namespace unspool::verify
