// A few threads that soon sleep when there is no work.
#pragma once

#include <functional>

namespace kindling {

/** How many threads compute, the caller among them. Takes effect at once; threads that are too many go on sleeping. */
void useThreads(int count);
int threads();

/**
 * Runs `task(0)` to `task(count - 1)`, each once, and returns when all are done. The caller works too, and does everything
 * itself while the other threads are busy for somebody else: TensorFlow may run two kernels at a time, and nobody waits
 * for a thread. Which thread does which task is left to chance; tasks must not care.
 */
void inParallel(long count, const std::function<void(long)>& task);

/** The same over the parts of a tensor of so many floats; by the caller alone where these are few. */
void overParts(long parts, long floats, const std::function<void(long)>& task);

/** Tensors of fewer floats are done before another thread has woken. */
constexpr long kWorthWaking = 32768;

}  // namespace kindling
