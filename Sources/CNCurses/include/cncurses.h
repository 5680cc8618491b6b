#ifndef VITDET_CNCURSES_H
#define VITDET_CNCURSES_H
// ncurses as Swift can import it: the wide API, and functions in place of what the importer leaves
// out (globals, which Swift 6 calls shared mutable state, and macros with casts or arguments).

// Swift's importer defines neither _GNU_SOURCE nor _XOPEN_SOURCE; without this the wide API is compiled out.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <stdio.h>

#if !defined(NCURSES_EXT_COLORS) || !NCURSES_EXT_COLORS
#error "ncursesw 6.1 or later with extended colours is required"
#endif

// <wchar.h> hides wcwidth without _XOPEN_SOURCE; <term.h> defines macros named lines, columns, tab.
extern int wcwidth(wchar_t character);
extern int setupterm(const char *term, int descriptor, int *error);

static inline WINDOW *cn_stdscr(void) { return stdscr; }
static inline WINDOW *cn_curscr(void) { return curscr; }
static inline int cn_lines(void) { return LINES; }
static inline int cn_columns(void) { return COLS; }
static inline int cn_colors(void) { return COLORS; }
static inline int cn_color_pairs(void) { return COLOR_PAIRS; }

static const attr_t CN_BOLD = A_BOLD;
static const attr_t CN_DIM = A_DIM;
static const attr_t CN_UNDERLINE = A_UNDERLINE;
static const attr_t CN_REVERSE = A_REVERSE;

static const mmask_t CN_PRESSED = BUTTON1_PRESSED;
static const mmask_t CN_RELEASED = BUTTON1_RELEASED;
static const mmask_t CN_WHEEL_UP = BUTTON4_PRESSED;
static const mmask_t CN_WHEEL_DOWN = BUTTON5_PRESSED;

static inline int cn_function_key(int number) { return KEY_F(number); }

/// A screen on two descriptors, which it does not close; NULL if the terminal's entry is unusable.
SCREEN *cn_open_screen(const char *term, int output, int input);

/// A cell of one character with up to four marks. attr_t carries eight bits of a colour pair's
/// number and short fifteen; the whole number goes through setcchar's last argument.
static inline int cn_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, 0, &pair);
}

/// The same for one scalar, without the call: a heat map fills thousands of these.
static inline void cn_cell_single(cchar_t *cell, wchar_t character, attr_t attributes, int pair) {
    cell->attr = (attributes & ~A_COLOR) | COLOR_PAIR(pair > 255 ? 255 : pair);
    for (int index = 0; index < CCHARW_MAX; index++) cell->chars[index] = 0;
    cell->chars[0] = character;
    cell->ext_color = pair;
}

#endif
