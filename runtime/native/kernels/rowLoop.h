#pragma once

#include <algorithm>
#include <array>
#include <cstring>

#include "functions.h"
#include "operation.h"
#include "scratch.h"
#include "threads.h"

namespace shapewright {

/**
 * A loop whose rounds compute each row of a batch by itself: elementwise, and by products with matrices that all rounds read, as recurrent
 * networks do. Rows are shared out among threads, each of which goes through all rounds with its own, without waiting for others; what
 * it computes stays in its cache, and so do matrices, which are packed once.
 *
 * What a round does is a program, a list of numbers: `rowProgram.ts` writes it. The last input has the constants of it.
 */
class RowLoop {
 public:
  explicit RowLoop(const Attributes& attributes) {
    const std::vector<int32_t> program = attributes.integers("program");
    const int32_t* at = program.data();
    const int32_t* const end = at + program.size();
    const auto next = [&] {
      if (at == end) throw Failure{internal, "internal: a row loop's program ends too early"};
      return *at++;
    };
    const auto nextSize = [&] {
      const int32_t size = next();
      demand(size >= 0 && size <= end - at);
      return size;
    };
    inputs_ = next();
    carries_ = next();
    isReverse_ = next() != 0;
    slots_.resize(nextSize());
    matrices_.resize(nextSize());
    instructions_.resize(nextSize());
    results_.resize(nextSize());
    for (Slot& slot : slots_) slot = {Kind(next()), next(), next(), next()};
    for (Matrix& matrix : matrices_) matrix = {next(), next(), next(), next() != 0};
    for (Instruction& one : instructions_) one = {Code(next()), next(), next(), next(), next()};
    for (int32_t& result : results_) result = next();
    check();
    // Where a value is computed, an output of the same is, too.
    outputOf_.assign(slots_.size(), -1);
    for (size_t i = carries_; i < results_.size(); i++) {
      if (slots_[results_[i]].kind == temporary && outputOf_[results_[i]] < 0) outputOf_[results_[i]] = i;
    }
  }

  /** Makes TensorFlow know the op, and compute it. */
  static bool registerAll() {
    const char* const op = "ShapewrightRowLoop";
    const auto attributes = {"N: int >= 1", "M: int >= 1", "T: {float}", "program: list(int)"};
    return registerOp(op, {"inputs: N * T"}, {"results: M * T"}, attributes) && registerKernel<RowLoop>(op);
  }

  void run(const Call& call) const {
    std::vector<Tensor> inputs, outputs;
    for (int32_t i = 0; i < inputs_; i++) inputs.push_back(call.input(i));
    demand(TF_NumDims(inputs[0].get()) > 0 && TF_NumDims(inputs[carries_].get()) > 0);
    const int64_t rows = shapeOf(inputs[0])[0], rounds = shapeOf(inputs[carries_])[0];
    checkSizes(inputs, rows, rounds);
    for (size_t i = 0; i < results_.size(); i++) {
      const int64_t width = slots_[results_[i]].width;
      outputs.push_back(call.output(i, int32_t(i) < carries_ ? Shape{rows, width} : Shape{rounds, rows, width}));
    }
    if (rows == 0) return;
    std::vector<size_t> starts;
    size_t size = 0;
    for (const Matrix& matrix : matrices_) {
      starts.push_back(size);
      size += matrix.panels() * matrix.depth * width;
    }
    const Scratch packed(size);
    for (size_t i = 0; i < matrices_.size(); i++) pack(matrices_[i], floats(inputs[matrices_[i].input]), packed.data() + starts[i]);

    const int64_t threads = Threads::shared().count();
    int64_t blocks = std::max<int64_t>(1, std::min<int64_t>(threads, rows / 4));
    blocks *= (rows + blocks * mostRows - 1) / (blocks * mostRows);
    Threads::shared().each(blocks, [&](int64_t i) {
      Block block{rows * i / blocks, rows * (i + 1) / blocks - rows * i / blocks, rows, rounds};
      runBlock(block, inputs, outputs, packed.data(), starts);
    });
  }

