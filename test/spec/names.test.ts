/**
 * Every activation and loss that a framework has by name is an operator here, and its definition says so.
 *
 * The lists are complete: torch.nn.functional and torch.nn of PyTorch 2.14, operators of ONNX up to 28
 * and the contributed ones of ONNX Runtime, jax.nn, optax.losses of Optax 0.2.8, keras.activations and
 * keras.losses of Keras 3.15, tf.nn, TF.js 4. What is no operator is listed with its reason.
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

const TORCH_LOSSES =
  'l1_loss mse_loss smooth_l1_loss huber_loss nll_loss cross_entropy linear_cross_entropy ' +
  'binary_cross_entropy binary_cross_entropy_with_logits kl_div poisson_nll_loss gaussian_nll_loss ' +
  'hinge_embedding_loss margin_ranking_loss soft_margin_loss multilabel_margin_loss ' +
  'multilabel_soft_margin_loss multi_margin_loss cosine_embedding_loss triplet_margin_loss ' +
  'triplet_margin_with_distance_loss ctc_loss';

const lists: { readonly [F in Exclude<Framework, 'tinygrad'>]: readonly Named[] } = {
  pytorch: [
    ...alike('nn.functional.', TORCH_FUNCTIONS),
    ...others('nn.', {
      Softmax2d: 'softmax2d',
      AdaptiveLogSoftmaxWithLoss: 'adaptive-log-softmax-with-loss',
    }),
    ...alike('nn.functional.', TORCH_LOSSES),
    ...others('torchvision.ops.', { sigmoid_focal_loss: 'sigmoid-focal-loss' }),
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
    ...others('', {
      NegativeLogLikelihoodLoss: 'nll-loss',
      SoftmaxCrossEntropyLoss: 'cross-entropy',
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
    ...alike(
      'optax.losses.',
      'huber_loss hinge_loss sigmoid_focal_loss triplet_margin_loss ctc_loss',
    ),
    ...others('optax.losses.', {
      squared_error: 'mse-loss',
      log_cosh: 'log-cosh-loss',
      cosine_distance: 'cosine-similarity-loss',
      sigmoid_binary_cross_entropy: 'binary-cross-entropy-with-logits',
      softmax_cross_entropy: 'cross-entropy',
      softmax_cross_entropy_with_integer_labels: 'cross-entropy',
      safe_softmax_cross_entropy: 'cross-entropy',
      poly_loss_cross_entropy: 'poly-1-loss',
      kl_divergence: 'kl-div',
      kl_divergence_with_log_targets: 'kl-div',
      ctc_loss_with_forward_probs: 'ctc-loss',
      dice_loss: 'tversky-loss',
      binary_dice_loss: 'tversky-loss',
    }),
    ...others('optax.projections.', { projection_simplex: 'sparsemax' }),
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
    // Classes; keras.losses has each as a function in another spelling.
    ...others('keras.losses.', {
      BinaryCrossentropy: 'binary-cross-entropy',
      'BinaryCrossentropy(from_logits=True)': 'binary-cross-entropy-with-logits',
      'BinaryFocalCrossentropy(from_logits=True)': 'sigmoid-focal-loss',
      'CategoricalCrossentropy(from_logits=True)': 'cross-entropy',
      'SparseCategoricalCrossentropy(from_logits=True)': 'cross-entropy',
      'CategoricalFocalCrossentropy(from_logits=True)': 'focal-loss',
      CategoricalGeneralizedCrossEntropy: 'generalized-cross-entropy',
      CategoricalHinge: 'categorical-hinge-loss',
      CosineSimilarity: 'cosine-similarity-loss',
      CTC: 'ctc-loss',
      Dice: 'dice-loss',
      Hinge: 'hinge-loss',
      Huber: 'huber-loss',
      KLDivergence: 'kl-div',
      LogCosh: 'log-cosh-loss',
      MeanAbsoluteError: 'l1-loss',
      MeanAbsolutePercentageError: 'mape-loss',
      MeanSquaredError: 'mse-loss',
      MeanSquaredLogarithmicError: 'msle-loss',
      Poisson: 'poisson-nll-loss',
      SquaredHinge: 'squared-hinge-loss',
      Tversky: 'tversky-loss',
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
    ...others('tf.losses.', {
      absoluteDifference: 'l1-loss',
      cosineDistance: 'cosine-similarity-loss',
      hingeLoss: 'hinge-loss',
      huberLoss: 'huber-loss',
      logLoss: 'binary-cross-entropy',
      meanSquaredError: 'mse-loss',
      sigmoidCrossEntropy: 'binary-cross-entropy-with-logits',
      softmaxCrossEntropy: 'cross-entropy',
    }),
  ],
};

/** No operators, and why. */
const NONE: { readonly [name: string]: string } = {
  'jax.nn.identity': 'the identity',
  'keras.activations.linear': 'the identity',
  'tf.nn.crelu': 'relu of x beside relu of −x',
  'keras.losses.Circle': 'pairs that labels find within one batch',
  'optax.losses.ntxent': 'pairs that labels find within one batch',
  'optax.losses.l2_loss': 'half of mse-loss',
  'optax.losses.cosine_similarity': 'a similarity: the more the better',
  'optax.losses.smooth_labels': 'labels of a loss, not a loss',
  'optax.losses.make_fenchel_young_loss': 'makes a loss of any maximum',
  'optax.losses.generalized_kl_divergence':
    'kl-div plus Σ (q − p), of measures that sum to anything',
  'optax.losses.convex_kl_divergence': 'generalized_kl_divergence, deprecated',
  'optax.losses.perceptron_loss': 'relu of −x y',
  'optax.losses.sparsemax_loss': 'sparse-plus of x or −x',
  'optax.losses.multiclass_hinge_loss': 'multi-margin-loss with the largest term for their mean',
  'optax.losses.multiclass_perceptron_loss': 'the maximum less the logit of the class',
  'optax.losses.multiclass_sparsemax_loss': 'no other framework has it',
  'optax.losses.multiclass_generalized_dice_loss': 'weighs classes by how often the batch has them',
  'optax.losses.ranking_softmax_loss': 'a ranking of the items of a list',
  'tf.losses.computeWeightedLoss': 'the reduction alone',
};

