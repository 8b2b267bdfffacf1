#pragma once

#include <cstdint>

#include "vectors.h"

// A product's sums over places, `rows` by `width` of them at once, which stay in registers.
namespace shapewright {

/** sums += aᵀ b over `count` places: `rows` numbers of a, `step` apart, by `width` of b. */
inline void multiplyPlaces(const float* a, int64_t step, const float* b, int64_t count, Vector (&sum)[rows][2]) {
  for (int64_t k = 0; k < count; k++, a += step, b += width) {
    const Vector left = load(b), right = load(b + lanes);
    for (int r = 0; r < rows; r++) {
      const Vector x = all(a[r]);
      sum[r][0] += x * left;
      sum[r][1] += x * right;
    }
  }
}

/** Writes sums, or adds them to what stands there: so many rows and columns of them. */
inline void addRows(const Vector (&sum)[rows][2], bool adds, float* to, int64_t stride, int64_t high, int64_t wide) {
  for (int r = 0; r < high; r++, to += stride) {
    if (wide == width) {
      store(to, adds ? load(to) + sum[r][0] : sum[r][0]);
      store(to + lanes, adds ? load(to + lanes) + sum[r][1] : sum[r][1]);
      continue;
    }
    float sums[width];
    store(sums, sum[r][0]);
    store(sums + lanes, sum[r][1]);
    for (int64_t column = 0; column < wide; column++) to[column] = adds ? to[column] + sums[column] : sums[column];
  }
}

}  // namespace shapewright