 private:
  enum Kind { carry, sequence, fixedRows, shared, number, temporary, part };
  enum Code {
    copying, product, adding, subtracting, multiplying, dividing, largest, smallest, negating, sigmoidOf, tanhOf, expOf, reluOf,
    sigmoidGradient, tanhGradient, reluGradient, choosing, greaterThan, greaterOrEqual, lessThan, lessOrEqual, squaring, squareRoot,
    absolute, dividingWhatIs,
  };

  /** A value: as wide as its rows are; where it is (the number of an input or a constant), or what it is a part of, and from where on. */
  struct Slot {
    Kind kind;
    int32_t width, of, from;
  };
  struct Matrix {
    int32_t input, depth, columns;
    bool isTransposed;
    int64_t panels() const { return (columns + width - 1) / width; }
  };
  struct Instruction {
    Code code;
    int32_t to, a, b, c;
  };
  struct Block {
    int64_t first, count, rows, rounds;
  };
  /** Where the rows of a value are; all are one where the stride is 0. */
  struct Place {
    float* at;
    int64_t stride;
    int32_t width;
  };

  static void demand(bool holds) {
    if (!holds) throw Failure{invalidArgument, "a row loop's program does not fit itself or its inputs"};
  }

  /** Refuses what would read or write elsewhere than in its values: a graph may come from a file of anyone's. */
  void check() const {
    const auto isBelow = [](int32_t number, int64_t count) { return number >= 0 && number < count; };
    const int64_t slots = slots_.size(), matrices = matrices_.size();
    demand(carries_ > 0 && inputs_ > carries_ && slots >= carries_ && int64_t(results_.size()) >= carries_);
    for (const auto& [kind, width, of, from] : slots_) {
      demand(isBelow(kind, part + 1) && width >= 0);
      if (kind == part) {
        demand(isBelow(of, slots) && slots_[of].kind != part && from >= 0 && int64_t(from) + width <= slots_[of].width);
      } else if (kind == number) {
        demand(width == 1 && of >= 0);
      } else if (kind != temporary) {
        demand(isBelow(of, inputs_));
      }
    }
    for (const Matrix& matrix : matrices_) demand(isBelow(matrix.input, inputs_) && matrix.depth >= 0 && matrix.columns >= 0);
    for (const auto& [code, to, a, b, c] : instructions_) {
      demand(isBelow(code, dividingWhatIs + 1) && isBelow(to, slots));
      const Slot& written = slots_[to];
      demand((written.kind == part ? slots_[written.of] : written).kind == temporary);
      if (code == product) {
        demand(isBelow(a, slots) && isBelow(b, matrices) && slots_[a].width == matrices_[b].depth);
        demand(written.width == matrices_[b].columns && (c < 0 || (c < slots && slots_[c].width == written.width)));
      } else {
        demand(a >= 0);
        for (const int32_t read : {a, b, c}) {
          demand(read < 0 || (read < slots && (slots_[read].width == written.width || slots_[read].width == 1)));
        }
      }
    }
    for (const int32_t result : results_) demand(isBelow(result, slots));
    for (int32_t i = 0; i < carries_; i++) demand(slots_[i].kind == carry && slots_[results_[i]].width == slots_[i].width);
  }

  void checkSizes(const std::vector<Tensor>& inputs, int64_t rows, int64_t rounds) const {
    std::vector<int64_t> counts;
    for (const Tensor& input : inputs) counts.push_back(countOf(shapeOf(input)));
    for (const auto& [kind, width, of, from] : slots_) {
      if (kind == carry || kind == fixedRows) demand(counts[of] == rows * width);
      else if (kind == sequence) demand(counts[of] == rounds * rows * width);
      else if (kind == shared) demand(counts[of] == width);
      else if (kind == number) demand(of < counts.back());
    }
    for (const Matrix& matrix : matrices_) demand(counts[matrix.input] == int64_t(matrix.depth) * matrix.columns);
  }

