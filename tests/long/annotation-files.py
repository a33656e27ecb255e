"""Reads annotation files that Innotater wrote with other programs, and prints what they hold as JSON: by image [class, x, y, w, h].

    python annotation-files.py FOLDER    # globox 2.9.0, pycocotools 2.0.11, numpy, pandas, pillow
"""
import json
import sys
from pathlib import Path

import pandas as pd
from globox import AnnotationSet
from PIL import Image, ImageOps
from pycocotools.coco import COCO

root = Path(sys.argv[1])


def listed(annotations, names=None):
    """Boxes by image, rounded to what YOLO's fractions leave."""
    return {
        Path(a.image_id).name: [
            [names[int(b.label)] if names else b.label, *(round(v, 4) for v in (b.xmin, b.ymin, b.xmax - b.xmin, b.ymax - b.ymin))]
            for b in a.boxes
        ]
        for a in annotations
    }


def coco():
    file = COCO(str(root / "coco" / "annotations.json"))
    names = {c["id"]: c["name"] for c in file.dataset["categories"]}
    return {
        image["file_name"]: [[names[a["category_id"]], *a["bbox"]] for a in file.loadAnns(file.getAnnIds(imgIds=image["id"]))]
        for image in file.dataset["images"]
    }


def csv():
    table = pd.read_csv(root / "csv" / "boxes.csv")
    return {
        file: rows.dropna(subset=["x"])[["class", "x", "y", "w", "h"]].values.tolist() for file, rows in table.groupby("file")
    }


def rle():
    """The segmentation that Innotater kept, decoded by pycocotools, with the annotation's area and box."""
    file = COCO(str(root / "kept.json"))
    crowd = next(a for a in file.dataset["annotations"] if a["iscrowd"])
    return {"pixels": int(file.annToMask(crowd).sum()), "area": crowd["area"], "bbox": crowd["bbox"]}


# globox wants images of one ending, and takes their size before EXIF turns them.
(root / "jpg").mkdir()
for image in (root / "images").iterdir():
    ImageOps.exif_transpose(Image.open(image)).convert("RGB").save(root / "jpg" / f"{image.stem}.jpg")

stdout, sys.stdout = sys.stdout, sys.stderr
names = json.loads((root / "names.json").read_text())
read = {
    "coco": coco(),
    "globox": listed(AnnotationSet.from_coco(root / "coco" / "annotations.json")),
    "voc": listed(AnnotationSet.from_pascal_voc(root / "voc" / "Annotations")),
    "yolo": listed(AnnotationSet.from_yolo_v5(root / "yolo" / "labels", image_folder=root / "jpg"), names),
    "csv": csv(),
    "rle": rle(),
}
json.dump(read, stdout)
