# Compiler settings of every target. Strictness is for developers (UNSPOOL_DEVELOPER), never for
# who builds a release.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")

option(UNSPOOL_DEVELOPER "Warnings as errors and internal checks" OFF)
option(UNSPOOL_TESTS "Build the unit tests" OFF)
option(UNSPOOL_PCH "Precompile the heavy headers" OFF)
option(UNSPOOL_STATIC "Link static libraries where the system has them, for a wheel that moves" OFF)
set(UNSPOOL_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

# The version stands once, in the top CMakeLists.txt; code includes "version.h" for kVersion.
configure_file("${PROJECT_SOURCE_DIR}/cmake/version.h.in" "${PROJECT_BINARY_DIR}/generated/version.h"
               @ONLY)

add_library(unspool_options INTERFACE)
target_include_directories(unspool_options INTERFACE "${PROJECT_SOURCE_DIR}/src"
                                                     "${PROJECT_BINARY_DIR}/generated")
target_compile_options(unspool_options INTERFACE -Wall -Wextra -Wno-unused-parameter
                                                 -fno-strict-aliasing
                                                 # No path of the building machine in messages.
                                                 "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # libstdc++'s own algorithms use what it calls deprecated; only GCC knows to keep quiet about it.
  target_compile_options(unspool_options INTERFACE -Wno-deprecated-declarations)
endif()
if(UNSPOOL_DEVELOPER)
  target_compile_options(unspool_options INTERFACE -Werror -Wshadow -Wnon-virtual-dtor)
  target_compile_definitions(unspool_options INTERFACE UNSPOOL_CHECKED=1)
endif()
# Builds that are made once and from nothing compile several files as one: half the time and less.
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10)
if(CMAKE_UNITY_BUILD)
  # What one file calls its own is no concern of the next.
  target_compile_options(unspool_options INTERFACE -Wno-shadow -Wno-subobject-linkage)
endif()
if(UNSPOOL_SANITIZE)
  target_compile_options(unspool_options INTERFACE -fsanitize=${UNSPOOL_SANITIZE}
                                                   -fno-omit-frame-pointer)
  target_link_options(unspool_options INTERFACE -fsanitize=${UNSPOOL_SANITIZE})
  # GCC's own false alarms under -fsanitize stay warnings.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(unspool_options INTERFACE -Wno-error=maybe-uninitialized
                                                     -Wno-error=null-dereference)
  endif()
endif()

find_program(UNSPOOL_CCACHE ccache)
if(UNSPOOL_CCACHE)
  # GCC's precompiled headers are cached only with these two.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${UNSPOOL_CCACHE}")
endif()
if(UNSPOOL_TESTS)
  enable_testing()
endif()