  /** More would not leave their values in the cache. */
  static constexpr int64_t mostRows = 48;
  /** So many elements of a value are computed at once. */
  static constexpr int64_t together = 256;

  /** Panels of `width` columns, one after the other; what is missing of the last is zeros. */
  static void pack(const Matrix& matrix, const float* from, float* to) {
    const auto [_, depth, columns, isTransposed] = matrix;
    for (int64_t panel = 0; panel < matrix.panels(); panel++) {
      for (int64_t k = 0; k < depth; k++) {
        for (int64_t j = 0; j < width; j++) {
          const int64_t column = panel * width + j;
          *to++ = column >= columns ? 0 : isTransposed ? from[column * depth + k] : from[k * columns + column];
        }
      }
    }
  }

  void runBlock(const Block& block, const std::vector<Tensor>& inputs, const std::vector<Tensor>& outputs, const float* packed,
                const std::vector<size_t>& starts) const {
    size_t size = 0;
    for (const Slot& slot : slots_) {
      if (slot.kind == temporary || slot.kind == carry) size += aligned(slot.width * block.count);
    }
    for (int32_t i = 0; i < carries_; i++) size += aligned(slots_[results_[i]].width * block.count);
    const Scratch scratch(size);
    float* free = scratch.data();
    const auto take = [&](int64_t width) {
      float* at = free;
      free += aligned(width * block.count);
      return at;
    };

    std::vector<Place> places(slots_.size());
    const auto within = [&](const Tensor& tensor, int64_t round, int64_t width) {
      return floats(tensor) + (round * block.rows + block.first) * width;
    };
    for (size_t i = 0; i < slots_.size(); i++) {
      const auto [kind, width, of, from] = slots_[i];
      Place& place = places[i] = {nullptr, width, width};
      if (kind == carry) {
        place.at = take(width);
        std::memcpy(place.at, within(inputs[of], 0, width), width * block.count * sizeof(float));
      } else if (kind == fixedRows) {
        place.at = within(inputs[of], 0, width);
      } else if (kind == shared) {
        place = {floats(inputs[of]), 0, width};
      } else if (kind == number) {
        place = {floats(inputs.back()) + of, 0, 1};
      } else if (kind == temporary && outputOf_[i] < 0) {
        place.at = take(width);
      }
    }
    std::vector<float*> staged;
    for (int32_t i = 0; i < carries_; i++) staged.push_back(take(slots_[i].width));

    for (int64_t n = 0; n < block.rounds; n++) {
      const int64_t round = isReverse_ ? block.rounds - 1 - n : n;
      for (size_t i = 0; i < slots_.size(); i++) {
        const auto [kind, width, of, from] = slots_[i];
        if (kind == sequence) places[i].at = within(inputs[of], round, width);
        if (kind == temporary && outputOf_[i] >= 0) places[i].at = within(outputs[outputOf_[i]], round, width);
        if (kind == part) places[i] = {places[of].at + from, places[of].stride, width};
      }
      for (size_t i = 0; i < instructions_.size();) {
        const Instruction& one = instructions_[i];
        if (one.code == product) {
          multiply(places[one.to], places[one.a], packed + starts[one.b], matrices_[one.b], one.c < 0 ? nullptr : &places[one.c], block.count);
          i++;
          continue;
        }
        // What is elementwise goes through all instructions with some rows, which stay in the nearest cache.
        size_t end = i;
        while (end < instructions_.size() && instructions_[end].code != product) end++;
        const int64_t some = std::max<int64_t>(1, together / std::max(1, places[one.to].width));
        for (int64_t row = 0; row < block.count; row += some) {
          for (size_t k = i; k < end; k++) elementwise(instructions_[k], places, row, std::min(block.count, row + some));
        }
        i = end;
      }
      for (size_t i = carries_; i < results_.size(); i++) {
        if (outputOf_[results_[i]] == int32_t(i)) continue;
        copy(within(outputs[i], round, slots_[results_[i]].width), places[results_[i]], block.count);
      }
      // One that is carried on may be what another was.
      for (int32_t i = 0; i < carries_; i++) copy(staged[i], places[results_[i]], block.count);
      for (int32_t i = 0; i < carries_; i++) std::swap(staged[i], places[i].at);
    }
    for (int32_t i = 0; i < carries_; i++) copy(within(outputs[i], 0, slots_[i].width), places[i], block.count);
  }

