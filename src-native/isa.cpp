#include "isa.h"

namespace kindling {

extern const BlockKernels portableKernels;
#ifdef KINDLING_HAS_AVX2
extern const BlockKernels avx2Kernels;
#endif
#ifdef KINDLING_HAS_AVX512
extern const BlockKernels avx512Kernels;
#endif

std::vector<const BlockKernels*> availableKernels() {
  std::vector<const BlockKernels*> found;
#ifdef KINDLING_HAS_AVX512
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
      __builtin_cpu_supports("avx512bw"))
    found.push_back(&avx512Kernels);
#endif
#ifdef KINDLING_HAS_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) found.push_back(&avx2Kernels);
#endif
  found.push_back(&portableKernels);
  return found;
}

namespace {
const BlockKernels*& chosen() {
  static const BlockKernels* one = availableKernels().front();
  return one;
}
}  // namespace

const BlockKernels& kernels() { return *chosen(); }

bool useKernels(const std::string& name) {
  for (const BlockKernels* each : availableKernels())
    if (name == each->name) {
      chosen() = each;
      return true;
    }
  return false;
}

}  // namespace kindling
