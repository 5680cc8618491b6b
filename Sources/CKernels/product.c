#include "product.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "functions.h"
#include "vectors.h"

// The right matrix is copied, a block of the inner axis at a time, into panels as wide as a tile of the result. A tile's
// sums stay in registers while its rows of the left matrix, read where they are, meet a panel.
// Source: Goto and van de Geijn, Anatomy of High-Performance Matrix Multiplication; Van Zee and van de Geijn, BLIS.

// Entries of the inner axis in a block: few enough for a panel to stay near, many enough to write results seldom.
#define DEPTH 640
// Pieces of the inner axis in a block.
#define PIECES 64
// Columns packed at a time; panels take at most DEPTH * COLUMNS numbers, 640 KiB.
#define COLUMNS 256
// The right matrix is not copied for fewer rows than that.
#define IN_PLACE 128
// Panels of up to so many numbers are kept on the stack.
#define SMALL 4096

// Pieces of the inner axis that are taken together: where each begins in the left and in the right matrix.
typedef struct {
  size_t count, length;
  int is_first, is_last;
  ptrdiff_t left[PIECES], right[PIECES];
} block;

// A few columns of the right matrix: copied, pieces side by side, or where they are.
typedef struct {
  int is_packed;
  const float *start;
  ptrdiff_t step;
} panel;

// What happens to a tile's sums.
typedef struct {
  ptrdiff_t stride;
  size_t columns;
  int is_padded;
  float scale, keep;
  const float *old, *bias;
  int gelu;
} ending;

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// Copies a tile's rows of the left matrix as `[depth, tall]`.
INLINE void gather(const block *b, const float *left, size_t height, ptrdiff_t down, ptrdiff_t along, float *to,
                   size_t tall) {
  for (size_t s = 0; s < b->count; s++) {
    const float *from = left + b->left[s];
    for (size_t k = 0; k < b->length; k++, from += along, to += tall)
      if (down == 1 && height == tall)
        memcpy(to, from, tall * sizeof(float));
      else
        for (size_t i = 0; i < height; i++) to[i] = from[(ptrdiff_t)i * down];
  }
}

#undef LANES
#define NAME product_any
#define TARGET
#define VECTOR vector4
#define LANES 4
#define HEIGHT 4
#define WIDTH 2
#include "tile.h"

#if defined(__x86_64__) && defined(__linux__)
#define NAME product_v3
#define TARGET __attribute__((target("arch=x86-64-v3")))
#define VECTOR vector8
#define LANES 8
#define HEIGHT 4
#define WIDTH 2
#include "tile.h"

#define NAME product_v4
#define TARGET __attribute__((target("arch=x86-64-v4"), min_vector_width(512)))
#define VECTOR vector16
#define LANES 16
#define HEIGHT 8
#define WIDTH 2
#include "tile.h"
#endif

int vd_processor_level(void) {
#if defined(__x86_64__) && defined(__linux__)
  return __builtin_cpu_supports("x86-64-v4") ? 2 : __builtin_cpu_supports("x86-64-v3") ? 1 : 0;
#else
  return 0;
#endif
}

// Numbers in a vector at a level, and columns of a block's panels.
static size_t lanes(int level) { return level == 2 ? 16 : level == 1 ? 8 : 4; }
static size_t padded(size_t columns, int level) { return (columns + lanes(level) - 1) / lanes(level) * lanes(level); }

// Copies the block's right matrix to `room`.
static void pack_block(const vd_product *p, int level, const block *b, size_t first, size_t columns, float *room) {
#if defined(__x86_64__) && defined(__linux__)
  if (level == 2) return product_v4_pack_all(p, b, first, columns, 0, room);
  if (level == 1) return product_v3_pack_all(p, b, first, columns, 0, room);
#else
  (void)level;
#endif
  product_any_pack_all(p, b, first, columns, 0, room);
}

static void multiply_block(const vd_product *p, int level, const block *b, size_t first, size_t columns,
                           const float *packed, float *room) {
  ending e = {.stride = p->rows.other[2], .is_padded = p->result_is_padded, .scale = p->scale, .keep = b->is_first ? p->keep : 1,
              .old = b->is_first && p->old ? p->old : p->result};
  if (b->is_first) e.bias = p->bias;
  if (b->is_last) e.gelu = p->gelu;
#if defined(__x86_64__) && defined(__linux__)
  if (level == 2) return product_v4(p, b, &e, first, columns, packed, room);
  if (level == 1) return product_v3(p, b, &e, first, columns, packed, room);
#else
  (void)level;
#endif
  product_any(p, b, &e, first, columns, packed, room);
}

// Goes through the blocks, and either copies their right matrices to `panels` or multiplies.
static void go_through_blocks(const vd_product *p, int level, float *panels) {
  const vd_axis *inner = &p->inner;
  size_t lines = inner->count[0] * inner->count[1], length = smaller(inner->count[2], DEPTH);
  // A block is several short lines, or a piece of a long one.
  size_t together = smaller(PIECES, length > 0 ? DEPTH / length : 1);
  size_t pieces = length > 0 ? (inner->count[2] + DEPTH - 1) / DEPTH : 1;
  if (pieces > 1) together = 1;
  _Alignas(64) float small[SMALL];
  float *room = small;
  size_t needed = smaller(together, lines) * length * padded(smaller(p->columns, COLUMNS), level);
  if (needed > SMALL && !panels && !p->panels) {
    room = aligned_alloc(64, (needed * sizeof(float) + 63) / 64 * 64);
    if (!room) abort();
  }
  size_t packed = 0;
  for (size_t first = 0; first < p->columns; first += COLUMNS) {
    size_t columns = smaller(COLUMNS, p->columns - first);
    for (size_t line = 0; line < lines; line += together)
      for (size_t piece = 0; piece < pieces; piece++) {
        block b = {.count = smaller(together, lines - line), .length = smaller(DEPTH, inner->count[2] - piece * DEPTH),
                   .is_first = line == 0 && piece == 0, .is_last = line + together >= lines && piece + 1 == pieces};
        for (size_t s = 0; s < b.count; s++) {
          ptrdiff_t outer = (ptrdiff_t)((line + s) / inner->count[1]), inside = (ptrdiff_t)((line + s) % inner->count[1]);
          b.left[s] = outer * inner->left[0] + inside * inner->left[1] + (ptrdiff_t)(piece * DEPTH) * inner->left[2];
          b.right[s] = outer * inner->other[0] + inside * inner->other[1] + (ptrdiff_t)(piece * DEPTH) * inner->other[2];
        }
        if (panels)
          pack_block(p, level, &b, first, columns, panels + packed);
        else
          multiply_block(p, level, &b, first, columns, p->panels ? p->panels + packed : NULL, room);
        packed += b.count * b.length * padded(columns, level);
      }
  }
  if (room != small) free(room);
}

void vd_multiply(const vd_product *product, int level) { go_through_blocks(product, level, NULL); }

void vd_pack(const vd_product *product, int level, float *panels) { go_through_blocks(product, level, panels); }

size_t vd_packed_count(const vd_product *p, int level) {
  size_t depth = p->inner.count[0] * p->inner.count[1] * p->inner.count[2];
  return depth * (p->columns / COLUMNS * COLUMNS + padded(p->columns % COLUMNS, level));
}

int vd_multiply_is_optimised(void) {
#ifdef __OPTIMIZE__
  return 1;
#else
  return 0;
#endif
}
