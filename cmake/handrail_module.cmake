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

# With HANDRAIL_UNITY what can be compiled together is: about half the time, on a clean machine. A tree that is worked in is
# quicker without. HOW is that of unity_groups.py; where it is loose, one source's local names may hide another's.
function(handrail_unity target how sources)
    if(NOT HANDRAIL_UNITY)
        return()
    endif()
    list(FILTER sources EXCLUDE REGEX "^/") # what is generated is compiled alone
    list(TRANSFORM sources PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
    execute_process(COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/cmake/unity_groups.py ${how} 12 ${paths}
                    OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    if(how STREQUAL "loose")
        set_target_properties(${target} PROPERTIES HANDRAIL_MAY_SHADOW ON)
    endif()
    # A class of a .cpp may hold what only that file knows; gcc cannot see that it still is that file.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
    foreach(source group IN ZIP_LISTS sources groups)
        set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${target}_${group})
    endforeach()
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
    handrail_unity(${folder} strict "${M_SOURCES}")
endfunction()

# The tests of a program as SHARDS runs of it, each a part of them: what they share (shipped content, models, a PostgreSQL
# server) is made once for a part, not once for each test. One test alone: the program with --gtest_filter.
function(handrail_shards program shards)
    math(EXPR last "${shards} - 1")
    foreach(shard RANGE ${last})
        math(EXPR part "${shard} + 1")
        add_test(NAME ${program}.${part}_of_${shards} COMMAND ${program})
        set_tests_properties(${program}.${part}_of_${shards} PROPERTIES TIMEOUT 900
            ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${shard}")
    endforeach()
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
    handrail_unity(${folder}_test loose "${T_SOURCES}")
    target_compile_definitions(${folder}_test PRIVATE
        HANDRAIL_SOURCE_DIR="${CMAKE_SOURCE_DIR}" HANDRAIL_BINARY_DIR="${CMAKE_BINARY_DIR}")
    list(LENGTH T_SOURCES sources)
    math(EXPR shards "${sources} / 4 + 1")
    handrail_shards(${folder}_test ${shards})
endfunction()
