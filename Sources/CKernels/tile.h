// The product of one block of the inner axis for one kind of processor. Included once for each, with NAME, TARGET (an
// attribute), VECTOR, LANES (numbers in a vector), HEIGHT (rows of a tile) and WIDTH (vectors of a tile) defined.

#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
#define TALL (2 * HEIGHT)
#define TILE JOIN(NAME, _tile)
#define ROWS JOIN(NAME, _rows)
#define PACK JOIN(NAME, _pack)
#define PACK_ALL JOIN(NAME, _pack_all)
#define WIDE JOIN(NAME, _wide)
#define PANEL JOIN(NAME, _panel)

// A tile of `height` rows and `width` vectors, which are constants where this is inlined: the sums stay in registers.
INLINE void TILE(int height, int width, const block *b, const float *left, ptrdiff_t down, ptrdiff_t along,
                 const panel *right, const ending *e, float *result) {
  VECTOR sums[TALL][WIDTH];
  UNROLL for (int i = 0; i < height; i++) {
    UNROLL for (int j = 0; j < width; j++) sums[i][j] = (VECTOR){0};
  }
  for (size_t s = 0; s < b->count; s++) {
    const float *x = left + b->left[s];
    const float *y = right->start + (right->is_packed ? (ptrdiff_t)(s * b->length) * right->step : b->right[s]);
    for (size_t k = 0; k < b->length; k++, x += along, y += right->step) {
      UNROLL for (int i = 0; i < height; i++) {
        UNROLL for (int j = 0; j < width; j++) sums[i][j] += x[i * down] * *(const VECTOR *)(y + j * LANES);
      }
    }
  }
  // Vectors that reach beyond the last column are finished beside the result.
  float bias[WIDTH * LANES], old_part[WIDTH * LANES], part[WIDTH * LANES];
  int whole = e->is_padded || e->columns == (size_t)(width * LANES);
  if (e->bias) memcpy(bias, e->bias, e->columns * sizeof(float));
  const float *old = e->old;
  UNROLL for (int i = 0; i < height; i++, result += e->stride, old += e->stride) {
    float *to = whole ? result : part;
    if (!whole && e->keep != 0) memcpy(old_part, old, e->columns * sizeof(float));
    UNROLL for (int j = 0; j < width; j++) {
      VECTOR value = sums[i][j] * e->scale;
      if (e->bias) value += *(VECTOR *)(bias + j * LANES);
      if (e->keep != 0) value += *(const VECTOR *)((whole ? old : old_part) + j * LANES) * e->keep;
      *(VECTOR *)(to + j * LANES) = value;
    }
    if (!whole) memcpy(result, part, e->columns * sizeof(float));
  }
}

// Only narrow ones, of which twice as many rows fit.
#define TALL_CASE(height)                                                \
  case height:                                                           \
    TILE(height, 1, b, left, down, along, right, e, result);             \
    break;

#define CASE(height)                                                                                \
  case height:                                                                                      \
    if (is_wide)                                                                                    \
      TILE(height, WIDTH, b, left, down, along, right, e, result);                                  \
    else                                                                                            \
      TILE(height, 1, b, left, down, along, right, e, result);                                      \
    break;

TARGET static __attribute__((noinline)) void ROWS(int height, int is_wide, const block *b, const float *left,
                                                  ptrdiff_t down, ptrdiff_t along, const panel *right,
                                                  const ending *e, float *result) {
  switch (height) {
    CASE(1) CASE(2) CASE(3) CASE(4)
#if HEIGHT > 4
    CASE(5) CASE(6) CASE(7) CASE(8)
    TALL_CASE(9) TALL_CASE(10) TALL_CASE(11) TALL_CASE(12)
    TALL_CASE(13) TALL_CASE(14) TALL_CASE(15) TALL_CASE(16)
#else
    TALL_CASE(5) TALL_CASE(6) TALL_CASE(7) TALL_CASE(8)
#endif
  }
}

// Copies columns of the right matrix into a panel `[depth, width]`; columns that are missing become 0.
INLINE void PACK(const vd_product *p, const block *b, size_t first, size_t columns, float *panel, size_t width) {
  ptrdiff_t across = p->right_column, down = p->inner.other[2];
  if (columns < width) memset(panel, 0, b->count * b->length * width * sizeof(float));
  for (size_t s = 0; s < b->count; s++, panel += b->length * width) {
    const float *from = p->right + b->right[s] + (ptrdiff_t)first * across;
    if (across == 1) {
      for (size_t k = 0; k < b->length; k++, from += down)
        if (columns == width)
          for (size_t c = 0; c < width; c += LANES) *(VECTOR *)(panel + k * width + c) = *(const VECTOR *)(from + c);
        else
          memcpy(panel + k * width, from, columns * sizeof(float));
      continue;
    }
    size_t c = 0;
    for (; down == 1 && c + 16 <= columns; c += 16) {
      const float *corner = from + (ptrdiff_t)c * across;
      size_t k = 0;
      for (; k + 16 <= b->length; k += 16) transpose16(corner + k, across, panel + k * width + c, width);
      for (; k < b->length; k++)
        for (size_t i = 0; i < 16; i++) panel[k * width + c + i] = corner[(ptrdiff_t)i * across + (ptrdiff_t)k];
    }
    for (; c < columns; c++)
      for (size_t k = 0; k < b->length; k++) panel[k * width + c] = from[(ptrdiff_t)c * across + (ptrdiff_t)k * down];
  }
}

