# Compiler settings of every target. Strictness is for developers (UNSPOOL_DEVELOPER), never for
# who builds a release.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

option(UNSPOOL_DEVELOPER "Warnings as errors and internal checks" OFF)
option(UNSPOOL_TESTS "Build the unit tests" OFF)
set(UNSPOOL_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")

add_library(unspool_options INTERFACE)
target_include_directories(unspool_options INTERFACE "${PROJECT_SOURCE_DIR}/src"
                                                     "${PROJECT_BINARY_DIR}/generated")
target_compile_options(unspool_options INTERFACE -Wall -Wextra -Wno-unused-parameter -fno-strict-aliasing)
if(UNSPOOL_DEVELOPER)
  target_compile_options(unspool_options INTERFACE -Werror -Wshadow -Wnon-virtual-dtor)
  target_compile_definitions(unspool_options INTERFACE UNSPOOL_CHECKED=1)
endif()
if(UNSPOOL_SANITIZE)
  target_compile_options(unspool_options INTERFACE -fsanitize=${UNSPOOL_SANITIZE}
                                                   -fno-omit-frame-pointer)
  target_link_options(unspool_options INTERFACE -fsanitize=${UNSPOOL_SANITIZE})
endif()

find_package(fmt REQUIRED)
find_program(UNSPOOL_CCACHE ccache)
if(UNSPOOL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${UNSPOOL_CCACHE}")
endif()
if(UNSPOOL_TESTS)
  enable_testing()
  find_package(GTest REQUIRED)
endif()
