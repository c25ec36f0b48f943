"""ONNX's reference evaluator as a candidate: python onnx_reference.py

Requests are lines of JSON on standard input, answers lines on standard output. Every operator is
one node of ONNX: its name, the operator set that it is of, which parameter is which attribute. What
the node has no word for is a `Skip`; what the evaluator refuses is `invalid_input`. It has no
gradients.
"""
import base64, functools, json, platform, sys

import numpy as np
import onnx
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

FORMATS = {"f32": "<f4", "f64": "<f8", "i64": "<i8", "i32": "<i4", "u8": "u1"}
NAMES = {np.dtype(name).newbyteorder("="): dtype for dtype, name in FORMATS.items()}
TYPES = {"f32": TensorProto.FLOAT, "f64": TensorProto.DOUBLE, "i64": TensorProto.INT64,
         "i32": TensorProto.INT32, "u8": TensorProto.UINT8}
SPECIALS = {"NaN", "Infinity", "-Infinity", "-0"}


class Skip(Exception):
    """ONNX has no words for this case."""


def node(name, opset, inputs=("input",), ranks=None, fixed=(), defaults=(), **attributes):
    """An operator of ONNX; attributes maps the suite's parameters to its own, defaults lists parameters it lacks."""
    return {"name": name, "opset": opset, "inputs": inputs, "ranks": ranks, "fixed": dict(fixed),
            "defaults": dict(defaults), "attributes": attributes}


ROWS = (1, 2, 3, 4, 5)
SAMPLES = (2, 3, 4, 5)
CLASSIFIED = ("input", "target", "weight")

OPS = {
    "celu": node("Celu", 12, alpha="alpha"),
    "elu": node("Elu", 22, alpha="alpha"),
    "exponential": node("Exp", 13),
    "gelu": node("Gelu", 20, approximate="approximate"),
    "hard-sigmoid-affine": node("HardSigmoid", 22, alpha="alpha", beta="beta"),
    "hardmax": node("Hardmax", 13, ranks=ROWS, dim="axis"),
    "hardshrink": node("Shrink", 9, lambd="lambd"),
    "hardswish": node("HardSwish", 22),
    "leaky-relu": node("LeakyRelu", 16, negativeSlope="alpha"),
    "linear": node("Gemm", 13, ("input", "weight", "bias"), ranks=(2,), fixed={"transB": 1}),
    "log-softmax": node("LogSoftmax", 13, ranks=ROWS, dim="axis"),
    "log-sum-exp": node("ReduceLogSumExp", 13, ranks=ROWS, fixed={"keepdims": 0}, dim="axes"),
    "mish": node("Mish", 22),
    "prelu": node("PRelu", 16, ("input", "weight"), ranks=(1, 2)),
    "relu": node("Relu", 14),
    "selu": node("Selu", 22),
    "shrink": node("Shrink", 9, bias="bias", lambd="lambd"),
    "sigmoid": node("Sigmoid", 13),
    "silu": node("Swish", 24, alpha="alpha"),
    "softmax": node("Softmax", 13, ranks=ROWS, dim="axis"),
    "softplus": node("Softplus", 22, defaults={"beta": 1, "threshold": float("inf")}),
    "softsign": node("Softsign", 22),
    "swiglu": node("SwiGLU", 28, ("a", "b"), alpha="alpha"),
    "tanh": node("Tanh", 13),
    "thresholded-relu": node("ThresholdedRelu", 22, alpha="alpha"),
    "cross-entropy": node(
        "SoftmaxCrossEntropyLoss", 13, CLASSIFIED, ranks=SAMPLES, defaults={"labelSmoothing": 0},
        reduction="reduction", ignoreIndex="ignore_index"),
    "nll-loss": node(
        "NegativeLogLikelihoodLoss", 13, CLASSIFIED, ranks=SAMPLES,
        reduction="reduction", ignoreIndex="ignore_index"),
}


def attributes_of(entry, params):
    """The node's attributes; raises for what it has no attribute for."""
    attributes = dict(entry["fixed"])
    for name, value in params.items():
        if name in entry["defaults"]:
            if value != entry["defaults"][name]:
                raise Skip(f"{entry['name']} has no {name}, which is {value} here")
        elif name in entry["attributes"]:
            attribute = entry["attributes"][name]
            attributes[attribute] = value_of(attribute, value)
        else:
            raise TypeError(f"there is no parameter {name}")
    return attributes


