"""Formulas as textbooks and posts write them, in NumPy: python numpy_textbook.py

Requests are lines of JSON on standard input, answers lines on standard output. Nothing here is made
for numbers that round: no maximum is subtracted, no log1p, no clamp, no check. It is a candidate to
learn from, and the shortest adapter to copy: every operator is a function of the suite's inputs and,
after the star, the suite's parameters, with its slopes beside it.
"""
import base64, json, platform, sys

import numpy as np

np.seterr(all="ignore")

OPS = {}
FORMATS = {"f32": "<f4", "i64": "<i8", "i32": "<i4"}
SPECIALS = {"NaN", "Infinity", "-Infinity", "-0"}


class Skip(Exception):
    """The textbook does not say."""


def only(value, due, what):
    if value != due:
        raise Skip(f"the textbook has no {what}, which is {value} here")


def absent(value, what):
    if value is not None:
        raise Skip(f"the textbook has no {what}")


# Activations: the value, and its derivative -------------------------------------------------------

def activation(name, f, derivative):
    OPS[name] = (f, {"input": lambda g, input, **p: g * derivative(input, **p)})


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softplus(x):
    return np.log(1 + np.exp(x))


def gelu(input, *, approximate):
    only(approximate, "tanh", "approximate")
    return 0.5 * input * (1 + np.tanh(np.sqrt(2 / np.pi) * (input + 0.044715 * input**3)))


def gelu_slope(x, *, approximate):
    t = np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))
    return 0.5 * (1 + t) + 0.5 * x * (1 - t**2) * np.sqrt(2 / np.pi) * (1 + 3 * 0.044715 * x**2)


def scaled_softplus(input, *, beta, threshold):
    only(threshold, float("inf"), "threshold")
    return softplus(beta * input) / beta


def mish_slope(x):
    t = np.tanh(softplus(x))
    return t + x * sigmoid(x) * (1 - t**2)


SELU_ALPHA, SELU_SCALE = 1.67326, 1.0507

activation("relu", lambda input: np.maximum(0, input), lambda x: np.where(x > 0, 1, 0))
activation("sigmoid", lambda input: sigmoid(input), lambda x: sigmoid(x) * (1 - sigmoid(x)))
activation("tanh",
           lambda input: (np.exp(input) - np.exp(-input)) / (np.exp(input) + np.exp(-input)),
           lambda x: 1 - np.tanh(x) ** 2)
activation("exponential", lambda input: np.exp(input), lambda x: np.exp(x))
activation("logsigmoid", lambda input: np.log(sigmoid(input)), lambda x: 1 - sigmoid(x))
activation("softsign", lambda input: input / (1 + np.abs(input)), lambda x: 1 / (1 + np.abs(x)) ** 2)
activation("softplus", scaled_softplus, lambda x, *, beta, threshold: sigmoid(beta * x))
activation("mish", lambda input: input * np.tanh(softplus(input)), mish_slope)
activation("gelu", gelu, gelu_slope)
activation("tanhshrink", lambda input: input - np.tanh(input), lambda x: np.tanh(x) ** 2)
activation("silu",
           lambda input, *, alpha: input * sigmoid(alpha * input),
           lambda x, *, alpha: sigmoid(alpha * x) * (1 + alpha * x * (1 - sigmoid(alpha * x))))
activation("leaky-relu",
           lambda input, *, negativeSlope: np.where(input > 0, input, negativeSlope * input),
           lambda x, *, negativeSlope: np.where(x > 0, 1, negativeSlope))
activation("elu",
           lambda input, *, alpha: np.where(input > 0, input, alpha * (np.exp(input) - 1)),
           lambda x, *, alpha: np.where(x > 0, 1, alpha * np.exp(x)))
activation("selu",
           lambda input: SELU_SCALE * np.where(input > 0, input, SELU_ALPHA * (np.exp(input) - 1)),
           lambda x: SELU_SCALE * np.where(x > 0, 1, SELU_ALPHA * np.exp(x)))
activation("hardtanh",
           lambda input, *, minVal, maxVal: np.clip(input, minVal, maxVal),
           lambda x, *, minVal, maxVal: np.where((x > minVal) & (x < maxVal), 1, 0))
activation("hardsigmoid",
           lambda input: np.clip(input / 6 + 0.5, 0, 1),
           lambda x: np.where((x > -3) & (x < 3), 1 / 6, 0))
activation("squareplus",
           lambda input, *, b: (input + np.sqrt(input**2 + b)) / 2,
           lambda x, *, b: (1 + x / np.sqrt(x**2 + b)) / 2)


# Rows ---------------------------------------------------------------------------------------------