// The columns that are in wide panels: what is left goes into a narrow one, unless it nearly fills a wide one.
INLINE size_t WIDE(size_t columns) {
  size_t wide = columns - columns % (WIDTH * LANES);
  return columns - wide > (WIDTH - 1) * LANES ? columns : wide;
}

INLINE size_t PANEL(size_t c, size_t columns) { return c < WIDE(columns) ? WIDTH * LANES : LANES; }

TARGET static void PACK_ALL(const vd_product *p, const block *b, size_t first, size_t columns, int whole_only,
                              float *panels) {
  size_t depth = b->count * b->length, c = 0;
  for (size_t width; c < columns; c += width) {
    width = PANEL(c, columns);
    if (!whole_only || columns - c < width)
      PACK(p, b, first + c, smaller(width, columns - c), panels + c * depth, width);
  }
}

TARGET static void NAME(const vd_product *p, const block *b, const ending *e, size_t first, size_t columns,
                        const float *packed, float *room) {
  size_t depth = b->count * b->length;
  // What only few rows will meet is not worth a copy, unless its lines are so far apart that they hinder the caches.
  size_t lines = p->rows.count[0] * p->rows.count[1] * p->rows.count[2];
  int reads_in_place = !packed && p->right_column == 1 && lines <= IN_PLACE && p->inner.other[2] <= 1024;
  if (!packed) PACK_ALL(p, b, first, columns, reads_in_place, room);
  const float *panels = packed ? packed : room;
  size_t tallest = columns > LANES ? HEIGHT : TALL;
  float gathered[DEPTH * HEIGHT];
  block side_by_side = *b;
  for (size_t s = 0; s < b->count; s++) side_by_side.left[s] = (ptrdiff_t)(s * b->length * HEIGHT);
  const vd_axis *rows = &p->rows;
  for (size_t line = 0; line < rows->count[0] * rows->count[1]; line++) {
    ptrdiff_t outer = (ptrdiff_t)(line / rows->count[1]), inside = (ptrdiff_t)(line % rows->count[1]);
    for (size_t r = 0; r < rows->count[2]; r += tallest) {
      size_t height = smaller(tallest, rows->count[2] - r);
      const float *left =
          p->left + outer * rows->left[0] + inside * rows->left[1] + (ptrdiff_t)r * rows->left[2];
      ptrdiff_t place = outer * rows->other[0] + inside * rows->other[1] + (ptrdiff_t)r * rows->other[2] + (ptrdiff_t)first;
      ptrdiff_t down = rows->left[2], along = p->inner.left[2];
      const block *stretches = b;
      if (along != 1 && columns > LANES && depth <= DEPTH) {
        // Far apart along the inner axis, numbers would leave the first-level cache before the next panel needs them.
        gather(b, left, height, down, along, gathered, HEIGHT);
        left = gathered, down = 1, along = HEIGHT, stretches = &side_by_side;
      }
      for (size_t c = 0, width; c < columns; c += width) {
        width = PANEL(c, columns);
        ending own = *e;
        own.columns = smaller(width, columns - c);
        own.bias = e->bias ? e->bias + first + c : NULL;
        own.old = e->old + place + c;
        int is_packed = !reads_in_place || columns - c < width;
        panel right = {.is_packed = is_packed,
                       .start = is_packed ? panels + c * depth : p->right + first + c,
                       .step = is_packed ? (ptrdiff_t)width : p->inner.other[2]};
        ROWS((int)height, width > LANES, stretches, left, down, along, &right, &own, p->result + place + c);
      }
      // While the rows are in the first-level cache.
      for (size_t i = 0; e->gelu && i < height; i++) {
        float *line = p->result + place + (ptrdiff_t)i * e->stride;
        gelu_row(line, line, columns);
      }
    }
  }
}

#undef CASE
#undef TALL_CASE
#undef TALL
#undef PANEL
#undef WIDE
#undef PACK_ALL
#undef PACK
#undef ROWS
#undef TILE
#undef JOIN
#undef JOINED
#undef NAME
#undef TARGET
#undef VECTOR
#undef LANES
#undef HEIGHT
#undef WIDTH
