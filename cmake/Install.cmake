include(GNUInstallDirs)
install(TARGETS chronusd chronus chronus-vet RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${CHRONUS_MODULE_OUTPUT}/ DESTINATION ${CMAKE_INSTALL_LIBDIR}/music-chronus/modules)
install(DIRECTORY ${CHRONUS_SOUND_OUTPUT}/ DESTINATION ${CMAKE_INSTALL_LIBDIR}/music-chronus/sounds
        FILES_MATCHING PATTERN "*.flac")
install(DIRECTORY include/chronus DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
# What a new module is built with, and what it may be like.
install(FILES cmake/layout.awk src/workbench/faust.cpp.in DESTINATION ${CMAKE_INSTALL_DATADIR}/music-chronus)
install(DIRECTORY modules DESTINATION ${CMAKE_INSTALL_DATADIR}/music-chronus FILES_MATCHING PATTERN "*.cpp" PATTERN "*.chr" PATTERN presets EXCLUDE)
install(DIRECTORY patterns DESTINATION ${CMAKE_INSTALL_DATADIR}/music-chronus)
