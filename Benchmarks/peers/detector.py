#!/usr/bin/env python3
"""Time the whole small detector beside detectron2: finding 100 objects with masks, and a step of training, in turn, in one run.

    python3 -m venv peers && peers/bin/pip install -r Benchmarks/peers/requirements.txt
    peers/bin/pip install torchvision==0.29.2 pycocotools==2.0.11 matplotlib cloudpickle tabulate termcolor yacs omegaconf \\
        hydra-core fvcore==0.1.5.post20221221 iopath==0.1.10
    peers/bin/pip download --no-deps --no-build-isolation detectron2-cdo==0.5 && tar xzf detectron2_cdo-0.5.tar.gz
    swift build -c release --package-path Benchmarks
    PYTHONPATH=detectron2_cdo-0.5 peers/bin/python Benchmarks/peers/detector.py Benchmarks/.build/release/bench

The archive lacks the C++ files of its compiled part, so it is not installed but put on the path; nothing here needs that part.
detectron.py beside this file says which parts of the peer are detectron2's. Both sides have the weights of lessons/models/tiny.

Detections are compared one by one before anything is told, a training's first losses too: those differ a little, since each side
draws its own sample of anchors and boxes, and detectron2 takes means over all pictures at once. Steps are whole steps: losses,
gradients, AdamW with a rate of 0, which changes no weight. vitdet also draws its scenes in them; detectron2 finds them in memory.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from turns import THREADS, Worker, serve, table, take_turns, tell_peak

MODEL = Path(__file__).resolve().parents[2] / "lessons/models/tiny"
ROUNDS = {"detect": 40, "train": 20}


def picture(folder, entry):
    import numpy
    import torch
    from PIL import Image

    return torch.from_numpy(numpy.array(Image.open(folder / "images" / entry["file_name"]).convert("RGB"))).permute(2, 0, 1)


def examples(folder):
    """The scenes of a COCO folder as detectron2 takes them."""
    import torch
    from detectron2.structures import BitMasks, Boxes, Instances
    from pycocotools.coco import COCO

    with contextlib.redirect_stdout(sys.stderr):
        coco = COCO(folder / "annotations.json")
    for entry in coco.dataset["images"]:
        size = (entry["height"], entry["width"])
        objects = coco.loadAnns(coco.getAnnIds(entry["id"]))
        masks = torch.stack([torch.from_numpy(coco.annToMask(one)).bool() for one in objects])
        boxes = [[x, y, x + w, y + h] for x, y, w, h in (one["bbox"] for one in objects)]
        yield {"image": picture(folder, entry), "instances": Instances(
            size, gt_boxes=Boxes(torch.tensor(boxes)), gt_masks=BitMasks(masks),
            gt_classes=torch.tensor([one["category_id"] - 1 for one in objects]))}


def peer(task, folder, batch):
    """A function that runs once, and one that writes what was computed."""
    import torch
    from detectron import detector
    from detectron2.utils.events import EventStorage
    from safetensors.torch import save_file

    torch.set_num_threads(THREADS)
    model = detector(folder / "model")
    if task == "detect":
        entry = json.loads((folder / "scenes/annotations.json").read_text())["images"][0]
        image = {"image": picture(folder / "scenes", entry), "height": entry["height"], "width": entry["width"]}
        model.eval()

        def run():
            with torch.inference_mode():
                return model([image])[0]["instances"]

        def write(found):
            save_file({"boxes": found.pred_boxes.tensor, "scores": found.scores, "classes": found.pred_classes,
                       "masks": found.pred_masks}, folder / "detectron2.out")

        return run, write
    scenes, losses = list(examples(folder / "scenes")), []
    optimizer = torch.optim.AdamW(model.parameters(), lr=0)
    model.train()

    def run():
        start = len(losses) * batch % len(scenes)
        with EventStorage():
            parts = model(scenes[start:start + batch])
        optimizer.zero_grad()
        sum(parts.values()).backward()
        optimizer.step()
        losses.append({name: value.item() for name, value in parts.items()})

    return run, lambda _: (folder / "detectron2.out").write_text(json.dumps(losses))


def agreement(folder):
    """How far the detections are from each other, in pixels, in scores, and in pixels of masks."""
    import torch
    from pycocotools import mask as run_lengths
    from safetensors.torch import load_file

    ours, theirs = json.loads((folder / "vitdet.out").read_text()), load_file(folder / "detectron2.out")
    if not len(ours) == len(theirs["scores"]) == 100:
        sys.exit(f"vitdet found {len(ours)} objects, detectron2 {len(theirs['scores'])}, of 100")
    boxes = scores = pixels = 0
    left = set(range(100))
    for one in ours:
        # Nearly equal scores may stand in another order.
        place = min(left, key=lambda i: (theirs["classes"][i].item() != one["class"],
                                         (theirs["boxes"][i] - torch.tensor(one["box"])).abs().max().item()))
        left.remove(place)
        boxes = max(boxes, (theirs["boxes"][place] - torch.tensor(one["box"])).abs().max().item())
        scores = max(scores, abs(theirs["scores"][place].item() - one["score"]))
        mask = torch.from_numpy(run_lengths.decode(one["mask"])).bool()
        pixels += (mask != theirs["masks"][place]).sum().item()
    area = int(theirs["masks"].sum())
    print(f"\nThe same 100 objects: boxes differ by at most {boxes:.1e} pixels, scores by {scores:.1e}, masks in {pixels} of "
          f"{area} pixels.")
    if boxes > 0.05 or scores > 1e-3 or pixels > area / 1000:
        sys.exit("that is too much")


def losses(folder):
    ours, theirs = (json.loads((folder / f"{name}.out").read_text()) for name in ("vitdet", "detectron2"))
    print("\nLosses, means over all steps (vitdet, detectron2): " + ", ".join(
        f"{name} {mean(ours, name):.4f} {mean(theirs, name):.4f}" for name in sorted(ours[0])) + ".")
    one, other = (sum(mean(side, name) for name in ours[0]) for side in (ours, theirs))
    if abs(one - other) > 0.1 * other:
        sys.exit("that is too far apart")


def mean(steps, name):
    return sum(step[name] for step in steps) / len(steps)


def compare(bench, folder, task, batch, rounds):
    out = folder / "vitdet.out"
    given = folder / "picture.safetensors" if task == "detect" else batch
    workers = [Worker("vitdet", [bench, "worker", task, folder / "model", given, out]),
               Worker("detectron2", [sys.executable, __file__, "--worker", task, folder, batch])]
    take_turns(workers, rounds, warm_up=3)
    agreement(folder) if task == "detect" else losses(folder)
    what = "detect, 100 objects with masks" if task == "detect" else f"a training step of {batch} pictures"
    print(f"\nThe small detector, {what}, {THREADS} threads, {rounds} rounds\n")
    table(workers)


def main(bench):
    import detectron  # Says what is missing.
    from safetensors.torch import save_file

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([bench, "scenes", "184", folder / "scenes"], check=True)
        shutil.copytree(MODEL, folder / "model")
        config = json.loads((MODEL / "config.json").read_text())
        config["roi_heads"]["box_predictor"] |= {"test_score_thresh": 0, "test_topk_per_image": 100}
        (folder / "model/config.json").write_text(json.dumps(config))
        first = json.loads((folder / "scenes/annotations.json").read_text())["images"][0]
        save_file({"image": picture(folder / "scenes", first).float().contiguous()}, folder / "picture.safetensors")
        compare(bench, folder, "detect", 1, ROUNDS["detect"])
        for batch in (8, 4):
            compare(bench, folder, "train", batch, ROUNDS["train"])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--worker"]:
        step, write = peer(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
        write(serve(step))
        tell_peak()
    elif len(sys.argv) == 2:
        main(sys.argv[1])
    else:
        sys.exit(__doc__)
