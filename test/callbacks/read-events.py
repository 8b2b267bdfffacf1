"""Prints the numbers and histograms of the event files in a folder, as TensorFlow's own reader gives them, which checks every checksum.
python read-events.py FOLDER"""
import json
import pathlib
import sys
import tensorflow as tf

found = []
for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    for event in tf.compat.v1.train.summary_iterator(str(path)):
        for value in event.summary.value:
            is_number = value.WhichOneof("value") == "simple_value"
            found.append([event.step, value.tag, value.simple_value if is_number else list(value.histo.bucket)])
print(json.dumps(found))