  static int64_t aligned(int64_t floats) { return (floats + 15) / 16 * 16; }

  static void copy(float* to, const Place& from, int64_t rows) {
    for (int64_t row = 0; row < rows; row++) {
      const float* const source = from.at + row * from.stride;
      std::memcpy(to + row * from.width, source, from.width * sizeof(float));
    }
  }

  /** to = a · matrix, and what is added. */
  static void multiply(const Place& to, const Place& a, const float* packed, const Matrix& matrix, const Place* added, int64_t rows) {
    for (int64_t panel = 0; panel < matrix.panels(); panel++) {
      const float* const b = packed + panel * matrix.depth * width;
      const int64_t column = panel * width, columns = std::min<int64_t>(width, matrix.columns - column);
      int64_t row = 0;
      const auto tile = [&](auto height) {
        multiplyTile<height()>(to, a, b, matrix.depth, added, row, column, columns);
        row += height();
      };
      // As even as can be: low tiles leave the processor waiting.
      for (int64_t left = (rows + 5) / 6; left > 0; left--) {
        switch ((rows - row + left - 1) / left) {
          case 6: tile(std::integral_constant<int, 6>()); break;
          case 5: tile(std::integral_constant<int, 5>()); break;
          case 4: tile(std::integral_constant<int, 4>()); break;
          case 3: tile(std::integral_constant<int, 3>()); break;
          case 2: tile(std::integral_constant<int, 2>()); break;
          case 1: tile(std::integral_constant<int, 1>()); break;
        }
      }
    }
  }

  template <int height>
  static void multiplyTile(const Place& to, const Place& a, const float* b, int64_t depth, const Place* added, int64_t row,
                           int64_t column, int64_t columns) {
    Vector sums[height][2];
    for (int i = 0; i < height; i++) sums[i][0] = sums[i][1] = all(0.0f);
    const float* const from = a.at + row * a.stride;
    for (int64_t k = 0; k < depth; k++, b += width) {
      const Vector left = load(b), right = load(b + lanes);
      for (int i = 0; i < height; i++) {
        const Vector factor = all(from[i * a.stride + k]);
        sums[i][0] += factor * left;
        sums[i][1] += factor * right;
      }
    }
    for (int i = 0; i < height; i++) {
      float* const at = to.at + (row + i) * to.stride + column;
      const float* const more = added ? added->at + (row + i) * added->stride + column : nullptr;
      if (columns == width) {
        store(at, more ? sums[i][0] + load(more) : sums[i][0]);
        store(at + lanes, more ? sums[i][1] + load(more + lanes) : sums[i][1]);
      } else {
        float whole[width];
        store(whole, sums[i][0]);
        store(whole + lanes, sums[i][1]);
        for (int64_t j = 0; j < columns; j++) at[j] = more ? whole[j] + more[j] : whole[j];
      }
    }
  }

  /** Calls `f` on vectors along some rows. */
  template <typename F>
  static void along(const Place& to, const Place* a, const Place* b, const Place* c, int64_t begin, int64_t end, F f) {
    const auto isOne = [&](const Place* from) { return from && from->width == 1 && to.width > 1; };
    if (isOne(a) || isOne(b) || isOne(c)) alongRows<true>(to, {a, b ? b : a, c ? c : a}, begin, end, f);
    else alongRows<false>(to, {a, b ? b : a, c ? c : a}, begin, end, f);
  }

