"""Keras 3 on TensorFlow as a candidate: python keras_3.py

Requests are lines of JSON on standard input, answers lines on standard output. Every operator is
one function: its arguments are the suite's inputs, after the star the suite's parameters, and its
body is the call that users write. Keras puts classes last and takes the target first. Its losses of
elements first mean over the last axis, so that, unless the mean is asked for, each element gets an
axis of its own. What Keras refuses is `invalid_input`; what it cannot be asked is a `Skip`.
Gradients are those of tf.GradientTape.
"""
import base64, json, os, platform, sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import keras
import numpy as np
import tensorflow as tf
from keras import activations, losses, ops

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

OPS = {}
FORMATS = {"f32": "<f4", "f64": "<f8", "i64": "<i8", "i32": "<i4", "u8": "u1"}
NAMES = {np.dtype(name).newbyteorder("="): dtype for dtype, name in FORMATS.items()}
SPECIALS = {"NaN", "Infinity", "-Infinity", "-0"}
REDUCTIONS = {"mean": "sum_over_batch_size"}


class Skip(Exception):
    """Keras has no words for this case."""


def op(name, *gradients):
    """Offers the function under the suite's name, with the inputs that it has gradients for."""
    def add(function):
        OPS[name] = (function, gradients)
        return function
    return add


def only(value, due, what):
    if value != due:
        raise Skip(f"Keras has no {what}, which is {value} here")


def absent(value, what):
    if value is not None:
        raise Skip(f"Keras has no {what}")


# Activations --------------------------------------------------------------------------------------

op("relu", "input")(lambda input: activations.relu(input))
op("relu6", "input")(lambda input: activations.relu6(input))
op("sigmoid", "input")(lambda input: activations.sigmoid(input))
op("tanh", "input")(lambda input: activations.tanh(input))
op("exponential", "input")(lambda input: activations.exponential(input))
op("selu", "input")(lambda input: activations.selu(input))
op("mish", "input")(lambda input: activations.mish(input))
op("hardswish", "input")(lambda input: activations.hard_silu(input))
op("hardsigmoid", "input")(lambda input: activations.hard_sigmoid(input))
op("logsigmoid", "input")(lambda input: activations.log_sigmoid(input))
op("softsign", "input")(lambda input: activations.softsign(input))
op("tanhshrink", "input")(lambda input: activations.tanh_shrink(input))
op("sparse-plus", "input")(lambda input: activations.sparse_plus(input))
op("sparse-sigmoid", "input")(lambda input: activations.sparse_sigmoid(input))
op("celu", "input")(lambda input, *, alpha: activations.celu(input, alpha))
op("elu", "input")(lambda input, *, alpha: activations.elu(input, alpha))
op("leaky-relu", "input")(lambda input, *, negativeSlope: activations.leaky_relu(input, negativeSlope))
op("squareplus", "input")(lambda input, *, b: activations.squareplus(input, b))
op("hardshrink", "input")(lambda input, *, lambd: activations.hard_shrink(input, lambd))
op("softshrink", "input")(lambda input, *, lambd: activations.soft_shrink(input, lambd))
op("threshold", "input")(
    lambda input, *, threshold, value: activations.threshold(input, threshold, value))
op("clip", "input")(lambda input, *, min, max: ops.clip(input, min, max))
op("softmax", "input")(lambda input, *, dim: activations.softmax(input, axis=dim))
op("log-softmax", "input")(lambda input, *, dim: activations.log_softmax(input, axis=dim))
op("log-sum-exp", "input")(lambda input, *, dim: ops.logsumexp(input, axis=dim))
op("glu", "input")(lambda input, *, dim: activations.glu(input, axis=dim))
op("sparsemax", "input")(lambda input, *, dim: activations.sparsemax(input, axis=dim))


@op("gelu", "input")
def gelu(input, *, approximate):
    if approximate not in ("none", "tanh"):
        raise ValueError(f"approximate is {approximate!r} but should be none or tanh")
    return activations.gelu(input, approximate=approximate == "tanh")


@op("hardtanh", "input")
def hardtanh(input, *, minVal, maxVal):
    only(minVal, -1, "minVal")
    only(maxVal, 1, "maxVal")
    return activations.hard_tanh(input)


@op("silu", "input")
def silu(input, *, alpha):
    only(alpha, 1, "alpha")
    return activations.silu(input)


@op("softplus", "input")
def softplus(input, *, beta, threshold):
    only(beta, 1, "beta")
    only(threshold, float("inf"), "threshold")
    return activations.softplus(input)


# Losses -------------------------------------------------------------------------------------------

BOTH = ("input", "target")


def elements(loss, input, target, reduction, weight=None):
    """A loss that means over the last axis before it reduces."""
    if reduction != "mean" or weight is not None or len(input.shape) == 0:
        input, target = input[..., None], target[..., None]
    return rows(loss, input, target, reduction, weight)


