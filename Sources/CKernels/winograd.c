#include "winograd.h"
#include <stdlib.h>
#include "vectors.h"

// The points are 0, ±√½, ±√2 and infinity. The usual 0, ±1, ±2 would save a few multiplications; these, whose powers are
// nearer to 1, halve the rounding error, which stays within a few units of the sum's own.
#define NEAR 0.70710678118654752f
#define FAR 1.41421356237309505f
#define SIDE 6
#define RESULTS 4

// Six neighbours at the points. With P = (x² - ½)(x² - 2), the rows are P, P·x / (x ∓ √½), P·x / (x ∓ √2) and P·x.
INLINE void forth(const vector16 *x, vector16 *y, size_t step) {
  vector16 near_even = x[4] - 2 * x[2], near_odd = NEAR * (x[3] - 2 * x[1]);
  vector16 far_even = x[4] - 0.5f * x[2], far_odd = FAR * (x[3] - 0.5f * x[1]);
  y[0] = x[0] - 2.5f * x[2] + x[4];
  y[step] = near_even + near_odd;
  y[2 * step] = near_even - near_odd;
  y[3 * step] = far_even + far_odd;
  y[4 * step] = far_even - far_odd;
  y[5 * step] = x[1] - 2.5f * x[3] + x[5];
}

// Three numbers of the kernel at the points, divided by the derivative of P·x there: 1, -3/2 and 6.
INLINE void kernel_forth(const vector16 *w, vector16 *y, size_t step) {
  vector16 near_even = (w[0] + 0.5f * w[2]) * (-2.0f / 3), near_odd = w[1] * (-2.0f / 3 * NEAR);
  vector16 far_even = (w[0] + 2 * w[2]) * (1.0f / 6), far_odd = w[1] * (1.0f / 6 * FAR);
  y[0] = w[0];
  y[step] = near_even + near_odd;
  y[2 * step] = near_even - near_odd;
  y[3 * step] = far_even + far_odd;
  y[4 * step] = far_even - far_odd;
  y[5 * step] = w[2];
}

// Four results from what they are at the points: sums of powers of the points.
INLINE void back(const vector16 *m, vector16 *y, size_t step) {
  vector16 near_sum = m[1] + m[2], near_difference = NEAR * (m[1] - m[2]);
  vector16 far_sum = m[3] + m[4], far_difference = FAR * (m[3] - m[4]);
  y[0] = m[0] + near_sum + far_sum;
  y[step] = near_difference + far_difference;
  y[2 * step] = 0.5f * near_sum + 2 * far_sum;
  y[3 * step] = 0.5f * near_difference + 2 * far_difference + m[5];
}

// Where a tile begins, and in which image.
typedef struct {
  size_t image;
  ptrdiff_t row, column;
} corner;

INLINE corner corner_of(const vd_tiles *t, size_t tile) {
  size_t line = tile / t->tile_columns;
  return (corner){.image = line / t->tile_rows,
                  .row = (ptrdiff_t)(line % t->tile_rows * RESULTS),
                  .column = (ptrdiff_t)(tile % t->tile_columns * RESULTS)};
}

// `is_inside` and `whole` are constants where this is inlined: the tile has no padding, the vectors are full.
INLINE void tile_forth(int is_inside, int whole, const float *image, const vd_tiles *t, corner at, float *points,
                       size_t step) {
  for (size_t c = 0; c < t->channels; c += LANES) {
    size_t left = whole ? LANES : t->channels - c;
    vector16 lines[SIDE][SIDE], line[SIDE];
    UNROLL for (int i = 0; i < SIDE; i++) {
      ptrdiff_t row = at.row + i;
      UNROLL for (int j = 0; j < SIDE; j++) {
        ptrdiff_t column = at.column + j;
        if (is_inside || (row >= 0 && row < (ptrdiff_t)t->height && column >= 0 && column < (ptrdiff_t)t->width))
          load(&line[j], image + (row * (ptrdiff_t)t->width + column) * (ptrdiff_t)t->channels + c, left, 0);
        else
          line[j] = (vector16){0};
      }
      forth(line, lines[i], 1);
    }
    UNROLL for (int j = 0; j < SIDE; j++) {
      vector16 column[SIDE];
      UNROLL for (int i = 0; i < SIDE; i++) line[i] = lines[i][j];
      forth(line, column, 1);
      UNROLL for (int i = 0; i < SIDE; i++) store(points + (size_t)(i * SIDE + j) * step + c, &column[i], left);
    }
  }
}

