# Libraries of the system, by the names that layers use in LIBRARIES.
#
# Most have a CMake package of their own. The rest get an imported target here. With UNSPOOL_STATIC
# the static archive is taken where the system ships one, and fmt is used header-only, because
# Debian has no libfmt.a.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(TBB QUIET)
find_package(CLI11 QUIET)
find_package(nlohmann_json QUIET)
find_package(tomlplusplus QUIET)
if(UNSPOOL_TESTS)
  find_package(GTest REQUIRED)
endif()

# unspool_system_library(NAME HEADER): target unspool_system::NAME.
function(unspool_system_library NAME HEADER)
  set(names ${NAME})
  if(UNSPOOL_STATIC)
    list(PREPEND names lib${NAME}.a)
  endif()
  find_library(UNSPOOL_LIBRARY_${NAME} NAMES ${names})
  find_path(UNSPOOL_INCLUDE_${NAME} ${HEADER})
  mark_as_advanced(UNSPOOL_LIBRARY_${NAME} UNSPOOL_INCLUDE_${NAME})
  if(UNSPOOL_LIBRARY_${NAME} AND UNSPOOL_INCLUDE_${NAME})
    add_library(unspool_system::${NAME} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(
      unspool_system::${NAME} PROPERTIES IMPORTED_LOCATION "${UNSPOOL_LIBRARY_${NAME}}"
                                         INTERFACE_INCLUDE_DIRECTORIES "${UNSPOOL_INCLUDE_${NAME}}")
  endif()
endfunction()

unspool_system_library(re2 re2/re2.h)
unspool_system_library(sqlite3 sqlite3.h)
unspool_system_library(utf8proc utf8proc.h)

# unspool_resolve_libraries(OUT names...): what a layer asked for, as targets to link.
function(unspool_resolve_libraries OUT)
  set(resolved)
  foreach(name IN LISTS ARGN)
    if(name STREQUAL "fmt::fmt" AND UNSPOOL_STATIC)
      list(APPEND resolved fmt::fmt-header-only)
    elseif(TARGET unspool_system::${name})
      list(APPEND resolved unspool_system::${name})
    else()
      list(APPEND resolved ${name})
    endif()
  endforeach()
  set(${OUT} "${resolved}" PARENT_SCOPE)
endfunction()
