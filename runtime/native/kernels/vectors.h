#pragma once

// Vectors as wide as the processor has them, in GCC's and Clang's own words, so that one source serves all.
namespace shapewright {

#if defined(__AVX512F__)
constexpr int lanes = 16, rows = 12;
#elif defined(__AVX__)
constexpr int lanes = 8, rows = 6;
#else
constexpr int lanes = 4, rows = 6;
#endif

/** The columns of a panel: what one product has side by side. `rows` times it are sums that fit into registers. */
constexpr int width = 2 * lanes;

typedef float Vector __attribute__((vector_size(4 * lanes)));
/** The same anywhere in memory. */
typedef float Unaligned __attribute__((vector_size(4 * lanes), aligned(4), may_alias));

inline Vector load(const float* at) { return *reinterpret_cast<const Unaligned*>(at); }
inline void store(float* at, Vector value) { *reinterpret_cast<Unaligned*>(at) = value; }
inline Vector all(float value) { return value - Vector{}; }

}  // namespace shapewright
