#ifndef VITDET_WINOGRAD_H
#define VITDET_WINOGRAD_H
#include <stddef.h>

// A convolution with a 3 x 3 kernel and a step of 1, tile by tile of 4 x 4 results: 36 products for 16 results and each pair
// of channels, where the sum itself takes 144.
//
// A tile needs 6 x 6 numbers of the image. Along each axis they are taken for the coefficients of a polynomial, as are the
// kernel's three, and both are evaluated at six points; there the convolution is a product. Going back gives the four results.
// Source: Winograd, Arithmetic Complexity of Computations; Lavin and Gray, Fast Algorithms for Convolutional Neural Networks.

// How many points a tile has.
#define VD_WINOGRAD_POINTS 36

// Maps [images, height, width, channels], cut into tiles of 4 x 4 results.
typedef struct {
  size_t tile_rows, tile_columns;  // of an image
  size_t height, width;            // of the map that is read or written, in cells
  size_t channels;
  ptrdiff_t padding;  // zeros around the map that is read, in cells
} vd_tiles;

// The kernel [outputs, 3, 3, inputs] at the points, as right matrices [36, inputs, outputs]. Turned round, for the gradient
// of the image, they are [36, outputs, inputs] and belong to the kernel walked from its end.
void vd_winograd_kernel(const float *kernel, size_t outputs, size_t inputs, int is_turned, float *points);

// Tiles of an image at the points: left matrices [36, count, channels], `step` numbers apart.
void vd_winograd_forth(const float *image, const vd_tiles *tiles, size_t first, size_t count, float *points, size_t step);

// The results [images, height, width, channels] of tiles whose products [36, count, channels] are `step` numbers apart; plus
// a bias [channels], unless it is NULL.
void vd_winograd_back(const float *points, size_t step, const vd_tiles *tiles, size_t first, size_t count, const float *bias,
                      float *result);
#endif
