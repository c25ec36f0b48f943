"""PyTorch as a candidate: python pytorch.py

Requests are lines of JSON on standard input, answers lines on standard output; from the answer to
`use` on, both are binary frames. Every operator is one function: its arguments are the suite's
inputs, after the star the suite's parameters, and its body is the call that users of PyTorch write.
What PyTorch refuses is `invalid_input`; what it cannot be asked is a `Skip`. Gradients are those of
autograd.
"""
import base64, json, platform, struct, sys, warnings
import numpy as np
import torch
from torch import nn
from torch.func import functional_call
from torch.nn import functional as F

torch.set_num_threads(1)
warnings.simplefilter("ignore")

OPS = {}
FORMATS = {"f32": "<f4", "f64": "<f8", "f16": "<f2", "i64": "<i8", "i32": "<i4", "u8": "u1"}
NAMES = {np.dtype(name).newbyteorder("="): dtype for dtype, name in FORMATS.items()}
SPECIALS = {"NaN", "Infinity", "-Infinity", "-0"}


class Skip(Exception):
    """PyTorch has no words for this case."""


def op(name, *gradients):
    """Offers the function under the suite's name, with the inputs that it has gradients for."""
    def add(function):
        OPS[name] = (function, gradients)
        return function
    return add


def only(value, due, what):
    if value != due:
        raise Skip(f"PyTorch has no {what}, which is {value} here")


# Activations --------------------------------------------------------------------------------------

op("relu", "input")(lambda input: F.relu(input))
op("relu6", "input")(lambda input: F.relu6(input))
op("sigmoid", "input")(lambda input: F.sigmoid(input))
op("tanh", "input")(lambda input: F.tanh(input))
op("exponential", "input")(lambda input: torch.exp(input))
op("selu", "input")(lambda input: F.selu(input))
op("mish", "input")(lambda input: F.mish(input))
op("hardswish", "input")(lambda input: F.hardswish(input))
op("hardsigmoid", "input")(lambda input: F.hardsigmoid(input))
op("logsigmoid", "input")(lambda input: F.logsigmoid(input))
op("softsign", "input")(lambda input: F.softsign(input))
op("tanhshrink", "input")(lambda input: F.tanhshrink(input))
op("celu", "input")(lambda input, *, alpha: F.celu(input, alpha))
op("elu", "input")(lambda input, *, alpha: F.elu(input, alpha))
op("gelu", "input")(lambda input, *, approximate: F.gelu(input, approximate=approximate))
op("clip", "input")(lambda input, *, min, max: torch.clamp(input, min, max))
op("hardtanh", "input")(lambda input, *, minVal, maxVal: F.hardtanh(input, minVal, maxVal))
op("leaky-relu", "input")(lambda input, *, negativeSlope: F.leaky_relu(input, negativeSlope))
op("threshold", "input")(lambda input, *, threshold, value: F.threshold(input, threshold, value))
op("thresholded-relu", "input")(lambda input, *, alpha: F.threshold(input, alpha, 0))
op("hardshrink", "input")(lambda input, *, lambd: F.hardshrink(input, lambd))
op("softshrink", "input")(lambda input, *, lambd: F.softshrink(input, lambd))
op("softplus", "input")(lambda input, *, beta, threshold: F.softplus(input, beta, threshold))
op("softmax", "input")(lambda input, *, dim: F.softmax(input, dim))
op("log-softmax", "input")(lambda input, *, dim: F.log_softmax(input, dim))
op("softmin", "input")(lambda input, *, dim: F.softmin(input, dim))
op("softmax2d", "input")(lambda input: nn.Softmax2d()(input))
op("log-sum-exp", "input")(lambda input, *, dim: torch.logsumexp(input, dim))
op("glu", "input")(lambda input, *, dim: F.glu(input, dim))
op("prelu", "input", "weight")(lambda input, weight: F.prelu(input, weight))
op("linear", "input", "weight", "bias")(lambda input, weight, bias=None: F.linear(input, weight, bias))


@op("silu", "input")
def silu(input, *, alpha):
    only(alpha, 1, "alpha")
    return F.silu(input)


@op("rrelu", "input")
def rrelu(input, noise=None, *, lower, upper):
    if noise is not None:
        raise Skip("PyTorch draws the noise itself")
    return F.rrelu(input, lower, upper)


# Losses -------------------------------------------------------------------------------------------

BOTH = ("input", "target")


@op("l1-loss", *BOTH)
def l1_loss(input, target, weight=None, *, reduction):
    return F.l1_loss(input, target, reduction=reduction, weight=weight)


