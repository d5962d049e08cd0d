# Turns the profiler into a C++ string.
file(READ "${IN}" text)
set(code "// Made from python/unspool/_run/profile_loops.py; edit that.\n#include \"service/script_project.h\"\n\nnamespace unspool::service {\nstd::string_view ProfilerText() {\n  static constexpr char kText[] =\nR\"unspool(${text})unspool\";\n  return std::string_view(kText, sizeof(kText) - 1);\n}\n}  // namespace unspool::service\n")
file(WRITE "${OUT}" "${code}")
