#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <utility>

#include "vectors.h"

namespace shapewright {

/** The most rows that go through a matrix at once. */
constexpr int mostFewRows = 8;

/** Rows of x, `depth` numbers each, and a matrix of `columns` numbers a row, whose product goes to the result. */
struct RowProduct {
  const float *x, *matrix;
  int64_t depth, columns;
  float* result;
};

/** Adds what D rows of the matrix from `row` on give to columns that are a multiple of V vectors. */
template <int R, int D, int V>
void addRowsOf(const RowProduct& p, int64_t row, int64_t begin, int64_t end) {
  const float *x = p.x + row, *matrix = p.matrix + row * p.columns;
  for (int64_t j = begin; j < end; j += V * lanes) {
    Vector w[D][V];
    for (int d = 0; d < D; d++) {
      for (int v = 0; v < V; v++) w[d][v] = load(matrix + d * p.columns + j + v * lanes);
    }
    for (int r = 0; r < R; r++) {
      float* to = p.result + r * p.columns + j;
      Vector sum[V];
      for (int v = 0; v < V; v++) sum[v] = load(to + v * lanes);
      for (int d = 0; d < D; d++) {
        const Vector factor = all(x[r * p.depth + d]);
        for (int v = 0; v < V; v++) sum[v] += factor * w[d][v];
      }
      for (int v = 0; v < V; v++) store(to + v * lanes, sum[v]);
    }
  }
}

/** Columns that are fewer than a vector's. What lies behind them is read with them, but for the matrix's end. */
template <int R>
void multiplyLastColumns(const RowProduct& p, int64_t begin, int64_t end) {
  Vector sum[R] = {};
  for (int64_t k = 0; k < p.depth; k++) {
    const float* at = p.matrix + k * p.columns + begin;
    Vector w{};
    if (k * p.columns + begin + lanes <= p.depth * p.columns) w = load(at);
    else std::memcpy(&w, at, (end - begin) * sizeof(float));
    for (int r = 0; r < R; r++) sum[r] += all(p.x[r * p.depth + k]) * w;
  }
  for (int r = 0; r < R; r++) std::memcpy(p.result + r * p.columns + begin, &sum[r], (end - begin) * sizeof(float));
}

/**
 * The columns from `begin` to `end` of a product of R rows. The matrix is read once, as it lies: to pack it, as products of many rows do,
 * takes longer than to multiply by it.
 */
template <int R>
void multiplyFewRows(const RowProduct& p, int64_t begin, int64_t end) {
  // So many columns that their sums stay in the cache, and that the matrix's rows are long enough to be fetched ahead.
  constexpr int64_t together = 1024, atOnce = 4;
  const int64_t wide = begin + (end - begin) / width * width, whole = begin + (end - begin) / lanes * lanes;
  for (int64_t first = begin; first < whole; first += together) {
    const int64_t last = std::min(whole, first + together), lastWide = std::min(wide, last);
    for (int r = 0; r < R; r++) std::fill(p.result + r * p.columns + first, p.result + r * p.columns + last, 0.0f);
    int64_t k = 0;
    for (; k + atOnce <= p.depth; k += atOnce) {
      addRowsOf<R, atOnce, 2>(p, k, first, lastWide);
      addRowsOf<R, atOnce, 1>(p, k, lastWide, last);
    }
    for (; k < p.depth; k++) addRowsOf<R, 1, 1>(p, k, first, last);
  }
  if (whole < end) multiplyLastColumns<R>(p, whole, end);
}

using MultiplyFewRows = decltype(&multiplyFewRows<1>);

template <int... R>
MultiplyFewRows multiplyFewRowsOf(int64_t rows, std::integer_sequence<int, R...>) {
  static constexpr MultiplyFewRows all[] = {multiplyFewRows<R + 1>...};
  return all[rows - 1];
}

/** For 1 to `mostFewRows` rows. */
inline MultiplyFewRows multiplyFewRowsOf(int64_t rows) {
  return multiplyFewRowsOf(rows, std::make_integer_sequence<int, mostFewRows>());
}

}  // namespace shapewright
