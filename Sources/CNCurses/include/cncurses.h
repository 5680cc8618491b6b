#ifndef VITDET_CNCURSES_H
#define VITDET_CNCURSES_H
// Swift's importer defines neither _GNU_SOURCE nor _XOPEN_SOURCE; without this the wide API is compiled out.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#endif
