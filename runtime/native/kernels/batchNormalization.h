#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "channels.h"
#include "images.h"
#include "kernel.h"

namespace shapewright {

/** What both kernels of a batch normalisation are told. */
class NormalizationKernel {
 public:
  explicit NormalizationKernel(const Attributes& attributes)
      : epsilon_(attributes.number("epsilon")), isTraining_(attributes.flag("is_training")) {
    const std::string format = attributes.text("data_format");
    isChannelsFirst_ = format == "NCHW";
    if (!isChannelsFirst_ && !format.empty() && format != "NHWC") throw Failure{unimplemented, "batch normalization of images in the format " + format};
  }

 protected:
  /** The images' shape with channels last. */
  Shape shapeOfImages(const Tensor& images) const {
    Shape shape = shapeOf(images);
    if (shape.size() != 4) throw Failure{invalidArgument, "images have to be of rank 4"};
    if (isChannelsFirst_) std::rotate(shape.begin() + 1, shape.begin() + 2, shape.end());
    return shape;
  }

  static void expectChannels(const Tensor& vector, int64_t channels) {
    if (shapeOf(vector) != Shape{channels}) throw Failure{invalidArgument, "there has to be a number for each channel"};
  }

  const float epsilon_;
  const bool isTraining_;
  bool isChannelsFirst_;
};

/** The mean of each channel, and the sum of the squares of what its numbers differ from it. */
struct Statistics {
  std::vector<double> mean, squares;
};

/**
 * Blocks by themselves, then all together by Chan's formula: for n numbers of mean a and m of mean b, the mean is a + (b - a) · m / (n + m), and
 * the squares are both sums and (b - a)² · n · m / (n + m). Nothing is lost where a mean is large beside the deviation.
 */
inline Statistics statisticsOf(const float* x, const Channels& c) {
  const Scratch means(std::max<int64_t>(1, c.blocks * c.wide)), squares(std::max<int64_t>(1, c.blocks * c.wide));
  c.each([&](int64_t block, int64_t first, int64_t count) {
    float *const mean = means.data() + block * c.wide, *const square = squares.data() + block * c.wide;
    std::fill_n(mean, c.wide, 0.0f);
    std::fill_n(square, c.wide, 0.0f);
    const auto at = [&](int64_t row, int64_t j) { return load(x + row * c.wide + j); };
    addColumns(first, count, c.wide, mean, at);
    for (int64_t j = 0; j < c.wide; j++) mean[j] /= count;
    addColumns(first, count, c.wide, square, [&](int64_t row, int64_t j) {
      const Vector difference = at(row, j) - load(mean + j);
      return difference * difference;
    });
  });
  Statistics all{std::vector<double>(c.channels), std::vector<double>(c.channels)};
  int64_t known = 0;
  const auto add = [&](int64_t count, const float* mean, const float* square) {
    const double share = double(count) / (known + count), weight = known * share;
    for (int64_t j = 0; j < c.channels; j++) {
      const double difference = mean[j] - all.mean[j];
      all.mean[j] += difference * share;
      all.squares[j] += difference * difference * weight + (square ? square[j] : 0);
    }
    known += count;
  };
  for (int64_t block = 0; block < c.blocks; block++) {
    const int64_t count = std::min(c.rowsEach, c.rows - block * c.rowsEach);
    for (int64_t j = 0; j < c.wide; j += c.channels) add(count, means.data() + block * c.wide + j, squares.data() + block * c.wide + j);
  }
  for (int64_t i = 0; i < c.behind; i++) add(1, x + c.rows * c.wide + i * c.channels, nullptr);
  return all;
}

/** FusedBatchNormV3: images and γ, β, the mean and the variance of each channel, of which the last two are what is moved in training. */
class BatchNormalization : NormalizationKernel {
 public:
  explicit BatchNormalization(const Attributes& attributes)
      : NormalizationKernel(attributes), share_(attributes.number("exponential_avg_factor", 1)) {}

