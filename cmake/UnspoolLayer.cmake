# unspool_layer(NAME SOURCES a.cpp ... [TESTS a_test.cpp ...] [LIBRARIES fmt::fmt ...])
#
# One static library a layer (a folder below src/). What it may include and link is read from
# src/layers.toml, the same file the include checker reads, so the two cannot drift apart.
file(STRINGS "${PROJECT_SOURCE_DIR}/src/layers.toml" UNSPOOL_LAYER_LINES REGEX "^[a-z_/]+ *= *\\[")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
                                       "${PROJECT_SOURCE_DIR}/src/layers.toml")

function(unspool_layer_dependencies NAME OUT)
  foreach(line IN LISTS UNSPOOL_LAYER_LINES)
    if(line MATCHES "^${NAME} *= *\\[([^]]*)\\]")
      string(REGEX MATCHALL "[a-z_/]+" names "${CMAKE_MATCH_1}")
      list(TRANSFORM names PREPEND "unspool_")
      set(${OUT} "${names}" PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "layer '${NAME}' is missing in src/layers.toml")
endfunction()

function(unspool_layer NAME)
  cmake_parse_arguments(LAYER "" "" "SOURCES;TESTS;LIBRARIES" ${ARGN})
  unspool_layer_dependencies(${NAME} dependencies)
  if(LAYER_SOURCES)
    add_library(unspool_${NAME} STATIC ${LAYER_SOURCES})
    target_link_libraries(unspool_${NAME} PUBLIC unspool_options ${dependencies} ${LAYER_LIBRARIES})
  else()
    add_library(unspool_${NAME} INTERFACE)
    target_link_libraries(unspool_${NAME} INTERFACE unspool_options ${dependencies}
                                                    ${LAYER_LIBRARIES})
  endif()
  if(UNSPOOL_TESTS AND LAYER_TESTS)
    add_executable(${NAME}_test ${LAYER_TESTS})
    target_link_libraries(${NAME}_test PRIVATE unspool_${NAME} GTest::gtest_main)
    add_test(NAME ${NAME} COMMAND ${NAME}_test)
  endif()
endfunction()
