#include "pool.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kindling {

namespace {

/**
 * How long a thread stays awake for what it waits for. A thread that sleeps takes about as long to wake, and many jobs are
 * shorter. It does not give way to others meanwhile: on a busy machine it would be a few milliseconds before its next turn.
 */
constexpr std::chrono::microseconds kAwake{50};

inline void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

template <class Condition>
void waitAwake(const Condition& isMet) {
  const auto until = std::chrono::steady_clock::now() + kAwake;
  while (!isMet() && std::chrono::steady_clock::now() < until) pause();
}

struct Job {
  const std::function<void(long)>& task;
  const long count;
  std::atomic<long> next{0};
  /** Threads beside the caller that still work at it; changed under the pool's lock. */
  std::atomic<int> helpers{0};

  void work() {
    for (long i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) task(i);
  }
};

class Pool {
 public:
  std::atomic<int> wanted{1};

  void run(Job& job) {
    {
      std::lock_guard<std::mutex> lock(mutex);
      start(std::min<long>(wanted.load(), job.count) - 1);
      jobs.push_back(&job);
      waiting = jobs.size();
    }
    for (long i = std::min<long>(wanted.load(), job.count) - 1; i > 0; i--) thereIsWork.notify_one();
    job.work();
    {
      std::lock_guard<std::mutex> lock(mutex);
      const auto place = std::find(jobs.begin(), jobs.end(), &job);
      if (place != jobs.end()) jobs.erase(place);
      waiting = jobs.size();
    }
    waitAwake([&] { return job.helpers == 0; });
    std::unique_lock<std::mutex> lock(mutex);
    isDone.wait(lock, [&] { return job.helpers == 0; });
  }

 private:
  std::mutex mutex;
  std::condition_variable thereIsWork, isDone;
  std::deque<Job*> jobs;
  /** As many as there are in `jobs`, for those who do not hold the lock. */
  std::atomic<size_t> waiting{0};
  long started = 0;

  void start(long count) {
    for (; started < count; started++) std::thread([this] { help(); }).detach();
  }

  void help() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      lock.unlock();
      waitAwake([&] { return waiting > 0; });
      lock.lock();
      thereIsWork.wait(lock, [&] { return !jobs.empty(); });
      Job* job = jobs.front();
      if (job->next.load(std::memory_order_relaxed) >= job->count || job->helpers + 1 >= wanted.load()) {
        jobs.pop_front();
        waiting = jobs.size();
        continue;
      }
      job->helpers++;
      lock.unlock();
      job->work();
      lock.lock();
      if (--job->helpers == 0) isDone.notify_all();
    }
  }
};

/** Never destroyed: its threads sleep in it when the process ends. */
Pool& pool() {
  static Pool* const one = new Pool();
  return *one;
}

}  // namespace

void useThreads(int count) { pool().wanted = std::max(1, count); }

int threads() { return pool().wanted; }

void inParallel(long count, const std::function<void(long)>& task) {
  if (count <= 1 || threads() == 1) {
    for (long i = 0; i < count; i++) task(i);
    return;
  }
  Job job{task, count};
  pool().run(job);
}

void overParts(long parts, long floats, const std::function<void(long)>& task) {
  if (floats >= kWorthWaking) return inParallel(parts, task);
  for (long part = 0; part < parts; part++) task(part);
}

}  // namespace kindling