def value_of(attribute, value):
    """Integers are axes and classes; every other number is a float in ONNX."""
    if attribute == "axes":
        return [value]
    return value if attribute in ("axis", "ignore_index") or isinstance(value, str) else float(value)


def check(entry, inputs):
    unknown = [name for name in inputs if name not in entry["inputs"]]
    if unknown:
        raise TypeError(f"there is no input {unknown[0]}")
    first = inputs[entry["inputs"][0]]
    if entry["ranks"] and first.ndim not in entry["ranks"]:
        raise Skip(f"{entry['name']} takes no input of rank {first.ndim}")
    target = inputs.get("target")
    if target is not None and target.dtype.kind == "f" and target.shape == first.shape:
        raise Skip(f"{entry['name']} takes no probabilities as target")


@functools.lru_cache(maxsize=256)
def evaluator(name, opset, attributes, inputs, out):
    """Of a model of one node; the empty string keeps the place of an absent input."""
    names = [name for name, _ in inputs]
    graph = helper.make_graph(
        [helper.make_node(name, names, ["out"], **json.loads(attributes))], name,
        [helper.make_tensor_value_info(name, TYPES[dtype], None) for name, dtype in inputs if name],
        [helper.make_tensor_value_info("out", TYPES[out], None)])
    return ReferenceEvaluator(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)]))


def evaluate(entry, inputs, params):
    check(entry, inputs)
    attributes = json.dumps(attributes_of(entry, params))
    places = [(name, NAMES[inputs[name].dtype]) if name in inputs else ("", None)
              for name in entry["inputs"]]
    while places[-1][0] == "":
        places.pop()
    model = evaluator(entry["name"], entry["opset"], attributes, tuple(places), places[0][1])
    return model.run(None, inputs)[0]


# The wire -----------------------------------------------------------------------------------------


def decode(tensor):
    elements = np.frombuffer(base64.b64decode(tensor["b64"]), FORMATS[tensor["dtype"]])
    return elements.reshape(tensor["shape"])


def encode(array):
    array = np.asarray(array)
    return {"dtype": NAMES[array.dtype], "shape": list(array.shape),
            "b64": base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()}


def hello():
    return {
        "protocol": 1,
        "impl": {"name": "onnx-reference", "version": onnx.__version__, "language": "Python",
                 "url": "https://onnx.ai"},
        "env": {"os": platform.system().lower(), "arch": platform.machine(), "device": "cpu",
                "numpy": np.__version__},
        "encodings": ["jsonl"],
        "dtypes": list(FORMATS),
        "dialect": "onnx",
        # Attributes are float32, so defaults such as 0.01 are asked for as ONNX can say them.
        "policy": {"ftz": "none", "signed_zero": "strict", "deterministic": True,
                   "parameters": "f32"},
        "ops": {name: {"grad": []} for name in OPS},
    }


def error(kind, message):
    return {"error": {"kind": kind, "message": str(message)}}


def run(message):
    name = message["op"]
    if name not in OPS:
        return error("unsupported", f"ONNX has no {name}")
    if any(field != "out" for field in message.get("want") or ["out"]):
        return error("unsupported", "ONNX's reference evaluator has no gradients")
    settings = {key: float(value) if value in SPECIALS else value
                for key, value in message.get("params", {}).items()}
    inputs = {key: decode(tensor) for key, tensor in message["in"].items() if tensor}
    try:
        return {"out": encode(evaluate(OPS[name], inputs, settings))}
    except Skip as reason:
        return {"skip": {"reason": str(reason)}}
    except Exception as problem:  # It has no errors of its own: they are NumPy's, and Python's.
        return error("invalid_input", f"{type(problem).__name__}: {problem}")


def answer(message):
    command = message.get("cmd", "run")
    if command == "hello":
        return hello()
    if command == "ping":
        return {"pong": True}
    if command != "run":
        return error("unsupported", f"cmd is {command!r} but should be one of run, hello, ping, bye")
    try:
        return {"id": message.get("id"), **run(message)}
    except Exception as problem:
        return {"id": message.get("id"), **error("internal", repr(problem))}


def main():
    wire, sys.stdout = sys.stdout, sys.stderr  # What libraries print must not get between the answers.
    for line in sys.stdin:
        message = json.loads(line)
        if message.get("cmd") == "bye":
            break
        print(json.dumps(answer(message)), file=wire, flush=True)


if __name__ == "__main__":
    main()
