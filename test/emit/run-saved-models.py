"""Loads SavedModels and calls their signatures: requests as JSON on stdin, answers as JSON on stdout."""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf


def described(specs):
    return {name: f"{spec.dtype.name}{spec.shape.as_list()}" for name, spec in specs.items()}


def answer(request):
    model = tf.saved_model.load(request["folder"])
    signatures = {
        name: {
            "inputs": described(function.structured_input_signature[1]),
            "outputs": described(function.structured_outputs),
        }
        for name, function in model.signatures.items()
        if not name.startswith("__")
    }
    results = []
    for call in request["calls"]:
        inputs = {
            name: tf.reshape(tf.constant(value["data"], value["dtype"]), value["shape"])
            for name, value in call["inputs"].items()
        }
        outputs = model.signatures[call["signature"]](**inputs)
        results.append(
            {
                name: {
                    "data": tf.reshape(value, [-1]).numpy().tolist(),
                    "shape": value.shape.as_list(),
                    "dtype": value.dtype.name,
                }
                for name, value in outputs.items()
            }
        )
    return {"signatures": signatures, "results": results}


print(json.dumps([answer(request) for request in json.load(sys.stdin)]))
