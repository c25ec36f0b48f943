"""tinygrad as a candidate: python tinygrad_adapter.py

Requests are lines of JSON on standard input, answers lines on standard output. Every operator is
one function: its arguments are the suite's inputs, after the star the suite's parameters, and its
body is the call that users write. What tinygrad refuses is `invalid_input`; what it cannot be asked
is a `Skip`. Gradients are those of Tensor.gradient. Its CPU backend needs clang on the path.
"""
import base64, json, os, platform, sys
from importlib.metadata import version

os.environ.setdefault("DEV", "CPU")
import numpy as np
from tinygrad import Device, Tensor

OPS = {}
FORMATS = {"f32": "<f4", "i64": "<i8", "i32": "<i4", "u8": "u1"}
NAMES = {np.dtype(name).newbyteorder("="): dtype for dtype, name in FORMATS.items()}
SPECIALS = {"NaN", "Infinity", "-Infinity", "-0"}


class Skip(Exception):
    """tinygrad has no words for this case."""


def op(name, *gradients):
    """Offers the function under the suite's name, with the inputs that it has gradients for."""
    def add(function):
        OPS[name] = (function, gradients)
        return function
    return add


def only(value, due, what):
    if value != due:
        raise Skip(f"tinygrad has no {what}, which is {value} here")


def absent(value, what):
    if value is not None:
        raise Skip(f"tinygrad has no {what}")


# Activations --------------------------------------------------------------------------------------

op("relu", "input")(lambda input: input.relu())
op("relu6", "input")(lambda input: input.relu6())
op("sigmoid", "input")(lambda input: input.sigmoid())
op("tanh", "input")(lambda input: input.tanh())
op("exponential", "input")(lambda input: input.exp())
op("selu", "input")(lambda input: input.selu())
op("mish", "input")(lambda input: input.mish())
op("hardswish", "input")(lambda input: input.hardswish())
op("hardsigmoid", "input")(lambda input: input.hardsigmoid())
op("logsigmoid", "input")(lambda input: input.logsigmoid())
op("softsign", "input")(lambda input: input.softsign())
op("celu", "input")(lambda input, *, alpha: input.celu(alpha))
op("elu", "input")(lambda input, *, alpha: input.elu(alpha))
op("gelu", "input")(lambda input, *, approximate: input.gelu(approximate))
op("leaky-relu", "input")(lambda input, *, negativeSlope: input.leaky_relu(negativeSlope))
op("hard-sigmoid-affine", "input")(lambda input, *, alpha, beta: input.hardsigmoid(alpha, beta))
op("hardtanh", "input")(lambda input, *, minVal, maxVal: input.hardtanh(minVal, maxVal))
op("clip", "input")(lambda input, *, min, max: input.clip(min, max))
op("softmax", "input")(lambda input, *, dim: input.softmax(dim))
op("log-softmax", "input")(lambda input, *, dim: input.log_softmax(dim))
op("log-sum-exp", "input")(lambda input, *, dim: input.logsumexp(dim))


@op("silu", "input")
def silu(input, *, alpha):
    only(alpha, 1, "alpha")
    return input.silu()


@op("softplus", "input")
def softplus(input, *, beta, threshold):
    only(threshold, float("inf"), "threshold")
    return input.softplus(beta)


@op("linear", "input", "weight", "bias")
def linear(input, weight, bias=None):
    return input.linear(weight.transpose(), bias)


# Losses -------------------------------------------------------------------------------------------

BOTH = ("input", "target")


def reduced(terms, reduction):
    if reduction not in ("none", "mean", "sum"):
        raise ValueError(f"reduction is {reduction!r} but should be none, mean or sum")
    return terms if reduction == "none" else getattr(terms, reduction)()


@op("l1-loss", *BOTH)
def l1_loss(input, target, weight=None, *, reduction):
    absent(weight, "weight")
    return reduced((input - target).abs(), reduction)


@op("mse-loss", *BOTH)
def mse_loss(input, target, weight=None, *, reduction):
    absent(weight, "weight")
    return reduced((input - target).square(), reduction)


@op("binary-cross-entropy", *BOTH)
def binary_cross_entropy(input, target, weight=None, *, reduction):
    absent(weight, "weight")
    return input.binary_crossentropy(target, reduction)


@op("binary-cross-entropy-with-logits", *BOTH)
def binary_cross_entropy_with_logits(input, target, weight=None, posWeight=None, *, reduction):
    absent(weight, "weight")
    return input.binary_crossentropy_logits(target, reduction, pos_weight=posWeight)


@op("nll-loss", "input")
def nll_loss(input, target, weight=None, *, ignoreIndex, reduction):
    return input.nll_loss(target, weight, ignore_index=ignoreIndex, reduction=reduction)


@op("cross-entropy", *BOTH)
def cross_entropy(input, target, weight=None, *, ignoreIndex, labelSmoothing, reduction):
    absent(weight, "weight")
    if bool((target.numpy() == ignoreIndex).any()):
        raise Skip("tinygrad has no ignoreIndex, which is a target here")
    return input.cross_entropy(target, reduction, label_smoothing=labelSmoothing)


# The wire -----------------------------------------------------------------------------------------


def decode(tensor):
    elements = np.frombuffer(base64.b64decode(tensor["b64"]), FORMATS[tensor["dtype"]])
    return Tensor(elements.reshape(tensor["shape"]).copy())


def encode(tensor):
    array = np.ascontiguousarray(tensor.numpy()).reshape(tensor.shape)
    return {"dtype": NAMES[array.dtype], "shape": list(array.shape),
            "b64": base64.b64encode(array.tobytes()).decode()}


def hello():
    return {
        "protocol": 1,
        "impl": {"name": "tinygrad", "version": version("tinygrad"), "language": "Python",
                 "url": "https://tinygrad.org"},
        "env": {"os": platform.system().lower(), "arch": platform.machine(),
                "device": Device.DEFAULT},
        "encodings": ["jsonl"],
        "dtypes": list(FORMATS),
        "dialect": "tinygrad",
        "policy": {"ftz": "none", "signed_zero": "strict", "deterministic": True},
        "ops": {name: {"grad": list(gradients)} for name, (_, gradients) in OPS.items()},
    }


def error(kind, message):
    return {"error": {"kind": kind, "message": str(message)}}


def run(message):
    name = message["op"]
    if name not in OPS:
        return error("unsupported", f"tinygrad has no {name}")
    function, gradients = OPS[name]
    want = message.get("want") or ["out"]
    wrt = [field.removeprefix("grad:") for field in want if field != "out"]
    if not set(wrt) <= set(gradients):
        return error("unsupported", f"tinygrad has no gradient for all of {', '.join(wrt)}")
    settings = {key: float(value) if value in SPECIALS else value
                for key, value in message.get("params", {}).items()}
    inputs = {key: decode(tensor) for key, tensor in message["in"].items() if tensor}
    try:
        out = function(**inputs, **settings)
    except Skip as reason:
        return {"skip": {"reason": str(reason)}}
    except (ArithmeticError, AssertionError, IndexError, RuntimeError, TypeError, ValueError) as problem:
        return error("invalid_input", problem)
    answer = {"out": encode(out)} if "out" in want else {}
    if wrt:
        cotangent = decode(message["grad_out"]) if message.get("grad_out") else out.ones_like()
        slopes = out.gradient(*(inputs[key] for key in wrt), gradient=cotangent)
        answer |= {f"grad:{key}": encode(slope) for key, slope in zip(wrt, slopes)}
    return answer


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