  void run(const Call& call) const {
    const Tensor images = call.input(0), gamma = call.input(1), beta = call.input(2), oldMean = call.input(3), oldVariance = call.input(4);
    const Shape shape = shapeOfImages(images);
    const int64_t channels = shape[3], places = countOf({shape[0], shape[1], shape[2]});
    expectChannels(gamma, channels);
    expectChannels(beta, channels);
    const bool isMoved = isTraining_ && share_ != 1;
    if (!isTraining_ || isMoved) {
      expectChannels(oldMean, channels);
      expectChannels(oldVariance, channels);
    }
    const Tensor result = call.output(0, shapeOf(images)), newMean = call.output(1, {channels}), newVariance = call.output(2, {channels});
    const Tensor mean = call.output(3, {channels}), variance = call.output(4, {channels});
    *floats(call.output(5, {})) = 0;

    const Images x(images, shape, isChannelsFirst_), y(result, shape, isChannelsFirst_);
    const Channels c(places, channels);
    if (places == 0) {
      for (const Tensor* to : {&newMean, &newVariance, &mean, &variance}) std::fill_n(floats(*to), channels, std::numeric_limits<float>::quiet_NaN());
    } else if (!isTraining_) {
      for (const Tensor* to : {&newMean, &mean}) std::copy_n(floats(oldMean), channels, floats(*to));
      for (const Tensor* to : {&newVariance, &variance}) std::copy_n(floats(oldVariance), channels, floats(*to));
    } else {
      const Statistics of = statisticsOf(x.read(), c);
      for (int64_t j = 0; j < channels; j++) {
        floats(mean)[j] = of.mean[j];
        floats(variance)[j] = of.squares[j] / places;
        // That of what the batch is drawn from.
        const float unbiased = of.squares[j] / std::max<int64_t>(1, places - 1);
        floats(newMean)[j] = isMoved ? (1 - share_) * floats(oldMean)[j] + share_ * floats(mean)[j] : floats(mean)[j];
        floats(newVariance)[j] = isMoved ? (1 - share_) * floats(oldVariance)[j] + share_ * unbiased : unbiased;
      }
    }
    if (places == 0 || channels == 0) return;
    std::vector<float> scale(channels);
    for (int64_t j = 0; j < channels; j++) scale[j] = floats(gamma)[j] / std::sqrt(floats(variance)[j] + epsilon_);
    normalize(isTraining_ ? x.data() : x.read(), c, floats(mean), scale.data(), floats(beta), y.data());
    y.written();
  }

 private:
  /** y = (x - mean) · scale + offset. */
  static void normalize(const float* x, const Channels& c, const float* mean, const float* scale, const float* offset, float* y) {
    const Scratch spread(3 * c.wide);
    float *const means = spread.data(), *const scales = means + c.wide, *const offsets = scales + c.wide;
    c.spread(mean, means);
    c.spread(scale, scales);
    c.spread(offset, offsets);
    c.eachBackward([&](int64_t first, int64_t count) {
      for (int64_t at = first * c.wide; at < (first + count) * c.wide; at += c.wide) {
        for (int64_t j = 0; j < c.wide; j += lanes) store(y + at + j, (load(x + at + j) - load(means + j)) * load(scales + j) + load(offsets + j));
      }
    });
    for (int64_t i = c.rows * c.wide, j = 0; j < c.behind * c.channels; i++, j++) y[i] = (x[i] - means[j]) * scales[j] + offsets[j];
  }

  const float share_;
};

/**
 * FusedBatchNormGradV3: for i = 1 / √(v + ε), dβ = Σ dy, dγ = i · Σ dy · (x - μ), dx = γ · i · (dy - dβ / n - (x - μ) · i · dγ / n). Where μ and v are not
 * the batch's, the last two terms are left out.
 */
class BatchNormalizationGradient : NormalizationKernel {
 public:
  using NormalizationKernel::NormalizationKernel;

  void run(const Call& call) const {
    const Tensor gradient = call.input(0), images = call.input(1), gamma = call.input(2), mean = call.input(3), variance = call.input(4);
    const Shape shape = shapeOfImages(images);
    if (shapeOf(gradient) != shapeOf(images)) throw Failure{invalidArgument, "the output's gradient has not the output's shape"};
    const int64_t channels = shape[3], places = countOf({shape[0], shape[1], shape[2]});
    for (const Tensor* vector : {&gamma, &mean, &variance}) expectChannels(*vector, channels);
    const Tensor result = call.output(0, shapeOf(images)), dGamma = call.output(1, {channels}), dBeta = call.output(2, {channels});
    for (int unused : {3, 4}) call.output(unused, {0});

    const Images given(images, shape, isChannelsFirst_), slopes(gradient, shape, isChannelsFirst_), dx(result, shape, isChannelsFirst_);
    const float *const x = given.read(), *const dy = slopes.read(), *const mu = floats(mean);
    const Channels c(places, channels);
    const auto [sums, products] = sumsOf(x, dy, mu, c);
    std::vector<float> scale(channels), slope(channels), offset(channels);
    for (int64_t j = 0; j < channels; j++) {
      const double inverse = 1 / std::sqrt(double(floats(variance)[j]) + epsilon_);
      floats(dGamma)[j] = products[j] * inverse;
      floats(dBeta)[j] = sums[j];
      scale[j] = floats(gamma)[j] * inverse;
      slope[j] = isTraining_ && places > 0 ? -scale[j] * products[j] * inverse * inverse / places : 0;
      offset[j] = isTraining_ && places > 0 ? -scale[j] * sums[j] / places : 0;
    }
    if (places == 0 || channels == 0) return;
    spreadBack(x, dy, mu, c, scale, slope, offset, dx.data());
    dx.written();
  }

