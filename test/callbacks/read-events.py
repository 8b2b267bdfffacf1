"""Prints what is in the event files of a folder: the numbers and histograms as TensorFlow's own reader gives them, which checks every
checksum; the nodes of the graph and the pixels of the images as TensorBoard's does.
python read-events.py FOLDER"""
import json
import pathlib
import sys
import tensorflow as tf
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

folder = sys.argv[1]
found = []
for path in sorted(pathlib.Path(folder).iterdir()):
    for event in tf.compat.v1.train.summary_iterator(str(path)):
        for value in event.summary.value:
            kind = value.WhichOneof("value")
            if kind == "simple_value":
                found.append([event.step, value.tag, value.simple_value])
            if kind == "histo":
                found.append([event.step, value.tag, list(value.histo.bucket)])

board = EventAccumulator(folder, size_guidance={"images": 0}).Reload()
images = [
    [event.step, tag, tf.io.decode_png(event.encoded_image_string).numpy().tolist()]
    for tag in board.Tags()["images"]
    for event in board.Images(tag)
]
nodes = [[node.name, node.op, list(node.input)] for node in board.Graph().node] if board.Tags()["graph"] else None
print(json.dumps({"values": found, "images": images, "nodes": nodes}))
