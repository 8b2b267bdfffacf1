"""Loads SavedModels and calls their signatures: requests as JSON on stdin, answers as JSON on stdout."""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf
from tensorflow.python.saved_model import loader_impl


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
    return {"signatures": signatures, "results": results, **nodes(request["folder"])}


def nodes(folder):
    """What the file's nodes say of their outputs, which TensorFlow has checked against what it infers, and those that nothing reads."""
    meta = loader_impl.parse_saved_model(folder).meta_graphs[0]
    said = [(node, node.attr["_output_shapes"].list.shape) for node in meta.graph_def.node]
    read = {name.lstrip("^").split(":")[0] for node in meta.graph_def.node for name in node.input}
    for signature in meta.signature_def.values():
        ends = [*signature.inputs.values(), *signature.outputs.values()]
        read.update(end.name.split(":")[0] for end in ends)
    return {
        "shapes": {node.name: [str(tf.TensorShape(one)) for one in shapes] for node, shapes in said if shapes},
        "unread": [node.name for node in meta.graph_def.node if node.name not in read],
    }


print(json.dumps([answer(request) for request in json.load(sys.stdin)]))