def softmax(x, axis):
    e = np.exp(x)
    return e / np.sum(e, axis=axis, keepdims=True)


def softmax_slope(g, input, *, dim):
    y = softmax(input, dim)
    return y * (g - np.sum(g * y, axis=dim, keepdims=True))


OPS["softmax"] = (lambda input, *, dim: softmax(input, dim), {"input": softmax_slope})
OPS["log-softmax"] = (
    lambda input, *, dim: np.log(softmax(input, dim)),
    {"input": lambda g, input, *, dim: g - softmax(input, dim) * np.sum(g, axis=dim, keepdims=True)})
OPS["log-sum-exp"] = (
    lambda input, *, dim: np.log(np.sum(np.exp(input), axis=dim)),
    {"input": lambda g, input, *, dim: np.expand_dims(g, dim) * softmax(input, dim)})


# Losses: the term, and its slopes -----------------------------------------------------------------

def reduced(terms, reduction):
    return {"none": lambda: terms, "sum": lambda: np.sum(terms), "mean": lambda: np.mean(terms)}[
        reduction]()


def loss(name, term, **slopes):
    def value(*, reduction, **given):
        return reduced(term(**given), reduction)

    def through(slope):
        def gradient(g, *, reduction, **given):
            terms = term(**given)
            return slope(**given) * (g / np.size(terms) if reduction == "mean" else g)
        return gradient

    OPS[name] = (value, {name: through(slope) for name, slope in slopes.items()})


def unweighted(f):
    """Formulas of posts have no weights."""
    def checked(*, weight=None, posWeight=None, **given):
        absent(weight, "weight")
        absent(posWeight, "posWeight")
        return f(**given)
    return checked


def huber(input, target, *, delta):
    z = np.abs(input - target)
    return np.where(z < delta, 0.5 * z**2, delta * (z - 0.5 * delta))


loss("mse-loss",
     unweighted(lambda input, target: (input - target) ** 2),
     input=unweighted(lambda input, target: 2 * (input - target)),
     target=unweighted(lambda input, target: -2 * (input - target)))
loss("l1-loss",
     unweighted(lambda input, target: np.abs(input - target)),
     input=unweighted(lambda input, target: np.sign(input - target)),
     target=unweighted(lambda input, target: -np.sign(input - target)))
loss("huber-loss",
     unweighted(huber),
     input=unweighted(lambda input, target, *, delta: np.clip(input - target, -delta, delta)),
     target=unweighted(lambda input, target, *, delta: -np.clip(input - target, -delta, delta)))
loss("log-cosh-loss",
     lambda input, target: np.log(np.cosh(input - target)),
     input=lambda input, target: np.tanh(input - target),
     target=lambda input, target: -np.tanh(input - target))
loss("binary-cross-entropy",
     unweighted(lambda input, target: -(target * np.log(input) + (1 - target) * np.log(1 - input))),
     input=unweighted(lambda input, target: (input - target) / (input * (1 - input))))
loss("binary-cross-entropy-with-logits",
     unweighted(lambda input, target: -(target * np.log(sigmoid(input))
                                        + (1 - target) * np.log(1 - sigmoid(input)))),
     input=unweighted(lambda input, target: sigmoid(input) - target))
loss("hinge-loss",
     lambda input, target: np.maximum(0, 1 - target * input),
     input=lambda input, target: np.where(target * input < 1, -target, 0))
loss("soft-margin-loss",
     lambda input, target: np.log(1 + np.exp(-target * input)),
     input=lambda input, target: -target / (1 + np.exp(target * input)))


def class_axis(input):
    return 0 if input.ndim == 1 else 1


def along(weight, axis, ndim):
    """One weight for every class, beside logits."""
    return 1 if weight is None else np.reshape(weight, [-1 if k == axis else 1 for k in range(ndim)])


def one_hot(target, input, ignoreIndex):
    if target.dtype.kind == "f":
        return target
    if np.any(target == ignoreIndex):
        raise Skip("the textbook has no ignoreIndex, which is a target here")
    axis = class_axis(input)
    return np.moveaxis(np.eye(input.shape[axis], dtype=input.dtype)[target], -1, axis)


def distribution(input, target, weight, ignoreIndex, labelSmoothing):
    """Coefficients of the logarithms of all classes."""
    axis = class_axis(input)
    q = one_hot(target, input, ignoreIndex)
    q = (1 - labelSmoothing) * q + labelSmoothing / input.shape[axis]
    return q * along(weight, axis, input.ndim)


def cross_entropy(input, target, weight=None, *, ignoreIndex, labelSmoothing, reduction):
    q = distribution(input, target, weight, ignoreIndex, labelSmoothing)
    axis = class_axis(input)
    return reduced(-np.sum(q * np.log(softmax(input, axis)), axis=axis), reduction)


