# Precompiled headers, shared by all layers (one set) and by all unit tests (one more set).
#
# On only in developer presets. clang-tidy (./dev lint) reads every file without them, and so finds
# one that forgets an include.
if(UNSPOOL_PCH)
  file(WRITE "${PROJECT_BINARY_DIR}/generated/empty.cpp.new" "// Carrier of a precompiled header.\n")
  file(COPY_FILE "${PROJECT_BINARY_DIR}/generated/empty.cpp.new"
       "${PROJECT_BINARY_DIR}/generated/empty.cpp" ONLY_IF_DIFFERENT)
  set(UNSPOOL_PCH_HEADERS
      <algorithm>
      <cstdint>
      <expected>
      <functional>
      <map>
      <memory>
      <optional>
      <span>
      <string>
      <string_view>
      <unordered_map>
      <utility>
      <variant>
      <vector>
      <fmt/format.h>)

  add_library(unspool_pch STATIC "${PROJECT_BINARY_DIR}/generated/empty.cpp")
  target_link_libraries(unspool_pch PRIVATE unspool_options fmt::fmt)
  target_precompile_headers(unspool_pch PRIVATE ${UNSPOOL_PCH_HEADERS})

  if(UNSPOOL_TESTS)
    add_library(unspool_test_pch STATIC "${PROJECT_BINARY_DIR}/generated/empty.cpp")
    target_link_libraries(unspool_test_pch PRIVATE unspool_options fmt::fmt GTest::gtest)
    target_precompile_headers(unspool_test_pch PRIVATE ${UNSPOOL_PCH_HEADERS} <gtest/gtest.h>)
  endif()
endif()
