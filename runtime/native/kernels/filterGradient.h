#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "scratch.h"
#include "sums.h"
#include "threads.h"
#include "window.h"

namespace shapewright {

/** Places side by side of both, between edges. */
struct Places {
  int64_t begin, end;
};

/** The outputs whose source by this tap is within the input. */
inline Places inside(const Axis& axis, int64_t tap) {
  const int64_t shift = tap * axis.dilation - axis.before;
  const int64_t begin = shift >= 0 ? 0 : (-shift + axis.stride - 1) / axis.stride;
  const int64_t end = axis.input <= shift ? 0 : std::min(axis.output, (axis.input - shift - 1) / axis.stride + 1);
  return {begin, std::max(begin, end)};
}

/** Few channels would leave rows of a product empty: then a row is a channel by a tap, and what they multiply is written out. */
inline bool isSpread(const Window& w) { return w.channelsEach() < rows && w.taps() > 1; }

/**
 * What some images, or lines of the output, give of the gradient, to be added to what stands there or not. Both operands are laid out anew,
 * so that a product goes through memory from end to end: images innermost, since those of small sizes have short lines.
 *
 * @param lines of the output: all of them, unless channels are spread
 */
inline void filterGradientOf(const Window& w, Places lines, const float* input, const float* dy, float* result, bool adds) {
  Threads& threads = Threads::shared();
  const int64_t N = w.batch, each = w.channelsEach(), columns = w.filtersEach(), taps = w.taps(), outputs = lines.end - lines.begin;
  const bool spread = isSpread(w);
  const int64_t high = spread ? outputs : w.height.input, wide = spread ? w.width.output : w.width.input;
  const int64_t depth = spread ? taps * each : each;
  const int64_t blocks = (depth + rows - 1) / rows, panels = (columns + width - 1) / width;
  // An odd number of the cache's lines apart: places of all blocks are written one after another.
  const auto apart = [](int64_t floats) { return ((floats + 15) / 16 | 1) * 16; };
  const int64_t blockSize = apart(high * wide * N * rows), panelSize = apart(N * outputs * w.width.output * width);
  const Scratch left(w.groups * blocks * blockSize), right(w.groups * panels * panelSize);

  // Places are the images' innermost: (line, column, image).
  constexpr int64_t together = 64;
  const auto writePlaces = [&](int64_t places, const auto& write) {
    threads.each((places + together - 1) / together, [&](int64_t i) {
      for (int64_t place = i * together; place < std::min(places, (i + 1) * together); place++) write(place);
    });
  };
  if (spread) {
    // A row's tap and channel, as a distance down and across, and in numbers.
    struct Row {
      int64_t y, x, offset;
    };
    std::vector<Row> tapRows(depth);
    for (int64_t row = 0; row < depth; row++) {
      const int64_t tap = row / each, y = tap / w.width.taps * w.height.dilation, x = tap % w.width.taps * w.width.dilation;
      tapRows[row] = {y, x, (y * w.width.input + x) * w.channels + row % each};
    }
    const int64_t lowest = w.height.input - tapRows.back().y, rightmost = w.width.input - tapRows.back().x;
    writePlaces(high * wide * N, [&](int64_t place) {
      const int64_t n = place % N, top = (lines.begin + place / N / wide) * w.height.stride - w.height.before;
      const int64_t before = place / N % wide * w.width.stride - w.width.before;
      const int64_t first = ((n * w.height.input + top) * w.width.input + before) * w.channels;
      const bool isInside = top >= 0 && top < lowest && before >= 0 && before < rightmost;
      for (int64_t group = 0; group < w.groups; group++) {
        float* to = left.data() + group * blocks * blockSize + place * rows;
        const int64_t from = first + group * each;
        for (int64_t begin = 0; begin < depth; begin += rows, to += blockSize) {
          const int64_t count = std::min<int64_t>(rows, depth - begin);
          const Row* const row = &tapRows[begin];
          if (isInside) {
            for (int64_t r = 0; r < count; r++) to[r] = input[from + row[r].offset];
          } else {
            for (int64_t r = 0; r < count; r++) {
              const bool isThere = uint64_t(top + row[r].y) < uint64_t(w.height.input) && uint64_t(before + row[r].x) < uint64_t(w.width.input);
              to[r] = isThere ? input[from + row[r].offset] : 0;
            }
          }
          for (int64_t r = count; r < rows; r++) to[r] = 0;
        }
      }
    });
  } else {
    writePlaces(high * wide * N, [&](int64_t place) {
      const int64_t n = place % N, at = place / N;
      const float* from = input + (n * high * wide + at) * w.channels;
      for (int64_t group = 0; group < w.groups; group++, from += each) {
        float* to = left.data() + group * blocks * blockSize + place * rows;
        for (int64_t row = 0; row < each; row += rows, to += blockSize) {
          if (each - row >= rows) std::memcpy(to, from + row, rows * sizeof(float));
          else for (int r = 0; r < rows; r++) to[r] = row + r < each ? from[row + r] : 0;
        }
      }
    });
  }
  writePlaces(N * outputs * w.width.output, [&](int64_t place) {
    const int64_t n = place % N, at = lines.begin * w.width.output + place / N;
    const float* from = dy + (n * w.height.output * w.width.output + at) * w.filters;
    for (int64_t group = 0; group < w.groups; group++, from += columns) {
      float* to = right.data() + group * panels * panelSize + place * width;
      for (int64_t column = 0; column < columns; column += width, to += panelSize) {
        if (columns - column >= width) std::memcpy(to, from + column, width * sizeof(float));
        else for (int64_t i = 0; i < width; i++) to[i] = column + i < columns ? from[column + i] : 0;
      }
    }
  });

  std::vector<Places> down, across;
  if (spread) {
    down = {{0, outputs}};
    across = {{0, w.width.output}};
  } else {
    for (int64_t i = 0; i < w.height.taps; i++) down.push_back(inside(w.height, i));
    for (int64_t j = 0; j < w.width.taps; j++) across.push_back(inside(w.width, j));
  }
  const int64_t stepDown = spread ? 1 : w.height.stride, stepAcross = spread ? 1 : w.width.stride;
  // So many lines at once that both stay in the cache.
  const int64_t linesEach = std::max<int64_t>(1, 1024 / std::max<int64_t>(1, w.width.output * N));
  // A task is a row of blocks by some panels, which stay in its cache from tap to tap.
  const int64_t chunk = std::max<int64_t>(1, std::min(linesEach, outputs) * w.width.output * N * width);
  const int64_t panelsEach = std::clamp<int64_t>(65536 / chunk, 1, panels);
  const int64_t blocksEach = std::clamp<int64_t>(w.groups * blocks * panels / panelsEach / (4 * threads.count()), 1, blocks);
  const int64_t sets = (panels + panelsEach - 1) / panelsEach, tasksEach = (blocks + blocksEach - 1) / blocksEach;
  threads.each(w.groups * sets * tasksEach, [&](int64_t task) {
    const int64_t set = task / tasksEach % sets, group = task / tasksEach / sets;
    const int64_t begin = task % tasksEach * blocksEach, end = std::min(blocks, begin + blocksEach);
    for (int64_t line = 0; line < outputs; line += linesEach) {
      for (int64_t block = begin; block < end; block++) {
        const float* a = left.data() + (group * blocks + block) * blockSize;
        const int64_t high = std::min<int64_t>(rows, depth - block * rows);
        for (size_t tap = 0; tap < down.size() * across.size(); tap++) {
          const int64_t i = tap / across.size(), j = tap % across.size();
          const int64_t top = std::max(down[i].begin, line), bottom = std::min(down[i].end, line + linesEach);
          const int64_t x = across[j].begin, count = across[j].end - x;
          const int64_t sourceX = spread ? x : x * stepAcross - w.width.before + j * w.width.dilation;
          float* to = result + (tap * each + block * rows) * w.filters + group * columns;
          for (int64_t panel = set * panelsEach; panel < std::min(panels, (set + 1) * panelsEach); panel++) {
            const float* b = right.data() + (group * panels + panel) * panelSize;
            Vector sum[rows][2] = {};
            for (int64_t y = top; y < bottom && count > 0; y++) {
              const int64_t sourceY = spread ? y : y * stepDown - w.height.before + i * w.height.dilation;
              const float* from = a + (sourceY * wide + sourceX) * N * rows;
              const float* by = b + (y * w.width.output + x) * N * width;
              if (stepAcross == 1) {
                multiplyPlaces(from, rows, by, count * N, sum);
              } else if (N == 1) {
                multiplyPlaces(from, stepAcross * rows, by, count, sum);
              } else {
                for (int64_t k = 0; k < count; k++) multiplyPlaces(from + k * stepAcross * N * rows, rows, by + k * N * width, N, sum);
              }
            }
            addRows(sum, adds || line > 0, to + panel * width, w.filters, high, std::min<int64_t>(width, columns - panel * width));
          }
        }
      }
    }
  });
}

/**
 * The gradient of a convolution's filter: for each tap the product of the input, moved, and the output's gradient, over all places. It goes
 * by blocks of images, or of lines where one image is much, so that what is laid out takes little memory; blocks are added in their
 * order. No size may be 0.
 */
inline void filterGradient(const Window& w, const float* input, const float* dy, float* result) {
  const bool spread = isSpread(w);
  const int64_t across = spread ? w.width.output : w.width.input, high = spread ? w.height.output : w.height.input;
  const auto upTo = [](int64_t count, int64_t multiple) { return (count + multiple - 1) / multiple * multiple; };
  const int64_t left = w.groups * upTo(spread ? w.taps() * w.channelsEach() : w.channelsEach(), rows) * across;
  const int64_t right = w.groups * upTo(w.filtersEach(), width) * w.width.output;
  const int64_t line = spread ? left + right : (left * high + right * w.height.output) / w.height.output;
  // Numbers that are laid out at once: more of them leave the caches, and fewer are too little for all threads.
  constexpr int64_t most = 1 << 21;
  const int64_t linesEach = spread ? std::clamp<int64_t>(most / line, 1, w.height.output) : w.height.output;
  const int64_t imagesEach = std::clamp<int64_t>(most / (line * linesEach), 1, w.batch);
  for (int64_t image = 0; image < w.batch; image += imagesEach) {
    Window block = w;
    block.batch = std::min(imagesEach, w.batch - image);
    for (int64_t first = 0; first < w.height.output; first += linesEach) {
      const Places lines{first, std::min(w.height.output, first + linesEach)};
      filterGradientOf(block, lines, input + image * w.height.input * w.width.input * w.channels,
                       dy + image * w.height.output * w.width.output * w.filters, result, image > 0 || first > 0);
    }
  }
}

}  // namespace shapewright
