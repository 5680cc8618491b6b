#define _GNU_SOURCE
#include "include/pseudo_terminal.h"
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int pty_spawn(const char *path, char *const arguments[], char *const environment[], int rows,
              int columns, int *master) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    pid_t child = forkpty(master, NULL, NULL, &size);
    if (child == 0) {
        // Tests run on threads that block every signal, and a child inherits that.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
        execve(path, arguments, environment);
        _exit(127);
    }
    if (child > 0) fcntl(*master, F_SETFD, FD_CLOEXEC);
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