@op("mse-loss", *BOTH)
def mse_loss(input, target, weight=None, *, reduction):
    return F.mse_loss(input, target, reduction=reduction, weight=weight)


@op("huber-loss", *BOTH)
def huber_loss(input, target, weight=None, *, delta, reduction):
    return F.huber_loss(input, target, reduction=reduction, delta=delta, weight=weight)


@op("smooth-l1-loss", *BOTH)
def smooth_l1_loss(input, target, *, beta, reduction):
    return F.smooth_l1_loss(input, target, reduction=reduction, beta=beta)


@op("binary-cross-entropy", *BOTH)
def binary_cross_entropy(input, target, weight=None, *, reduction):
    return F.binary_cross_entropy(input, target, weight=weight, reduction=reduction)


@op("binary-cross-entropy-with-logits", *BOTH)
def binary_cross_entropy_with_logits(input, target, weight=None, posWeight=None, *, reduction):
    return F.binary_cross_entropy_with_logits(
        input, target, weight=weight, pos_weight=posWeight, reduction=reduction)


@op("sigmoid-focal-loss", "input")
def sigmoid_focal_loss(input, target, *, alpha, gamma, reduction):
    """torchvision.ops.sigmoid_focal_loss, which is this formula."""
    p = torch.sigmoid(input)
    loss = F.binary_cross_entropy_with_logits(input, target, reduction="none")
    p_t = p * target + (1 - p) * (1 - target)
    loss = loss * ((1 - p_t) ** gamma)
    if alpha >= 0:
        loss = (alpha * target + (1 - alpha) * (1 - target)) * loss
    if reduction == "none":
        return loss
    if reduction in ("mean", "sum"):
        return getattr(loss, reduction)()
    raise ValueError(f"reduction is {reduction!r} but should be none, mean or sum")


@op("cross-entropy", *BOTH)
def cross_entropy(input, target, weight=None, *, ignoreIndex, labelSmoothing, reduction):
    return F.cross_entropy(
        input, target, weight=weight, ignore_index=ignoreIndex, label_smoothing=labelSmoothing,
        reduction=reduction)


@op("linear-cross-entropy", "input", "linearWeight", "target", "linearBias")
def linear_cross_entropy(
    input, linearWeight, target, linearBias=None, weight=None,
    *, ignoreIndex, labelSmoothing, reduction,
):
    # Beside distributions, where nothing is ignored, PyTorch wants to hear nothing of it.
    is_none = target.is_floating_point() and ignoreIndex < 0
    return F.linear_cross_entropy(
        input, linearWeight, target, linear_bias=linearBias, weight=weight,
        ignore_index=None if is_none else ignoreIndex,
        label_smoothing=labelSmoothing, reduction=reduction)


@op("nll-loss", "input")
def nll_loss(input, target, weight=None, *, ignoreIndex, reduction):
    return F.nll_loss(input, target, weight=weight, ignore_index=ignoreIndex, reduction=reduction)


@op("kl-div", *BOTH)
def kl_div(input, target, *, logTarget, reduction):
    return F.kl_div(input, target, reduction=reduction, log_target=logTarget)


@op("poisson-nll-loss", *BOTH)
def poisson_nll_loss(input, target, *, logInput, full, eps, reduction):
    return F.poisson_nll_loss(
        input, target, log_input=logInput, full=full, eps=eps, reduction=reduction)


@op("gaussian-nll-loss", "input", "target", "var")
def gaussian_nll_loss(input, target, var, *, full, eps, reduction):
    return F.gaussian_nll_loss(input, target, var, full=full, eps=eps, reduction=reduction)


@op("hinge-embedding-loss", "input")
def hinge_embedding_loss(input, target, *, margin, reduction):
    return F.hinge_embedding_loss(input, target, margin=margin, reduction=reduction)


@op("margin-ranking-loss", "input1", "input2", "target")
def margin_ranking_loss(input1, input2, target, *, margin, reduction):
    return F.margin_ranking_loss(input1, input2, target, margin=margin, reduction=reduction)


@op("soft-margin-loss", "input")
def soft_margin_loss(input, target, *, reduction):
    return F.soft_margin_loss(input, target, reduction=reduction)


@op("multi-margin-loss", "input")
def multi_margin_loss(input, target, weight=None, *, p, margin, reduction):
    return F.multi_margin_loss(input, target, p=p, margin=margin, weight=weight, reduction=reduction)


@op("multilabel-margin-loss", "input")
def multilabel_margin_loss(input, target, *, reduction):
    return F.multilabel_margin_loss(input, target, reduction=reduction)


