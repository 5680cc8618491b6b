#include "ckernels.h"
#include <malloc.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif
#define INLINE static inline __attribute__((always_inline))

// Sums are kept in LANES partial sums, because without permission to reorder additions the compiler may not use vectors.
#define LANES 16

// exp by range reduction to [-ln2/2, ln2/2] and a polynomial of degree 6 (Cephes expf); relative error below 2e-7.
INLINE float exp_one(float x) {
  x = x > 88.0f ? 88.0f : x;
  x = x < -87.0f ? -87.0f : x;
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest whole number.
  float n = (x * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
  float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  uint32_t bits = (uint32_t)((int32_t)n + 127) << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return p * scale;
}

// erf as a ratio of polynomials on [-4, 4]; beyond, it is +-1 in single precision. Absolute error below 3e-7.
INLINE float erf_one(float x) {
  x = x > 4.0f ? 4.0f : x;
  x = x < -4.0f ? -4.0f : x;
  float s = x * x;
  float p = -2.72614225801306e-10f;
  p = p * s + 2.77068142495902e-08f;
  p = p * s - 2.10102402082508e-06f;
  p = p * s - 5.69250639462346e-05f;
  p = p * s - 7.34990630326855e-04f;
  p = p * s - 2.95459980854025e-03f;
  p = p * s - 1.60960333262415e-02f;
  float q = -1.45660718464996e-05f;
  q = q * s - 2.13374055278905e-04f;
  q = q * s - 1.68282697438203e-03f;
  q = q * s - 7.37332916720468e-03f;
  q = q * s - 1.42647390514189e-02f;
  return x * p / q;
}

INLINE float lanes_sum(const float *lanes) {
  float sum = 0;
  for (int i = 0; i < LANES; i++) sum += lanes[i];
  return sum;
}

INLINE float row_sum(const float *x, size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += x[i + l];
  for (; i < count; i++) lanes[i % LANES] += x[i];
  return lanes_sum(lanes);
}

INLINE float row_dot(const float *x, const float *y, size_t count) {
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += x[i + l] * y[i + l];
  for (; i < count; i++) lanes[i % LANES] += x[i] * y[i];
  return lanes_sum(lanes);
}

INLINE float row_max(const float *x, size_t count) {
  float lanes[LANES];
  for (int l = 0; l < LANES; l++) lanes[l] = -INFINITY;
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] = x[i + l] > lanes[l] ? x[i + l] : lanes[l];
  for (; i < count; i++) lanes[0] = x[i] > lanes[0] ? x[i] : lanes[0];
  float best = lanes[0];
  for (int l = 1; l < LANES; l++) best = lanes[l] > best ? lanes[l] : best;
  return best;
}

CLONES void vd_exp(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = exp_one(x[i]);
}

CLONES void vd_attention_softmax_row(float *row, size_t height, size_t width, const float *rel_h,
                                     const float *rel_w) {
  size_t count = height * width;
  if (rel_h && rel_w)
    for (size_t h = 0; h < height; h++) {
      float term = rel_h[h];
      float *line = row + h * width;
      for (size_t w = 0; w < width; w++) line[w] += term + rel_w[w];
    }
  float largest = row_max(row, count);
  for (size_t i = 0; i < count; i++) row[i] = exp_one(row[i] - largest);
  float scale = 1.0f / row_sum(row, count);
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
  for (size_t i = 0; i < count; i++) y[i] = 0.5f * x[i] * (1.0f + erf_one(x[i] * 0.70710678118654752f));
}

CLONES void vd_gelu_backward(const float *x, const float *dy, float *dx, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float distribution = 0.5f * (1.0f + erf_one(x[i] * 0.70710678118654752f));
    float density = 0.39894228040143268f * exp_one(-0.5f * x[i] * x[i]);
    dx[i] = dy[i] * (distribution + x[i] * density);
  }
}

INLINE void row_statistics(const float *x, size_t count, float eps, float *mean, float *inverse) {
  float m = row_sum(x, count) / (float)count;
  float lanes[LANES] = {0};
  size_t i = 0;
  for (; i + LANES <= count; i += LANES)
    for (int l = 0; l < LANES; l++) lanes[l] += (x[i + l] - m) * (x[i + l] - m);
  for (; i < count; i++) lanes[i % LANES] += (x[i] - m) * (x[i] - m);
  *mean = m;
  *inverse = 1.0f / sqrtf(lanes_sum(lanes) / (float)count + eps);
}

CLONES void vd_layer_norm(const float *x, const float *weight, const float *bias, float eps, float *y, size_t rows,
                          size_t columns) {
  for (size_t r = 0; r < rows; r++, x += columns, y += columns) {
    float mean, inverse;
    row_statistics(x, columns, eps, &mean, &inverse);
    for (size_t c = 0; c < columns; c++) y[c] = (x[c] - mean) * inverse * weight[c] + bias[c];
  }
}

CLONES void vd_layer_norm_backward(const float *x, const float *weight, float eps, const float *dy, float *dx,
                                   float *dweight, float *dbias, size_t rows, size_t columns) {
  for (size_t r = 0; r < rows; r++, x += columns, dy += columns, dx += columns) {
    float mean, inverse;
    row_statistics(x, columns, eps, &mean, &inverse);
    // With n = (x - mean) * inverse and g = dy * weight: dx = inverse * (g - mean(g) - n * mean(g * n)).
    float plain[LANES] = {0}, along[LANES] = {0};
    for (size_t c = 0; c < columns; c++) {
      float n = (x[c] - mean) * inverse;
      dweight[c] += dy[c] * n;
      dbias[c] += dy[c];
      plain[c % LANES] += dy[c] * weight[c];
      along[c % LANES] += dy[c] * weight[c] * n;
    }
    float g_mean = lanes_sum(plain) / (float)columns, gn_mean = lanes_sum(along) / (float)columns;
    for (size_t c = 0; c < columns; c++)
      dx[c] = inverse * (dy[c] * weight[c] - g_mean - (x[c] - mean) * inverse * gn_mean);
  }
}

CLONES void vd_relu(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i] > 0 ? x[i] : 0;
}

CLONES void vd_relu_backward(const float *x, const float *dy, float *dx, size_t count) {
  for (size_t i = 0; i < count; i++) dx[i] = x[i] > 0 ? dy[i] : 0;
}

CLONES void vd_adamw_step(float *value, const float *gradient, float *mean, float *square, size_t count, vd_adamw s) {
  for (size_t i = 0; i < count; i++) {
    mean[i] = s.beta1 * mean[i] + (1 - s.beta1) * gradient[i];
    square[i] = s.beta2 * square[i] + (1 - s.beta2) * gradient[i] * gradient[i];
    value[i] = s.keep * value[i] - s.rate * mean[i] / (sqrtf(square[i]) * s.square_scale + s.epsilon);
  }
}

void vd_keep_freed_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}
