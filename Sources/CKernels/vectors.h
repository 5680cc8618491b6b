#ifndef VITDET_VECTORS_H
#define VITDET_VECTORS_H
#include <stddef.h>
#include <string.h>

// Vectors of numbers in the compiler's own notation; where the processor has none so wide, it uses several.

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// One version of a function for each width of vectors, of which the loader picks the widest that the processor has.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), min_vector_width(512)))
#else
#define CLONES
#endif

// Numbers need not be aligned, and are of type float to whoever else reads them.
typedef float vector4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float vector8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef float vector16 __attribute__((vector_size(64), aligned(4), may_alias));
typedef int integer16 __attribute__((vector_size(64), aligned(4)));

#define LANES 16

// The numbers from `x` on, as many as there are but no more than a vector holds; `rest` in the other lanes.
INLINE void load(vector16 *v, const float *x, size_t count, float rest) {
  if (count >= LANES) {
    *v = *(const vector16 *)x;
    return;
  }
  float part[LANES];
  for (size_t i = 0; i < LANES; i++) part[i] = i < count ? x[i] : rest;
  *v = *(vector16 *)part;
}

INLINE void store(float *x, const vector16 *v, size_t count) {
  if (count >= LANES)
    *(vector16 *)x = *v;
  else
    memcpy(x, v, count * sizeof(float));
}

// Replaces the lanes of which `where` has all bits set.
INLINE void choose(vector16 *v, const integer16 *where, const vector16 *other) {
  *v = (vector16)((*where & (integer16)*other) | (~*where & (integer16)*v));
}

// In pairs of halves, since each addition waits for the one before it.
INLINE float lanes_sum(const vector16 *v) {
  vector8 a = __builtin_shufflevector(*v, *v, 0, 1, 2, 3, 4, 5, 6, 7);
  a += __builtin_shufflevector(*v, *v, 8, 9, 10, 11, 12, 13, 14, 15);
  vector4 b = __builtin_shufflevector(a, a, 0, 1, 2, 3) + __builtin_shufflevector(a, a, 4, 5, 6, 7);
  return (b[0] + b[2]) + (b[1] + b[3]);
}

INLINE float lanes_max(const vector16 *v) {
  vector8 a = __builtin_shufflevector(*v, *v, 0, 1, 2, 3, 4, 5, 6, 7);
  a = __builtin_elementwise_max(a, __builtin_shufflevector(*v, *v, 8, 9, 10, 11, 12, 13, 14, 15));
  vector4 b = __builtin_elementwise_max(__builtin_shufflevector(a, a, 0, 1, 2, 3),
                                        __builtin_shufflevector(a, a, 4, 5, 6, 7));
  float c = b[0] > b[2] ? b[0] : b[2], d = b[1] > b[3] ? b[1] : b[3];
  return c > d ? c : d;
}

// Transposes 16 x 16 numbers by interleaving the upper with the lower half of the rows four times.
INLINE void transpose16(const float *from, ptrdiff_t stride, float *to, size_t to_stride) {
  vector16 rows[16], mixed[16];
  UNROLL for (int i = 0; i < 16; i++) rows[i] = *(const vector16 *)(from + i * stride);
  UNROLL for (int round = 0; round < 4; round++) {
    UNROLL for (int i = 0; i < 8; i++) {
      mixed[2 * i] = __builtin_shufflevector(rows[i], rows[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      mixed[2 * i + 1] =
          __builtin_shufflevector(rows[i], rows[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    UNROLL for (int i = 0; i < 16; i++) rows[i] = mixed[i];
  }
  UNROLL for (int i = 0; i < 16; i++) *(vector16 *)(to + (size_t)i * to_stride) = rows[i];
}
#endif
