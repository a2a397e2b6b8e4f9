# chronus_module(FILE): one file of modules/ as a shared object in the build tree's module path.
# TARGET and FOLDER are for tests, which build what must not get there.
set(CHRONUS_MODULE_OUTPUT ${PROJECT_BINARY_DIR}/modules)
find_program(AWK NAMES mawk gawk awk REQUIRED)
# -fno-gnu-unique: without it dlclose never unmaps the object. -O3: -O2 is half as fast here.
set(CHRONUS_MODULE_OPTIONS -O3 -fno-gnu-unique -fvisibility=hidden)
file(GLOB CHRONUS_DSP_HEADERS CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/include/chronus/dsp/*.h)

add_custom_target(modules)

# A hash of the state's members, made anew whenever the source changes: after a reload with the same hash
# the new code may go on with the old state.
function(chronus_layout target file)
  get_filename_component(source ${file} ABSOLUTE)
  set(header ${PROJECT_BINARY_DIR}/layout/${target}.h)
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/layout)
  add_custom_command(OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} -E env LC_ALL=C
      ${AWK} -f ${PROJECT_SOURCE_DIR}/cmake/layout.awk -v include=${PROJECT_SOURCE_DIR}/include ${source} > ${header}
    DEPENDS ${source} ${PROJECT_SOURCE_DIR}/cmake/layout.awk ${CHRONUS_DSP_HEADERS}
    COMMENT "Layout of ${target}" VERBATIM)
  target_sources(${target} PRIVATE ${header})
  target_compile_options(${target} PRIVATE "SHELL:-include ${header}")
endfunction()

function(chronus_module file)
  cmake_parse_arguments(MODULE "" "TARGET;FOLDER" "" ${ARGN})
  get_filename_component(name ${file} NAME_WE)
  if(NOT MODULE_TARGET)
    set(MODULE_TARGET module-${name})
    set(MODULE_FOLDER ${CHRONUS_MODULE_OUTPUT})
  endif()
  add_library(${MODULE_TARGET} MODULE ${file})
  if(MODULE_FOLDER STREQUAL CHRONUS_MODULE_OUTPUT)
    add_dependencies(modules ${MODULE_TARGET})
  endif()
  target_link_libraries(${MODULE_TARGET} PRIVATE chronus-module chronus-flags)
  target_compile_options(${MODULE_TARGET} PRIVATE ${CHRONUS_MODULE_OPTIONS})
  set_target_properties(${MODULE_TARGET} PROPERTIES
    PREFIX "" OUTPUT_NAME ${name} LIBRARY_OUTPUT_DIRECTORY ${MODULE_FOLDER})
  chronus_layout(${MODULE_TARGET} ${file})
endfunction()

# chronus_faust_module(FILE): the same of Faust's code; asks for ${FAUST}.
find_program(FAUST faust)
function(chronus_faust_module file)
  cmake_parse_arguments(FAUST_MODULE "" "TARGET" "" ${ARGN})
  get_filename_component(name ${file} NAME_WE)
  get_filename_component(source ${file} ABSOLUTE)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/faust/${name}.cpp)
  set(around ${PROJECT_SOURCE_DIR}/src/workbench/faust.cpp.in)
  file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/faust)
  add_custom_command(OUTPUT ${made} DEPENDS ${source} ${around} VERBATIM
    COMMAND ${FAUST} -lang cpp -cn FaustDsp -a ${around} -o ${made} ${source})
  chronus_module(${made} ${ARGN})
  if(NOT FAUST_MODULE_TARGET)
    set(FAUST_MODULE_TARGET module-${name})
  endif()
  target_compile_definitions(${FAUST_MODULE_TARGET} PRIVATE CHRONUS_NAME="${name}")
endfunction()
