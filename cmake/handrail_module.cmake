# handrail_module(): a folder of src/ as a library that sees the folders under USES and no others.
#
# Each folder is shown through a link of its own, build/walls/<folder>/<folder> -> src/<folder>, and a module's
# include path holds the links of the folders it USES. An include that is not under USES does not compile, even when it
# is reached through another header: what a header shows, its users must name too.
# tests/walls proves it.

set(HANDRAIL_WALLS ${CMAKE_BINARY_DIR}/walls)

function(handrail_wall folder)
    file(MAKE_DIRECTORY ${HANDRAIL_WALLS}/${folder})
    if(NOT EXISTS ${HANDRAIL_WALLS}/${folder}/${folder})
        file(CREATE_LINK ${CMAKE_SOURCE_DIR}/src/${folder} ${HANDRAIL_WALLS}/${folder}/${folder} SYMBOLIC)
    endif()
endfunction()

# handrail_module(<folder> SOURCES <files> USES <folders> [LINKS <libraries>])
function(handrail_module folder)
    cmake_parse_arguments(M "" "" "SOURCES;USES;LINKS" ${ARGN})
    handrail_wall(${folder})
    add_library(${folder} STATIC ${M_SOURCES})
    set_target_properties(${folder} PROPERTIES OUTPUT_NAME handrail_${folder})
    target_include_directories(${folder} PRIVATE ${HANDRAIL_WALLS}/${folder})
    foreach(used IN LISTS M_USES)
        handrail_wall(${used})
        target_include_directories(${folder} PRIVATE ${HANDRAIL_WALLS}/${used})
        target_link_libraries(${folder} PRIVATE ${used})
    endforeach()
    target_link_libraries(${folder} PRIVATE handrail_flags ${M_LINKS})
endfunction()

# handrail_test(<folder> SOURCES <files in tests/<folder>> USES <folders> [LINKS <libraries>])
function(handrail_test folder)
    if(NOT HANDRAIL_TESTS)
        return()
    endif()
    cmake_parse_arguments(T "" "" "SOURCES;USES;LINKS" ${ARGN})
    add_executable(${folder}_test ${T_SOURCES})
    foreach(used IN LISTS T_USES)
        handrail_wall(${used})
        target_include_directories(${folder}_test PRIVATE ${HANDRAIL_WALLS}/${used})
        target_link_libraries(${folder}_test PRIVATE ${used})
    endforeach()
    target_include_directories(${folder}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests)
    target_link_libraries(${folder}_test PRIVATE handrail_flags ${T_LINKS} GTest::gmock GTest::gtest_main)
    target_compile_definitions(${folder}_test PRIVATE
        HANDRAIL_SOURCE_DIR="${CMAKE_SOURCE_DIR}" HANDRAIL_BINARY_DIR="${CMAKE_BINARY_DIR}")
    gtest_discover_tests(${folder}_test DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()
