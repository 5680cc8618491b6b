"""The detector that a `config.json` describes, built from detectron2's parts, with the weights beside it.

detectron2's release on PyPI is of 2021 and older than its ViTDet. RPN, anchors, RoIAlign, heads, losses and the way from picture to
masks are its own; the backbone is transformers' VitDetBackbone, and the simple feature pyramid and LayerNorm over channels are
written here with the names that detectron2 has for them.
"""

import json
import sys
import types

import PIL.Image
import torch
from safetensors.torch import load_file
from torch import nn

# A compiled part that the release lacks, for deformable convolutions and rotated boxes; and a name that Pillow no longer has.
sys.modules.setdefault("detectron2._C", types.ModuleType("detectron2._C"))
PIL.Image.LINEAR = PIL.Image.BILINEAR

try:
    from detectron2.layers import Conv2d, ShapeSpec
    from detectron2.modeling import GeneralizedRCNN
    from detectron2.modeling.anchor_generator import DefaultAnchorGenerator
    from detectron2.modeling.backbone import Backbone
    from detectron2.modeling.backbone.fpn import LastLevelMaxPool
    from detectron2.modeling.box_regression import Box2BoxTransform
    from detectron2.modeling.matcher import Matcher
    from detectron2.modeling.poolers import ROIPooler
    from detectron2.modeling.proposal_generator.rpn import RPN, StandardRPNHead
    from detectron2.modeling.roi_heads import FastRCNNConvFCHead, FastRCNNOutputLayers, MaskRCNNConvUpsampleHead, StandardROIHeads
    from transformers import VitDetBackbone, VitDetConfig
except ImportError as error:
    sys.exit(f"{error}; the head of Benchmarks/peers/detector.py says what to install")


class LayerNorm(nn.Module):
    """Over the channels of [N, C, H, W], with the arithmetic that detectron2's class of this name has."""

    def __init__(self, channels, eps=1e-6):
        super().__init__()
        self.weight, self.bias, self.eps = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels)), eps

    def forward(self, x):
        mean = x.mean(1, keepdim=True)
        centred = x - mean
        normal = centred / torch.sqrt(centred.pow(2).mean(1, keepdim=True) + self.eps)
        return self.weight[:, None, None] * normal + self.bias[:, None, None]


class SimpleFeaturePyramid(Backbone):
    """p2 to p5 from the backbone's last map, p6 from p5."""

    def __init__(self, net, config):
        super().__init__()
        self.net, self.top_block, self.square_pad = net, LastLevelMaxPool(), config["square_pad"]
        width, out = config["net"]["embed_dim"], config["out_channels"]
        self._out_features = ["p2", "p3", "p4", "p5", "p6"]
        self._out_feature_strides = {name: 4 << index for index, name in enumerate(self._out_features)}
        self._out_feature_channels = dict.fromkeys(self._out_features, out)
        half, quarter = width // 2, width // 4
        up = {
            "simfp_2": ([nn.ConvTranspose2d(width, half, 2, 2), LayerNorm(half), nn.GELU(),
                         nn.ConvTranspose2d(half, quarter, 2, 2)], quarter),
            "simfp_3": ([nn.ConvTranspose2d(width, half, 2, 2)], half),
            "simfp_4": ([], width),
            "simfp_5": ([nn.MaxPool2d(2, 2)], width),
        }
        for name, (layers, channels) in up.items():
            layers += [Conv2d(channels, out, 1, bias=False, norm=LayerNorm(out)),
                       Conv2d(out, out, 3, padding=1, bias=False, norm=LayerNorm(out))]
            self.add_module(name, nn.Sequential(*layers))

    @property
    def size_divisibility(self):
        return self.square_pad

    def forward(self, pixels):
        last = self.net(pixels).feature_maps[-1]
        maps = [self.get_submodule(f"simfp_{level}")(last) for level in (2, 3, 4, 5)]
        return dict(zip(self._out_features, maps + self.top_block(maps[-1])))