CLONES void vd_winograd_forth(const float *image, const vd_tiles *t, size_t first, size_t count, float *points,
                              size_t step) {
  for (size_t tile = first; tile < first + count; tile++, points += t->channels) {
    corner at = corner_of(t, tile);
    const float *from = image + at.image * t->height * t->width * t->channels;
    at.row -= t->padding, at.column -= t->padding;
    int is_inside = at.row >= 0 && at.column >= 0 && at.row + SIDE <= (ptrdiff_t)t->height &&
                    at.column + SIDE <= (ptrdiff_t)t->width;
    if (t->channels % LANES != 0)
      tile_forth(0, 0, from, t, at, points, step);
    else if (is_inside)
      tile_forth(1, 1, from, t, at, points, step);
    else
      tile_forth(0, 1, from, t, at, points, step);
  }
}

INLINE void tile_back(int whole, const float *points, size_t step, const vd_tiles *t, corner at, const float *bias,
                      float *result) {
  for (size_t c = 0; c < t->channels; c += LANES) {
    size_t left = whole ? LANES : t->channels - c;
    vector16 lines[SIDE][RESULTS], line[SIDE], add = {0};
    if (bias) load(&add, bias + c, left, 0);
    UNROLL for (int i = 0; i < SIDE; i++) {
      UNROLL for (int j = 0; j < SIDE; j++) load(&line[j], points + (size_t)(i * SIDE + j) * step + c, left, 0);
      back(line, lines[i], 1);
    }
    UNROLL for (int j = 0; j < RESULTS; j++) {
      vector16 column[RESULTS];
      if (at.column + j >= (ptrdiff_t)t->width) break;
      UNROLL for (int i = 0; i < SIDE; i++) line[i] = lines[i][j];
      back(line, column, 1);
      UNROLL for (int i = 0; i < RESULTS; i++) {
        if (at.row + i >= (ptrdiff_t)t->height) break;
        column[i] += add;
        store(result + ((size_t)(at.row + i) * t->width + (size_t)(at.column + j)) * t->channels + c, &column[i], left);
      }
    }
  }
}

CLONES void vd_winograd_back(const float *points, size_t step, const vd_tiles *t, size_t first, size_t count,
                             const float *bias, float *result) {
  for (size_t tile = first; tile < first + count; tile++, points += t->channels) {
    corner at = corner_of(t, tile);
    float *to = result + at.image * t->height * t->width * t->channels;
    if (t->channels % LANES == 0)
      tile_back(1, points, step, t, at, bias, to);
    else
      tile_back(0, points, step, t, at, bias, to);
  }
}

// One output channel's kernel at the points, for the inputs from `i` on.
INLINE void kernel_tile(const float *kernel, size_t inputs, size_t i, int is_turned, vector16 *points) {
  vector16 lines[3][SIDE], line[3];
  for (int a = 0; a < 3; a++) {
    for (int b = 0; b < 3; b++)
      load(&line[b], kernel + (size_t)(is_turned ? 8 - 3 * a - b : 3 * a + b) * inputs + i, inputs - i, 0);
    kernel_forth(line, lines[a], 1);
  }
  for (int j = 0; j < SIDE; j++) {
    for (int a = 0; a < 3; a++) line[a] = lines[a][j];
    kernel_forth(line, points + j, SIDE);
  }
}

CLONES void vd_winograd_kernel(const float *kernel, size_t outputs, size_t inputs, int is_turned, float *points) {
  size_t size = outputs * inputs;
  vector16 own[LANES][VD_WINOGRAD_POINTS];
  for (size_t first = 0; first < outputs; first += LANES)
    for (size_t i = 0; i < inputs; i += LANES) {
      size_t rows = outputs - first < LANES ? outputs - first : LANES, left = inputs - i < LANES ? inputs - i : LANES;
      for (size_t o = 0; o < rows; o++) kernel_tile(kernel + (first + o) * 9 * inputs, inputs, i, is_turned, own[o]);
      for (size_t point = 0; point < VD_WINOGRAD_POINTS; point++) {
        float *to = points + point * size;
        if (is_turned)
          for (size_t o = 0; o < rows; o++) store(to + (first + o) * inputs + i, &own[o][point], left);
        else if (rows == LANES && left == LANES)
          transpose16((const float *)&own[0][point], VD_WINOGRAD_POINTS * LANES, to + i * outputs + first, outputs);
        else
          for (size_t o = 0; o < rows; o++)
            for (size_t k = 0; k < left; k++) to[(i + k) * outputs + first + o] = own[o][point][k];
      }
    }
}
