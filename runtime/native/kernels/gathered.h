#pragma once

#include <algorithm>
#include <cstring>
#include <vector>

#include "filterPanels.h"
#include "finish.h"
#include "scratch.h"
#include "threads.h"
#include "vectors.h"
#include "window.h"

namespace shapewright {

/** Numbers that lie side by side in the source, and the rows of the panel that they are multiplied by. */
struct Run {
  int64_t offset, row, length;
};

/** sums[r][v] = Σ over runs of source[r] × panel: as many rows at a time as fit into registers. */
template <int R, int V>
void multiplyRuns(const float* const* source, const std::vector<Run>& runs, const float* panel, float* sums) {
  Vector sum[R][V] = {};
  for (const Run& run : runs) {
    const float* b = panel + run.row * width;
    const float* a[R];
    for (int r = 0; r < R; r++) a[r] = source[r] + run.offset;
    for (int64_t k = 0; k < run.length; k++, b += width) {
      Vector column[V];
      for (int v = 0; v < V; v++) column[v] = load(b + v * lanes);
      for (int r = 0; r < R; r++) {
        const Vector x = all(a[r][k]);
        for (int v = 0; v < V; v++) sum[r][v] += x * column[v];
      }
    }
  }
  for (int r = 0; r < R; r++) {
    for (int v = 0; v < V; v++) store(sums + r * width + v * lanes, sum[r][v]);
  }
}

using MultiplyRuns = decltype(&multiplyRuns<1, 1>);

template <int V, int... R>
MultiplyRuns multiplyRunsOf(int count, std::integer_sequence<int, R...>) {
  static constexpr MultiplyRuns all[] = {multiplyRuns<R + 1, V>...};
  return all[count - 1];
}

inline MultiplyRuns multiplyRunsOf(int count, int64_t columns) {
  using Counts = std::make_integer_sequence<int, rows>;
  return columns > lanes ? multiplyRunsOf<2>(count, Counts()) : multiplyRunsOf<1>(count, Counts());
}

/** Places that are made from the same taps, in both directions. */
struct Part {
  const Alike *height, *width;
  std::vector<Run> runs;
  /** Where they stand among all. */
  int64_t begin, end;
};

/**
 * Each place of the result as the sum over its window: the convolution, or, backward, the gradient of its input, of which `source` is
 * that of its output. What lies beyond the edges is not multiplied. Sums are made in the filter's order, whatever the threads and the batch,
 * and finished with a bias for each filter, where that is wanted.
 */
inline void gathered(const Window& w, bool backward, const float* source, const float* filter, float* result, const Finish* finish = nullptr,
                     const float* bias = nullptr) {
  const std::vector<Alike> down = alikePlaces(w.height, backward), across = alikePlaces(w.width, backward);
  const int64_t depth = backward ? w.filtersEach() : w.channelsEach(), sourceChannels = backward ? w.filters : w.channels;
  const int64_t columns = backward ? w.channelsEach() : w.filtersEach(), resultChannels = backward ? w.channels : w.filters;
  const int64_t sourceHeight = backward ? w.height.output : w.height.input, sourceWidth = backward ? w.width.output : w.width.input;
  const int64_t resultHeight = backward ? w.height.input : w.height.output, resultWidth = backward ? w.width.input : w.width.output;

  std::vector<bool> used(w.taps());
  for (const Alike& h : down) {
    for (const Alike& v : across) {
      for (const auto& [i, y] : h.taps) {
        for (const auto& [j, x] : v.taps) used[i * w.width.taps + j] = true;
      }
    }
  }
  const FilterPanels panels(w, filter, backward, used);
  std::vector<Part> parts;
  int64_t total = 0;
  for (const Alike& h : down) {
    for (const Alike& v : across) {
      Part part{&h, &v, {}, total, total += w.batch * int64_t(h.places.size()) * int64_t(v.places.size())};
      for (const auto& [i, y] : h.taps) {
        for (const auto& [j, x] : v.taps) {
          const Run run{(y * sourceWidth + x) * sourceChannels, panels.rowOf(i * w.width.taps + j), depth};
          Run* last = part.runs.empty() ? nullptr : &part.runs.back();
          if (last && last->offset + last->length == run.offset && last->row + last->length == run.row) last->length += depth;
          else part.runs.push_back(run);
        }
      }
      parts.push_back(std::move(part));
    }
  }

  // A task is a range of places by some panels, which it writes for itself, since they stay in its core's cache: a range is long enough
  // for that to be little work beside its products.
  const int64_t wanted = Threads::shared().count() == 1 ? 1 : 4 * Threads::shared().count();
  const auto divided = [](int64_t a, int64_t b) { return (a + b - 1) / b; };
  int64_t panelsEach = std::clamp<int64_t>(98304 / std::max<int64_t>(1, panels.height() * width), 1, std::max<int64_t>(1, panels.count()));
  const int64_t ranges = std::clamp<int64_t>(wanted * panelsEach / std::max<int64_t>(1, panels.count() * w.groups), 1, std::max<int64_t>(1, total / 256));
  panelsEach = std::clamp<int64_t>(panels.count() * w.groups * ranges / wanted, 1, panelsEach);
  const int64_t sets = divided(panels.count(), panelsEach), rangeSize = divided(divided(total, ranges), rows) * rows;
  // So many places at once that their sources stay in the cache, too.
  const int64_t most = std::clamp<int64_t>(32768 / std::max<int64_t>(depth, 1) / rows * rows, rows, 1020);

  Threads::shared().each(ranges * sets * w.groups, [&](int64_t task) {
    const int64_t group = task / sets % w.groups, range = task / sets / w.groups;
    const int64_t firstPanel = task % sets * panelsEach, lastPanel = std::min(firstPanel + panelsEach, panels.count());
    const Scratch written((lastPanel - firstPanel) * panels.height() * width);
    panels.write(group, firstPanel, lastPanel, written.data());
    const float* from[1020];
    float* to[1020];
    for (const Part& part : parts) {
      const auto &h = part.height->places, &v = part.width->places;
      const int64_t across = v.size(), image = h.size() * across;
      const int64_t end = std::min(part.end, (range + 1) * rangeSize);
      for (int64_t begin = std::max(part.begin, range * rangeSize); begin < end; begin += most) {
        const int64_t count = std::min(most, end - begin);
        for (int64_t i = 0; i < count; i++) {
          const int64_t place = begin + i - part.begin, n = place / image, y = place % image / across, x = place % across;
          from[i] = source + ((n * sourceHeight + h[y].second) * sourceWidth + v[x].second) * sourceChannels + group * depth;
          to[i] = result + ((n * resultHeight + h[y].first) * resultWidth + v[x].first) * resultChannels + group * columns;
        }
        for (int64_t panel = firstPanel; panel < lastPanel; panel++) {
          const float* values = written.data() + (panel - firstPanel) * panels.height() * width;
          const int64_t wide = panels.columnsOf(panel);
          for (int64_t i = 0; i < count; i += rows) {
            const int high = std::min<int64_t>(rows, count - i);
            alignas(64) float sums[rows * width];
            multiplyRunsOf(high, wide)(&from[i], part.runs, values, sums);
            for (int r = 0; r < high; r++) {
              if (finish) finish->run(sums + r * width, bias + group * columns + panel * width, wide);
              std::memcpy(to[i + r] + panel * width, sums + r * width, wide * sizeof(float));
            }
          }
        }
      }
    }
  });
}

}  // namespace shapewright
