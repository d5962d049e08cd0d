#include "semantics/declarations/decl_type.h"

#include <unordered_set>

namespace unspool::semantics::declarations {

namespace {

uint64_t Mix(uint64_t hash, uint64_t value) {
  hash ^= value + 0x9E3779B97F4A7C15ull + (hash << 6) + (hash >> 2);
  return hash * 0xFF51AFD7ED558CCDull;
}

bool IsParam(DeclTypeKind kind) {
  switch (kind) {
    case DeclTypeKind::TypeVar:
    case DeclTypeKind::ParamSpec:
    case DeclTypeKind::TypeVarTuple:
    case DeclTypeKind::Self:
    case DeclTypeKind::ParamSpecArgs:
    case DeclTypeKind::ParamSpecKwargs:
      return true;
    default:
      return false;
  }
}

}  // namespace

DeclTypeArena::DeclTypeArena() : slots_(1024) {
  Make(DeclTypeKind::Any, 0, UINT32_MAX, {});
  Make(DeclTypeKind::None, 0, UINT32_MAX, {});
  Make(DeclTypeKind::Never, 0, UINT32_MAX, {});
  Make(DeclTypeKind::Ellipsis, 0, UINT32_MAX, {});
}

uint64_t DeclTypeArena::HashOf(DeclTypeKind kind, uint8_t form, uint32_t value,
                               std::span<const DeclTypeId> args) const {
  uint64_t hash = Mix(static_cast<uint64_t>(kind) << 8 | form, value);
  for (DeclTypeId arg : args) hash = Mix(hash, arg.value());
  return hash ^ (hash >> 29);
}

DeclTypeId DeclTypeArena::Make(DeclTypeKind kind, uint8_t form, uint32_t value,
                               std::span<const DeclTypeId> args) {
  if ((types_.size() + 1) * 2 > slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t slot = HashOf(kind, form, value, args) & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    const DeclType& other = types_[slots_[slot] - 1];
    if (other.kind != kind || other.form != form || other.value != value ||
        other.args.count != args.size()) {
      continue;
    }
    if (std::equal(args.begin(), args.end(), args_.begin() + other.args.begin)) {
      return DeclTypeId(slots_[slot] - 1);
    }
  }
  DeclType type;
  type.kind = kind;
  type.form = form;
  type.value = value;
  type.has_params = IsParam(kind);
  type.has_unknown = kind == DeclTypeKind::Unknown;
  for (DeclTypeId arg : args) {
    type.has_params |= types_[arg.value()].has_params;
    type.has_unknown |= types_[arg.value()].has_unknown;
  }
  type.args = {static_cast<uint32_t>(args_.size()), static_cast<uint32_t>(args.size())};
  // The arguments may be a part of args_ itself.
  if (!args.empty() && args.data() >= args_.data() && args.data() < args_.data() + args_.size()) {
    const std::vector<DeclTypeId> copy(args.begin(), args.end());
    args_.insert(args_.end(), copy.begin(), copy.end());
  } else {
    args_.insert(args_.end(), args.begin(), args.end());
  }
  types_.push_back(type);
  slots_[slot] = static_cast<uint32_t>(types_.size());
  return DeclTypeId(static_cast<uint32_t>(types_.size() - 1));
}

void DeclTypeArena::Grow() {
  slots_.assign(slots_.size() * 2, 0);
  const size_t mask = slots_.size() - 1;
  for (uint32_t index = 0; index < types_.size(); ++index) {
    const DeclType& type = types_[index];
    size_t slot = HashOf(type.kind, type.form, type.value, Args(DeclTypeId(index))) & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = index + 1;
  }
}

DeclTypeId DeclTypeArena::Unknown(const Reason& reason) {
  reasons_.push_back(reason);
  return Make(DeclTypeKind::Unknown, 0, static_cast<uint32_t>(reasons_.size() - 1), {});
}

DeclTypeId DeclTypeArena::Class(ClassId id, std::span<const DeclTypeId> args) {
  return Make(DeclTypeKind::Class, 0, id.value(), args);
}

DeclTypeId DeclTypeArena::Tuple(TupleForm form, std::span<const DeclTypeId> args) {
  return Make(DeclTypeKind::Tuple, static_cast<uint8_t>(form), UINT32_MAX, args);
}

DeclTypeId DeclTypeArena::Union(std::span<const DeclTypeId> alternatives) {
  std::vector<DeclTypeId> flat;
  std::unordered_set<uint32_t> seen;
  auto add = [&](DeclTypeId type) {
    // A union is short as a rule: the set pays only for long ones.
    if (flat.size() < 8) {
      for (DeclTypeId other : flat) {
        if (other == type) return;
      }
    } else {
      if (seen.empty()) {
        for (DeclTypeId other : flat) seen.insert(other.value());
      }
      if (!seen.insert(type.value()).second) return;
    }
    flat.push_back(type);
  };
  for (DeclTypeId type : alternatives) {
    if ((*this)[type].kind == DeclTypeKind::Union) {
      for (DeclTypeId part : Args(type)) add(part);
    } else if ((*this)[type].kind != DeclTypeKind::Never) {
      add(type);
    }
  }
  if (flat.empty()) return kNever;
  if (flat.size() == 1) return flat[0];
  return Make(DeclTypeKind::Union, 0, UINT32_MAX, flat);
}

DeclTypeId DeclTypeArena::Literal(LiteralValue value) {
  std::string key(1, static_cast<char>(value.kind));
  key.append(std::to_string(value.class_id.value())).append(":").append(value.text);
  auto [at, fresh] =
      literal_of_.try_emplace(std::move(key), LiteralId(static_cast<uint32_t>(literals_.size())));
  if (fresh) literals_.push_back(std::move(value));
  return Make(DeclTypeKind::Literal, 0, at->second.value(), {});
}

DeclTypeId DeclTypeArena::Callable(CallableForm form, std::span<const DeclTypeId> args) {
  return Make(DeclTypeKind::Callable, static_cast<uint8_t>(form), UINT32_MAX, args);
}

DeclTypeId DeclTypeArena::TypeParam(DeclTypeKind kind, TypeParamId id) {
  return Make(kind, 0, id.value(), {});
}

DeclTypeId DeclTypeArena::Self(ClassId in) {
  return Make(DeclTypeKind::Self, 0, in.value(), {});
}

}  // namespace unspool::semantics::declarations
