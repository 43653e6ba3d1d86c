// How a matrix [rows, channels] is walked through with whole vectors, whatever the number of channels.
#pragma once

#include <functional>
#include <vector>

namespace kindling {

/**
 * So many rows are taken together that they are whole vectors: a *group* of `period` floats, in which lane p is of channel
 * p % channels. Rows of 17 channels cost no more per element than rows of 16. Groups are taken in *blocks*, which fit the
 * cache and are what threads share out. What is left behind the last group is less than one.
 *
 * All of it depends on the shape and the instruction set only, so that results do not depend on the number of threads.
 */
struct Rows {
  long rows;
  int channels;
  int period;
  long groups;
  long groupsInBlock;
  long blocks;

  Rows(long rows, int channels, int width);

  long groupsOf(long block) const {
    const long left = groups - block * groupsInBlock;
    return left < groupsInBlock ? left : groupsInBlock;
  }
  long start(long block) const { return block * groupsInBlock * period; }
  /** Floats behind the last group, and where they begin. */
  long rest() const { return rows * channels - restStart(); }
  long restStart() const { return groups * period; }
};

/** `task(block)` for each, shared out to threads. */
void overBlocks(const Rows& rows, const std::function<void(long)>& task);

/** Sums of lanes to sums of channels. */
std::vector<double> sumsOfChannels(const Rows& rows, const double* lanes);

}  // namespace kindling
