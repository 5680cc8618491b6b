#!/usr/bin/env python3
"""Check `vitdet model import` against the libraries whose checkpoints it reads.

    python3 -m venv peers && peers/bin/pip install -r Benchmarks/peers/requirements.txt
    peers/bin/python Benchmarks/peers/check-import.py .build/release/vitdet

Makes small random models with timm and transformers, saves them as these libraries do, imports them, and compares the map that
leaves the last block with the library's own. Also loads a backbone that vitdet wrote into transformers' VitDetBackbone.

A detector has no class token, so the libraries' blocks run on the patch tokens alone.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WIDTH, DEPTH, HEADS, SIDE, PATCH = 48, 3, 4, 64, 16
GRID = SIDE // PATCH


def randomise(model):
    """No parameter keeps a value that would hide a mistake."""
    torch.manual_seed(1)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.copy_(torch.randn_like(parameter) * 0.1 + (0.5 if parameter.dim() == 1 else 0))
    return model.eval()


def timm_model(folder, pixels):
    import timm

    model = randomise(
        timm.models.vision_transformer.VisionTransformer(
            img_size=SIDE, patch_size=PATCH, embed_dim=WIDTH, depth=DEPTH, num_heads=HEADS, num_classes=5
        )
    )
    save_file(model.state_dict(), folder / "weights.safetensors")
    tokens = model.patch_embed(pixels) + model.pos_embed[:, 1:]
    for block in model.blocks:
        tokens = block(tokens)
    config = {
        "model_type": "vitdet", "image_size": SIDE, "patch_size": PATCH, "hidden_size": WIDTH, "mlp_ratio": 4,
        "num_hidden_layers": DEPTH, "num_attention_heads": HEADS, "pretrain_image_size": SIDE,
        "use_relative_position_embeddings": False, "window_size": 0, "layer_norm_eps": model.norm.eps,
    }
    (folder / "given.json").write_text(json.dumps(config))
    return folder / "weights.safetensors", folder / "given.json", tokens


def transformers_model(folder, pixels, mae):
    import transformers

    sizes = dict(
        hidden_size=WIDTH, num_hidden_layers=DEPTH, num_attention_heads=HEADS, intermediate_size=4 * WIDTH,
        image_size=SIDE, patch_size=PATCH,
    )
    if mae:
        model = transformers.ViTMAEForPreTraining(
            transformers.ViTMAEConfig(
                **sizes, decoder_hidden_size=16, decoder_num_hidden_layers=1, decoder_num_attention_heads=2,
                decoder_intermediate_size=32,
            )
        )
    else:
        model = transformers.ViTForImageClassification(transformers.ViTConfig(**sizes, num_labels=3))
    model = randomise(model)
    model.save_pretrained(folder)
    vit = model.vit
    layers = vit.layers if hasattr(vit, "layers") else vit.encoder.layer
    tokens = vit.embeddings.patch_embeddings(pixels) + vit.embeddings.position_embeddings[:, 1:]
    for layer in layers:
        tokens = layer(tokens)
        tokens = tokens[0] if isinstance(tokens, tuple) else tokens
    return folder / "model.safetensors", folder / "config.json", tokens


def run(*arguments):
    subprocess.run([str(argument) for argument in arguments], check=True, stdout=subprocess.DEVNULL)


def check(program, name, make):
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        torch.manual_seed(2)
        pixels = torch.randn(1, 3, SIDE, SIDE)
        with torch.no_grad():
            weights, config, tokens = make(folder, pixels)
        expected = tokens.transpose(1, 2).reshape(1, WIDTH, GRID, GRID)
        save_file({"pixel_values": pixels}, folder / "input.safetensors")
        out = folder / "out"
        run(program, "model", "import", weights, "--config", config, "--out", out)
        run(program, "features", folder / "input.safetensors", "--model", out, "--out", folder / "maps.safetensors")
        found = load_file(folder / "maps.safetensors")["last_hidden_state"]
        difference = (found - expected).abs().max().item()
        largest = expected.abs().max().item()
        back = load_back(out, pixels, found)
        print(f"{name}: largest difference {difference:.1e} of {largest:.1f}; read back by transformers {back:.1e}")
        return difference <= 1e-4 * max(1.0, largest) and back <= 1e-4 * max(1.0, largest)


def load_back(folder, pixels, found):
    """What vitdet wrote, run by transformers."""
    import transformers

    model, told = transformers.VitDetBackbone.from_pretrained(folder, output_loading_info=True)
    assert not told["missing_keys"] and not told["unexpected_keys"], told
    with torch.no_grad():
        maps = model.eval()(pixels).feature_maps[-1]
    return (maps - found).abs().max().item()


def main(arguments):
    if len(arguments) != 1:
        print(__doc__.strip(), file=sys.stderr)
        return 2
    program = Path(arguments[0]).resolve()
    results = [
        check(program, "timm", timm_model),
        check(program, "transformers ViT", lambda folder, pixels: transformers_model(folder, pixels, False)),
        check(program, "transformers ViTMAE", lambda folder, pixels: transformers_model(folder, pixels, True)),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
