#ifndef VITDET_THREADS_H
#define VITDET_THREADS_H
#include <stddef.h>

// Calls work(context, piece) once for each piece below `pieces`, on the caller's thread and on up to `threads - 1` helpers, and
// returns when all are done. A piece goes to whoever is free, so a helper that wakes late does no harm.
//
// Whoever calls while the helpers are another caller's, or from within a piece, or after vd_step_back, does all pieces itself.
void vd_in_threads(size_t pieces, size_t threads, void (*work)(void *context, size_t piece), void *context);

// Lets other threads go first, this program's and others'; on Linux for the calling thread and those that it starts.
void vd_step_back(void);
#endif
