# One set of rules for arithmetic everywhere that sound is made, so that the same log gives the same bits.
add_library(chronus-flags INTERFACE)
target_compile_options(chronus-flags INTERFACE
  -Wall -Wextra -Wno-psabi
  -Wno-restrict -Wno-array-bounds  # GCC 12 is wrong about std::string here (PR 105329, PR 105651)
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
if(NOT CHRONUS_PORTABLE)
  target_compile_options(chronus-flags INTERFACE -march=native)
endif()
if(CHRONUS_SANITIZE)
  add_compile_options(-fsanitize=${CHRONUS_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${CHRONUS_SANITIZE})
endif()

# What a module's author includes, and nothing else.
add_library(chronus-module INTERFACE)
target_include_directories(chronus-module INTERFACE ${PROJECT_SOURCE_DIR}/include)
