"""JAX as a candidate, jax.nn and optax: python jax_optax.py

Requests are lines of JSON on standard input, answers lines on standard output. Every operator is
one function: its arguments are the suite's inputs, after the star the suite's parameters, and its
body is the call that users write. It is compiled with jax.jit, as training steps are, and gradients
are those of jax.vjp. Losses of optax have no reduction, so only `none` is answered; what JAX
refuses is `invalid_input`; what it cannot be asked is a `Skip`.
"""
import base64, functools, json, os, platform, sys

os.environ.setdefault("JAX_PLATFORMS", "cpu")
import jax
import jax.numpy as jnp
import numpy as np
import optax
from jax import nn
from optax import losses

OPS = {}
FORMATS = {"f32": "<f4", "i64": "<i8", "i32": "<i4"}
NAMES = {np.dtype(name).newbyteorder("="): dtype for dtype, name in FORMATS.items()}
SPECIALS = {"NaN", "Infinity", "-Infinity", "-0"}


class Skip(Exception):
    """JAX has no words for this case."""


def op(name, *gradients):
    """Offers the function under the suite's name, with the inputs that it has gradients for."""
    def add(function):
        OPS[name] = (function, gradients)
        return function
    return add


def only(value, due, what):
    if value != due:
        raise Skip(f"JAX has no {what}, which is {value} here")


def absent(value, what):
    if value is not None:
        raise Skip(f"JAX has no {what}")


# Activations --------------------------------------------------------------------------------------

op("relu", "input")(lambda input: nn.relu(input))
op("relu6", "input")(lambda input: nn.relu6(input))
op("sigmoid", "input")(lambda input: nn.sigmoid(input))
op("tanh", "input")(lambda input: nn.tanh(input))
op("exponential", "input")(lambda input: jnp.exp(input))
op("selu", "input")(lambda input: nn.selu(input))
op("mish", "input")(lambda input: nn.mish(input))
op("hardswish", "input")(lambda input: nn.hard_swish(input))
op("hardsigmoid", "input")(lambda input: nn.hard_sigmoid(input))
op("logsigmoid", "input")(lambda input: nn.log_sigmoid(input))
op("softsign", "input")(lambda input: nn.soft_sign(input))
op("sparse-plus", "input")(lambda input: nn.sparse_plus(input))
op("sparse-sigmoid", "input")(lambda input: nn.sparse_sigmoid(input))
op("celu", "input")(lambda input, *, alpha: nn.celu(input, alpha))
op("elu", "input")(lambda input, *, alpha: nn.elu(input, alpha))
op("leaky-relu", "input")(lambda input, *, negativeSlope: nn.leaky_relu(input, negativeSlope))
op("squareplus", "input")(lambda input, *, b: nn.squareplus(input, b))
op("clip", "input")(lambda input, *, min, max: jnp.clip(input, min, max))
op("softmax", "input")(lambda input, *, dim: nn.softmax(input, axis=dim))
op("log-softmax", "input")(lambda input, *, dim: nn.log_softmax(input, axis=dim))
op("log-sum-exp", "input")(lambda input, *, dim: nn.logsumexp(input, axis=dim))
op("glu", "input")(lambda input, *, dim: nn.glu(input, axis=dim))


@op("gelu", "input")
def gelu(input, *, approximate):
    if approximate not in ("none", "tanh"):
        raise ValueError(f"approximate is {approximate!r} but should be none or tanh")
    return nn.gelu(input, approximate=approximate == "tanh")


@op("hardtanh", "input")
def hardtanh(input, *, minVal, maxVal):
    only(minVal, -1, "minVal")
    only(maxVal, 1, "maxVal")
    return nn.hard_tanh(input)


@op("silu", "input")
def silu(input, *, alpha):
    only(alpha, 1, "alpha")
    return nn.silu(input)


@op("softplus", "input")
def softplus(input, *, beta, threshold):
    only(beta, 1, "beta")
    only(threshold, float("inf"), "threshold")
    return nn.softplus(input)


