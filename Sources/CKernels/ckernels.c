#include "ckernels.h"
#include <malloc.h>
#include <math.h>
#include <stdint.h>
#include <sys/mman.h>
#include "functions.h"
#include "vectors.h"

CLONES void vd_add_scaled(float *y, const float *x, float factor, size_t count) {
  vector16 v, w;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES) *(vector16 *)(y + i) += factor * *(const vector16 *)(x + i);
  if (i == count) return;
  load(&v, y + i, count - i, 0);
  load(&w, x + i, count - i, 0);
  v += factor * w;
  store(y + i, &v, count - i);
}

CLONES void vd_scale(float *y, float factor, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] *= factor;
}

CLONES void vd_column_sums(const float *x, size_t rows, size_t columns, float *sums) {
  for (size_t c = 0; c < columns; c += LANES) {
    vector16 total = {0};
    for (size_t first = 0; first < rows; first += 256) {
      vector16 part = {0}, v;
      for (size_t r = first; r < rows && r < first + 256; r++) {
        load(&v, x + r * columns + c, columns - c, 0);
        part += v;
      }
      total += part;
    }
    store(sums + c, &total, columns - c);
  }
}

CLONES void vd_gelu(const float *x, float *y, size_t count) { gelu_row(x, y, count); }

CLONES void vd_gelu_backward(const float *x, const float *dy, float *dx, size_t count) {
  for (size_t i = 0; i < count; i += LANES) {
    vector16 v, d, distribution, density;
    load(&v, x + i, count - i, 0);
    load(&d, dy + i, count - i, 0);
    distribution = v;
    distribution_lanes(&distribution);
    density = -0.5f * v * v;
    exp_lanes(&density);
    d *= distribution + v * (0.39894228040143268f * density);
    store(dx + i, &d, count - i);
  }
}

// In the loops over a row, `whole` says that its vectors are all full; a constant where they are inlined.
#define LEFT(i) (whole ? LANES : columns - (i))

INLINE void row_statistics(int whole, const float *x, size_t columns, float eps, float *mean, float *inverse) {
  vector16 sum = {0}, squares = {0}, v;
  for (size_t i = 0; i < columns; i += LANES) {
    load(&v, x + i, LEFT(i), 0);
    sum += v;
  }
  float m = lanes_sum(&sum) / (float)columns;
  for (size_t i = 0; i < columns; i += LANES) {
    load(&v, x + i, LEFT(i), m);
    squares += (v - m) * (v - m);
  }
  *mean = m;
  *inverse = 1.0f / sqrtf(lanes_sum(&squares) / (float)columns + eps);
}

INLINE void layer_norm_row(int whole, const float *x, const float *weight, const float *bias, float eps, int relu,
                           float *y, size_t columns) {
  float mean, inverse;
  row_statistics(whole, x, columns, eps, &mean, &inverse);
  vector16 v, w, b;
  for (size_t i = 0; i < columns; i += LANES) {
    load(&v, x + i, LEFT(i), 0);
    load(&w, weight + i, LEFT(i), 0);
    load(&b, bias + i, LEFT(i), 0);
    v = (v - mean) * inverse * w + b;
    // As in vd_relu, what is no number becomes 0.
    if (relu) v = (vector16)((v > 0) & (integer16)v);
    store(y + i, &v, LEFT(i));
  }
}

CLONES void vd_layer_norm(const float *x, const float *weight, const float *bias, float eps, int relu, float *y,
                          size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns)
    if (columns % LANES == 0)
      layer_norm_row(1, x, weight, bias, eps, relu, y, columns);
    else
      layer_norm_row(0, x, weight, bias, eps, relu, y, columns);
}

INLINE void layer_norm_backward_row(int whole, const float *x, const float *weight, float eps, const float *dy,
                                    float *dx, float *dweight, float *dbias, size_t columns) {
  float mean, inverse;
  row_statistics(whole, x, columns, eps, &mean, &inverse);
  // With n = (x - mean) * inverse and g = dy * weight: dx = inverse * (g - mean(g) - n * mean(g * n)).
  vector16 g_sum = {0}, gn_sum = {0}, v, w, d, sum;
  for (size_t i = 0; i < columns; i += LANES) {
    load(&v, x + i, LEFT(i), mean);
    load(&w, weight + i, LEFT(i), 0);
    load(&d, dy + i, LEFT(i), 0);
    v = (v - mean) * inverse;
    load(&sum, dweight + i, LEFT(i), 0);
    sum += d * v;
    store(dweight + i, &sum, LEFT(i));
    load(&sum, dbias + i, LEFT(i), 0);
    sum += d;
    store(dbias + i, &sum, LEFT(i));
    g_sum += d * w;
    gn_sum += d * w * v;
  }
  float g_mean = lanes_sum(&g_sum) / (float)columns, gn_mean = lanes_sum(&gn_sum) / (float)columns;
  for (size_t i = 0; i < columns; i += LANES) {
    load(&v, x + i, LEFT(i), mean);
    load(&w, weight + i, LEFT(i), 0);
    load(&d, dy + i, LEFT(i), 0);
    v = inverse * (d * w - g_mean - (v - mean) * inverse * gn_mean);
    store(dx + i, &v, LEFT(i));
  }
}

CLONES void vd_layer_norm_backward(const float *x, const float *weight, float eps, const float *dy, float *dx,
                                   float *dweight, float *dbias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, x += columns, dy += columns, dx += columns)
    if (columns % LANES == 0)
      layer_norm_backward_row(1, x, weight, eps, dy, dx, dweight, dbias, columns);
    else
      layer_norm_backward_row(0, x, weight, eps, dy, dx, dweight, dbias, columns);
}

CLONES void vd_relu(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : 0;
}

CLONES void vd_relu_backward(const float *x, const float *dy, float *dx, size_t count) {
  for (size_t i = 0; i < count; i++) dx[i] = x[i] > 0 ? dy[i] : 0;
}

CLONES void vd_adamw_step(float *value, const float *gradient, float *mean, float *square, size_t count, vd_adamw s) {
  // In vectors, because a loop with sqrtf would be left as it is for the sake of errno.
  for (size_t i = 0; i < count; i += LANES) {
    vector16 v, g, m, q;
    load(&v, value + i, count - i, 0);
    load(&g, gradient + i, count - i, 0);
    load(&m, mean + i, count - i, 0);
    load(&q, square + i, count - i, 0);
    m = s.beta1 * m + (1 - s.beta1) * g;
    q = s.beta2 * q + (1 - s.beta2) * g * g;
    v = s.keep * v - s.rate * m / (__builtin_elementwise_sqrt(q) * s.square_scale + s.epsilon);
    store(value + i, &v, count - i);
    store(mean + i, &m, count - i);
    store(square + i, &q, count - i);
  }
}

void vd_expect_writing(float *x, size_t count) {
#ifdef MADV_HUGEPAGE
  const uintptr_t page = 2 << 20;
  uintptr_t first = ((uintptr_t)x + page - 1) / page * page, end = (uintptr_t)(x + count) / page * page;
  // A refusal costs only time.
  if (first < end) madvise((void *)first, end - first, MADV_HUGEPAGE);
#endif
}

void vd_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

void vd_return_freed_memory(void) { malloc_trim(0); }
