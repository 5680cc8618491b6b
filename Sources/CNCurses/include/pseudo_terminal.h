#ifndef VITDET_PSEUDO_TERMINAL_H
#define VITDET_PSEUDO_TERMINAL_H
// For tests: a program in a pseudo-terminal of its own.

/// Starts a program; returns its process id and sets the master's descriptor, or returns -1.
int pty_spawn(const char *path, char *const arguments[], char *const environment[], int rows,
              int columns, int *master);
/// Changes the size and tells the program.
int pty_resize(int master, int rows, int columns);
/// 1 if lines are edited and echoed and keys make signals, as a shell wants them; 0 if not.
int pty_is_sane(int master);

#endif
