#!/usr/bin/env python3
"""Time and memory of a backbone as the picture and the windows grow, vitdet beside PyTorch, ONNX Runtime and OpenVINO.

    python3 -m venv peers && peers/bin/pip install -r Benchmarks/peers/requirements.txt
    swift build -c release --package-path Benchmarks
    peers/bin/python Benchmarks/peers/growth.py Benchmarks/.build/release/bench Benchmarks/growth.svg

Two blocks of width 64 with one head. For the side of the picture the first block has windows of 14 and the second is global, as in
ViTDet; for the side of the window both have windows, in a picture of 1024×1024. Libraries take turns as in compare.py, and
their outputs are compared. An exponent is the slope of a straight line through the logarithms; for the picture's side a cost of
`side²` is linear in the tokens, one of `side⁴` quadratic.
"""

import statistics
import sys
import tempfile
from pathlib import Path

import numpy
from safetensors.numpy import load_file

import compare
from turns import THREADS, Worker, take_turns

LIBRARIES = ["vitdet", "PyTorch", "ONNX Runtime", "OpenVINO"]
SIDES, WINDOWS = [256, 512, 1024, 2048], [4, 8, 16, 32, 64]
NARROW = dict(hidden_size=64, num_hidden_layers=2, num_attention_heads=1, use_relative_position_embeddings=True,
              pretrain_image_size=224)


def measure(bench, config, rounds):
    """Seconds and MiB of each library."""
    compare.MODELS["growth"] = (NARROW | config, rounds)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compare.make("growth", folder)
        workers = [Worker("vitdet", [bench, "worker", "forward", folder / "model", folder / "input.safetensors",
                                     folder / "vitdet.safetensors"])]
        workers += [Worker(library, [sys.executable, compare.__file__, "--worker", library, folder]) for library in LIBRARIES[1:]]
        take_turns(workers, rounds, warm_up=1)
        expected = load_file(folder / "expected.safetensors")["last"]
        for worker in workers:
            last = next(iter(load_file(folder / f"{worker.name}.safetensors").values())).reshape(expected.shape)
            if numpy.abs(last - expected).max() > 1e-3 * numpy.abs(expected).max():
                sys.exit(f"{worker.name} computes something else")
        return {worker.name: (statistics.median(worker.seconds), worker.peak) for worker in workers}


def slope(xs, ys):
    """The exponent of the power law that comes closest."""
    return numpy.polyfit(numpy.log(xs), numpy.log(ys), 1)[0]


def table(name, xs, results):
    print(f"\n| {name} | " + " | ".join(str(x) for x in xs) + " | exponent |")
    print("| --- |" + " ---: |" * (len(xs) + 1))
    for library in LIBRARIES:
        times = [result[library][0] for result in results]
        print(f"| {library}, ms | " + " | ".join(f"{1000 * time:.3g}" for time in times) + f" | {slope(xs, times):.2f} |")
    for library in LIBRARIES:
        peaks = [result[library][1] for result in results]
        print(f"| {library}, MiB | " + " | ".join(str(peak) for peak in peaks) + f" | {slope(xs, peaks):.2f} |", flush=True)


def chart(path, panels):
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(len(panels), 2, figsize=(9, 3.4 * len(panels)), constrained_layout=True)
    for (name, xs, results), row in zip(panels, axes):
        for axis, index, scale, unit in [(row[0], 0, 1000, "ms"), (row[1], 1, 1, "MiB")]:
            for library, marker in zip(LIBRARIES, "os^D"):
                axis.plot(xs, [scale * result[library][index] for result in results], marker=marker, label=library)
            axis.set(xscale="log", yscale="log", xlabel=name, ylabel=unit)
            axis.set_xticks(xs, [str(x) for x in xs])
            axis.minorticks_off()
            axis.grid(alpha=0.3)
    axes[0][0].legend()
    figure.savefig(path, metadata={"Date": None})


def main(bench, path):
    sides = [measure(bench, dict(image_size=side, window_size=14, window_block_indices=[0]), 9 if side < 1024 else 3)
             for side in SIDES]
    print(f"{THREADS} threads, medians of 9 rounds, of 3 from side 1024 on.")
    table("side of the picture", SIDES, sides)
    windows = [measure(bench, dict(image_size=1024, window_size=side, window_block_indices=[0, 1]), 5) for side in WINDOWS]
    table("side of the window", WINDOWS, windows)
    chart(path, [("side of the picture, pixels", SIDES, sides), ("side of the window, tokens", WINDOWS, windows)])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
