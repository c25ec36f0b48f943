"""An adapter for Touchstone: it answers every line of JSON with one. It needs no packages.

To offer your own operators, put them into OPERATORS and compute them with the code to be judged.
Standard output is for answers alone; whatever else there is to say goes to standard error.
"""
import base64
import json
import math
import sys
from array import array


def sigmoid(x):
    e = math.exp(-abs(x))
    return 1 / (1 + e) if x >= 0 else e / (1 + e)


def sigmoid_slope(x):
    e = math.exp(-abs(x))
    return e / (1 + e) ** 2


# Each with its derivative: a number in, a number out, in double precision.
OPERATORS = {"sigmoid": (sigmoid, sigmoid_slope)}

HELLO = {
    "protocol": 1,
    "impl": {"name": "my-adapter", "version": "0.1", "language": "Python"},
    "encodings": ["jsonl"],
    "dtypes": ["f32"],
    "dialect": "spec",
    "policy": {"ftz": "none", "signed_zero": "strict", "deterministic": True},
    "ops": {name: {"grad": ["input"]} for name in OPERATORS},
}


class Invalid(Exception):
    """What was asked is not legal. It is answered as an error, never as a number."""


def decode(name, tensor):
    if tensor.get("dtype") != "f32":
        raise Invalid(f"{name} is {tensor.get('dtype')} but should be f32")
    numbers = array("f", base64.b64decode(tensor["b64"]))
    if sys.byteorder == "big":
        numbers.byteswap()
    if len(numbers) != math.prod(tensor["shape"]):
        raise Invalid(f"{name} has {len(numbers)} elements: shape {tensor['shape']}")
    return numbers


def encode(shape, numbers):
    rounded = array("f", numbers)
    if sys.byteorder == "big":
        rounded.byteswap()
    return {"dtype": "f32", "shape": shape, "b64": base64.b64encode(rounded.tobytes()).decode()}


def run(message):
    if message["op"] not in OPERATORS:
        return error("unsupported", f"there is no {message['op']}")
    for name in message.get("params", {}):
        raise Invalid(f"there is no parameter {name}")
    f, slope = OPERATORS[message["op"]]
    tensor = message["in"].get("input")
    if tensor is None or len(message["in"]) > 1:
        raise Invalid("there should be one input, called input")
    x = decode("input", tensor)
    cotangent = message.get("grad_out")
    u = decode("grad_out", cotangent) if cotangent else [1.0] * len(x)
    known = {
        "out": lambda: [f(xi) for xi in x],
        "grad:input": lambda: [ui * slope(xi) for xi, ui in zip(x, u)],
    }
    wanted = message.get("want", ["out"])
    for name in wanted:
        if name not in known:
            return error("unsupported", f"there is no {name}")
    return {name: encode(tensor["shape"], known[name]()) for name in wanted}


def error(kind, message):
    return {"error": {"kind": kind, "message": message}}


def answer(message):
    if message.get("cmd", "run") == "run":
        try:
            return {"id": message.get("id"), **run(message)}
        except Invalid as problem:
            return {"id": message.get("id"), **error("invalid_input", str(problem))}
    if message["cmd"] == "hello":
        return HELLO
    if message["cmd"] == "ping":
        return {"pong": True}
    return {"id": message.get("id"), **error("unsupported", f"there is no cmd {message['cmd']}")}


for line in sys.stdin:
    message = json.loads(line)
    if message.get("cmd") == "bye":
        break
    print(json.dumps(answer(message)), flush=True)
