#include "verify/exception_record.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace unspool::verify {

namespace {

using nlohmann::json;

std::vector<std::string> Texts(const json& object, const char* key) {
  std::vector<std::string> texts;
  if (auto found = object.find(key); found != object.end() && found->is_array()) {
    for (const json& text : *found) texts.push_back(text.get<std::string>());
  }
  return texts;
}

ExceptionRecord ParseException(const json& object) {
  ExceptionRecord record;
  record.type = object.value("type", "");
  record.message = object.value("message", "");
  record.arguments = Texts(object, "args");
  record.notes = Texts(object, "notes");
  record.suppress_context = object.value("suppress_context", false);
  for (const json& frame : object.value("frames", json::array())) {
    record.frames.push_back({frame.at(0).get<std::string>(), frame.at(1).get<uint32_t>(),
                             frame.at(2).get<std::string>()});
  }
  for (const char* key : {"cause", "context"}) {
    auto found = object.find(key);
    if (found == object.end() || !found->is_object()) continue;
    auto& place = key == std::string_view("cause") ? record.cause : record.context;
    place = std::make_unique<ExceptionRecord>(ParseException(*found));
  }
  for (const json& member : object.value("members", json::array())) {
    if (member.is_object()) record.members.push_back(ParseException(member));
  }
  return record;
}

}  // namespace

base::Result<HookRecord> ParseHookRecord(std::string_view text) {
  // The program may have written into the file: nothing in it is trusted to have its form.
  try {
    json object = json::parse(text);
    HookRecord record;
    record.peak_kib = object.value("peak_kib", int64_t{0});
    if (object.contains("exception") && object["exception"].is_object()) {
      record.exception = ParseException(object["exception"]);
    }
    return record;
  } catch (const json::exception& error) {
    return base::Fail(fmt::format("the record of the run cannot be read: {}", error.what()));
  }
}

}  // namespace unspool::verify
