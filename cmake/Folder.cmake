# chronus_folder(NAME USES other...): one folder of src/ as a library.
# Its headers are seen as "NAME/header.h", and only by the folders that say they use it:
# an include against the arrows of docs/design.md does not compile.
function(chronus_folder name)
  cmake_parse_arguments(FOLDER "" "" "USES" ${ARGN})
  set(doorway ${PROJECT_BINARY_DIR}/doorways/${name})
  file(MAKE_DIRECTORY ${doorway})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${doorway}/${name} SYMBOLIC)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  if(sources)
    add_library(${name} STATIC ${sources})
    target_include_directories(${name} PUBLIC ${doorway})
    target_link_libraries(${name} PUBLIC chronus-flags ${FOLDER_USES})
  else()
    add_library(${name} INTERFACE)
    target_include_directories(${name} INTERFACE ${doorway})
    target_link_libraries(${name} INTERFACE chronus-flags ${FOLDER_USES})
  endif()
endfunction()

# chronus_control_side(TARGET [FROM other | WITH header...]): what talks and keeps tables, and is not heard. Most of its compile time
# is the standard library's own text, and that of the headers that most of its files include: it is compiled once, for `other` too.
function(chronus_control_side target)
  cmake_parse_arguments(SIDE "" "FROM" "WITH" ${ARGN})
  if(SIDE_FROM)
    target_precompile_headers(${target} REUSE_FROM ${SIDE_FROM})
  else()
    target_precompile_headers(${target} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/common.h ${SIDE_WITH})
  endif()
  target_compile_options(${target} PRIVATE -pthread $<$<CONFIG:Release>:-O2>
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized)  # PR 105329, PR 105593
endfunction()
