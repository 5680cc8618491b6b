#ifndef VITDET_FUNCTIONS_H
#define VITDET_FUNCTIONS_H
#include <stdint.h>
#include <string.h>
#include "vectors.h"

// The functions of one number that the network needs, for all lanes of a vector. What is no number stays none, so that a diverged
// network shows.

// exp of numbers that are not above 88, by range reduction to [-ln2/2, ln2/2] and a polynomial of degree 6 (Cephes expf);
// relative error below 2e-7.
INLINE void exp_lanes(vector16 *x) {
  const vector16 lowest = (vector16){0} - 87.0f;
  vector16 limited = *x;
  integer16 is_below = limited < lowest;
  choose(&limited, &is_below, &lowest);
  // Adding and subtracting 1.5 * 2^23 rounds to the nearest whole number.
  vector16 shifted = limited * 1.44269504088896341f + 12582912.0f;
  vector16 n = shifted - 12582912.0f;
  vector16 r = (limited - n * 0.693359375f) + n * 2.12194440e-4f;
  vector16 p = 1.9875691500e-4f * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * (r * r) + (r + 1.0f);
  // The lowest bits of what was shifted are n.
  *x = p * (vector16)(((integer16)shifted << 23) + 0x3f800000);
}

INLINE float exp_one(float x) {
  vector16 v = {x < 88.0f ? x : 88.0f};
  exp_lanes(&v);
  return v[0];
}

// erf as a ratio of polynomials on [-4, 4]; beyond, it is +-1 in single precision. Absolute error below 3e-7.
INLINE void erf_lanes(vector16 *x) {
  const vector16 most = (vector16){0} + 4.0f, least = -most;
  integer16 is_above = *x > most, is_below = *x < least;
  choose(x, &is_above, &most);
  choose(x, &is_below, &least);
  vector16 s = *x * *x;
  vector16 p = -2.72614225801306e-10f * s + 2.77068142495902e-08f;
  p = p * s - 2.10102402082508e-06f;
  p = p * s - 5.69250639462346e-05f;
  p = p * s - 7.34990630326855e-04f;
  p = p * s - 2.95459980854025e-03f;
  p = p * s - 1.60960333262415e-02f;
  vector16 q = -1.45660718464996e-05f * s - 2.13374055278905e-04f;
  q = q * s - 1.68282697438203e-03f;
  q = q * s - 7.37332916720468e-03f;
  q = q * s - 1.42647390514189e-02f;
  *x = *x * p / q;
}

// Phi, the normal distribution function
INLINE void distribution_lanes(vector16 *x) {
  *x *= 0.70710678118654752f;
  erf_lanes(x);
  *x = 0.5f * (1.0f + *x);
}

// y = x * Phi(x)
INLINE void gelu_row(const float *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i += 16) {
    vector16 v, phi;
    load(&v, x + i, count - i, 0);
    phi = v;
    distribution_lanes(&phi);
    v *= phi;
    store(y + i, &v, count - i);
  }
}
#endif