 private:
  struct Sums {
    std::vector<double> ofSlopes, ofProducts;
  };

  /** Σ dy and Σ dy · (x - μ) of each channel: of blocks by themselves, then in their order. */
  static Sums sumsOf(const float* x, const float* dy, const float* mean, const Channels& c) {
    const Scratch means(std::max<int64_t>(1, c.wide)), sums(std::max<int64_t>(1, c.blocks * c.wide)), products(std::max<int64_t>(1, c.blocks * c.wide));
    c.spread(mean, means.data());
    c.each([&](int64_t block, int64_t first, int64_t count) {
      float *const sum = sums.data() + block * c.wide, *const product = products.data() + block * c.wide;
      std::fill_n(sum, c.wide, 0.0f);
      std::fill_n(product, c.wide, 0.0f);
      const auto slope = [&](int64_t row, int64_t j) { return load(dy + row * c.wide + j); };
      // Some rows at a time, which are in the nearest cache when they are read again.
      const int64_t some = std::max<int64_t>(4, 4096 / std::max<int64_t>(1, c.wide) / 4 * 4);
      for (int64_t row = first; row < first + count; row += some) {
        const int64_t few = std::min(some, first + count - row);
        addColumns(row, few, c.wide, sum, slope);
        addColumns(row, few, c.wide, product,
                   [&](int64_t row, int64_t j) { return slope(row, j) * (load(x + row * c.wide + j) - load(means.data() + j)); });
      }
    });
    Sums all{std::vector<double>(c.channels), std::vector<double>(c.channels)};
    for (int64_t at = 0; at < c.blocks * c.wide; at += c.channels) {
      for (int64_t j = 0; j < c.channels; j++) {
        all.ofSlopes[j] += sums.data()[at + j];
        all.ofProducts[j] += products.data()[at + j];
      }
    }
    for (int64_t at = c.rows * c.wide, i = 0; i < c.behind; i++, at += c.channels) {
      for (int64_t j = 0; j < c.channels; j++) {
        all.ofSlopes[j] += dy[at + j];
        all.ofProducts[j] += dy[at + j] * (x[at + j] - mean[j]);
      }
    }
    return all;
  }

  /** dx = dy · scale + (x - mean) · slope + offset. */
  static void spreadBack(const float* x, const float* dy, const float* mean, const Channels& c, const std::vector<float>& scale,
                         const std::vector<float>& slope, const std::vector<float>& offset, float* dx) {
    const Scratch spread(4 * c.wide);
    float *const means = spread.data(), *const scales = means + c.wide, *const slopes = scales + c.wide, *const offsets = slopes + c.wide;
    c.spread(mean, means);
    c.spread(scale.data(), scales);
    c.spread(slope.data(), slopes);
    c.spread(offset.data(), offsets);
    c.eachBackward([&](int64_t first, int64_t count) {
      for (int64_t at = first * c.wide; at < (first + count) * c.wide; at += c.wide) {
        for (int64_t j = 0; j < c.wide; j += lanes) {
          const Vector more = (load(x + at + j) - load(means + j)) * load(slopes + j) + load(offsets + j);
          store(dx + at + j, load(dy + at + j) * load(scales + j) + more);
        }
      }
    });
    for (int64_t i = c.rows * c.wide, j = 0; j < c.behind * c.channels; i++, j++) {
      dx[i] = dy[i] * scales[j] + (x[i] - means[j]) * slopes[j] + offsets[j];
    }
  }
};

}  // namespace shapewright
