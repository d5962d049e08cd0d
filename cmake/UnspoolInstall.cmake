# What goes into the wheel: the executable as a script, beside the pure-Python package.
if(TARGET unspool)
  if(DEFINED SKBUILD_SCRIPTS_DIR)
    install(TARGETS unspool RUNTIME DESTINATION "${SKBUILD_SCRIPTS_DIR}")
  else()
    install(TARGETS unspool RUNTIME DESTINATION bin)
  endif()
endif()
