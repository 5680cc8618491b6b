#ifndef VITDET_CKERNELS_H
#define VITDET_CKERNELS_H
#include <stddef.h>
#include "attention.h"
#include "product.h"
#include "threads.h"
#include "winograd.h"

// The element-wise loops that take a noticeable share of a forward or backward pass. They stand in C because Swift
// compiles for the oldest x86-64 unless the package uses unsafe flags, and target_clones picks the widest vectors at load time.

// y[i] += factor * x[i]
void vd_add_scaled(float *y, const float *x, float factor, size_t count);

// y[i] *= factor
void vd_scale(float *y, float factor, size_t count);

// sums[c] = the sum of x[r, c] over all rows, a few hundred rows at a time, so that long sums stay exact enough
void vd_column_sums(const float *x, size_t rows, size_t columns, float *sums);

// y[i] = x[i] * Phi(x[i]), Phi the normal distribution function (exact, erf form)
void vd_gelu(const float *x, float *y, size_t count);
// dx[i] = dy[i] * (Phi(x[i]) + x[i] * phi(x[i]))
void vd_gelu_backward(const float *x, const float *dy, float *dx, size_t count);

// y[r, c] = (x[r, c] - mean_r) / sqrt(variance_r + eps) * weight[c] + bias[c], the biased variance; with relu, at least 0
void vd_layer_norm(const float *x, const float *weight, const float *bias, float eps, int relu, float *y, size_t rows,
                   size_t columns);
// Writes dx, adds to dweight and dbias.
void vd_layer_norm_backward(const float *x, const float *weight, float eps, const float *dy, float *dx, float *dweight,
                            float *dbias, size_t rows, size_t columns);

// One step of AdamW on the numbers of a parameter: keep is 1 - rate * decay, rate is divided by the first moment's
// correction, square_scale is 1 / sqrt of the second's.
typedef struct {
  float beta1, beta2, epsilon, keep, rate, square_scale;
} vd_adamw;
void vd_adamw_step(float *value, const float *gradient, float *mean, float *square, size_t count, vd_adamw settings);

void vd_relu(const float *x, float *y, size_t count);
void vd_relu_backward(const float *x, const float *dy, float *dx, size_t count);

// Says that memory for many numbers is about to be written as a whole: the system then hands it out in large pages, each of
// which takes one interruption instead of 512.
void vd_expect_writing(float *x, size_t count);

// Lets the allocator keep freed blocks of up to 32 MiB instead of giving them back to the system.
void vd_keep_freed_memory(void);

// Gives freed memory back to the system.
void vd_return_freed_memory(void);
#endif
