#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>

namespace shapewright {

/** Threads that help whoever has work: TensorFlow's own are out of reach for kernels that are loaded. */
class Threads {
 public:
  /** One for the process. It is never taken down: a thread of TensorFlow may still be in it when the process ends. */
  static Threads& shared() {
    static Threads* threads = new Threads(chosen());
    return *threads;
  }

  int count() const { return helpers_ + 1; }

  /**
   * Calls `run(i)` for each i below count, from several threads where there are any, and returns when all have ended, or throws
   * what the first of them has thrown, after which no other begins.
   */
  void each(int64_t count, const std::function<void(int64_t)>& run) {
    if (count <= 1 || helpers_ == 0) {
      for (int64_t i = 0; i < count; i++) run(i);
      return;
    }
    Job job{run, count};
    std::unique_lock<std::mutex> lock(mutex_);
    const auto place = jobs_.insert(jobs_.end(), &job);
    posted_.fetch_add(1, std::memory_order_release);
    const bool isAnyAsleep = asleep_ > 0;
    lock.unlock();
    if (isAnyAsleep) work_.notify_all();
    job.take();
    lock.lock();
    jobs_.erase(place);
    lock.unlock();
    const auto isDone = [&] { return job.helpers.load(std::memory_order_acquire) == 0; };
    if (!waitAwhile(isDone)) {
      lock.lock();
      ended_.wait(lock, isDone);
    }
    if (job.thrown) std::rethrow_exception(job.thrown);
  }

 private:
  struct Job {
    const std::function<void(int64_t)>& run;
    const int64_t count;
    std::atomic<int64_t> next{0};
    std::atomic<int> helpers{0};
    std::atomic<bool> hasThrown{false};
    std::exception_ptr thrown;

    Job(const std::function<void(int64_t)>& run, int64_t count) : run(run), count(count) {}
    void take() {
      try {
        for (int64_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) run(i);
      } catch (...) {
        next.store(count, std::memory_order_relaxed);
        if (!hasThrown.exchange(true)) thrown = std::current_exception();
      }
    }
    bool isOpen() const { return next.load(std::memory_order_relaxed) < count; }
  };

  /** Where the process may have no more threads, those that there are do the work, and at worst the one that calls. */
  explicit Threads(int count) {
    try {
      for (; helpers_ < count - 1; helpers_++) std::thread([this] { help(); }).detach();
    } catch (const std::system_error&) {
    }
  }

  /** As many as TensorFlow was told to have within an op, else one for each core. */
  static int chosen() {
    const char* told = std::getenv("TF_NUM_INTRAOP_THREADS");
    const int count = told ? std::atoi(told) : 0;
    return count > 0 ? count : std::max(1u, std::thread::hardware_concurrency());
  }

  Job* open() {
    for (Job* job : jobs_) {
      if (job->isOpen()) return job;
    }
    return nullptr;
  }

  void help() {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      Job* job = open();
      while (!job) {
        const int64_t seen = posted_.load(std::memory_order_relaxed);
        lock.unlock();
        const bool hasCome = waitAwhile([&] { return posted_.load(std::memory_order_acquire) != seen; });
        lock.lock();
        job = open();
        // Others may have done a small job already; where one has come, the next will soon.
        if (job || hasCome) continue;
        asleep_++;
        work_.wait(lock, [&] { return (job = open()) != nullptr; });
        asleep_--;
      }
      job->helpers.fetch_add(1, std::memory_order_relaxed);
      lock.unlock();
      job->take();
      // The job may be gone from here on.
      job->helpers.fetch_sub(1, std::memory_order_acq_rel);
      lock.lock();
      ended_.notify_all();
    }
  }

  /**
   * Waits for what comes soon without falling asleep: to be woken takes as long as many a kernel, of which one comes right behind another.
   * Gives whether it has come.
   */
  template <typename Condition>
  static bool waitAwhile(const Condition& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(100);
    for (;;) {
      for (int i = 0; i < 32; i++) {
        if (holds()) return true;
        pause();
      }
      if (std::chrono::steady_clock::now() >= end) return false;
    }
  }

  static void pause() {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }

  int helpers_ = 0, asleep_ = 0;
  /** How many jobs there have been. */
  std::atomic<int64_t> posted_{0};
  std::mutex mutex_;
  std::condition_variable work_, ended_;
  std::list<Job*> jobs_;
};

}  // namespace shapewright