@op("multilabel-soft-margin-loss", *BOTH)
def multilabel_soft_margin_loss(input, target, weight=None, *, reduction):
    return F.multilabel_soft_margin_loss(input, target, weight=weight, reduction=reduction)


@op("cosine-embedding-loss", "input1", "input2")
def cosine_embedding_loss(input1, input2, target, *, margin, reduction):
    return F.cosine_embedding_loss(input1, input2, target, margin=margin, reduction=reduction)


@op("triplet-margin-loss", "anchor", "positive", "negative")
def triplet_margin_loss(anchor, positive, negative, *, margin, p, eps, swap, reduction):
    return F.triplet_margin_loss(
        anchor, positive, negative, margin=margin, p=p, eps=eps, swap=swap, reduction=reduction)


@op("triplet-margin-with-distance-loss", "anchor", "positive", "negative")
def triplet_margin_with_distance_loss(
    anchor, positive, negative, *, distance, margin, eps, swap, reduction,
):
    distances = {
        "euclidean": lambda u, v: F.pairwise_distance(u, v, p=2, eps=eps),
        "squared-euclidean": lambda u, v: (u - v).square().sum(-1),
        "cosine": lambda u, v: 1 - F.cosine_similarity(u, v, dim=-1),
    }
    if distance not in distances:
        raise ValueError(f"distance is {distance!r} but should be one of {', '.join(distances)}")
    return F.triplet_margin_with_distance_loss(
        anchor, positive, negative, distance_function=distances[distance], margin=margin, swap=swap,
        reduction=reduction)


@op("ctc-loss", "input")
def ctc_loss(input, target, inputLengths, targetLengths, *, blank, zeroInfinity, reduction):
    if input.dim() == 2:
        target = target[:targetLengths]  # Without a batch PyTorch takes the labels without padding.
    return F.ctc_loss(
        input, target, inputLengths, targetLengths, blank=blank, zero_infinity=zeroInfinity,
        reduction=reduction)


@op("adaptive-log-softmax-with-loss", "input", "headWeight", "clusterWeight", "tailProject",
    "tailWeight", "headBias", "clusterBias")
def adaptive_log_softmax_with_loss(
    input, headWeight, clusterWeight, tailProject, tailWeight, cluster, target,
    headBias=None, clusterBias=None, *, reduction,
):
    if reduction not in ("none", "mean"):
        raise Skip(f"PyTorch returns the logarithms of all samples and their mean, not {reduction}")
    (H, F_), (K, P, _), Z = headWeight.shape, tailProject.shape, len(tailWeight)
    sizes = [int((cluster == k).sum()) for k in range(K)]
    if H == 0 or sizes != [n for n in sizes if n > 0] or cluster.tolist() != sorted(cluster.tolist()) \
            or sum(sizes) != Z:
        raise Skip("clusters are ranges of classes in PyTorch, and none is empty")
    ends = [H + sum(sizes[: k + 1]) for k in range(K)]
    parameters = {"head.weight": torch.cat([headWeight, clusterWeight])}
    has_bias = headBias is not None or clusterBias is not None
    if has_bias:
        parameters["head.bias"] = torch.cat([
            headBias if headBias is not None else torch.zeros(H),
            clusterBias if clusterBias is not None else torch.zeros(K)])
    module = nn.AdaptiveLogSoftmaxWithLoss(F_, H + Z, [H, *ends[:-1]], head_bias=has_bias)
    for k, end in enumerate(ends):
        parameters[f"tail.{k}.0.weight"] = tailProject[k]
        parameters[f"tail.{k}.1.weight"] = tailWeight[end - sizes[k] - H : end - H]
    output, loss = functional_call(module, parameters, (input, target))
    return loss if reduction == "mean" else -output


# The wire -----------------------------------------------------------------------------------------

def decode(tensor):
    data = tensor["bytes"] if "bytes" in tensor else base64.b64decode(tensor["b64"])
    elements = np.frombuffer(bytearray(data), FORMATS[tensor["dtype"]])
    return torch.from_numpy(elements.reshape(tensor["shape"]))


def encode(tensor):
    array = np.ascontiguousarray(tensor.detach().numpy()).reshape(tuple(tensor.shape))
    return {"dtype": NAMES[array.dtype], "shape": list(array.shape), "bytes": array.tobytes()}


def tensors(message):
    parts = [*message.get("in", {}).values(), *message.values()]
    return [part for part in parts if isinstance(part, dict) and "shape" in part]


def read_line(source):
    line = source.readline()
    return json.loads(line) if line else {"cmd": "bye"}


def write_line(message, wire):
    for tensor in tensors(message):
        tensor["b64"] = base64.b64encode(tensor.pop("bytes")).decode()
    wire.write(json.dumps(message).encode() + b"\n")


