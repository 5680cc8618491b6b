#define _GNU_SOURCE
#include "include/cncurses.h"
#include <unistd.h>

SCREEN *cn_open_screen(const char *term, int output, int input) {
    // delscreen does not close these, and a copy keeps ncurses' buffering away from stdout's.
    FILE *out = fdopen(dup(output), "w");
    FILE *in = fdopen(dup(input), "r");
    if (!out || !in) return NULL;
    return newterm(term, out, in);
}
