#!/bin/sh
# Compiles the kernels without TensorFlow and with g++'s or clang++'s sanitizers, and runs all of them (x64).
set -eu
cd "$(dirname "$0")/../../src-native"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
compile() { ${CXX:-c++} -std=c++17 -O1 -g -Wall -Wextra -ffp-contract=fast "-fsanitize=${SANITIZE:-address,undefined}" -fno-sanitize-recover=all -I. "$@"; }
for set in portable "avx2 -mavx2 -mfma" "avx512 -mavx512f -mavx512vl -mavx512dq -mavx512bw -mfma"; do
  # shellcheck disable=SC2086
  set -- $set
  name=$1
  shift
  compile "$@" "-DKINDLING_ISA=$name" -c block-kernels.cpp -o "$out/$name.o"
done
others=$(ls ./*.cpp | grep -vE 'module|operation|block-kernels')
# shellcheck disable=SC2086
compile -DKINDLING_HAS_AVX2 -DKINDLING_HAS_AVX512 -pthread $others ../test/native/check-memory.cpp "$out"/*.o -o "$out/check"
"$out/check"
