#ifndef VITDET_TERMINAL_GUARD_H
#define VITDET_TERMINAL_GUARD_H
// What must be C because it runs in signal handlers: signals become bits and a byte in a pipe, and
// the terminal is made usable again however the process ends.
#include <stdbool.h>

/// What signals have asked for.
enum {
    GUARD_RESIZED = 1,
    GUARD_STOP = 2,
    GUARD_CONTINUED = 4,
    GUARD_INTERRUPT = 8,
    GUARD_TERMINATE = 16,
    GUARD_HANG_UP = 32,
    GUARD_QUIT = 64,
};

/// What ended a wait.
enum {
    GUARD_INPUT = 1,
    GUARD_WOKEN = 2,
    GUARD_GONE = 4,
};

/// Saves the terminal's modes and installs the handlers. Call it before a screen is opened, so that
/// ncurses leaves the signals alone. False if there is no pipe to be had.
bool guard_install(int terminal);
/// Puts the former handlers back.
void guard_uninstall(void);
/// Says whether the screen is ours, that is, whether it needs a restore at a crash.
void guard_arm(bool on);
/// Returns what signals have asked for since the last call.
unsigned guard_take(void);
/// Waits for input, for a signal, or until `wake` is readable; milliseconds, or -1 for ever.
int guard_wait(int terminal, int wake, int timeout);
/// Stops the process as the shell expects; returns when it is continued.
void guard_suspend(void);
/// Collects standard error while the screen is ours; it would be lost on the alternate screen.
bool guard_capture_errors(void);
/// Writes what was collected to the real standard error.
void guard_release_errors(void);

#endif