@op("sparsemax", "input")
def sparsemax(input, *, dim):
    rows = jnp.moveaxis(input, dim, -1)
    flat = rows.reshape(-1, rows.shape[-1])
    projected = jax.vmap(optax.projections.projection_simplex)(flat)
    return jnp.moveaxis(projected.reshape(rows.shape), -1, dim)


# Losses -------------------------------------------------------------------------------------------

BOTH = ("input", "target")


def is_class(target):
    return not jnp.issubdtype(target.dtype, jnp.floating)


def class_axis(logits):
    return 0 if logits.ndim == 1 else 1


def unignored(inputs, settings):
    """Asked before the compiler, which does not see what the target is."""
    index = settings.get("ignoreIndex")
    if index is not None and "target" in inputs and bool((inputs["target"] == index).any()):
        raise Skip(f"JAX has no ignoreIndex, which is a target here: {index}")


@op("mse-loss", *BOTH)
def mse_loss(input, target, weight=None, *, reduction):
    only(reduction, "none", "reduction")
    absent(weight, "weight")
    return losses.squared_error(input, target)


@op("huber-loss", *BOTH)
def huber_loss(input, target, weight=None, *, delta, reduction):
    only(reduction, "none", "reduction")
    absent(weight, "weight")
    return losses.huber_loss(input, target, delta=delta)


@op("log-cosh-loss", *BOTH)
def log_cosh_loss(input, target, *, reduction):
    only(reduction, "none", "reduction")
    return losses.log_cosh(input, target)


@op("hinge-loss", *BOTH)
def hinge_loss(input, target, *, reduction):
    only(reduction, "none", "reduction")
    return losses.hinge_loss(input, target)


@op("cosine-similarity-loss", *BOTH)
def cosine_similarity_loss(input, target, *, eps, distance, reduction):
    only(reduction, "none", "reduction")
    only(distance, True, "distance")
    return losses.cosine_distance(input, target, epsilon=eps)


@op("binary-cross-entropy-with-logits", *BOTH)
def binary_cross_entropy_with_logits(input, target, weight=None, posWeight=None, *, reduction):
    only(reduction, "none", "reduction")
    absent(weight, "weight")
    absent(posWeight, "posWeight")
    return losses.sigmoid_binary_cross_entropy(input, target)


@op("sigmoid-focal-loss", "input")
def sigmoid_focal_loss(input, target, *, alpha, gamma, reduction):
    only(reduction, "none", "reduction")
    return losses.sigmoid_focal_loss(
        input, target, alpha=None if alpha < 0 else alpha, gamma=gamma)


@op("cross-entropy", *BOTH)
def cross_entropy(input, target, weight=None, *, ignoreIndex, labelSmoothing, reduction):
    only(reduction, "none", "reduction")
    only(labelSmoothing, 0, "labelSmoothing")
    absent(weight, "weight")
    if is_class(target):
        return losses.softmax_cross_entropy_with_integer_labels(
            input, target, axis=class_axis(input))
    only(ignoreIndex, -100, "ignoreIndex")
    return losses.softmax_cross_entropy(input, target, axis=class_axis(input))


@op("poly-1-loss", "input")
def poly_1_loss(input, target, weight=None, *, epsilon, ignoreIndex, reduction):
    only(reduction, "none", "reduction")
    absent(weight, "weight")
    axis = class_axis(input)
    labels = nn.one_hot(target, input.shape[axis], axis=axis)
    return losses.poly_loss_cross_entropy(input, labels, epsilon=epsilon, axis=axis)


@op("kl-div", *BOTH)
def kl_div(input, target, *, logTarget, reduction):
    only(reduction, "none", "reduction")
    divergence = losses.kl_divergence_with_log_targets if logTarget else losses.kl_divergence
    # It sums over one axis; of one that has length 1 the sum is the term.
    return divergence(input[..., None], target[..., None], axis=-1)


