#!/usr/bin/env python3
"""Time vitdet's backbone beside PyTorch, ONNX Runtime and OpenVINO: same weights, same input, in turn, in one run.

    python3 -m venv peers && peers/bin/pip install -r Benchmarks/peers/requirements.txt
    swift build -c release --package-path Benchmarks
    peers/bin/python Benchmarks/peers/compare.py Benchmarks/.build/release/bench [tiny] [base]

Each library runs in a process of its own and waits for its turn, so that none is timed while another one works. Every round
lets each run once; the rounds' medians and quartiles are printed, ratios to vitdet, and the peak memory of each process. The
script fails where the last outputs differ. The model is transformers' VitDetBackbone with random weights.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from turns import THREADS, Worker, serve, table, take_turns, tell_peak

MODELS = {
    "tiny": (dict(hidden_size=64, num_hidden_layers=4, num_attention_heads=4, image_size=256, pretrain_image_size=256,
                  window_size=6, window_block_indices=[0, 2], use_relative_position_embeddings=True), 60),
    "base": (dict(hidden_size=768, num_hidden_layers=12, num_attention_heads=12, image_size=1024, pretrain_image_size=224,
                  window_size=14, window_block_indices=[0, 1, 3, 4, 6, 7, 9, 10],
                  use_relative_position_embeddings=True), 6),
}


PRODUCTS = "its products alone (MKL)"


def make(name, folder):
    """A model directory, an input, the map that transformers computes, and the same network as ONNX."""
    import torch
    from safetensors.torch import save_file
    from transformers import VitDetBackbone, VitDetConfig

    torch.manual_seed(1)
    config = VitDetConfig(**MODELS[name][0])
    model = VitDetBackbone(config).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "rel_pos" in key or "position" in key:
                parameter.normal_(0, 0.2)
    model.save_pretrained(folder / "model")
    pixels = torch.randn(1, 3, config.image_size, config.image_size)
    save_file({"pixel_values": pixels}, folder / "input.safetensors")
    with torch.no_grad():
        save_file({"last": model(pixels).feature_maps[-1].contiguous()}, folder / "expected.safetensors")

    class Last(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, pixels):
            return self.model(pixels).feature_maps[-1]

    torch.onnx.export(Last(), (pixels,), folder / "model.onnx", input_names=["pixels"], output_names=["last"], dynamo=True)


def runner(library, folder, gradients):
    """A function that runs once, and gives the last map."""
    from safetensors.numpy import load_file

    pixels = load_file(folder / "input.safetensors")["pixel_values"]
    if library.startswith("PyTorch"):
        import torch
        from transformers import VitDetBackbone

        torch.set_num_threads(THREADS)
        model = VitDetBackbone.from_pretrained(folder / "model").eval()
        image = torch.from_numpy(pixels)

        def run():
            if gradients:
                model.zero_grad()
                last = model(image).feature_maps[-1]
                last.sum().backward()
            else:
                with torch.inference_mode():
                    last = model(image).feature_maps[-1]
            return last.detach().numpy()

    elif library == "ONNX Runtime":
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = THREADS
        session = onnxruntime.InferenceSession(folder / "model.onnx", options, providers=["CPUExecutionProvider"])

        def run():
            return session.run(None, {"pixels": pixels})[0]

    else:
        import openvino

        core = openvino.Core()
        compiled = core.compile_model(
            core.read_model(folder / "model.onnx"), "CPU",
            {"INFERENCE_NUM_THREADS": THREADS, "INFERENCE_PRECISION_HINT": "f32", "PERFORMANCE_HINT": "LATENCY"})
        request = compiled.create_infer_request()

        def run():
            return request.infer({0: pixels})[0]

    return run


def products(folder):
    """A function that runs nothing but the network's matrix products, one `sgemm` each: what its arithmetic alone takes.

    Left out, in favour of the time: relative positions, norms, the softmax, everything that moves numbers.
    """
    import torch
    from transformers import VitDetConfig

    torch.set_num_threads(THREADS)
    config = VitDetConfig.from_pretrained(folder / "model")
    side, width, window = config.image_size // config.patch_size, config.hidden_size, config.window_size
    tokens, hidden = side * side, int(width * config.mlp_ratio)
    head, windows = width // config.num_attention_heads, -(-side // window) ** 2
    # Rows, inner size, columns, and how often.
    sizes = [(tokens, config.num_channels * config.patch_size**2, width, 1)]
    for block in range(config.num_hidden_layers):
        sizes += [(tokens, width, 3 * width, 1), (tokens, width, width, 1), (tokens, width, hidden, 1), (tokens, hidden, width, 1)]
        is_windowed = block in config.window_block_indices
        keys, times = (window * window, windows) if is_windowed else (tokens, 1)
        times *= config.num_attention_heads
        sizes += [(keys, head, keys, times), (keys, keys, head, times)]
    matrices = {size: (torch.randn(size[:2]), torch.randn(size[1:3]), torch.empty(size[0], size[2])) for size in set(sizes)}
    operations = sum(2 * rows * inner * columns * times for rows, inner, columns, times in sizes)
    print(f"{operations / 1e12:.2f} TFLOP in products alone", file=sys.stderr)

    def run():
        for size in sizes:
            left, right, result = matrices[size]
            for _ in range(size[3]):
                torch.mm(left, right, out=result)

    return run


def work(library, folder, gradients):
    from safetensors.numpy import save_file

    if library == PRODUCTS:
        serve(products(folder))
        tell_peak()
        return
    save_file({"last": serve(runner(library, folder, gradients)).copy()}, folder / f"{library}.safetensors")
    tell_peak()


def compare(bench, name, folder, gradients):
    import numpy
    from safetensors.numpy import load_file

    rounds = MODELS[name][1]
    workers = [Worker("vitdet", [bench, "worker", "gradients" if gradients else "forward", folder / "model",
                                 folder / "input.safetensors", folder / "vitdet.safetensors"])]
    for library in ["PyTorch"] + ["ONNX Runtime", "OpenVINO"] * (not gradients):
        workers.append(Worker(library, [sys.executable, __file__, "--worker", library, folder] + ["--gradients"] * gradients))
    if name == "base":
        workers.append(Worker(PRODUCTS, [sys.executable, __file__, "--worker", PRODUCTS, folder]))
    take_turns(workers, rounds, warm_up=1 if name == "base" else 5)
    expected = load_file(folder / "expected.safetensors")["last"]
    differences = {}
    for worker in workers:
        if worker.name == PRODUCTS:
            continue
        last = next(iter(load_file(folder / f"{worker.name}.safetensors").values()))
        difference = numpy.abs(last.reshape(expected.shape) - expected).max() / numpy.abs(expected).max()
        if difference > 1e-3:
            sys.exit(f"{worker.name} computes something else")
        differences[worker.name] = f"{difference:.1e}"
    print(f"\n{name} backbone, {'forward and backward' if gradients else 'forward'}, {THREADS} threads, {rounds} rounds\n")
    table(workers, ("largest difference", differences))


def main():
    if sys.argv[1:2] == ["--worker"]:
        work(sys.argv[2], Path(sys.argv[3]), "--gradients" in sys.argv)
        return
    bench, names = sys.argv[1], sys.argv[2:] or list(MODELS)
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            # A process of its own, so that what it keeps in memory or threads disturbs nobody.
            subprocess.run([sys.executable, __file__, "--make", name, folder], check=True, stdout=subprocess.DEVNULL)
            compare(bench, name, Path(folder), gradients=False)
            if name == "tiny":
                compare(bench, name, Path(folder), gradients=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