const namesOf = ({ name, also = {} }: Dialect): readonly string[] => [name, ...Object.keys(also)];

const operatorOf = (id: string): Op | undefined => operators.find((op) => op.id === id);

const PREFIXES = [
  'nn.functional.',
  'torchvision.ops.',
  'jax.nn.',
  'optax.',
  'keras.activations.',
  'keras.losses.',
  'tf.losses.',
];

const all = Object.entries(lists).flatMap(([framework, names]) =>
  names.map(([name, id]) => ({ framework: framework as Framework, name, id })),
);
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
    .filter(({ id }) => id !== 'linear')
    .flatMap(({ dialects }) => Object.values(dialects).flatMap(namesOf));
  const mine = given.filter((name) => PREFIXES.some((prefix) => name.startsWith(prefix)));
  expect(mine.filter((name) => !known.includes(name))).toEqual([]);
  expect(mine.length).toBeGreaterThan(120);
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
    'LogSoftmax Softmin GLU Softmax2d AdaptiveLogSoftmaxWithLoss ' +
    'L1Loss MSELoss SmoothL1Loss HuberLoss NLLLoss CrossEntropyLoss LinearCrossEntropyLoss BCELoss ' +
    'BCEWithLogitsLoss KLDivLoss PoissonNLLLoss GaussianNLLLoss HingeEmbeddingLoss ' +
    'MarginRankingLoss SoftMarginLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss ' +
    'MultiMarginLoss CosineEmbeddingLoss TripletMarginLoss TripletMarginWithDistanceLoss CTCLoss';
  const plain = (name: string) =>
    name
      .replace(/^.*\./, '')
      .replace('BCE', 'binary_cross_entropy')
      .replaceAll('_', '')
      .toLowerCase()
      .replace(/loss$/, '');
  const functions = lists.pytorch.map(([name]) => plain(name));
  expect(modules.split(' ').filter((name) => !functions.includes(plain(name)))).toEqual([]);
});

test('what is no operator has no definition', () => {
  const given = operators.flatMap(({ dialects }) => Object.values(dialects).flatMap(namesOf));
  expect(given.filter((name) => Object.hasOwn(NONE, name))).toEqual([]);
  expect(all.filter(({ name }) => Object.hasOwn(NONE, name))).toEqual([]);
});

/** What `optax.losses` exports, and the classes of `keras.losses` but for the base class. */
test.each([
  [
    'optax.losses.',
    'convex_kl_divergence ctc_loss ctc_loss_with_forward_probs generalized_kl_divergence hinge_loss ' +
      'kl_divergence kl_divergence_with_log_targets multiclass_hinge_loss ' +
      'multiclass_perceptron_loss multiclass_sparsemax_loss perceptron_loss ' +
      'poly_loss_cross_entropy safe_softmax_cross_entropy sigmoid_binary_cross_entropy ' +
      'sigmoid_focal_loss softmax_cross_entropy softmax_cross_entropy_with_integer_labels ' +
      'sparsemax_loss make_fenchel_young_loss ranking_softmax_loss cosine_distance ' +
      'cosine_similarity huber_loss l2_loss log_cosh squared_error binary_dice_loss dice_loss ' +
      'multiclass_generalized_dice_loss ntxent triplet_margin_loss smooth_labels',
  ],
  [
    'keras.losses.',
    'BinaryCrossentropy BinaryFocalCrossentropy CategoricalCrossentropy ' +
      'CategoricalFocalCrossentropy CategoricalGeneralizedCrossEntropy CategoricalHinge Circle ' +
      'CosineSimilarity CTC Dice Hinge Huber KLDivergence LogCosh MeanAbsoluteError ' +
      'MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError Poisson ' +
      'SparseCategoricalCrossentropy SquaredHinge Tversky',
  ],
])('every name of %s is an operator or has a reason not to be', (prefix, exported) => {
  const named = [...all.map(({ name }) => name), ...Object.keys(NONE)];
  const mine = named.filter((name) => name.startsWith(prefix));
  const bare = mine.map((name) => name.slice(prefix.length).replace(/\(.*/, ''));
  expect([...new Set(bare)].sort()).toEqual(exported.split(' ').sort());
});
