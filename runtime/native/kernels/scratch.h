#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <vector>

namespace shapewright {

/**
 * Memory for as long as a kernel runs, on a line of the cache. Some megabytes are kept for the thread's next kernel: memory that is new
 * costs a fault for each page.
 */
class Scratch {
 public:
  explicit Scratch(size_t floats) : size_(floats * sizeof(float)) {
    std::vector<Block>& kept = keptOfThread().blocks;
    for (size_t i = kept.size(); i-- > 0;) {
      if (kept[i].size < size_ || kept[i].size > 2 * size_ + smallest) continue;
      block_ = kept[i];
      kept.erase(kept.begin() + i);
      return;
    }
    block_.size = size_ + 64;
    if (posix_memalign(&block_.memory, 64, block_.size) != 0) throw std::bad_alloc();
  }

  ~Scratch() {
    std::vector<Block>& kept = keptOfThread().blocks;
    kept.push_back(block_);
    size_t total = 0;
    for (const Block& block : kept) total += block.size;
    // The oldest go first, and what alone is too much at once.
    while (total > mostKept) {
      total -= kept.front().size;
      std::free(kept.front().memory);
      kept.erase(kept.begin());
    }
  }

  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  float* data() const { return static_cast<float*>(block_.memory); }

 private:
  static constexpr size_t smallest = 1 << 20, mostKept = 12 << 20;
  struct Block {
    void* memory = nullptr;
    size_t size = 0;
  };
  struct Kept {
    std::vector<Block> blocks;
    ~Kept() {
      for (const Block& block : blocks) std::free(block.memory);
    }
  };
  static Kept& keptOfThread() {
    static thread_local Kept kept;
    return kept;
  }

  const size_t size_;
  Block block_;
};

}  // namespace shapewright