def cross_entropy_slope(g, input, target, weight=None, *, ignoreIndex, labelSmoothing, reduction):
    q = distribution(input, target, weight, ignoreIndex, labelSmoothing)
    axis = class_axis(input)
    slopes = softmax(input, axis) * np.sum(q, axis=axis, keepdims=True) - q
    return slopes * shared(g, input, axis, reduction)


def shared(g, input, axis, reduction):
    """What comes back to each sample; the mean is over N, weights or not."""
    samples = np.size(input) / input.shape[axis]
    return g / samples if reduction == "mean" else np.expand_dims(g, axis) if g.ndim else g


def nll_loss(input, target, weight=None, *, ignoreIndex, reduction):
    q = distribution(input, target, weight, ignoreIndex, 0)
    return reduced(-np.sum(q * input, axis=class_axis(input)), reduction)


def nll_loss_slope(g, input, target, weight=None, *, ignoreIndex, reduction):
    q = distribution(input, target, weight, ignoreIndex, 0)
    return -q * shared(g, input, class_axis(input), reduction)


def kl_div(input, target, *, logTarget, reduction):
    terms = np.exp(target) * (target - input) if logTarget else target * (np.log(target) - input)
    return np.sum(terms) / len(input) if reduction == "batchmean" else reduced(terms, reduction)


OPS["cross-entropy"] = (cross_entropy, {"input": cross_entropy_slope})
OPS["nll-loss"] = (nll_loss, {"input": nll_loss_slope})
OPS["kl-div"] = (kl_div, {})

# The wire -----------------------------------------------------------------------------------------


def decode(tensor):
    elements = np.frombuffer(base64.b64decode(tensor["b64"]), FORMATS[tensor["dtype"]])
    return elements.reshape(tensor["shape"])


def encode(array):
    array = np.asarray(array, "<f4")
    return {"dtype": "f32", "shape": list(array.shape),
            "b64": base64.b64encode(array.tobytes()).decode()}


def hello():
    return {
        "protocol": 1,
        "impl": {"name": "numpy-textbook", "version": np.__version__, "language": "Python"},
        "env": {"os": platform.system().lower(), "arch": platform.machine(), "device": "cpu"},
        "encodings": ["jsonl"],
        "commands": ["sweep"],
        "dtypes": list(FORMATS),
        "dialect": "spec",
        "policy": {"ftz": "none", "signed_zero": "strict", "deterministic": True},
        "ops": {name: {"grad": list(slopes)} for name, (_, slopes) in OPS.items()},
    }


def error(kind, message):
    return {"error": {"kind": kind, "message": str(message)}}


def run(message):
    name = message["op"]
    if name not in OPS:
        return error("unsupported", f"the textbook has no {name}")
    function, slopes = OPS[name]
    want = message.get("want") or ["out"]
    wrt = [field.removeprefix("grad:") for field in want if field != "out"]
    if not set(wrt) <= set(slopes):
        return error("unsupported", f"the textbook has no gradient for all of {', '.join(wrt)}")
    given = {key: float(value) if value in SPECIALS else value
             for key, value in message.get("params", {}).items()}
    given |= {key: decode(tensor) for key, tensor in message["in"].items() if tensor}
    try:
        out = encode(function(**given))
        g = decode(message["grad_out"]) if message.get("grad_out") else np.ones(out["shape"], "<f4")
        gradients = {f"grad:{key}": encode(slopes[key](g, **given)) for key in wrt}
    except Skip as reason:
        return {"skip": {"reason": str(reason)}}
    except (ArithmeticError, IndexError, KeyError, TypeError, ValueError) as problem:
        return error("invalid_input", repr(problem))
    return ({"out": out} if "out" in want else {}) | gradients


def from_patterns(message):
    """A sweep has no tensor: its input are the numbers of consecutive bit patterns."""
    dtype, first, count = message["dtype"], int(message["start"], 16), message["count"]
    bits = np.arange(first, first + count).astype("<u4" if dtype == "f32" else "<u2")
    tensor = {"dtype": dtype, "shape": [count], "b64": base64.b64encode(bits.tobytes())}
    return {**message, "in": {"input": tensor}}


def answer(message):
    command = message.get("cmd", "run")
    if command == "hello":
        return hello()
    if command == "ping":
        return {"pong": True}
    if command not in ("run", "sweep"):
        return error(
            "unsupported", f"cmd is {command!r} but should be one of run, sweep, hello, ping, bye")
    try:
        case = from_patterns(message) if command == "sweep" else message
        return {"id": message.get("id"), **run(case)}
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
