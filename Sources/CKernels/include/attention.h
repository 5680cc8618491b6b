#ifndef VITDET_ATTENTION_H
#define VITDET_ATTENTION_H
#include <stddef.h>

// Where tokens lie: a query at (h, w) and a key at (h', w') have the relative-position terms
// terms[height - 1 - h + h'] + terms[width_start + width - 1 - w + w'], products of the query with both tables in reverse.
typedef struct {
  size_t height, width;
} vd_attention_grid;

// Writes the terms of some queries for the keys of some lines of the grid; they are what the logits are added to. Up to 15 numbers more are
// written behind each row of keys, and read behind each row of terms.
void vd_attention_terms(const vd_attention_grid *grid, size_t first_query, size_t queries, size_t first_line, size_t lines,
                        const float *terms, size_t terms_stride, size_t width_start, float *logits, size_t stride);

// Some keys of rows of attention: logits become exp(logit - largest), where largest[row] is that of all keys so far and sums[row] adds them
// up. If the largest changes, the sum and the output, which hold what the keys before gave, are scaled to the new one. The
// first keys find none of them. Rows are a multiple of 16 numbers apart, and whatever is behind the keys may be written.
void vd_attention_exponentials(float *logits, size_t rows, size_t keys, size_t stride, int is_first, float *largest,
                               float *sums, float *output, size_t output_stride, size_t size);

// x[r, c] /= divisors[r]
void vd_divide_rows(float *x, size_t rows, size_t stride, size_t columns, const float *divisors);

// to[r, c] = from[r, c]; quicker than a copy for each of many short rows
void vd_copy_rows(const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns);

// One whole row of attention: adds the relative-position terms and the softmax, in place. rel_h (height values) and rel_w
// (width values) may both be NULL. The row has height*width entries.
void vd_attention_softmax_row(float *row, size_t height, size_t width, const float *rel_h, const float *rel_w);

// The derivative of a softmax row: d[i] = p[i] * (d[i] - sum_j p[j] d[j]), in place.
void vd_softmax_backward_row(const float *p, float *d, size_t count);

// Adds a row of logit gradients to the gradients of the relative-position terms.
void vd_relative_backward_row(const float *d, size_t height, size_t width, float *d_rel_h, float *d_rel_w);
#endif