  /** The last vector of a row is filled up with zeros; of an operand that is one number, that stands for the row, where there are such. */
  template <bool hasOnes, typename F>
  static void alongRows(const Place& to, const std::array<const Place*, 3>& operands, int64_t begin, int64_t end, F f) {
    for (int64_t row = begin; row < end; row++) {
      float* const at = to.at + row * to.stride;
      const float* from[3];
      for (int i = 0; i < 3; i++) from[i] = operands[i]->at + row * operands[i]->stride;
      const auto isOne = [&](int i) { return hasOnes && operands[i]->width == 1; };
      int64_t column = 0;
      const auto whole = [&](int i) { return isOne(i) ? all(*from[i]) : load(from[i] + column); };
      for (; column + lanes <= to.width; column += lanes) store(at + column, f(whole(0), whole(1), whole(2)));
      if (const int64_t left = to.width - column) {
        const auto some = [&](int i) {
          float values[lanes] = {};
          for (int64_t j = 0; j < left; j++) values[j] = from[i][isOne(i) ? 0 : column + j];
          return load(values);
        };
        float values[lanes];
        store(values, f(some(0), some(1), some(2)));
        std::memcpy(at + column, values, left * sizeof(float));
      }
    }
  }

  static Vector truth(Integers where) { return choose(where, all(1.0f), Vector{}); }

  static void elementwise(const Instruction& one, const std::vector<Place>& places, int64_t begin, int64_t end) {
    const auto place = [&](int32_t i) { return i < 0 ? nullptr : &places[i]; };
    const auto each = [&](auto f) { along(places[one.to], place(one.a), place(one.b), place(one.c), begin, end, f); };
    const Vector none{}, single = all(1.0f);
    using V = Vector;
    switch (one.code) {
      case copying: return each([](V x, V, V) { return x; });
      case adding: return each([](V x, V y, V) { return x + y; });
      case subtracting: return each([](V x, V y, V) { return x - y; });
      case multiplying: return each([](V x, V y, V) { return x * y; });
      case dividing: return each([](V x, V y, V) { return x / y; });
      // Where one is no number, neither is the result.
      case largest: return each([](V x, V y, V) { return choose((x > y) | (x != x), x, y); });
      case smallest: return each([](V x, V y, V) { return choose((x < y) | (x != x), x, y); });
      case negating: return each([](V x, V, V) { return -x; });
      case sigmoidOf: return each([](V x, V, V) { return sigmoid(x); });
      case tanhOf: return each([](V x, V, V) { return hyperbolicTangent(x); });
      case expOf: return each([](V x, V, V) { return exponential(x); });
      case reluOf: return each([=](V x, V, V) { return choose(x < none, none, x); });
      // By the results: dy · y · (1 - y), dy · (1 - y²), dy where y > 0.
      case sigmoidGradient: return each([=](V dy, V y, V) { return dy * y * (single - y); });
      case tanhGradient: return each([=](V dy, V y, V) { return dy * (single - y * y); });
      case reluGradient: return each([=](V dy, V y, V) { return choose(y > none, dy, none); });
      case choosing: return each([=](V where, V x, V y) { return choose(where != none, x, y); });
      case greaterThan: return each([](V x, V y, V) { return truth(x > y); });
      case greaterOrEqual: return each([](V x, V y, V) { return truth(x >= y); });
      case lessThan: return each([](V x, V y, V) { return truth(x < y); });
      case lessOrEqual: return each([](V x, V y, V) { return truth(x <= y); });
      case squaring: return each([](V x, V, V) { return x * x; });
      case squareRoot: return each([](V x, V, V) {
        for (int i = 0; i < lanes; i++) x[i] = __builtin_sqrtf(x[i]);
        return x;
      });
      case absolute: return each([=](V x, V, V) { return choose(x > none, x, none - x); });
      case dividingWhatIs: return each([=](V x, V y, V) { return choose(x == none, none, x / y); });
      case product: break;
    }
    throw Failure{internal, "internal: a row loop's program has an unknown instruction"};
  }

  int32_t inputs_, carries_;
  bool isReverse_;
  std::vector<Slot> slots_;
  std::vector<Matrix> matrices_;
  std::vector<Instruction> instructions_;
  std::vector<int32_t> results_;
  /** For what a round computes, the output that it is, of which it then takes the memory. */
  std::vector<int32_t> outputOf_;
};

}  // namespace shapewright
