#!/usr/bin/env bash
# walls_test.sh COMPILER SOURCE_DIR SCRATCH: builds a tiny project with the real cmake/handrail_module.cmake.
set -eu
compiler=$1 source=$2 scratch=$3
rm -rf "$scratch"
mkdir -p "$scratch/src/upper" "$scratch/src/lower" "$scratch/src/secret"
cat >"$scratch/CMakeLists.txt" <<CMAKE
cmake_minimum_required(VERSION 3.25)
project(walls LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 20)
add_library(handrail_flags INTERFACE)
include($source/cmake/handrail_module.cmake)
handrail_module(secret SOURCES \${CMAKE_SOURCE_DIR}/src/secret/key.cpp)
handrail_module(lower  SOURCES \${CMAKE_SOURCE_DIR}/src/lower/noun.cpp USES secret)
handrail_module(upper  SOURCES \${CMAKE_SOURCE_DIR}/src/upper/\${WHICH}.cpp USES lower)
CMAKE
echo '#pragma once
struct Key {};' >"$scratch/src/secret/key.h"
echo '#include "secret/key.h"
Key key_of() { return {}; }' >"$scratch/src/secret/key.cpp"
echo '#pragma once
int noun();' >"$scratch/src/lower/noun.h"
echo '#include "lower/noun.h"
#include "secret/key.h"
int noun() { return 1; }' >"$scratch/src/lower/noun.cpp"
echo '#include "lower/noun.h"
int twice() { return 2 * noun(); }' >"$scratch/src/upper/inside.cpp"
echo '#include "lower/noun.h"
#include "secret/key.h"
int twice() { return 2 * noun(); }' >"$scratch/src/upper/outside.cpp"

build() {
    cmake -S "$scratch" -B "$scratch/build-$1" -DWHICH="$1" -DCMAKE_CXX_COMPILER="$compiler" >"$scratch/$1.log" 2>&1 &&
        cmake --build "$scratch/build-$1" >>"$scratch/$1.log" 2>&1
}
if ! build inside; then
    cat "$scratch/inside.log"
    echo "A source that respects the walls did not compile."
    exit 1
fi
if build outside; then
    echo "An include that is not under USES compiled."
    exit 1
fi
if ! grep -q 'secret/key.h.*No such file' "$scratch/outside.log"; then
    cat "$scratch/outside.log"
    echo "The build failed for another reason than the wall."
    exit 1
fi
