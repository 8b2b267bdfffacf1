#pragma once

#include <algorithm>
#include <vector>

#include "channels.h"

namespace shapewright {

/** The mean of each channel, and the sum of the squares of what its numbers differ from it. */
struct Statistics {
  std::vector<double> mean, squares;
};

/**
 * Blocks by themselves, then all together by Chan's formula: for n numbers of mean a and m of mean b, the mean is a + (b - a) · m / (n + m), and
 * the squares are both sums and (b - a)² · n · m / (n + m). A block's mean is a sum of floats, which is off by much of the deviation where the mean is
 * large beside that: the sum d of what its n numbers differ from it tells by how much, d / n, and by how much the squares are too large, d² / n.
 */
inline Statistics statisticsOf(const float* x, const Channels& c) {
  const int64_t size = std::max<int64_t>(1, c.blocks * c.wide);
  const Scratch means(size), differences(size), squares(size);
  c.each([&](int64_t block, int64_t first, int64_t count) {
    float *const mean = means.data() + block * c.wide, *const sum = differences.data() + block * c.wide, *const square = squares.data() + block * c.wide;
    for (float* sums : {mean, sum, square}) std::fill_n(sums, c.wide, 0.0f);
    const auto at = [&](int64_t row, int64_t j) { return load(x + row * c.wide + j); };
    addColumns(first, count, c.wide, mean, at);
    for (int64_t j = 0; j < c.wide; j++) mean[j] /= count;
    const auto difference = [&](int64_t row, int64_t j) { return at(row, j) - load(mean + j); };
    c.eachFew(first, count, [&](int64_t row, int64_t few) {
      addColumns(row, few, c.wide, sum, difference);
      addColumns(row, few, c.wide, square, [&](int64_t row, int64_t j) {
        const Vector by = difference(row, j);
        return by * by;
      });
    });
  });
  Statistics all{std::vector<double>(c.channels), std::vector<double>(c.channels)};
  int64_t known = 0;
  const auto add = [&](int64_t count, const float* means, const float* sums, const float* squares) {
    const double share = double(count) / (known + count), weight = known * share;
    for (int64_t j = 0; j < c.channels; j++) {
      const double sum = sums ? sums[j] : 0, off = sum / count, square = squares ? std::max(0.0, squares[j] - sum * off) : 0;
      const double difference = means[j] + off - all.mean[j];
      all.mean[j] += difference * share;
      all.squares[j] += difference * difference * weight + square;
    }
    known += count;
  };
  for (int64_t block = 0; block < c.blocks; block++) {
    const int64_t count = std::min(c.rowsEach, c.rows - block * c.rowsEach);
    for (int64_t at = block * c.wide; at < (block + 1) * c.wide; at += c.channels) add(count, means.data() + at, differences.data() + at, squares.data() + at);
  }
  for (int64_t i = 0; i < c.behind; i++) add(1, x + c.rows * c.wide + i * c.channels, nullptr, nullptr);
  return all;
}

}  // namespace shapewright