def filling(size):
    """How many bytes are missing to a multiple of 8."""
    return -size % 8


def read_frame(source):
    start = source.read(8)
    if len(start) < 8:
        return {"cmd": "bye"}
    length, size = struct.unpack("<II", start)
    header, raw = source.read(size), memoryview(source.read(length - 4 - size))[filling(8 + size):]
    message = json.loads(header)
    for tensor in tensors(message):
        tensor["bytes"] = raw[tensor["off"] : tensor["off"] + tensor["len"]]
    return message


def write_frame(message, wire):
    raw, off = [], 0
    for tensor in tensors(message):
        data = tensor.pop("bytes")
        raw += [data, bytes(filling(len(data)))]
        tensor |= {"off": off, "len": len(data)}
        off += len(data) + filling(len(data))
    header = json.dumps(message).encode()
    header += b" " * filling(8 + len(header))
    wire.write(struct.pack("<II", 4 + len(header) + off, len(header)) + header + b"".join(raw))


def hello():
    return {
        "protocol": 1,
        "impl": {"name": "pytorch", "version": torch.__version__, "language": "Python",
                 "url": "https://pytorch.org"},
        "env": {"os": platform.system().lower(), "arch": platform.machine(), "device": "cpu",
                "threads": str(torch.get_num_threads()),
                "cpu": torch.backends.cpu.get_cpu_capability()},
        "encodings": ["jsonl", "frame"],
        "commands": ["sweep"],
        "dtypes": list(FORMATS),
        "dialect": "pytorch",
        "policy": {"ftz": "none", "signed_zero": "strict", "deterministic": True},
        "ops": {name: {"grad": list(gradients)} for name, (_, gradients) in OPS.items()},
        "unsupported": {"gumbel-softmax": {"reason": "PyTorch draws the noise itself"}},
    }


def error(kind, message):
    return {"error": {"kind": kind, "message": str(message)}}


def run(message):
    if message["op"] not in OPS:
        return error("unsupported", f"PyTorch has no {message['op']}")
    function, gradients = OPS[message["op"]]
    want = message.get("want") or ["out"]
    wrt = [name.removeprefix("grad:") for name in want if name != "out"]
    for name in wrt:
        if name not in gradients:
            return error("unsupported", f"PyTorch has no gradient for {name}")
    settings = {name: float(value) if value in SPECIALS else value
                for name, value in message.get("params", {}).items()}
    inputs = {name: decode(tensor) for name, tensor in message["in"].items() if tensor}
    for name in wrt:
        inputs[name].requires_grad_()
    try:
        out = function(**inputs, **settings)
    except Skip as reason:
        return {"skip": {"reason": str(reason)}}
    except (ArithmeticError, IndexError, RuntimeError, TypeError, ValueError) as problem:
        return error("invalid_input", problem)
    answer = {"out": encode(out)} if "out" in want else {}
    if wrt:
        cotangent = decode(message["grad_out"]) if message.get("grad_out") else torch.ones_like(out)
        slopes = torch.autograd.grad(
            out, [inputs[name] for name in wrt], cotangent, allow_unused=True, materialize_grads=True)
        answer |= {f"grad:{name}": encode(slope) for name, slope in zip(wrt, slopes)}
    return answer


def from_patterns(message):
    """A sweep has no tensor: its input are the numbers of consecutive bit patterns."""
    dtype, first, count = message["dtype"], int(message["start"], 16), message["count"]
    bits = np.arange(first, first + count).astype("<u4" if dtype == "f32" else "<u2")
    tensor = {"dtype": dtype, "shape": [count], "bytes": bits.tobytes()}
    return {**message, "in": {"input": tensor}}


def answer(message):
    command = message.get("cmd", "run")
    if command == "hello":
        return hello()
    if command == "ping":
        return {"pong": True}
    if command == "use" and message.get("encoding") == "frame":
        return {"using": "frame"}
    if command not in ("run", "sweep"):
        due = "run, sweep, use, hello, ping, bye"
        return error("unsupported", f"cmd is {command!r} but should be one of {due}")
    try:
        case = from_patterns(message) if command == "sweep" else message
        return {"id": message.get("id"), **run(case)}
    except Exception as problem:
        return {"id": message.get("id"), **error("internal", repr(problem))}


def main():
    source, wire = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # What libraries print must not get between the answers.
    read, write = read_line, write_line
    while (message := read(source)).get("cmd") != "bye":
        reply = answer(message)
        write(reply, wire)
        wire.flush()
        if reply.get("using") == "frame":
            read, write = read_frame, write_frame


if __name__ == "__main__":
    main()
