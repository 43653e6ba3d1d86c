#include "pool.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace kindling {

namespace {

struct Job {
  const std::function<void(long)>& task;
  const long count;
  std::atomic<long> next{0};
  /** Threads beside the caller that still work at it; guarded by the pool. */
  int helpers = 0;

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
    }
    for (long i = std::min<long>(wanted.load(), job.count) - 1; i > 0; i--) thereIsWork.notify_one();
    job.work();
    std::unique_lock<std::mutex> lock(mutex);
    const auto place = std::find(jobs.begin(), jobs.end(), &job);
    if (place != jobs.end()) jobs.erase(place);
    isDone.wait(lock, [&] { return job.helpers == 0; });
  }

 private:
  std::mutex mutex;
  std::condition_variable thereIsWork, isDone;
  std::deque<Job*> jobs;
  long started = 0;

  void start(long count) {
    for (; started < count; started++) std::thread([this] { help(); }).detach();
  }

  void help() {
    std::unique_lock<std::mutex> lock(mutex);
    for (;;) {
      thereIsWork.wait(lock, [&] { return !jobs.empty(); });
      Job* job = jobs.front();
      if (job->next.load(std::memory_order_relaxed) >= job->count || job->helpers + 1 >= wanted.load()) {
        jobs.pop_front();
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