def rows(loss, input, target, reduction, weight=None):
    """A loss that reduces over the rows that it is made of."""
    return loss(reduction=REDUCTIONS.get(reduction, reduction))(target, input, sample_weight=weight)


def with_epsilon(eps, answer):
    keras.config.set_epsilon(eps)
    try:
        return answer()
    finally:
        keras.config.set_epsilon(1e-7)


def made(loss, **options):
    return lambda reduction: loss(reduction=reduction, **options)


def classes_last(tensor):
    return tensor if len(tensor.shape) < 3 else ops.moveaxis(tensor, 1, -1)


def batched(input):
    if len(input.shape) == 1:
        raise Skip("Keras takes batches of samples, not one without an axis")


def unignored(target, ignoreIndex):
    if bool(ops.any(ops.equal(target, ignoreIndex))):
        raise Skip("Keras has no ignoreIndex here, which is a target")


@op("l1-loss", *BOTH)
def l1_loss(input, target, weight=None, *, reduction):
    absent(weight, "weight")
    return elements(losses.MeanAbsoluteError, input, target, reduction)


@op("mse-loss", *BOTH)
def mse_loss(input, target, weight=None, *, reduction):
    absent(weight, "weight")
    return elements(losses.MeanSquaredError, input, target, reduction)


@op("huber-loss", *BOTH)
def huber_loss(input, target, weight=None, *, delta, reduction):
    absent(weight, "weight")
    return elements(made(losses.Huber, delta=delta), input, target, reduction)


@op("log-cosh-loss", *BOTH)
def log_cosh_loss(input, target, *, reduction):
    return elements(losses.LogCosh, input, target, reduction)


@op("mape-loss", *BOTH)
def mape_loss(input, target, *, eps, reduction):
    loss = losses.MeanAbsolutePercentageError
    return with_epsilon(eps, lambda: elements(loss, input, target, reduction))


@op("msle-loss", *BOTH)
def msle_loss(input, target, *, eps, reduction):
    loss = losses.MeanSquaredLogarithmicError
    return with_epsilon(eps, lambda: elements(loss, input, target, reduction))


@op("poisson-nll-loss", *BOTH)
def poisson_nll_loss(input, target, *, logInput, full, eps, reduction):
    only(logInput, False, "logInput")
    only(full, False, "full")
    return with_epsilon(eps, lambda: elements(losses.Poisson, input, target, reduction))


@op("hinge-loss", *BOTH)
def hinge_loss(input, target, *, reduction):
    return elements(losses.Hinge, input, target, reduction)


@op("squared-hinge-loss", *BOTH)
def squared_hinge_loss(input, target, *, reduction):
    return elements(losses.SquaredHinge, input, target, reduction)


@op("categorical-hinge-loss", "input")
def categorical_hinge_loss(input, target, *, reduction):
    return rows(losses.CategoricalHinge, input, target, reduction)


@op("cosine-similarity-loss", *BOTH)
def cosine_similarity_loss(input, target, *, eps, distance, reduction):
    only(distance, False, "distance")
    return with_epsilon(eps, lambda: rows(losses.CosineSimilarity, input, target, reduction))


@op("binary-cross-entropy", *BOTH)
def binary_cross_entropy(input, target, weight=None, *, reduction):
    return elements(losses.BinaryCrossentropy, input, target, reduction,
                    None if weight is None else ops.broadcast_to(weight, input.shape))


@op("binary-cross-entropy-with-logits", *BOTH)
def binary_cross_entropy_with_logits(input, target, weight=None, posWeight=None, *, reduction):
    absent(weight, "weight")
    absent(posWeight, "posWeight")
    return elements(
        made(losses.BinaryCrossentropy, from_logits=True), input, target, reduction)


@op("sigmoid-focal-loss", "input")
def sigmoid_focal_loss(input, target, *, alpha, gamma, reduction):
    balance = {"apply_class_balancing": True, "alpha": alpha} if alpha >= 0 else {}
    loss = made(losses.BinaryFocalCrossentropy, from_logits=True, gamma=gamma, **balance)
    return elements(loss, input, target, reduction)


@op("cross-entropy", *BOTH)
def cross_entropy(input, target, weight=None, *, ignoreIndex, labelSmoothing, reduction):
    absent(weight, "weight")
    if target.dtype.is_floating:
        only(ignoreIndex, -100, "ignoreIndex beside distributions")
        loss = made(losses.CategoricalCrossentropy, from_logits=True, label_smoothing=labelSmoothing)
        return rows(loss, classes_last(input), classes_last(target), reduction)
    only(labelSmoothing, 0, "labelSmoothing of classes")
    batched(input)
    loss = made(
        losses.SparseCategoricalCrossentropy, from_logits=True, ignore_class=ignoreIndex)
    return rows(loss, classes_last(input), target, reduction)


