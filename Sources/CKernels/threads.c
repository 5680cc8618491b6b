#define _GNU_SOURCE  // for processors
#include "threads.h"
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/resource.h>
#include <time.h>

// To wake a thread takes tens of microseconds, as long as a small layer. So helpers watch for more work for a while before they
// sleep: one pass through a network wakes them once.
#define PATIENCE 100000  // nanoseconds
#define MOST_HELPERS 255
#define BITS 14
#define MOST_PIECES ((1 << BITS) - 1)

typedef void (*work_function)(void *context, size_t piece);

static struct {
  atomic_flag is_taken;  // by the caller whose pieces are dealt out; the rest of its job is written by it alone
  _Atomic(work_function) work;
  _Atomic(void *) context;
  // The job's number, the first of its pieces that nobody has begun, and the one behind the last. All in one word, so that nobody
  // takes a piece of one job for that of another.
  _Atomic(uint64_t) open;
  atomic_size_t unfinished;  // and one more, as long as the caller watches
  sem_t finished;

  pthread_t helpers[MOST_HELPERS];
  size_t helper_count;
  cpu_set_t processors;  // that helpers may use
  int avoided;           // the one that they were told to leave to the caller
  atomic_int asleep;     // those whom nobody has woken
  sem_t wake;
} pool = {.is_taken = ATOMIC_FLAG_INIT, .avoided = -1};

static _Thread_local int has_stepped_back;

static void wait_for(sem_t *semaphore) {
  while (sem_wait(semaphore) != 0) {}  // a signal interrupts it
}

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

static int64_t nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

// Lowers a counter unless it is 0.
static int take_one(atomic_int *counter) {
  int count = atomic_load(counter);
  while (count > 0)
    if (atomic_compare_exchange_weak(counter, &count, count - 1)) return 1;
  return 0;
}

static int is_done(uint64_t open) { return (open >> BITS & MOST_PIECES) == (open & MOST_PIECES); }

// The caller begins with the first piece and helpers with the last, so that a row that one job has left in a processor's cache tends to
// be met there by the next.
static void do_open_pieces(int is_caller) {
  uint64_t open = atomic_load(&pool.open);
  while (!is_done(open)) {
    // What is read here is of this job if the exchange succeeds: the next job has another number.
    work_function work = atomic_load_explicit(&pool.work, memory_order_relaxed);
    void *context = atomic_load_explicit(&pool.context, memory_order_relaxed);
    uint64_t rest = is_caller ? open + (1 << BITS) : open - 1;
    if (!atomic_compare_exchange_weak(&pool.open, &open, rest)) continue;
    work(context, is_caller ? open >> BITS & MOST_PIECES : rest & MOST_PIECES);
    if (atomic_fetch_sub(&pool.unfinished, 1) == 1) sem_post(&pool.finished);
    open = atomic_load(&pool.open);
  }
}

static void *help(void *unused) {
  (void)unused;
  for (;;) {
    do_open_pieces(0);
    int64_t start = nanoseconds();
    int is_idle;
    do {
      for (int i = 0; i < 64 && (is_idle = is_done(atomic_load(&pool.open))); i++) pause_briefly();
    } while (is_idle && nanoseconds() - start < PATIENCE);
    if (!is_idle) continue;
    atomic_fetch_add(&pool.asleep, 1);
    // Work that came in between woke nobody.
    if (!is_done(atomic_load(&pool.open)) && take_one(&pool.asleep)) continue;
    wait_for(&pool.wake);
  }
  return NULL;
}

static void start_helpers(size_t wanted) {
  if (pool.helper_count == 0) {
    sem_init(&pool.finished, 0, 0);
    sem_init(&pool.wake, 0, 0);
    pthread_getaffinity_np(pthread_self(), sizeof pool.processors, &pool.processors);
  }
  for (; pool.helper_count < wanted && pool.helper_count < MOST_HELPERS; pool.helper_count++) {
    // Without a helper the others do its share.
    if (pthread_create(&pool.helpers[pool.helper_count], NULL, help, NULL) != 0) return;
    pthread_detach(pool.helpers[pool.helper_count]);
    pool.avoided = -1;
  }
}

// In a virtual machine Linux takes a processor that has slept for a while for one that is not there, and would wake a helper on the
// caller's own, where the two only take turns.
static void leave_processor(int caller) {
  if (caller == pool.avoided || caller < 0) return;
  cpu_set_t others = pool.processors;
  CPU_CLR(caller, &others);
  if (CPU_COUNT(&others) == 0) return;
  for (size_t i = 0; i < pool.helper_count; i++) pthread_setaffinity_np(pool.helpers[i], sizeof others, &others);
  pool.avoided = caller;
}

void vd_in_threads(size_t pieces, size_t threads, work_function work, void *context) {
  if (pieces < 2 || threads < 2 || pieces > MOST_PIECES || has_stepped_back ||
      atomic_flag_test_and_set(&pool.is_taken)) {
    for (size_t piece = 0; piece < pieces; piece++) work(context, piece);
    return;
  }
  size_t helpers = (pieces < threads ? pieces : threads) - 1;
  start_helpers(helpers);
  atomic_store_explicit(&pool.work, work, memory_order_relaxed);
  atomic_store_explicit(&pool.context, context, memory_order_relaxed);
  atomic_store_explicit(&pool.unfinished, pieces + 1, memory_order_relaxed);
  uint64_t job = (atomic_load_explicit(&pool.open, memory_order_relaxed) >> 2 * BITS) + 1;
  atomic_store(&pool.open, job << 2 * BITS | pieces);
  if (atomic_load(&pool.asleep) > 0) {
    leave_processor(sched_getcpu());
    for (size_t i = 0; i < helpers && take_one(&pool.asleep); i++) sem_post(&pool.wake);
  }
  do_open_pieces(1);
  int64_t start = nanoseconds();
  while (atomic_load(&pool.unfinished) > 1) {
    for (int i = 0; i < 64 && atomic_load(&pool.unfinished) > 1; i++) pause_briefly();
    if (nanoseconds() - start < PATIENCE) continue;
    if (atomic_fetch_sub(&pool.unfinished, 1) > 1) wait_for(&pool.finished);
    break;
  }
  atomic_flag_clear(&pool.is_taken);
}

void vd_step_back(void) {
  has_stepped_back = 1;
  setpriority(PRIO_PROCESS, 0, 10);
}
