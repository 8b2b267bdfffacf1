#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include "scratch.h"
#include "threads.h"
#include "vectors.h"

namespace shapewright {

/**
 * Numbers by channel, which is the last axis, as rows of whole vectors: where one place's channels are not, several places are a row. What
 * then is missing of a row stands behind them. Rows go by blocks of a fixed size, so that sums do not depend on how many threads there are.
 */
class Channels {
 public:
  Channels(int64_t places, int64_t channels)
      : channels(channels), together(channels == 0 ? 1 : lanes / std::gcd<int64_t>(channels, lanes)), wide(channels * together), rows(places / together),
        behind(places % together), rowsEach(std::max<int64_t>(fewest, blockSize / std::max<int64_t>(1, wide))), blocks((rows + rowsEach - 1) / rowsEach) {}

  /** `places` that are a row, `wide` numbers each; so many `rows`, and the places `behind` them. */
  const int64_t channels, together, wide, rows, behind, rowsEach, blocks;

  /** Calls `run` with each block: its number, its first row and how many there are. */
  template <typename Run>
  void each(const Run& run) const {
    Threads::shared().each(blocks, [&](int64_t block) { run(block, block * rowsEach, std::min(rowsEach, rows - block * rowsEach)); });
  }

  /** The same from the last block on, which was read last. */
  template <typename Run>
  void eachBackward(const Run& run) const {
    Threads::shared().each(blocks, [&](int64_t i) {
      const int64_t block = blocks - 1 - i;
      run(block * rowsEach, std::min(rowsEach, rows - block * rowsEach));
    });
  }

  /** Calls `run` with so few rows of a block at a time that they are in the nearest cache when they are read again. */
  template <typename Run>
  void eachFew(int64_t first, int64_t count, const Run& run) const {
    const int64_t some = std::max<int64_t>(4, 4096 / std::max<int64_t>(1, wide) / 4 * 4);
    for (int64_t row = first; row < first + count; row += some) run(row, std::min(some, first + count - row));
  }

  /** What there is of each channel, for all columns of a row. */
  void spread(const float* from, float* to) const {
    for (int64_t i = 0; i < wide; i++) to[i] = from[i % channels];
  }

 private:
  /** Numbers that stay in a core's own cache. */
  static constexpr int64_t blockSize = 1 << 15;
  /** Rows of a block, also of wide ones: what is kept of each block is of a row's size, and one thread joins that of all. */
  static constexpr int64_t fewest = 16;
};

/**
 * Adds to `sums`, column by column, what `term` gives for each row; it is told a row and a column, from which on it gives a vector.
 * Four rows at once, so that sums are read and written once for them.
 */
template <typename Term>
void addColumns(int64_t first, int64_t count, int64_t wide, float* sums, const Term& term) {
  int64_t row = first;
  for (; row + 4 <= first + count; row += 4) {
    for (int64_t j = 0; j < wide; j += lanes) {
      store(sums + j, load(sums + j) + ((term(row, j) + term(row + 1, j)) + (term(row + 2, j) + term(row + 3, j))));
    }
  }
  for (; row < first + count; row++) {
    for (int64_t j = 0; j < wide; j += lanes) store(sums + j, load(sums + j) + term(row, j));
  }
}

}  // namespace shapewright
