// Compiled once for each instruction set, with KINDLING_ISA as its name: avx512, avx2, portable.
#include "block-kernels.h"

#include "batch-norm-blocks.h"
#include "bias-blocks.h"
#include "depthwise-blocks.h"
#include "elementwise-blocks.h"
#include "pointwise-blocks.h"
#include "swap-blocks.h"
#include "winograd-blocks.h"

#define KINDLING_JOINED(a, b) a##b
#define KINDLING_TABLE(isa) KINDLING_JOINED(isa, Kernels)
#define KINDLING_QUOTED(isa) #isa
#define KINDLING_NAME(isa) KINDLING_QUOTED(isa)

namespace kindling {

extern const BlockKernels KINDLING_TABLE(KINDLING_ISA);
const BlockKernels KINDLING_TABLE(KINDLING_ISA) = {
    KINDLING_NAME(KINDLING_ISA), kWidth, moments, addMeans, addSquares, normalize,
    gradientSums, addGradientRest, addSums, normalizeGradient,
    depthwise, depthwiseInputGradient, addDepthwiseKernelGradient,
    product, addProduct, takeColumns, takeTransposed,
    winogradPanel, transformKernel, winogradTiles, addWinogradGradient, transformKernelGradient,
    rectifyGradient, elementwise, transpose,
};

}  // namespace kindling
