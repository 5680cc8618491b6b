#include "ckernels.h"
#include <malloc.h>
#include <math.h>
#include <stdint.h>
#include <sys/mman.h>
#include "functions.h"
#include "vectors.h"

INLINE float row_sum(const float *x, size_t count) {
  vector16 sum = {0}, v;
  for (size_t i = 0; i < count; i += LANES) {
    load(&v, x + i, count - i, 0);
    sum += v;
  }
  return lanes_sum(&sum);
}

INLINE float row_dot(const float *x, const float *y, size_t count) {
  vector16 sum = {0}, v, w;
  for (size_t i = 0; i < count; i += LANES) {
    load(&v, x + i, count - i, 0);
    load(&w, y + i, count - i, 0);
    sum += v * w;
  }
  return lanes_sum(&sum);
}

INLINE float row_max(const float *x, size_t count) {
  vector16 largest = (vector16){0} - INFINITY, v;
  for (size_t i = 0; i < count; i += LANES) {
    load(&v, x + i, count - i, -INFINITY);
    largest = __builtin_elementwise_max(largest, v);
  }
  return lanes_max(&largest);
}

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

CLONES void vd_exp(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = exp_one(x[i]);
}

// Adds the relative-position terms to a row of height*width logits, and returns the largest.
INLINE float add_terms(float *row, size_t height, size_t width, const float *rel_h, const float *rel_w) {
  if (!rel_h || !rel_w) return row_max(row, height * width);
  vector16 most = (vector16){0} - INFINITY, w, v;
  float largest = -INFINITY;
  for (size_t h = 0; h < height; h++, row += width) {
    size_t i = 0;
    for (; i + LANES <= width; i += LANES) {
      load(&v, row + i, LANES, 0);
      load(&w, rel_w + i, LANES, 0);
      v += w + rel_h[h];
      store(row + i, &v, LANES);
      most = __builtin_elementwise_max(most, v);
    }
    for (; i < width; i++) {
      row[i] += rel_w[i] + rel_h[h];
      largest = row[i] > largest ? row[i] : largest;
    }
  }
  float wide = lanes_max(&most);
  return wide > largest ? wide : largest;
}

// Turns numbers into exp(x - largest) and returns their sum.
INLINE float exp_row(float *row, size_t count, float largest) {
  vector16 sum = {0}, v;
  for (size_t i = 0; i < count; i += LANES) {
    load(&v, row + i, count - i, -1e38f);
    v -= largest;
    exp_lanes(&v);
    sum += v;
    store(row + i, &v, count - i);
  }
  return lanes_sum(&sum);
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

CLONES void vd_attention_tile_row(float *x, size_t height, size_t width, const float *rel_h, const float *rel_w,
                                  int is_first, int is_last, float *largest, float *sum, float *output, size_t size) {
  float most = add_terms(x, height, width, rel_h, rel_w);
  if (!is_first && *largest > most) most = *largest;
  float own = exp_row(x, height * width, most);
  if (is_first && is_last) {
    float scale = 1.0f / own;
    for (size_t i = 0; i < height * width; i++) x[i] *= scale;
    *sum = 1;
  } else if (is_first) {
    *sum = own;
  } else {
    float shrink = exp_one(*largest - most);
    *sum = *sum * shrink + own;
    if (shrink != 1)
      for (size_t i = 0; i < size; i++) output[i] *= shrink;
  }
  *largest = most;
}

CLONES void vd_attention_softmax_row(float *row, size_t height, size_t width, const float *rel_h,
                                     const float *rel_w) {
  size_t count = height * width;
  float scale = 1.0f / exp_row(row, count, add_terms(row, height, width, rel_h, rel_w));
  for (size_t i = 0; i < count; i++) row[i] *= scale;
}

CLONES void vd_softmax_backward_row(const float *p, float *d, size_t count) {
  float mean = row_dot(p, d, count);
  for (size_t i = 0; i < count; i++) d[i] = p[i] * (d[i] - mean);
}

CLONES void vd_relative_backward_row(const float *d, size_t height, size_t width, float *d_rel_h,
                                     float *d_rel_w) {
  for (size_t h = 0; h < height; h++) {
    const float *line = d + h * width;
    d_rel_h[h] += row_sum(line, width);
    for (size_t w = 0; w < width; w++) d_rel_w[w] += line[w];
  }
}

CLONES void vd_gelu(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = gelu_one(x[i]);
}

CLONES void vd_gelu_backward(const float *x, const float *dy, float *dx, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float distribution = 0.5f * (1.0f + erf_one(x[i] * 0.70710678118654752f));
    float density = 0.39894228040143268f * exp_one(-0.5f * x[i] * x[i]);
    dx[i] = dy[i] * (distribution + x[i] * density);
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