@op("triplet-margin-loss", "anchor", "positive", "negative")
def triplet_margin_loss(anchor, positive, negative, *, margin, p, eps, swap, reduction):
    only(reduction, "none", "reduction")
    only(swap, False, "swap")
    return losses.triplet_margin_loss(
        anchor, positive, negative, norm_degree=p, margin=margin, eps=eps)


UNSUPPORTED = {
    "ctc-loss": "optax takes logits, with log-softmax inside, not log-probabilities",
    "tversky-loss": "optax.losses.dice_loss means over classes, and samples stay",
    "linear": "a layer of flax, not of jax.nn",
}

# The wire -----------------------------------------------------------------------------------------


def decode(tensor):
    elements = np.frombuffer(base64.b64decode(tensor["b64"]), FORMATS[tensor["dtype"]])
    # Without x64, integers are of 32 bits; labels fit.
    return jnp.asarray(elements.reshape(tensor["shape"]).astype(
        np.float32 if tensor["dtype"] == "f32" else np.int32))


def encode(array):
    array = np.asarray(array)
    return {"dtype": NAMES[array.dtype], "shape": list(array.shape),
            "b64": base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()}


@functools.lru_cache(maxsize=32)
def compiled(name, settings):
    function, _ = OPS[name]
    return jax.jit(lambda inputs: function(**inputs, **dict(settings)))


@functools.lru_cache(maxsize=32)
def compiled_with_gradients(name, settings, wrt):
    function, _ = OPS[name]

    @jax.jit
    def both(inputs, cotangent):
        rest = {name: array for name, array in inputs.items() if name not in wrt}
        out, pull = jax.vjp(
            lambda chosen: function(**chosen, **rest, **dict(settings)),
            {name: inputs[name] for name in wrt})
        return out, pull(jnp.ones_like(out) if cotangent is None else cotangent)[0]

    return both


def hello():
    return {
        "protocol": 1,
        "impl": {"name": "jax-optax", "version": f"{jax.__version__} / {optax.__version__}",
                 "language": "Python", "url": "https://docs.jax.dev"},
        "env": {"os": platform.system().lower(), "arch": platform.machine(),
                "device": jax.devices()[0].platform, "jit": "yes"},
        "encodings": ["jsonl"],
        "dtypes": list(FORMATS),
        "dialect": "jax",
        # XLA's CPU code takes subnormal numbers as 0 and gives 0 for them.
        "policy": {"ftz": "both", "signed_zero": "strict", "deterministic": True},
        "ops": {name: {"grad": list(gradients)} for name, (_, gradients) in OPS.items()},
        "unsupported": {name: {"reason": reason} for name, reason in UNSUPPORTED.items()},
    }


def error(kind, message):
    return {"error": {"kind": kind, "message": str(message)}}


def run(message):
    name = message["op"]
    if name not in OPS:
        return error("unsupported", UNSUPPORTED.get(name, f"JAX has no {name}"))
    want = message.get("want") or ["out"]
    wrt = tuple(field.removeprefix("grad:") for field in want if field != "out")
    if not set(wrt) <= set(OPS[name][1]):
        return error("unsupported", f"JAX has no gradient for all of {', '.join(wrt)}")
    settings = tuple((key, float(value) if value in SPECIALS else value)
                     for key, value in message.get("params", {}).items())
    inputs = {key: decode(tensor) for key, tensor in message["in"].items() if tensor}
    cotangent = decode(message["grad_out"]) if message.get("grad_out") else None
    try:
        unignored(inputs, dict(settings))
        if wrt:
            out, slopes = compiled_with_gradients(name, settings, wrt)(inputs, cotangent)
        else:
            out, slopes = compiled(name, settings)(inputs), {}
    except Skip as reason:
        return {"skip": {"reason": str(reason)}}
    except (ArithmeticError, AssertionError, IndexError, TypeError, ValueError) as problem:
        return error("invalid_input", problem)
    answer = {"out": encode(out)} if "out" in want else {}
    return answer | {f"grad:{key}": encode(slopes[key]) for key in wrt}


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
