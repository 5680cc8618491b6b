// The product of one block of the inner axis for one kind of processor. Included once for each, with NAME, TARGET (an
// attribute), VECTOR, LANES (numbers in a vector), HEIGHT (rows of a tile) and WIDTH (vectors of a tile) defined.

#define JOINED(a, b) a##b
#define JOIN(a, b) JOINED(a, b)
#define TILE JOIN(NAME, _tile)
#define ROWS JOIN(NAME, _rows)

// A tile of `height` rows and `width` vectors, which are constants where this is inlined: the sums stay in registers.
INLINE void TILE(int height, int width, const block *b, const float *left, ptrdiff_t down, ptrdiff_t along,
                 const float *panel, const ending *e, float *result) {
  VECTOR sums[HEIGHT][WIDTH];
  UNROLL for (int i = 0; i < height; i++) {
    UNROLL for (int j = 0; j < width; j++) sums[i][j] = (VECTOR){0};
  }
  for (size_t s = 0; s < b->count; s++) {
    const float *x = left + b->left[s];
    for (size_t k = 0; k < b->length; k++, x += along, panel += width * LANES) {
      UNROLL for (int i = 0; i < height; i++) {
        UNROLL for (int j = 0; j < width; j++) sums[i][j] += x[i * down] * *(const VECTOR *)(panel + j * LANES);
      }
    }
  }
  float bias[WIDTH * LANES], part[WIDTH * LANES];
  int whole = e->columns == (size_t)(width * LANES);
  if (e->bias) memcpy(bias, e->bias, e->columns * sizeof(float));
  UNROLL for (int i = 0; i < height; i++, result += e->stride) {
    // Vectors that reach beyond the last column are finished beside the result.
    float *to = whole ? result : part;
    if (!whole && e->keep != 0) memcpy(part, result, e->columns * sizeof(float));
    UNROLL for (int j = 0; j < width; j++) {
      VECTOR value = sums[i][j] * e->scale;
      if (e->bias)
        value += *(VECTOR *)(bias + j * LANES);
      else if (e->keep != 0)
        value += *(VECTOR *)(to + j * LANES) * e->keep;
      if (e->relu) value = __builtin_elementwise_max(value, (VECTOR){0});
      *(VECTOR *)(to + j * LANES) = value;
    }
    if (!whole) memcpy(result, part, e->columns * sizeof(float));
  }
}

#define CASE(height)                                                                                \
  case height:                                                                                      \
    if (is_wide)                                                                                    \
      TILE(height, WIDTH, b, left, down, along, panel, e, result);                                  \
    else                                                                                            \
      TILE(height, 1, b, left, down, along, panel, e, result);                                      \
    break;

TARGET static __attribute__((noinline)) void ROWS(int height, int is_wide, const block *b, const float *left,
                                                  ptrdiff_t down, ptrdiff_t along, const float *panel,
                                                  const ending *e, float *result) {
  switch (height) {
    CASE(1) CASE(2) CASE(3) CASE(4)
#if HEIGHT > 4
    CASE(5) CASE(6) CASE(7) CASE(8)
#endif
  }
}

TARGET static void NAME(const vd_product *p, const block *b, const ending *e, size_t first, size_t columns,
                        float *panels) {
  size_t depth = b->count * b->length;
  // What is left after the wide panels goes into narrow ones, unless it nearly fills a wide one.
  size_t wide = columns - columns % (WIDTH * LANES);
  if (columns - wide > (WIDTH - 1) * LANES) wide = columns;
  for (size_t c = 0; c < columns;) {
    size_t width = c < wide ? WIDTH * LANES : LANES;
    pack(p, b, first + c, smaller(width, columns - c), panels + c * depth, width);
    c += width;
  }
  float gathered[DEPTH * HEIGHT];
  block side_by_side = *b;
  for (size_t s = 0; s < b->count; s++) side_by_side.left[s] = (ptrdiff_t)(s * b->length * HEIGHT);
  const vd_axis *rows = &p->rows;
  for (size_t line = 0; line < rows->count[0] * rows->count[1]; line++) {
    ptrdiff_t outer = (ptrdiff_t)(line / rows->count[1]), inside = (ptrdiff_t)(line % rows->count[1]);
    for (size_t r = 0; r < rows->count[2]; r += HEIGHT) {
      size_t height = smaller(HEIGHT, rows->count[2] - r);
      const float *left =
          p->left + outer * rows->left[0] + inside * rows->left[1] + (ptrdiff_t)r * rows->left[2];
      float *result =
          p->result + outer * rows->other[0] + inside * rows->other[1] + (ptrdiff_t)r * rows->other[2];
      ptrdiff_t down = rows->left[2], along = p->inner.left[2];
      const block *stretches = b;
      if (along != 1 && columns > LANES && depth <= DEPTH) {
        // Far apart along the inner axis, numbers would leave the first-level cache before the next panel needs them.
        gather(b, left, height, down, along, gathered, HEIGHT);
        left = gathered, down = 1, along = HEIGHT, stretches = &side_by_side;
      }
      for (size_t c = 0; c < columns;) {
        size_t width = c < wide ? WIDTH * LANES : LANES;
        ending own = *e;
        own.columns = smaller(width, columns - c);
        own.bias = e->bias ? e->bias + first + c : NULL;
        ROWS((int)height, c < wide, stretches, left, down, along, panels + c * depth, &own, result + first + c);
        c += width;
      }
    }
  }
}

#undef CASE
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
