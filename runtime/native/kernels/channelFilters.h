#pragma once

#include <algorithm>
#include <vector>

#include "filterGradient.h"
#include "scratch.h"
#include "threads.h"
#include "vectors.h"
#include "window.h"

namespace shapewright {

/** K taps side by side of one line of the output: each has places of its own at the line's ends, and shares those in between. */
struct TapsOfLine {
  const float *input, *dy;
  /** From one tap's source to the next one's, and from one place's, in numbers. */
  int64_t apart, step;
  const Places* each;
  Places shared;
  int64_t channels;
};

/** Adds to sums[tap], for V vectors of channels, Σ over places of input · dy. */
template <int K, int V>
inline void addLine(const TapsOfLine& line, int64_t channel, float* sums) {
  Vector sum[K][V] = {};
  const auto source = [&](int tap, int64_t place) { return line.input + tap * line.apart + place * line.step + channel; };
  const auto slope = [&](int64_t place) { return line.dy + place * line.channels + channel; };
  for (int64_t place = line.shared.begin; place < line.shared.end; place++) {
    Vector by[V];
    for (int v = 0; v < V; v++) by[v] = load(slope(place) + v * lanes);
    for (int tap = 0; tap < K; tap++) {
      for (int v = 0; v < V; v++) sum[tap][v] += load(source(tap, place) + v * lanes) * by[v];
    }
  }
  for (int tap = 0; tap < K; tap++) {
    const auto add = [&](int64_t begin, int64_t end) {
      for (int64_t place = begin; place < end; place++) {
        for (int v = 0; v < V; v++) sum[tap][v] += load(source(tap, place) + v * lanes) * load(slope(place) + v * lanes);
      }
    };
    add(line.each[tap].begin, std::min(line.shared.begin, line.each[tap].end));
    add(std::max(line.shared.end, line.each[tap].begin), line.each[tap].end);
    for (int v = 0; v < V; v++) {
      float* to = sums + tap * line.channels + channel + v * lanes;
      store(to, load(to) + sum[tap][v]);
    }
  }
}

/** The same for all channels, which are whole vectors. */
template <int K>
void addLineOfAll(const TapsOfLine& line, float* sums) {
  constexpr int V = K < 4 ? 2 : 1;
  int64_t channel = 0;
  for (; channel + V * lanes <= line.channels; channel += V * lanes) addLine<K, V>(line, channel, sums);
  for (; channel + lanes <= line.channels; channel += lanes) addLine<K, 1>(line, channel, sums);
}

/**
 * The gradient of the filter of a convolution of each channel by itself. Channels are whole vectors, and no size is 0. Blocks of lines are
 * summed by themselves, then in their order.
 */
inline void channelFilters(const Window& w, const float* input, const float* dy, float* result) {
  constexpr int most = 8;
  static constexpr decltype(&addLineOfAll<1>) add[most] = {addLineOfAll<1>, addLineOfAll<2>, addLineOfAll<3>, addLineOfAll<4>,
                                                           addLineOfAll<5>, addLineOfAll<6>, addLineOfAll<7>, addLineOfAll<8>};
  const int64_t channels = w.channels, size = w.taps() * channels, lines = w.batch * w.height.output;
  // A block is more than what is kept of it.
  const int64_t linesEach = std::clamp<int64_t>(std::max<int64_t>(1 << 15, 2 * size) / (w.width.output * channels), 1, lines);
  const int64_t blocks = (lines + linesEach - 1) / linesEach;
  std::vector<Places> across;
  for (int64_t tap = 0; tap < w.width.taps; tap++) across.push_back(inside(w.width, tap));

  const Scratch all(blocks * size);
  Threads::shared().each(blocks, [&](int64_t block) {
    float* const sums = all.data() + block * size;
    std::fill_n(sums, size, 0.0f);
    for (int64_t line = block * linesEach; line < std::min(lines, (block + 1) * linesEach); line++) {
      const int64_t image = line / w.height.output, top = line % w.height.output * w.height.stride - w.height.before;
      for (int64_t i = 0; i < w.height.taps; i++) {
        const int64_t y = top + i * w.height.dilation;
        if (y < 0 || y >= w.height.input) continue;
        for (int64_t tap = 0; tap < w.width.taps; tap += most) {
          const int count = std::min<int64_t>(most, w.width.taps - tap);
          Places shared{0, w.width.output};
          for (int j = 0; j < count; j++) {
            shared.begin = std::max(shared.begin, across[tap + j].begin);
            shared.end = std::min(shared.end, across[tap + j].end);
          }
          shared.end = std::max(shared.begin, shared.end);
          const int64_t first = (image * w.height.input + y) * w.width.input - w.width.before + tap * w.width.dilation;
          const TapsOfLine of{input + first * channels, dy + line * w.width.output * channels, w.width.dilation * channels,
                              w.width.stride * channels, &across[tap], shared, channels};
          add[count - 1](of, sums + (i * w.width.taps + tap) * channels);
        }
      }
    }
  });
  constexpr int64_t together = 1 << 11;
  Threads::shared().each((size + together - 1) / together, [&](int64_t part) {
    for (int64_t at = part * together; at < std::min(size, (part + 1) * together); at += lanes) {
      Vector sum{};
      for (int64_t block = 0; block < blocks; block++) sum += load(all.data() + block * size + at);
      store(result + at, sum);
    }
  });
}

}  // namespace shapewright
