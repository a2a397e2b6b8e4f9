# chronus_module(FILE): one file of modules/ as a shared object in the build tree's module path.
set(CHRONUS_MODULE_OUTPUT ${PROJECT_BINARY_DIR}/modules)

add_custom_target(modules)

function(chronus_module file)
  get_filename_component(name ${file} NAME_WE)
  add_library(module-${name} MODULE ${file})
  add_dependencies(modules module-${name})
  target_link_libraries(module-${name} PRIVATE chronus-module chronus-flags)
  # -fno-gnu-unique: without it dlclose never unmaps the object. -O3: -O2 is half as fast here.
  target_compile_options(module-${name} PRIVATE -O3 -fno-gnu-unique -fvisibility=hidden)
  set_target_properties(module-${name} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${CHRONUS_MODULE_OUTPUT})
endfunction()
