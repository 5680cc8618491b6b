#ifndef VITDET_CIMAGES_H
#define VITDET_CIMAGES_H
#include <png.h>
#include <turbojpeg.h>
#endif
