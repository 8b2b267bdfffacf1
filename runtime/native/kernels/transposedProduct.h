#pragma once

#include <algorithm>
#include <cstring>

#include "operation.h"
#include "scratch.h"
#include "sums.h"
#include "threads.h"

namespace shapewright {

/**
 * aᵀ · b, as the gradient of what is multiplied by a matrix: few rows and columns of sums over many places. TensorFlow's kernels read a across its rows for
 * that, which goes through memory in long strides. Here both are laid out anew, some places at a time, so that they stay in the cache.
 */
class TransposedProduct {
 public:
  explicit TransposedProduct(const Attributes&) {}

  /** Makes TensorFlow know the op, and compute it. */
  static bool registerAll() {
    const char* const op = "ShapewrightTransposedProduct";
    return registerOp(op, {"a: T", "b: T"}, {"product: T"}, {"T: {float}"}) && registerKernel<TransposedProduct>(op);
  }

  void run(const Call& call) const {
    const Tensor left = call.input(0), right = call.input(1);
    const Shape a = shapeOf(left), b = shapeOf(right);
    if (a.size() != 2 || b.size() != 2 || a[0] != b[0]) throw Failure{invalidArgument, "the operands have to be matrices of as many rows"};
    const Tensor result = call.output(0, {a[1], b[1]});
    multiply(floats(left), floats(right), a[0], a[1], b[1], floats(result));
  }

  static void multiply(const float* a, const float* b, int64_t places, int64_t high, int64_t wide, float* result) {
    if (places == 0) std::memset(result, 0, high * wide * sizeof(float));
    const int64_t panels = (wide + width - 1) / width, blocks = (high + rows - 1) / rows;
    // The longer side is shared out, so that little of the other is laid out more than once.
    const int64_t least = 1 << 21;
    const bool byPanels = panels * width >= blocks * rows;
    const int64_t whole = byPanels ? panels : blocks, most = std::min<int64_t>(Threads::shared().count(), whole);
    const int64_t shares = std::max<int64_t>(1, std::min<int64_t>(most, places * high * wide / least));
    Threads::shared().each(shares, [&](int64_t i) {
      const int64_t begin = whole * i / shares, end = whole * (i + 1) / shares;
      if (byPanels) multiplyPart(a, b, places, high, wide, 0, blocks, begin, end, result);
      else multiplyPart(a, b, places, high, wide, begin, end, 0, panels, result);
    });
  }

 private:
  /** So many places at once. */
  static constexpr int64_t deepest = 256;

  static void multiplyPart(const float* a, const float* b, int64_t places, int64_t high, int64_t wide, int64_t top, int64_t bottom, int64_t first,
                           int64_t last, float* result) {
    const int64_t depth = std::min(places, deepest), blockSize = apart(rows * depth), panelSize = apart(width * depth);
    const Scratch blocks((bottom - top) * blockSize), panels((last - first) * panelSize);
    for (int64_t place = 0; place < places; place += deepest) {
      const int64_t count = std::min(deepest, places - place);
      lay<rows>(a + place * high, high, count, top, bottom, blocks.data(), blockSize);
      lay<width>(b + place * wide, wide, count, first, last, panels.data(), panelSize);
      for (int64_t panel = first; panel < last; panel++) {
        for (int64_t block = top; block < bottom; block++) {
          Vector sum[rows][2] = {};
          multiplyPlaces(blocks.data() + (block - top) * blockSize, rows, panels.data() + (panel - first) * panelSize, count, sum);
          addRows(sum, place > 0, result + block * rows * wide + panel * width, wide, std::min<int64_t>(rows, high - block * rows),
                  std::min<int64_t>(width, wide - panel * width));
        }
      }
    }
  }

  /** An odd number of the cache's lines: what stands side by side in a row is written to many panels at once. */
  static int64_t apart(int64_t floats) { return ((floats + 15) / 16 | 1) * 16; }

  /** So many rows of a matrix, as panels of a few columns; those beyond it are zeros. */
  template <int columns>
  static void lay(const float* from, int64_t wide, int64_t count, int64_t first, int64_t last, float* to, int64_t size) {
    for (int64_t k = 0; k < count; k++, from += wide) {
      float* at = to + k * columns;
      for (int64_t i = first; i < last; i++, at += size) {
        const int64_t there = wide - i * columns;
        if (there >= columns) {
          std::memcpy(at, from + i * columns, columns * sizeof(float));
        } else {
          for (int64_t j = 0; j < columns; j++) at[j] = j < there ? from[i * columns + j] : 0;
        }
      }
    }
  }
};

}  // namespace shapewright
