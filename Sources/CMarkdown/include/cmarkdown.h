#ifndef VITDET_CMARKDOWN_H
#define VITDET_CMARKDOWN_H
#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#endif
