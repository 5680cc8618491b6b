#ifndef VITDET_COPENBLAS_H
#define VITDET_COPENBLAS_H
#include <cblas.h>
#endif
