#pragma once

#include <algorithm>

#include "fewRows.h"
#include "finish.h"
#include "operation.h"
#include "threads.h"

namespace shapewright {

/**
 * activation(x · matrix + bias) for few rows, which is what a prediction of few samples multiplies: oneDNN packs the whole matrix for each
 * product, and takes four times as long for one row. Without a bias where there is no third input.
 */
class Product {
 public:
  explicit Product(const Attributes& attributes) : finish_(attributes) {}

  /** Makes TensorFlow know the op, and compute it. */
  static bool registerAll() {
    const char* const op = "ShapewrightProduct";
    const auto attributes = {"N: int >= 0", "T: {float}", "activation: string", "alpha: float = 0"};
    return registerOp(op, {"x: T", "matrix: T", "biases: N * T"}, {"y: T"}, attributes) && registerKernel<Product>(op);
  }

  void run(const Call& call) const {
    const Tensor x = call.input(0), matrix = call.input(1), bias = call.count() > 2 ? call.input(2) : Tensor(nullptr, &TF_DeleteTensor);
    const Shape a = shapeOf(x), b = shapeOf(matrix);
    if (a.size() != 2 || b.size() != 2 || a[1] != b[0]) throw Failure{invalidArgument, "a product is of two matrices whose inner axes are alike"};
    const int64_t rows = a[0], depth = b[0], columns = b[1];
    if (bias && shapeOf(bias) != Shape{columns}) throw Failure{invalidArgument, "a bias has to have a number for each column"};
    const Tensor y = call.output(0, {rows, columns});
    const float* const added = bias ? floats(bias) : nullptr;

    const int64_t blocks = (rows + mostFewRows - 1) / mostFewRows, parts = partsOf(blocks, depth, columns);
    // Parts begin on lines of the cache.
    const int64_t wide = (columns / std::max<int64_t>(1, parts) + 15) / 16 * 16;
    const auto task = [&](int64_t i) {
      const int64_t row = i / parts * mostFewRows, count = std::min<int64_t>(mostFewRows, rows - row);
      const int64_t begin = std::min(columns, i % parts * wide), end = i % parts + 1 == parts ? columns : std::min(columns, begin + wide);
      const RowProduct p{floats(x) + row * depth, floats(matrix), depth, columns, floats(y) + row * columns};
      multiplyFewRowsOf(count)(p, begin, end);
      for (int64_t r = 0; r < count; r++) finish_.run(p.result + r * columns + begin, added ? added + begin : nullptr, end - begin);
    };
    if (parts * blocks == 1 || rows * depth * columns < leastForThreads) {
      for (int64_t i = 0; i < parts * blocks; i++) task(i);
    } else {
      Threads::shared().each(parts * blocks, task);
    }
  }

 private:
  /** Less work than this is done before another thread has woken up. */
  static constexpr int64_t leastForThreads = 1 << 19;

  /** In how many parts the columns go, where there are not blocks of rows enough for all threads. */
  static int64_t partsOf(int64_t blocks, int64_t depth, int64_t columns) {
    const int64_t wanted = (Threads::shared().count() + blocks - 1) / std::max<int64_t>(1, blocks);
    // Below some megabytes, the caches give one thread all that both would get.
    return depth * columns < 2 * leastForThreads ? 1 : std::clamp<int64_t>(columns / 256, 1, std::max<int64_t>(1, wanted));
  }

  const Finish finish_;
};

}  // namespace shapewright