@op("focal-loss", "input")
def focal_loss(input, target, weight=None, *, gamma, ignoreIndex, reduction):
    absent(weight, "weight")
    unignored(target, ignoreIndex)
    logits = classes_last(input)
    loss = made(losses.CategoricalFocalCrossentropy, from_logits=True, alpha=1.0, gamma=gamma)
    return rows(loss, logits, ops.one_hot(target, logits.shape[-1]), reduction)


@op("generalized-cross-entropy", "input")
def generalized_cross_entropy(input, target, weight=None, *, q, ignoreIndex, reduction):
    absent(weight, "weight")
    unignored(target, ignoreIndex)
    batched(input)
    if q in (0, 1):
        raise Skip("Keras takes 0 < q < 1")
    # It takes probabilities, which models that use it return.
    probabilities = activations.softmax(classes_last(input), axis=-1)
    loss = made(losses.CategoricalGeneralizedCrossEntropy, q=q)
    return rows(loss, probabilities, target, reduction)


@op("dice-loss", *BOTH)
def dice_loss(input, target, *, smooth, reduction):
    only(smooth, 0, "smooth")
    axis = tuple(range(2, len(input.shape)))
    return rows(made(losses.Dice, axis=axis), input, target, reduction)


@op("tversky-loss", *BOTH)
def tversky_loss(input, target, *, alpha, beta, smooth, reduction):
    only(smooth, 0, "smooth")
    axis = tuple(range(2, len(input.shape)))
    return rows(made(losses.Tversky, alpha=alpha, beta=beta, axis=axis), input, target, reduction)


UNSUPPORTED = {
    "ctc-loss": "Keras takes logits, with log-softmax inside, not log-probabilities",
    "kl-div": "Keras takes probabilities, not their logarithms",
    "linear": "a layer, not a function",
    "prelu": "a layer, not a function",
}

# The wire -----------------------------------------------------------------------------------------


def decode(tensor):
    elements = np.frombuffer(base64.b64decode(tensor["b64"]), FORMATS[tensor["dtype"]])
    return tf.constant(elements.reshape(tensor["shape"]))


def encode(tensor):
    array = np.asarray(tensor)
    return {"dtype": NAMES[array.dtype], "shape": list(array.shape),
            "b64": base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()}


def hello():
    return {
        "protocol": 1,
        "impl": {"name": "keras", "version": f"{keras.__version__} / tensorflow {tf.__version__}",
                 "language": "Python", "url": "https://keras.io"},
        "env": {"os": platform.system().lower(), "arch": platform.machine(), "device": "cpu",
                "backend": keras.backend.backend(), "threads": "1"},
        "encodings": ["jsonl"],
        "dtypes": list(FORMATS),
        "dialect": "keras",
        # TensorFlow's CPU kernels take subnormal numbers as 0 and give 0 for them.
        "policy": {"ftz": "both", "signed_zero": "strict", "deterministic": True},
        "ops": {name: {"grad": list(gradients)} for name, (_, gradients) in OPS.items()},
        "unsupported": {name: {"reason": reason} for name, reason in UNSUPPORTED.items()},
    }


def error(kind, message):
    return {"error": {"kind": kind, "message": str(message)}}


def run(message):
    name = message["op"]
    if name not in OPS:
        return error("unsupported", UNSUPPORTED.get(name, f"Keras has no {name}"))
    function, gradients = OPS[name]
    want = message.get("want") or ["out"]
    wrt = [field.removeprefix("grad:") for field in want if field != "out"]
    if not set(wrt) <= set(gradients):
        return error("unsupported", f"Keras has no gradient for all of {', '.join(wrt)}")
    settings = {key: float(value) if value in SPECIALS else value
                for key, value in message.get("params", {}).items()}
    inputs = {key: decode(tensor) for key, tensor in message["in"].items() if tensor}
    cotangent = decode(message["grad_out"]) if message.get("grad_out") else None
    try:
        with tf.GradientTape() as tape:
            tape.watch([inputs[key] for key in wrt])
            out = function(**inputs, **settings)
    except Skip as reason:
        return {"skip": {"reason": str(reason)}}
    except (ArithmeticError, IndexError, TypeError, ValueError, tf.errors.OpError) as problem:
        return error("invalid_input", problem)
    answer = {"out": encode(out)} if "out" in want else {}
    slopes = tape.gradient(out, {key: inputs[key] for key in wrt}, output_gradients=cotangent,
                           unconnected_gradients=tf.UnconnectedGradients.ZERO) if wrt else {}
    return answer | {f"grad:{key}": encode(tf.convert_to_tensor(slopes[key])) for key in wrt}


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
