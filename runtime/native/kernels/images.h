#pragma once

#include <algorithm>
#include <memory>

#include "kernel.h"
#include "scratch.h"
#include "threads.h"

namespace shapewright {

/** A matrix of each image, turned: [images, rows, columns] becomes [images, columns, rows]. */
inline void turnEach(int64_t images, int64_t rows, int64_t columns, const float* from, float* to) {
  // So few rows and columns at once that both stay in the cache.
  constexpr int64_t together = 32;
  const int64_t strips = (rows + together - 1) / together;
  Threads::shared().each(images * strips, [&](int64_t task) {
    const int64_t image = task / strips * rows * columns, first = task % strips * together, last = std::min(rows, first + together);
    for (int64_t left = 0; left < columns; left += together) {
      for (int64_t row = first; row < last; row++) {
        for (int64_t column = left; column < std::min(columns, left + together); column++) {
          to[image + column * rows + row] = from[image + row * columns + column];
        }
      }
    }
  });
}

/** Images as the kernels have them, whose channels stand last: a tensor, or a copy of one whose channels stand first. */
class Images {
 public:
  /** `shape` is that with channels last. */
  Images(const Tensor& tensor, const Shape& shape, bool isChannelsFirst)
      : images_(shape[0]), places_(shape[1] * shape[2]), channels_(shape[3]), given_(floats(tensor)),
        copy_(isChannelsFirst ? new Scratch(countOf(shape)) : nullptr) {}

  float* data() const { return copy_ ? copy_->data() : given_; }

  /** Of a tensor that is read, before. */
  const float* read() const {
    if (copy_) turnEach(images_, channels_, places_, given_, data());
    return data();
  }

  /** Of a tensor that is written, after. */
  void written() const {
    if (copy_) turnEach(images_, places_, channels_, data(), given_);
  }

 private:
  const int64_t images_, places_, channels_;
  float* const given_;
  const std::unique_ptr<Scratch> copy_;
};

}  // namespace shapewright
