/**
 * # The cases as ONNX graphs
 *
 * ONNX Runtime's packages for inference have no backward pass, so gradients are written out as
 * frameworks compute them. Outputs are `value` and `gradient`. A cross-entropy with its gradient is
 * written twice:
 *
 *     A   SoftmaxCrossEntropyLoss, then e^(ln p) with 1 taken off at the target: a stable loss
 *     B   Softmax, then ln p of the target: cheaper, but p may underflow before its logarithm is taken
 */
import type {
  Attributes,
  Graph,
  GraphInput,
  GraphNode,
  Initializer,
} from '../../../conformance/onnx/graph.ts';
import type { Case, OperatorId } from '../candidate.ts';

export interface Variant {
  /** Added to the peer's name; empty where there is but one. */
  readonly name: string;
  readonly graph: Graph;
}

const OPSET = 20;
/** TensorProto.DataType */
const FLOAT = 1;

/** `Op a b -> c d`: inputs and outputs of a node. */
function node(text: string, attributes: Attributes = {}): GraphNode {
  const [left = '', right = ''] = text.split(' -> ');
  const [op = '', ...inputs] = left.split(' ');
  return { op, inputs, outputs: right.split(' '), attributes };
}

interface Written {
  readonly name?: string;
  readonly nodes: readonly GraphNode[];
  readonly initializers?: readonly Initializer[];
}

const scalar = (name: string, value: number): Initializer => ({
  name,
  dtype: 'f32',
  shape: [],
  values: [value],
});
const one = scalar('one', 1);
const axes: Initializer = { name: 'axes', dtype: 'i64', shape: [1], values: [1] };
const last: Attributes = { axis: { int: -1 } };
const second: Attributes = { axis: { int: 1 } };
const whole: Attributes = { keepdims: { int: 0 } };
const mean: Attributes = { reduction: { string: 'mean' } };

/** What ONNX has no operator for is not written here. */
const FORWARD: { readonly [op in OperatorId]?: Written } = {
  relu: { nodes: [node('Relu x -> value')] },
  sigmoid: { nodes: [node('Sigmoid x -> value')] },
  logsigmoid: {
    nodes: [node('Neg x -> minus'), node('Softplus minus -> loss'), node('Neg loss -> value')],
  },
  tanh: { nodes: [node('Tanh x -> value')] },
  softplus: { nodes: [node('Softplus x -> value')] },
  softmax: { nodes: [node('Softmax x -> value', last)] },
  'log-softmax': { nodes: [node('LogSoftmax x -> value', last)] },
  'cross-entropy': { nodes: [node('SoftmaxCrossEntropyLoss x t -> value', mean)] },
  'nll-loss': { nodes: [node('NegativeLogLikelihoodLoss x t -> value', mean)] },
  'binary-cross-entropy-with-logits': {
    nodes: [
      node('Softplus x -> plus'),
      node('Mul x t -> product'),
      node('Sub plus product -> losses'),
      node('ReduceMean losses -> value', whole),
    ],
  },
};

const BACKWARD: { readonly [op in OperatorId]?: (asked: Case) => readonly Written[] } = {
  relu: () => [
    {
      nodes: [
        node('Greater x zero -> positive'),
        node('Cast positive -> gradient', { to: { int: FLOAT } }),
      ],
      initializers: [scalar('zero', 0)],
    },
  ],
  sigmoid: () => [
    {
      nodes: [node('Sub one value -> rest'), node('Mul value rest -> gradient')],
      initializers: [one],
    },
  ],
  logsigmoid: () => [{ nodes: [node('Sigmoid minus -> gradient')] }],
  tanh: () => [
    {
      nodes: [node('Mul value value -> square'), node('Sub one square -> gradient')],
      initializers: [one],
    },
  ],
  softplus: () => [{ nodes: [node('Sigmoid x -> gradient')] }],
  softmax: () => [
    {
      nodes: [
        node('Mul u value -> products'),
        node('ReduceSum products axes -> mean'),
        node('Sub u mean -> relative'),
        node('Mul value relative -> gradient'),
      ],
      initializers: [axes],
    },
  ],
  'log-softmax': () => [
    {
      nodes: [
        node('Exp value -> p'),
        node('ReduceSum u axes -> total'),
        node('Mul p total -> part'),
        node('Sub u part -> gradient'),
      ],
      initializers: [axes],
    },
  ],
  'binary-cross-entropy-with-logits': ({ input }) => [
    {
      nodes: [
        node('Sigmoid x -> p'),
        node('Sub p t -> difference'),
        node('Mul difference share -> gradient'),
      ],
      initializers: [scalar('share', 1 / input.length)],
    },
  ],
};

/** A cross-entropy with its gradient, from the beginning. */
const crossEntropies = ({ shape: [rows = 0] }: Case): readonly Written[] => [
  {
    name: 'A: SoftmaxCrossEntropyLoss',
    nodes: [
      node('SoftmaxCrossEntropyLoss x t -> value logs', mean),
      node('Exp logs -> p'),
      node('Unsqueeze t axes -> targets'),
      node('ScatterElements p targets minusOnes -> differences', {
        ...second,
        reduction: { string: 'add' },
      }),
      node('Mul differences share -> gradient'),
    ],
    initializers: [
      axes,
      scalar('share', 1 / rows),
      { name: 'minusOnes', dtype: 'f32', shape: [rows, 1], values: Array(rows).fill(-1) },
    ],
  },
  {
    name: 'B: Softmax, Log (cancels)',
    nodes: [
      node('Softmax x -> p', last),
      node('Unsqueeze t axes -> targets'),
      node('GatherElements p targets -> pt', second),
      node('Log pt -> logs'),
      node('ReduceMean logs -> loss', whole),
      node('Neg loss -> value'),
      node('Sub pt one -> minus'),
      node('ScatterElements p targets minus -> differences', second),
      node('Mul differences share -> gradient'),
    ],
    initializers: [axes, one, scalar('share', 1 / rows)],
  },
];

function written(asked: Case): readonly Written[] {
  const forward = FORWARD[asked.op];
  if (!forward) return [];
  if (asked.pass === 'forward') return [forward];
  if (asked.op === 'cross-entropy') return crossEntropies(asked);
  return (BACKWARD[asked.op]?.(asked) ?? []).map(({ nodes, ...rest }) => ({
    ...rest,
    nodes: [...forward.nodes, ...nodes],
  }));
}

function inputsOf({ shape, classes, probabilities, cotangent }: Case): readonly GraphInput[] {
  const x: GraphInput = { name: 'x', dtype: 'f32', shape };
  if (cotangent) return [x, { name: 'u', dtype: 'f32', shape }];
  if (classes) return [x, { name: 't', dtype: 'i64', shape: shape.slice(0, 1) }];
  return probabilities ? [x, { name: 't', dtype: 'f32', shape }] : [x];
}

export const graphsOf = (asked: Case): readonly Variant[] =>
  written(asked).map(({ name = '', nodes, initializers = [] }) => ({
    name,
    graph: {
      opset: OPSET,
      inputs: inputsOf(asked),
      initializers,
      nodes,
      outputs: (asked.pass === 'forward' ? ['value'] : ['value', 'gradient']).map((output) => ({
        name: output,
        dtype: 'f32',
      })),
    },
  }));
