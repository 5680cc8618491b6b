#ifndef VITDET_PRODUCT_H
#define VITDET_PRODUCT_H
#include <stddef.h>

// An axis of a matrix product: three nested loops, and how far apart the entries of each are in two of the matrices.
typedef struct {
  size_t count[3];
  ptrdiff_t left[3];   // in the left matrix
  ptrdiff_t other[3];  // in the result, for the rows; in the right matrix, for the inner axis
} vd_axis;

// result = scale * left * right + bias + keep * old.
//
// Plain matrices have counts {1, 1, n}. A convolution is a product too, without a copy of what lies under the kernel: its
// rows are images, lines and columns, its inner axis is the lines of the kernel and what lies side by side under a line.
typedef struct {
  vd_axis rows, inner;
  size_t columns;
  const float *left, *right;
  ptrdiff_t right_column;  // how far apart the columns of the right matrix are: 1 unless it is transposed
  float *result;           // its columns stand side by side
  int result_is_padded;    // whether behind each row up to 15 numbers more may be written, and read with keep
  float scale, keep;
  const float *old;        // laid out as the result; NULL is what the result held. Not read with keep 0
  const float *bias;       // [columns], or NULL
  int gelu;                // whether each number of the finished result becomes its GELU
  const float *panels;     // the right matrix as vd_pack wrote it, or NULL; then it is copied anew
} vd_product;

// The widest vectors that this processor has: 2 for AVX-512, 1 for AVX2 with fused additions, 0 for 16 bytes.
int vd_processor_level(void);

// Makes the product with the vectors of a level that the processor has.
void vd_multiply(const vd_product *product, int level);

// How many numbers vd_pack writes for a level.
size_t vd_packed_count(const vd_product *product, int level);

// Copies the right matrix as vd_multiply reads it at a level, for products that share it: inner axis, columns, right and right_column
// are those of the product, and nothing else is read. `panels` begins at a multiple of 64 bytes.
void vd_pack(const vd_product *product, int level, float *panels);

// Whether vd_multiply was compiled with optimisation. Without, it is many times slower than a library.
int vd_multiply_is_optimised(void);
#endif
