#include "effects/effect.h"

namespace unspool::effects {

std::string_view ChannelName(Channel channel) {
  switch (channel) {
    case Channel::Stdout:
      return "standard output";
    case Channel::Stderr:
      return "standard error";
    case Channel::Stdin:
      return "standard input";
    case Channel::FileSystem:
      return "the file system";
    case Channel::Clock:
      return "the clock";
    case Channel::Environment:
      return "the environment";
    case Channel::GlobalRandom:
      return "the global random stream";
    case Channel::Network:
      return "the network";
    case Channel::Process:
      return "processes";
    case Channel::Warnings:
      return "the warnings machinery";
    case Channel::ModuleName:
      return "the name of the module";
    case Channel::HashOrder:
      return "the order of a set";
    case Channel::Interpreter:
      return "settings of the interpreter";
  }
  return "the world";
}

std::string_view WriteHowName(WriteHow how) {
  switch (how) {
    case WriteHow::NotAWrite:
      return "read";
    case WriteHow::Append:
      return "append";
    case WriteHow::Extend:
      return "extend";
    case WriteHow::SetKey:
      return "set-key";
    case WriteHow::AddToSet:
      return "add-to-set";
    case WriteHow::Assign:
      return "assign";
    case WriteHow::Delete:
      return "delete";
    case WriteHow::Resize:
      return "resize";
    case WriteHow::Emit:
      return "emit";
    case WriteHow::Draw:
      return "draw";
    case WriteHow::Arbitrary:
      return "arbitrary";
  }
  return "arbitrary";
}

std::string_view CauseCodeName(CauseCode code) {
  switch (code) {
    case CauseCode::UnknownCall:
      return "unknown-call";
    case CauseCode::UnknownType:
      return "unknown-type";
    case CauseCode::UnknownParameter:
      return "unknown-parameter";
    case CauseCode::UnknownName:
      return "unknown-name";
    case CauseCode::UnknownImport:
      return "unknown-import";
    case CauseCode::Dynamic:
      return "dynamic";
    case CauseCode::Unsupported:
      return "unsupported";
    case CauseCode::Limit:
      return "limit";
  }
  return "unknown";
}

}  // namespace unspool::effects
