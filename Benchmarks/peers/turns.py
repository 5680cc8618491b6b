"""Processes that take turns, so that none is timed while another one works: shared by the scripts beside it."""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

THREADS = len(os.sched_getaffinity(0))


class Worker:
    """A library in a process of its own, which runs once whenever it is told to."""

    def __init__(self, name, command):
        environment = dict(os.environ, OMP_NUM_THREADS=str(THREADS), OPENBLAS_NUM_THREADS=str(THREADS), PYTHONWARNINGS="ignore")
        self.name, self.seconds = name, []
        self.process = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        text=True, env=environment)
        if self.process.stdout.readline().strip() != "ready":
            sys.exit(f"{name} did not start")

    def run(self):
        try:
            print(file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with status {self.process.wait()}")
        return float(line)

    def end(self):
        self.process.stdin.close()
        told = self.process.stdout.read().split()
        if self.process.wait() != 0 or not told:
            sys.exit(f"{self.name} failed at its end")
        self.peak = int(told[-1])


def serve(run):
    """The worker's side: runs whenever a line arrives, until there are no more. Gives what the last run gave."""
    print("ready", flush=True)
    last = None
    for _ in sys.stdin:
        start = time.perf_counter()
        last = run()
        print(time.perf_counter() - start, flush=True)
    return last


def tell_peak():
    """The last line of a worker: the most memory that it had."""
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) // 1024)


def take_turns(workers, rounds, warm_up):
    """Lets each run once in every round, and ends them."""
    for worker in workers:
        for _ in range(warm_up):
            worker.run()
    for _ in range(rounds):
        for worker in workers:
            worker.seconds.append(worker.run())
    for worker in workers:
        worker.end()


def table(workers, last_column=None):
    """Prints medians, quartiles, ratios to the first worker, and peak memory as a Markdown table."""
    name, values = last_column or ("", {})
    print("| | median | quartiles | vitdet is faster by | peak memory |" + f" {name} |" * bool(name))
    print("| --- | ---: | ---: | ---: | ---: |" + " ---: |" * bool(name))
    ours = statistics.median(workers[0].seconds)
    for worker in workers:
        low, middle, high = statistics.quantiles(worker.seconds, n=4)
        print(f"| {worker.name} | {middle * 1000:.4g} ms | {low * 1000:.4g} to {high * 1000:.4g} | {middle / ours:.2f}× "
              f"| {worker.peak} MiB |" + f" {values.get(worker.name, '')} |" * bool(name), flush=True)
