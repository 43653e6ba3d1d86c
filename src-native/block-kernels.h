// What is compiled for each instruction set: work on one block, on one thread.
#pragma once

namespace kindling {

/** The vectors of a batch norm's step, each repeated to the period of its rows. */
struct NormLanes {
  const float* mean;
  /** gamma / standard deviation */
  const float* scale;
  const float* shift;
};

/** Kernels of more pixels are refused where an operation is called. */
constexpr int kMostKernelPixels = 49;

/** Windows over one image, NHWC; pixels outside of it count as zero. */
struct Windows {
  int height, width, channels;
  int kernelHeight, kernelWidth, stride;
  /** Pixels before the first row and column. */
  int top, left;
  int outputHeight, outputWidth;

  long inputSize() const { return static_cast<long>(height) * width * channels; }
  long outputSize() const { return static_cast<long>(outputHeight) * outputWidth * channels; }
};

/**
 * Columns of a packed matrix lie in panels of so many halves of vectors, the last of as many as it needs, filled up with
 * zeros: [panels][depth][columns of the panel].
 */
constexpr int kHalvesInPanel = 6;

/** Outputs of a 3x3 convolution at a stride of one, in tiles of 2x2 of which each follows from 4x4 pixels. */
struct WinogradShape {
  long images;
  Windows windows;
  int filters;
  /** Floats from one pixel to the next, of x and of y: more than there are channels where others lie beside them. */
  long inputRow, outputRow;
  /** What is read where there is no pixel: as many zeros as there are channels, of inputs and of outputs. */
  const float* outside;

  long inputSize() const { return static_cast<long>(windows.height) * windows.width * inputRow; }
  long outputSize() const { return static_cast<long>(windows.outputHeight) * windows.outputWidth * outputRow; }
  long tilesAcross() const { return (windows.outputWidth + 1) / 2; }
  long tilesInImage() const { return (windows.outputHeight + 1) / 2 * tilesAcross(); }
};

/** Places in a tile once it is transformed. */
constexpr int kTilePositions = 16;

/** What an instruction of an element-wise program does with its operands. */
enum ElementwiseOperator { kAdd, kSubtract, kMultiply, kDivide, kSquare, kSquareRoot };

struct BlockKernels {
  const char* name;
  /** Floats in a vector. */
  int width;

  /** Mean and summed squared deviation of each lane over the groups; `moments` is [2, period]. */
  void (*moments)(const float* x, long groups, int period, float* moments);
  /** sums += count * mean of each lane. */
  void (*addMeans)(const float* moments, int period, long count, double* sums);
  /** squares += deviation + count * (mean - middle)^2 of each lane. */
  void (*addSquares)(const float* moments, int period, long count, const double* middle, double* squares);
  /** y = (x - mean) scale + shift, and its positive part if `relu`. `count` floats, from a group's first lane on. */
  void (*normalize)(const float* x, long count, int period, const NormLanes& lanes, bool relu, float* y);
  /** Of each lane the sums of dz and of dz (x - mean); dz is dy, or with `relu` dy where the output is above zero. */
  void (*gradientSums)(const float* dy, const float* x, long groups, int period, const NormLanes& lanes, bool relu,
                       float* sums);
  /** The same of what is less than a group, added to `sums`, [2, period]. */
  void (*addGradientRest)(const float* dy, const float* x, long count, int period, const NormLanes& lanes, bool relu,
                          double* sums);
  /** sums += part, for `count` values. */
  void (*addSums)(const float* part, long count, double* sums);
  /** dx = dz scale + (x - mean) slope + offset; `count` floats, from a group's first lane on. */
  void (*normalizeGradient)(const float* dy, const float* x, long count, int period, const NormLanes& lanes,
                            const float* slope, const float* offset, bool relu, float* dx);

  /** y of one image; `kernel` is [kernel height, kernel width, channels]. */
  void (*depthwise)(const Windows& windows, const float* x, const float* kernel, float* y);
  /** dx of one image. */
  void (*depthwiseInputGradient)(const Windows& windows, const float* dy, const float* kernel, float* dx);
  /** dkernel += the kernel's gradient from one image. */
  void (*addDepthwiseKernelGradient)(const Windows& windows, const float* x, const float* dy, float* dkernel);

  /** c = bias + a b, or its positive part: a [rows, depth], b packed, c [rows, columns]. `bias` is as long as a row of panels. */
  void (*product)(const float* a, long aRow, long rows, long depth, const float* packed, int columns, const float* bias,
                  bool relu, float* c, long cRow);
  /** c += transposed a times b: a [depth, rows]; b [depth, columns] and c have rows of `bRow` floats, whole halves of vectors. */
  void (*addProduct)(const float* a, long aRow, int rows, long depth, const float* b, long bRow, int columns, float* c);
  /** Some columns of rows, filled up with zeros. */
  void (*takeColumns)(const float* from, long fromRow, long rows, int columns, float* to, int padded);
  /** Rows as columns, [columns, padded], rows of zeros behind them. */
  void (*takeTransposed)(const float* from, long fromRow, int rows, int columns, float* to, int padded);

  /** How many filters, whole halves of vectors, are computed together from one on. */
  int (*winogradPanel)(int begin, int filters);
  /** The transforms of 3x3 weights of one input, pixels of the kernel `apart`, to places `position` apart. */
  void (*transformKernel)(const float* kernel, long apart, int filters, float* to, long position);
  /** y of some tiles, as in winograd.h; with `add` what they come to is added to y. */
  void (*winogradTiles)(const WinogradShape& shape, const float* x, const float* packed, const float* bias, bool relu,
                        bool add, long first, int tiles, float* scratch, float* y);
  /** Adds products of some tiles for the panel of filters that begins at one; sums are [positions][inputs][panel]. */
  void (*addWinogradGradient)(const WinogradShape& shape, const float* x, const float* dy, int begin, long first, int tiles,
                              float* scratch, float* sums);
  /** The gradient of 3x3 weights of one input from the sums of the parts. */
  void (*transformKernelGradient)(const float* sums, int parts, long partSize, long position, int filters, float* kernel,
                                  long apart);

  /** dz = dy where y is above zero, and its sum over the groups for each lane. */
  void (*rectifyGradient)(const float* dy, const float* y, long groups, int period, float* dz, float* sums);

  /** a and b, or a and one value where there is no b, value by value. */
  void (*elementwise)(ElementwiseOperator operation, const float* a, const float* b, float single, long count, float* to);

  /** [rows, columns] to [columns, rows]. */
  void (*transpose)(const float* from, int rows, int columns, float* to);
};

}  // namespace kindling
