# Finds the stubs of the standard library in the package `typeshed-client` of the building Python:
# UNSPOOL_TYPESHED is their folder. The wheel's build requires the package (pyproject.toml); a
# build without it goes on, and that executable knows no stubs of the standard library.
set(UNSPOOL_TYPESHED "" CACHE PATH "Folder `typeshed` of the package typeshed-client")
if(NOT UNSPOOL_TYPESHED)
  set(unspool_candidates)
  # Given by scikit-build-core.
  foreach(variable IN ITEMS Python3_EXECUTABLE Python_EXECUTABLE PYTHON_EXECUTABLE)
    if(${variable})
      list(APPEND unspool_candidates "${${variable}}")
    endif()
  endforeach()
  # Made by ./dev.
  list(APPEND unspool_candidates "${PROJECT_SOURCE_DIR}/.venv/bin/python" python3)
  foreach(python IN LISTS unspool_candidates)
    execute_process(
      COMMAND
        "${python}" -c
        "import importlib.util as u, os; s = u.find_spec('typeshed_client'); print(os.path.join(s.submodule_search_locations[0], 'typeshed') if s else '', end='')"
      OUTPUT_VARIABLE unspool_folder ERROR_QUIET RESULT_VARIABLE unspool_failed)
    if(unspool_failed EQUAL 0 AND EXISTS "${unspool_folder}/VERSIONS")
      set(UNSPOOL_TYPESHED "${unspool_folder}")
      break()
    endif()
  endforeach()
endif()
if(UNSPOOL_TYPESHED AND NOT EXISTS "${UNSPOOL_TYPESHED}/VERSIONS")
  message(FATAL_ERROR "UNSPOOL_TYPESHED: ${UNSPOOL_TYPESHED} has no file VERSIONS")
elseif(UNSPOOL_TYPESHED)
  message(STATUS "Stubs of the standard library: ${UNSPOOL_TYPESHED}")
else()
  message(STATUS "Stubs of the standard library: none, for want of the Python package typeshed-client "
                 "(pip install typeshed-client, or -DUNSPOOL_TYPESHED=FOLDER)")
endif()
