#!/usr/bin/env python3
"""Check that what vitdet trains runs in Hugging Face's transformers with the same features.

    python3 -m venv peers && peers/bin/pip install -r Benchmarks/peers/requirements.txt
    peers/bin/python Benchmarks/peers/check-export.py .build/release/vitdet [DETECTOR...]

Exports the backbone of each detector (without one, the course's and an untrained one with residual blocks) with `vitdet model
export`, loads it with VitDetBackbone, and compares every block's map with what the detector itself computes on a scene. Then
has transformers save it, and compares names, shapes, numbers and configuration keys with the export.

The detector as a whole has detectron2's parameter names; the Swift tests compare them with files that detectron2 wrote.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
import transformers
from safetensors.torch import load_file, save_file

COURSE = Path(__file__).resolve().parents[2] / "lessons/models/tiny"


def run(*arguments):
    subprocess.run([str(argument) for argument in arguments], check=True, stdout=subprocess.DEVNULL)


def with_residual_blocks(program, folder):
    """The course's detector has no residual blocks, which transformers knows: insert some that are not the identity."""
    config = json.loads((COURSE / "config.json").read_text())
    net = config["backbone"]["net"]
    net["residual_block_indexes"] = [1, 3, 5, 7]
    net["window_block_indexes"] = list(range(8))
    (folder / "given.json").write_text(json.dumps(config))
    out = folder / "residual"
    run(program, "model", "import", COURSE / "model.safetensors", "--config", folder / "given.json", "--out", out)
    weights = load_file(out / "model.safetensors")
    torch.manual_seed(1)
    for name, value in weights.items():
        if ".residual.norm3." in name:
            weights[name] = torch.randn_like(value)
    save_file(weights, out / "model.safetensors", {"format": "pt"})
    return out


def difference(found, expected):
    return (found - expected).abs().max().item()


def check(program, detector, folder):
    exported, maps, saved = folder / "exported", folder / "maps.safetensors", folder / "saved"
    run(program, "model", "export", detector, "--out", exported)
    run(program, "data", "shapes", "--count", 1, "--seed", 5, "--out", folder / "scene")
    run(program, "features", folder / "scene/images/000001.png", "--model", detector, "--out", maps)
    found = load_file(maps)

    model, told = transformers.VitDetBackbone.from_pretrained(exported, output_loading_info=True)
    faults = {key: value for key, value in told.items() if value}
    model = model.eval()
    with torch.no_grad():
        output = model(found["padded_input"], output_hidden_states=True)
    last = difference(output.feature_maps[-1], found["backbone.last_feat"])
    largest = found["backbone.last_feat"].abs().max().item()

    # The same input for the exported directory, so that every block can be compared.
    save_file({"pixel_values": found["padded_input"]}, folder / "input.safetensors")
    run(program, "features", folder / "input.safetensors", "--model", exported, "--out", maps)
    own = load_file(maps)
    blocks = [difference(state, own[f"block.{i}"]) for i, state in enumerate(output.hidden_states[1:])]

    model.save_pretrained(saved)
    ours, theirs = load_file(exported / "model.safetensors"), load_file(saved / "model.safetensors")
    tensors = ours.keys() == theirs.keys() and all(torch.equal(ours[name], theirs[name]) for name in ours)
    configs = [json.loads((path / "config.json").read_text()) for path in (exported, saved)]
    configs[1].pop("transformers_version", None)
    keys = {key for key in configs[0].keys() | configs[1].keys() if configs[0].get(key) != configs[1].get(key)}

    print(
        f"{detector.name}: last map differs by {last:.1e} of {largest:.1f}, {len(blocks)} blocks by {max(blocks):.1e}; "
        f"{len(ours)} tensors {'equal' if tensors else 'DIFFER'}; configuration "
        + ("equal" if not keys else f"DIFFERS in {sorted(keys)}")
        + (f"; LOADING TOLD {faults}" if faults else "")
    )
    limit = 1e-4 * max(1.0, largest)
    return max([last] + blocks) <= limit and tensors and not keys and not faults


def main(arguments):
    if not arguments:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    program = Path(arguments[0]).resolve()
    results = []
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        detectors = [Path(name) for name in arguments[1:]] or [COURSE, with_residual_blocks(program, folder)]
        for number, detector in enumerate(detectors):
            place = folder / str(number)
            place.mkdir()
            results.append(check(program, detector, place))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
