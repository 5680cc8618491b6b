#define _GNU_SOURCE
#include "include/terminal_guard.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

static int terminal_fd = -1;
static int wake_pipe[2] = {-1, -1};
static struct termios saved_modes;
static bool has_saved_modes;
static atomic_bool is_armed;
static atomic_uint pending;
static int real_stderr = -1, error_file = -1;
static struct sigaction former[NSIG];
static bool is_set[NSIG];

static const struct { int signal; unsigned bit; } notices[] = {
    {SIGWINCH, GUARD_RESIZED},   {SIGTSTP, GUARD_STOP},  {SIGCONT, GUARD_CONTINUED},
    {SIGINT, GUARD_INTERRUPT},   {SIGHUP, GUARD_HANG_UP}, {SIGTERM, GUARD_TERMINATE},
    {SIGQUIT, GUARD_QUIT},
};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void write_all(int fd, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(fd, bytes, count);
        if (written < 0) {
            if (errno == EINTR) continue;
            return;
        }
        bytes += written;
        count -= (size_t)written;
    }
}

static void replay_errors(void) {
    if (real_stderr < 0) return;
    dup2(real_stderr, 2);
    char buffer[1024];
    off_t place = 0;
    ssize_t count;
    while ((count = pread(error_file, buffer, sizeof buffer, place)) > 0) {
        write_all(2, buffer, (size_t)count);
        place += count;
    }
    // close() is async-signal-safe; the collected text must not be written twice.
    close(real_stderr);
    real_stderr = -1;
}

/// Fixed sequences and tcsetattr: both may be used in a signal handler, endwin may not.
static void restore_terminal(void) {
    if (!atomic_exchange(&is_armed, false)) return;
    static const char sequences[] =
        "\033[?2004l"                                   // bracketed paste off
        "\033[?1000l\033[?1002l\033[?1003l\033[?1006l"  // mouse off
        "\033(B\033[m"                                  // ASCII characters, plain attributes
        "\033[?1l\033>"                                 // cursor and keypad keys as usual
        "\033[?25h\033[?12l"                            // cursor visible
        "\033[?1049l\r";                                // back from the alternate screen
    write_all(terminal_fd, sequences, sizeof sequences - 1);
    if (has_saved_modes) tcsetattr(terminal_fd, TCSANOW, &saved_modes);
}

static void on_notice(int number) {
    int saved_errno = errno;
    unsigned bit = 0;
    for (size_t index = 0; index < COUNT(notices); index++)
        if (notices[index].signal == number) bit = notices[index].bit;
    unsigned before = atomic_fetch_or(&pending, bit);
    // A second one that finds the first unserved: the loop is stuck, so end here.
    if ((before & bit) && (bit & (GUARD_TERMINATE | GUARD_HANG_UP | GUARD_QUIT))) {
        restore_terminal();
        replay_errors();
        signal(number, SIG_DFL);
        raise(number);
    } else {
        (void)!write(wake_pipe[1], "s", 1);
    }
    errno = saved_errno;
}

static void on_crash(int number, siginfo_t *info, void *context) {
    restore_terminal();
    replay_errors();
    struct sigaction *old = &former[number];
    sigaction(number, old, NULL);
    // A former handler is Swift's backtracer, which now writes on a usable screen.
    if (old->sa_flags & SA_SIGINFO) {
        if (old->sa_sigaction) old->sa_sigaction(number, info, context);
    } else if (old->sa_handler != SIG_DFL && old->sa_handler != SIG_IGN) {
        old->sa_handler(number);
    }
    // What raise, abort or kill sent does not happen again by itself when this returns.
    if (info->si_code <= 0) raise(number);
}

static void on_exit_without_close(void) {
    restore_terminal();
    replay_errors();
}

static void install(int number, struct sigaction *action) {
    sigaction(number, NULL, &former[number]);
    // nohup and shells without job control ignore signals for us, and that stays.
    bool is_ignored = !(former[number].sa_flags & SA_SIGINFO) && former[number].sa_handler == SIG_IGN;
    if (is_ignored && number != SIGWINCH) return;
    sigaction(number, action, NULL);
    is_set[number] = true;
}

bool guard_install(int terminal) {
    terminal_fd = terminal;
    has_saved_modes = tcgetattr(terminal, &saved_modes) == 0;
    if (wake_pipe[0] < 0 && pipe2(wake_pipe, O_NONBLOCK | O_CLOEXEC) != 0) return false;
    atomic_store(&pending, 0);

    // A stack overflow must still find room for its handler.
    static char spare_stack[64 * 1024];
    stack_t current;
    if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) {
        stack_t spare = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
        sigaltstack(&spare, NULL);
    }

    struct sigaction notice = {.sa_handler = on_notice, .sa_flags = SA_RESTART};
    sigemptyset(&notice.sa_mask);
    for (size_t index = 0; index < COUNT(notices); index++) install(notices[index].signal, &notice);
    struct sigaction crash = {.sa_sigaction = on_crash,
                              .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&crash.sa_mask);
    for (size_t index = 0; index < COUNT(crashes); index++) install(crashes[index], &crash);

    static bool is_registered;
    if (!is_registered) is_registered = atexit(on_exit_without_close) == 0;
    return true;
}

void guard_uninstall(void) {
    for (int number = 1; number < NSIG; number++) {
        if (is_set[number]) sigaction(number, &former[number], NULL);
        is_set[number] = false;
    }
}

void guard_arm(bool on) { atomic_store(&is_armed, on); }

unsigned guard_take(void) {
    char buffer[64];
    while (read(wake_pipe[0], buffer, sizeof buffer) > 0) {}
    return atomic_exchange(&pending, 0);
}

int guard_wait(int terminal, int wake, int timeout) {
    struct pollfd entries[3] = {
        {.fd = terminal, .events = POLLIN},
        {.fd = wake_pipe[0], .events = POLLIN},
        {.fd = wake, .events = POLLIN},
    };
    // A signal ends the wait too; its byte is in the pipe by then, and the caller looks there.
    if (poll(entries, COUNT(entries), timeout) <= 0) return 0;
    int result = 0;
    if (entries[0].revents & POLLIN) result |= GUARD_INPUT;
    if ((entries[1].revents | entries[2].revents) & POLLIN) result |= GUARD_WOKEN;
    if (entries[0].revents & (POLLHUP | POLLERR | POLLNVAL)) result |= GUARD_GONE;
    return result;
}

void guard_suspend(void) {
    struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
    sigemptyset(&standard.sa_mask);
    sigaction(SIGTSTP, &standard, &ours);
    kill(0, SIGTSTP);  // the whole foreground job, as the terminal's driver does
    sigaction(SIGTSTP, &ours, NULL);
}

bool guard_capture_errors(void) {
    int file = memfd_create("standard-error", MFD_CLOEXEC);
    if (file < 0) return false;
    int real = fcntl(2, F_DUPFD_CLOEXEC, 10);
    if (real < 0) {
        close(file);
        return false;
    }
    error_file = file;
    dup2(file, 2);
    real_stderr = real;
    return true;
}

void guard_release_errors(void) {
    replay_errors();
    if (error_file >= 0) close(error_file);
    error_file = -1;
}
