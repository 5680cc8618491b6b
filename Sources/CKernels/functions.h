#ifndef VITDET_FUNCTIONS_H
#define VITDET_FUNCTIONS_H
#include <stdint.h>
#include <string.h>
#include "vectors.h"

// The functions of one number that the network needs, as polynomials that the compiler can lay out in vectors.

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

// The same for all lanes. What is no number stays none, so that a diverged network shows.
INLINE void exp_lanes(vector16 *x) {
  vector16 limited = __builtin_elementwise_max(__builtin_elementwise_min(*x, (vector16){0} + 88.0f), (vector16){0} - 87.0f);
  vector16 n = (limited * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
  vector16 r = (limited - n * 0.693359375f) + n * 2.12194440e-4f;
  vector16 p = 1.9875691500e-4f * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  integer16 bits = (__builtin_convertvector(n, integer16) + 127) << 23;
  *x = p * (vector16)bits + (*x - *x);
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

// x * Phi(x), Phi the normal distribution function
INLINE float gelu_one(float x) { return 0.5f * x * (1.0f + erf_one(x * 0.70710678118654752f)); }
#endif
