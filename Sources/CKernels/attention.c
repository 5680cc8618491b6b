#include "attention.h"
#include <math.h>
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

// The vector that begins at `i`, with -inf where the row has ended. Behind a padded row are numbers, whichever.
INLINE void load_logits(vector16 *v, const float *row, size_t i, size_t count, int is_padded) {
  const vector16 none = (vector16){0} - INFINITY;
  const integer16 lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  load(v, row + i, is_padded ? LANES : count - i, -INFINITY);
  if (!is_padded || i + LANES <= count) return;
  integer16 is_beyond = lanes >= (int)(count - i);
  choose(v, &is_beyond, &none);
}

// The largest number of a row. What is no number is passed over; its exponential will show.
INLINE float row_largest(const float *row, size_t count, int is_padded) {
  vector16 most = (vector16){0} - INFINITY, v;
  for (size_t i = 0; i < count; i += LANES) {
    load_logits(&v, row, i, count, is_padded);
    integer16 is_less = v < most;
    choose(&v, &is_less, &most);
    most = v;
  }
  return lanes_max(&most);
}

// Turns numbers into exp(x - largest) and returns their sum.
INLINE float exp_row(float *row, size_t count, int is_padded, float largest) {
  vector16 sum = {0}, v;
  for (size_t i = 0; i < count; i += LANES) {
    load_logits(&v, row, i, count, is_padded);
    v -= largest;
    exp_lanes(&v);
    // Where the row has ended this adds 1e-38.
    sum += v;
    store(row + i, &v, is_padded ? LANES : count - i);
  }
  return lanes_sum(&sum);
}

CLONES void vd_attention_terms(const vd_attention_grid *grid, size_t first_query, size_t queries, size_t first_line,
                               size_t lines, const float *terms, size_t terms_stride, size_t width_start, float *logits,
                               size_t stride) {
  vector16 v;
  for (size_t q = 0; q < queries; q++, terms += terms_stride, logits += stride) {
    size_t token = first_query + q;
    const float *by_height = terms + grid->height - 1 - token / grid->width + first_line;
    const float *by_width = terms + width_start + grid->width - 1 - token % grid->width;
    for (size_t h = 0; h < lines; h++)
      for (size_t w = 0; w < grid->width; w += LANES) {
        // What is written beyond a line is where the next one goes.
        load(&v, by_width + w, LANES, 0);
        v += by_height[h];
        store(logits + h * grid->width + w, &v, LANES);
      }
  }
}

CLONES void vd_attention_exponentials(float *logits, size_t rows, size_t keys, size_t stride, int is_first, float *largest,
                                      float *sums, float *output, size_t output_stride, size_t size) {
  // The largest numbers of a few rows first: waiting for that of each row would cost as much as its exponentials.
  for (size_t first = 0; first < rows; first += 8)
    for (int finds_largest = 1; finds_largest >= 0; finds_largest--)
      for (size_t r = first; r < rows && r < first + 8; r++) {
        float *row = logits + r * stride;
        if (finds_largest) {
          float own = row_largest(row, keys, 1), before = is_first ? -INFINITY : largest[r];
          largest[r] = own > before ? own : before;
          float shrink = is_first ? 0 : exp_one(before - largest[r]);
          if (!is_first) sums[r] *= shrink;
          if (!is_first && shrink != 1)
            for (size_t i = 0; i < size; i++) output[r * output_stride + i] *= shrink;
        } else {
          sums[r] = exp_row(row, keys, 1, largest[r]) + (is_first ? 0 : sums[r]);
        }
      }
}

CLONES void vd_divide_rows(float *x, size_t rows, size_t stride, size_t columns, const float *divisors) {
  for (size_t r = 0; r < rows; r++, x += stride) {
    float factor = 1.0f / divisors[r];
    vector16 v;
    for (size_t i = 0; i < columns; i += LANES) {
      load(&v, x + i, columns - i, 0);
      v *= factor;
      store(x + i, &v, columns - i);
    }
  }
}

CLONES void vd_copy_rows(const float *from, size_t from_stride, float *to, size_t to_stride, size_t rows, size_t columns) {
  vector16 v;
  for (size_t r = 0; r < rows; r++, from += from_stride, to += to_stride)
    for (size_t i = 0; i < columns; i += LANES) {
      load(&v, from + i, columns - i, 0);
      store(to + i, &v, columns - i);
    }
}

CLONES void vd_attention_softmax_row(float *row, size_t height, size_t width, const float *rel_h, const float *rel_w) {
  for (size_t h = 0; rel_h && rel_w && h < height; h++)
    for (size_t w = 0; w < width; w++) row[h * width + w] += rel_w[w] + rel_h[h];
  float scale = 1.0f / exp_row(row, height * width, 0, row_largest(row, height * width, 0));
  for (size_t i = 0; i < height * width; i++) row[i] *= scale;
}

CLONES void vd_softmax_backward_row(const float *p, float *d, size_t count) {
  float mean = row_dot(p, d, count);
  for (size_t i = 0; i < count; i++) d[i] = p[i] * (d[i] - mean);
}

CLONES void vd_relative_backward_row(const float *d, size_t height, size_t width, float *d_rel_h, float *d_rel_w) {
  for (size_t h = 0; h < height; h++) {
    const float *line = d + h * width;
    d_rel_h[h] += row_sum(line, width);
    for (size_t w = 0; w < width; w++) d_rel_w[w] += line[w];
  }
}
