#include "semantics/modules/import_resolver.h"

namespace unspool::semantics {

namespace {

void Fail(Import& import, const FoundModule& found) {
  import.meaning = found.unknown() ? ImportMeaning::Unknown : ImportMeaning::NotFound;
  import.cause = found.cause;
  import.detail = found.detail;
}

}  // namespace

std::vector<ResolvedImport> ImportResolver::Resolve(const ParsedModule& module,
                                                    const ImportPlace& place) const {
  std::vector<ResolvedImport> results(module.items.size());
  for (size_t index = 0; index < module.items.size(); ++index) {
    const ParsedModule::ItemText& text = module.item_texts[index];
    Import& import = results[index].import;
    import.item = static_cast<uint32_t>(index);
    import.row = text.row;
    import.column = text.column;
    import.guards = module.items[index].guards;
    import.name = text.name;
    ResolveItem(text, module.items[index], place, results[index]);
    const bool missing =
        import.meaning == ImportMeaning::NotFound && import.cause == ImportCause::NoSuchModule;
    // A function changes nothing before it is defined.
    const bool later =
        (module.items[index].guards & kInFunction) || text.offset > place.changed_in_function_at;
    if (missing && later && place.changed_in_function_at != UINT32_MAX) {
      import.meaning = ImportMeaning::Unknown;
      import.cause = ImportCause::SysPath;
      import.detail = place.file;
    }
  }
  return results;
}

void ImportResolver::ResolveItem(const ParsedModule::ItemText& text, const ImportItem& item,
                                 const ImportPlace& place, ResolvedImport& result) const {
  Import& import = result.import;
  import.module = std::string(item.level, '.') + text.module;
  if (item.level > 0) {
    auto absolute = AbsoluteModuleName(place.package, item.level, text.module);
    if (!absolute) {
      import.meaning = ImportMeaning::NotFound;
      import.cause =
          place.package.empty() ? ImportCause::NoKnownParent : ImportCause::BeyondTopLevel;
      import.detail = place.package;
      return;
    }
    import.module = std::move(*absolute);
  }
  if (import.module.empty()) {
    // Only in files with syntax errors.
    import.meaning = ImportMeaning::NotFound;
    import.cause = ImportCause::NoSuchModule;
    return;
  }
  const bool changed = text.offset >= place.changed_at || (item.guards & kInFunction);
  const ContextId context = changed ? place.after : place.before;

  // Outermost package first, as far as they are there.
  const FoundModule* found = nullptr;
  const std::string_view whole = import.module;
  for (size_t dot = whole.find('.');; dot = whole.find('.', dot + 1)) {
    found = &finder_.Find(whole.substr(0, dot), context);
    if (!found->found()) break;
    result.loads.push_back(found);
    if (dot == std::string_view::npos) break;
  }
  if (!found->found()) {
    Fail(import, *found);
    // The name that is missing, where it is not the one asked for.
    if (!found->unknown() && import.detail.empty()) import.detail = found->name;
    return;
  }
  result.target = found;
  import.meaning = ImportMeaning::Module;
  if (!item.name) return;
  if (import.name == "*") {
    import.meaning = ImportMeaning::Star;
    return;
  }
  const NameAnswer answer = names_.Find(*found, import.name, context);
  import.cause = answer.cause;
  import.detail = answer.detail;
  switch (answer.kind) {
    case NameAnswer::Kind::Submodule:
      result.target = answer.submodule;
      result.loads.push_back(answer.submodule);
      break;
    case NameAnswer::Kind::Attribute:
      import.meaning = ImportMeaning::Attribute;
      import.name_seen = answer.seen;
      break;
    case NameAnswer::Kind::Missing:
      import.meaning = ImportMeaning::NotFound;
      break;
    case NameAnswer::Kind::Unknown:
      import.meaning = ImportMeaning::Unknown;
      break;
  }
}

}  // namespace unspool::semantics