def backbone(config):
    net = config["net"]
    return VitDetBackbone(VitDetConfig(
        hidden_size=net["embed_dim"], num_hidden_layers=net["depth"], num_attention_heads=net["num_heads"],
        mlp_ratio=net["mlp_ratio"], image_size=net["img_size"], pretrain_image_size=net["pretrain_img_size"],
        patch_size=net["patch_size"], window_size=net["window_size"], window_block_indices=net["window_block_indexes"],
        use_relative_position_embeddings=net["use_rel_pos"], layer_norm_eps=net["norm_layer_eps"]))


def backbone_name(name):
    """transformers' name of a parameter that detectron2 calls `backbone.net.…`."""
    for theirs, ours in [("patch_embed.proj", "embeddings.projection"), ("pos_embed", "embeddings.position_embeddings"),
                         ("blocks.", "encoder.layer."), (".attn.", ".attention.")]:
        name = name.replace(theirs, ours)
    return name


def matcher(config):
    return Matcher(config["thresholds"], config["labels"], allow_low_quality_matches=config["allow_low_quality_matches"])


def transform(config):
    return Box2BoxTransform(weights=config["weights"], scale_clamp=config["scale_clamp"])


def pooler(config):
    return ROIPooler(**config)


def proposals(config, channels):
    anchors = DefaultAnchorGenerator(**{key: value for key, value in config["anchor_generator"].items() if key != "type"}
                                     | {"aspect_ratios": [config["anchor_generator"]["aspect_ratios"]]})
    return RPN(
        in_features=config["in_features"],
        head=StandardRPNHead(in_channels=channels, num_anchors=anchors.num_anchors[0], conv_dims=config["head"]["conv_dims"]),
        anchor_generator=anchors, anchor_matcher=matcher(config["anchor_matcher"]),
        box2box_transform=transform(config["box2box_transform"]), batch_size_per_image=config["batch_size_per_image"],
        positive_fraction=config["positive_fraction"], pre_nms_topk=config["pre_nms_topk"],
        post_nms_topk=config["post_nms_topk"], nms_thresh=config["nms_thresh"], min_box_size=config["min_box_size"],
        smooth_l1_beta=config["smooth_l1_beta"])


def heads(config, channels):
    def shape(pooler):
        return ShapeSpec(channels=channels, height=pooler["output_size"], width=pooler["output_size"])

    box, mask, predictor = config["box_head"], config["mask_head"], config["box_predictor"]
    box_head = FastRCNNConvFCHead(shape(config["box_pooler"]), conv_dims=box["conv_dims"], fc_dims=box["fc_dims"],
                                  conv_norm=LayerNorm)
    return StandardROIHeads(
        num_classes=config["num_classes"], batch_size_per_image=config["batch_size_per_image"],
        positive_fraction=config["positive_fraction"], proposal_matcher=matcher(config["proposal_matcher"]),
        proposal_append_gt=config["proposal_append_gt"], box_in_features=config["box_in_features"],
        box_pooler=pooler(config["box_pooler"]), box_head=box_head,
        box_predictor=FastRCNNOutputLayers(
            box_head.output_shape, box2box_transform=transform(predictor["box2box_transform"]),
            num_classes=config["num_classes"], test_score_thresh=predictor["test_score_thresh"],
            test_nms_thresh=predictor["test_nms_thresh"], test_topk_per_image=predictor["test_topk_per_image"],
            smooth_l1_beta=predictor["smooth_l1_beta"]),
        mask_in_features=config["mask_in_features"], mask_pooler=pooler(config["mask_pooler"]),
        mask_head=MaskRCNNConvUpsampleHead(shape(config["mask_pooler"]), num_classes=config["num_classes"],
                                           conv_dims=mask["conv_dims"], conv_norm=LayerNorm))


def detector(folder):
    """The detector of a model directory; every tensor of the file has its place."""
    config = json.loads((folder / "config.json").read_text())
    channels = config["backbone"]["out_channels"]
    model = GeneralizedRCNN(
        backbone=SimpleFeaturePyramid(backbone(config["backbone"]), config["backbone"]),
        proposal_generator=proposals(config["proposal_generator"], channels), roi_heads=heads(config["roi_heads"], channels),
        pixel_mean=config["pixel_mean"], pixel_std=config["pixel_std"], input_format="RGB")
    weights = load_file(folder / "model.safetensors")
    model.load_state_dict({backbone_name(name) if ".net." in name else name: value for name, value in weights.items()})
    return model
