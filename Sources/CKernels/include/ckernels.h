#ifndef VITDET_CKERNELS_H
#define VITDET_CKERNELS_H
#include <stddef.h>
#include "product.h"
#include "threads.h"
#include "winograd.h"

// The element-wise loops that take a noticeable share of a forward or backward pass. They stand in C because Swift
// compiles for the oldest x86-64 unless the package uses unsafe flags, and target_clones picks the widest vectors at load time.

// y[i] += factor * x[i]
void vd_add_scaled(float *y, const float *x, float factor, size_t count);

// y[i] = exp(x[i])
void vd_exp(const float *x, float *y, size_t count);

// One row of attention: adds the relative-position terms and the softmax, in place. rel_h (height values) and rel_w
// (width values) may both be NULL. The row has height*width entries.
void vd_attention_softmax_row(float *row, size_t height, size_t width, const float *rel_h, const float *rel_w);

// A row of attention, some keys at a time. x holds the logits of height*width keys: the relative-position terms are added, if
// there are any, and each becomes exp(logit - largest), where *largest is that of all keys so far. *sum adds them up. If
// the largest changes, *sum and output, which hold what the keys before gave, are scaled to the new one. The first keys
// find neither. If the first keys are all, x becomes the probabilities themselves and *sum 1.
void vd_attention_tile_row(float *x, size_t height, size_t width, const float *rel_h, const float *rel_w, int is_first,
                           int is_last, float *largest, float *sum, float *output, size_t size);

// y[i] *= factor
void vd_scale(float *y, float factor, size_t count);

// sums[c] = the sum of x[r, c] over all rows, a few hundred rows at a time, so that long sums stay exact enough
void vd_column_sums(const float *x, size_t rows, size_t columns, float *sums);

// The derivative of a softmax row: d[i] = p[i] * (d[i] - sum_j p[j] d[j]), in place.
void vd_softmax_backward_row(const float *p, float *d, size_t count);

// Adds a row of logit gradients to the gradients of the relative-position terms.
void vd_relative_backward_row(const float *d, size_t height, size_t width, float *d_rel_h, float *d_rel_w);

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
