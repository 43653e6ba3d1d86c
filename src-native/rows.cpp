#include "rows.h"

#include <algorithm>
#include <numeric>

#include "pool.h"

namespace kindling {

namespace {
/** Sums over a group's lanes need so many vectors beside each other that additions need not wait for one another. */
constexpr int kVectorsInGroup = 8;
/** 64 KiB: of one tensor in a block. */
constexpr long kFloatsInBlock = 16384;
constexpr long kLeastGroupsInBlock = 16;
constexpr long kMostGroupsInBlock = 128;
}  // namespace

Rows::Rows(long rows_, int channels_, int width) : rows(rows_), channels(channels_) {
  const int whole = channels * (width / std::gcd(channels, width));
  period = whole * std::max(1, (kVectorsInGroup * width + whole - 1) / whole);
  groups = rows * channels / period;
  groupsInBlock = std::clamp(kFloatsInBlock / period, kLeastGroupsInBlock, kMostGroupsInBlock);
  blocks = (groups + groupsInBlock - 1) / groupsInBlock;
}

void overBlocks(const Rows& rows, const std::function<void(long)>& task) {
  overParts(rows.blocks, rows.rows * rows.channels, task);
}

std::vector<double> sumsOfChannels(const Rows& rows, const double* lanes) {
  std::vector<double> sums(rows.channels, 0);
  for (int p = 0; p < rows.period; p += rows.channels)
    for (int c = 0; c < rows.channels; c++) sums[c] += lanes[p + c];
  return sums;
}

}  // namespace kindling
