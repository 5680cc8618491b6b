#define _GNU_SOURCE
#include "include/pseudo_terminal.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

// posix_spawn, not forkpty: fork runs the handlers of every library in the process, and OpenBLAS's waits for its
// own threads, which hangs when another thread multiplies or forks at the same time.
int pty_spawn(const char *path, char *const arguments[], char *const environment[], int rows,
              int columns, int *master) {
    char terminal[64];
    int descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    if (grantpt(descriptor) != 0 || unlockpt(descriptor) != 0 ||
        ptsname_r(descriptor, terminal, sizeof terminal) != 0) {
        close(descriptor);
        return -1;
    }
    pty_resize(descriptor, rows, columns);

    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(
        &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    // Tests run on threads that block every signal, and a child inherits that.
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    // The first terminal that a session's leader opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, terminal, O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);

    pid_t child = -1;
    int fault = posix_spawn(&child, path, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (fault != 0) {
        close(descriptor);
        errno = fault;
        return -1;
    }
    *master = descriptor;
    return child;
}

int pty_resize(int master, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return ioctl(master, TIOCSWINSZ, &size);
}

int pty_is_sane(int master) {
    struct termios modes;
    if (tcgetattr(master, &modes) != 0) return 0;
    tcflag_t wanted = ICANON | ECHO | ISIG;
    return (modes.c_lflag & wanted) == wanted && (modes.c_oflag & OPOST) != 0;
}
