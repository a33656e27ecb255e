"""Writes oracle.json: what numpy and OpenCV make of the same samples. Run by hand: python3 tests/kernels/oracle.py

Samples are bytes (i * i * 31 + i * 7) >> 3 & 255, so that the test can make them too.
"""

import json
import pathlib

import cv2
import numpy as np


def samples(count):
    i = np.arange(count, dtype=np.int64)
    return ((i * i * 31 + i * 7) >> 3 & 255).astype(np.uint8)


def to_hex(array):
    return np.ascontiguousarray(array, dtype=np.uint8).tobytes().hex()


def quantized(values, scale, offset):
    with np.errstate(invalid="ignore", over="ignore"):
        affine = values.astype(np.float32) * np.float32(scale) + np.float32(offset)
    return np.clip(np.rint(np.nan_to_num(affine, nan=0, posinf=255, neginf=0)), 0, 255)


def area_weights(length, reduced):
    step = length / reduced
    from_, to = np.arange(reduced)[:, None] * step, (np.arange(reduced)[:, None] + 1) * step
    at = np.arange(length)[None, :]
    return np.clip(np.minimum(to, at + 1) - np.maximum(from_, at), 0, None) / step


def weighted_area(rgba, width, height):
    rows, columns = area_weights(rgba.shape[0], height), area_weights(rgba.shape[1], width)
    alpha = rgba[..., 3:].astype(np.float64)
    both = np.concatenate([rgba[..., :3] * alpha, alpha], axis=2)
    sums = np.einsum("jy,yxc,ix->jic", rows, both, columns)
    colour = np.divide(sums[..., :3], sums[..., 3:], out=np.zeros_like(sums[..., :3]), where=sums[..., 3:] > 0)
    return np.floor(np.concatenate([colour, sums[..., 3:]], axis=2) + 0.5)


WIDTH, HEIGHT = 31, 22
SIZES = [(31, 22), (30, 21), (13, 9), (7, 22), (31, 5), (4, 3), (1, 1)]
picture = samples(WIDTH * HEIGHT * 4).reshape(HEIGHT, WIDTH, 4)
opaque = picture.copy()
opaque[..., 3] = 255
affine = ([51.3, -0.7, 255], [1.75, 200, -20.5])

byte_affine = ([0.7, -0.7, 1.3], [1.75, 200, -20.5])

halves = samples(2 * 600).view(np.float16)
wide = samples(2 * 600).view(np.uint16)


def triples(values, scale, offset):
    return np.stack([quantized(values[c::3], scale[c], offset[c]) for c in range(3)], 1)



answers = {
    "made by": f"numpy {np.__version__}, OpenCV {cv2.__version__}",
    "width": WIDTH,
    "height": HEIGHT,
    "affine": affine,
    "byteAffine": byte_affine,
    "bytes": to_hex(triples(samples(600), *byte_affine)),
    "halves": to_hex(triples(halves[:600], *affine)),
    "wide": to_hex(np.clip(wide[:600], 0, 255)),
    "bgr": to_hex(cv2.cvtColor(samples(600).reshape(1, 200, 3), cv2.COLOR_BGR2RGBA)),
    "opaque": [[w, h, to_hex(cv2.resize(opaque, (w, h), interpolation=cv2.INTER_AREA))] for w, h in SIZES],
    "transparent": [[w, h, to_hex(weighted_area(picture, w, h))] for w, h in SIZES],
}
pathlib.Path(__file__).with_name("oracle.json").write_text(json.dumps(answers, indent=2) + "\n")
