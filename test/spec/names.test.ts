/**
 * Every activation that a framework has by name is an operator here, and its definition says so.
 *
 * The lists are complete: torch.nn.functional and torch.nn of PyTorch 2.14, operators of ONNX up to 28
 * and the contributed ones of ONNX Runtime, jax.nn, keras.activations of Keras 3, tf.nn, TF.js 4.
 */
import { expect, test } from 'vitest';
import * as spec from '../../spec/index.ts';
import type { Dialect, Framework, Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';

const operators: readonly Op[] = Object.values(spec);

type Named = readonly [name: string, id: string];

/** Names that are ours but for underscores. */
const alike = (prefix: string, names: string): Named[] =>
  names.split(' ').map((name) => [prefix + name, name.replaceAll('_', '-')]);
const others = (prefix: string, ids: { readonly [name: string]: string }): Named[] =>
  Object.entries(ids).map(([name, id]) => [prefix + name, id]);

const TORCH_FUNCTIONS =
  'relu relu6 hardtanh threshold leaky_relu prelu rrelu elu selu celu gelu silu mish hardswish ' +
  'hardsigmoid sigmoid logsigmoid tanh tanhshrink softsign softplus hardshrink softshrink ' +
  'softmax log_softmax softmin glu gumbel_softmax';

const lists: { readonly [F in Exclude<Framework, 'tinygrad'>]: readonly Named[] } = {
  pytorch: [
    ...alike('nn.functional.', TORCH_FUNCTIONS),
    ...others('nn.', { Softmax2d: 'softmax2d' }),
  ],
  onnx: [
    ...others('', {
      Relu: 'relu',
      LeakyRelu: 'leaky-relu',
      PRelu: 'prelu',
      Elu: 'elu',
      Celu: 'celu',
      Selu: 'selu',
      Sigmoid: 'sigmoid',
      Tanh: 'tanh',
      Softplus: 'softplus',
      Softsign: 'softsign',
      HardSigmoid: 'hard-sigmoid-affine',
      HardSwish: 'hardswish',
      Mish: 'mish',
      Gelu: 'gelu',
      Swish: 'silu',
      SwiGLU: 'swiglu',
      ThresholdedRelu: 'thresholded-relu',
      Shrink: 'shrink',
      Clip: 'clip',
      Softmax: 'softmax',
      LogSoftmax: 'log-softmax',
      Hardmax: 'hardmax',
      ReduceLogSumExp: 'log-sum-exp',
    }),
    ...others('com.microsoft.', { Gelu: 'gelu', FastGelu: 'gelu', QuickGelu: 'silu' }),
  ],
  jax: [
    ...alike(
      'jax.nn.',
      'relu relu6 sigmoid softplus sparse_plus sparse_sigmoid silu leaky_relu tanh elu celu selu ' +
        'gelu glu squareplus mish softmax log_softmax',
    ),
    ...others('jax.nn.', {
      soft_sign: 'softsign',
      swish: 'silu',
      log_sigmoid: 'logsigmoid',
      hard_sigmoid: 'hardsigmoid',
      hard_silu: 'hardswish',
      hard_swish: 'hardswish',
      hard_tanh: 'hardtanh',
      logsumexp: 'log-sum-exp',
    }),
  ],
  keras: [
    ...alike(
      'keras.activations.',
      'celu elu exponential gelu glu leaky_relu log_softmax mish relu relu6 selu sigmoid silu ' +
        'softmax softplus softsign sparse_plus sparse_sigmoid sparsemax squareplus tanh threshold',
    ),
    ...others('keras.activations.', {
      hard_shrink: 'hardshrink',
      hard_sigmoid: 'hardsigmoid',
      hard_silu: 'hardswish',
      hard_swish: 'hardswish',
      hard_tanh: 'hardtanh',
      log_sigmoid: 'logsigmoid',
      soft_shrink: 'softshrink',
      swish: 'silu',
      tanh_shrink: 'tanhshrink',
    }),
  ],
  tfjs: [
    ...alike('tf.', 'relu relu6 elu selu prelu sigmoid tanh softplus softmax'),
    ...others('tf.', {
      leakyRelu: 'leaky-relu',
      logSigmoid: 'logsigmoid',
      logSoftmax: 'log-softmax',
      logSumExp: 'log-sum-exp',
    }),
    // Layers have a few that functions have not.
    ...others('tf.layers.', {
      "activation('hardSigmoid')": 'hard-sigmoid-affine',
      "activation('softsign')": 'softsign',
      "activation('mish')": 'mish',
      "activation('swish')": 'silu',
      "activation('gelu')": 'gelu',
      "activation('gelu_new')": 'gelu',
      thresholdedReLU: 'thresholded-relu',
    }),
  ],
};

/** No operators: the identity, and relu of x beside relu of −x. */
const NONE = ['jax.nn.identity', 'keras.activations.linear', 'tf.nn.crelu'];

const PREFIXES = ['nn.functional.', 'jax.nn.', 'keras.activations.'];

const namesOf = ({ name, also = {} }: Dialect): readonly string[] => [name, ...Object.keys(also)];

const all = Object.entries(lists).flatMap(([framework, names]) =>
  names.map(([name, id]) => ({ framework: framework as Framework, name, id })),
);
const operatorOf = (id: string): Op | undefined => operators.find((op) => op.id === id);

/** Names that the definition of their operator does not know. */
const unknown = (names: typeof all): readonly string[] =>
  names
    .filter(({ framework, name, id }) => {
      const dialect = operatorOf(id)?.dialects[framework];
      return operatorOf(id) && !(dialect && namesOf(dialect).includes(name));
    })
    .map(({ name, id }) => `${name}: ${id}`);

test('every name has its operator', () => {
  expect([...new Set(all.filter(({ id }) => !operatorOf(id)).map(({ id }) => id))].sort()).toEqual(
    [],
  );
});

test('every name is in the definition of its operator', () => {
  expect(unknown(all)).toEqual([]);
});

test('a name that no definition knows is told', () => {
  expect(unknown([{ framework: 'jax', name: 'jax.nn.rectify', id: 'relu' }])).toEqual([
    'jax.nn.rectify: relu',
  ]);
});

test('no definition makes up a name', () => {
  const known = all.map(({ name }) => name);
  const given = operators
    .filter(({ kind, id }) => kind !== 'loss' && id !== 'linear')
    .flatMap(({ dialects }) => Object.values(dialects).flatMap(namesOf));
  const mine = given.filter((name) => PREFIXES.some((prefix) => name.startsWith(prefix)));
  expect(mine.filter((name) => !known.includes(name))).toEqual([]);
  expect(mine.length).toBeGreaterThan(20);
});

test('other names stand for parameters that are legal', () => {
  for (const op of operators)
    for (const { also = {} } of Object.values(op.dialects))
      for (const params of Object.values(also)) op.refuse(settle(op, params as never) as never, {});
});

/** Keras on TensorFlow calls these. */
test('what tf.nn has is in keras.activations', () => {
  const names =
    'relu relu6 elu selu leaky_relu sigmoid tanh softplus softsign softmax log_softmax silu swish gelu';
  const keras = lists.keras.map(([name]) => name);
  const missing = names.split(' ').filter((name) => !keras.includes(`keras.activations.${name}`));
  expect(missing).toEqual([]);
});

/** Modules are functions in another spelling. */
test('what torch.nn has is in torch.nn.functional', () => {
  const modules =
    'ReLU ReLU6 Hardtanh Threshold LeakyReLU PReLU RReLU ELU SELU CELU GELU SiLU Mish Hardswish ' +
    'Hardsigmoid Sigmoid LogSigmoid Tanh Tanhshrink Softsign Softplus Hardshrink Softshrink Softmax ' +
    'LogSoftmax Softmin GLU Softmax2d';
  const plain = (name: string) => name.replace(/^.*\./, '').replaceAll('_', '').toLowerCase();
  const functions = lists.pytorch.map(([name]) => plain(name));
  expect(modules.split(' ').filter((name) => !functions.includes(plain(name)))).toEqual([]);
});

test('what is no operator has no definition', () => {
  const given = operators.flatMap(({ dialects }) => Object.values(dialects).flatMap(namesOf));
  expect(given.filter((name) => NONE.includes(name))).toEqual([]);
});
