/** # What each operator is called and what it is, in a sentence */

export type Sentence = readonly [name: string, meaning: string];

export const operatorsEn: { readonly [id: string]: Sentence } = {
  celu: ['CELU', 'ELU with a slope of 1 on both sides of 0, whatever its scale α.'],
  clip: ['Clip', 'Moves what lies outside of two bounds to the nearer bound.'],
  elu: ['ELU', 'The identity right of 0, and an exponential that levels off at −α left of it.'],
  entmax15: [
    '1.5-entmax',
    'Probabilities between those of softmax and sparsemax: smooth, and exactly 0 for small elements.',
  ],
  exponential: ['Exponential', 'e to the power of x.'],
  gelu: ['GELU', 'x times the probability that a standard normal variable is below x.'],
  glu: ['GLU', 'One half of an axis, gated by the sigmoid of the other half.'],
  'gumbel-softmax': [
    'Gumbel-softmax',
    'A sample of a categorical distribution that has a gradient, as a function of its noise.',
  ],
  'hard-sigmoid-affine': ['Hard sigmoid (affine)', 'A straight line α x + β, cut off at 0 and 1.'],
  hardmax: ['Hardmax', '1 for the first largest element of a row, 0 for all others.'],
  hardshrink: [
    'Hardshrink',
    'Sets to 0 what is not larger than λ in size, and leaves the rest as it is.',
  ],
  hardsigmoid: ['Hard sigmoid', 'A straight line of slope 1/6 through ½, cut off at 0 and 1.'],
  hardswish: ['Hard Swish', 'x times the hard sigmoid of x.'],
  hardtanh: ['Hardtanh', 'The identity between two bounds, which it does not leave.'],
  'leaky-relu': ['Leaky ReLU', 'The identity right of 0, and a line of another slope left of it.'],
  linear: ['Linear layer', 'A matrix times a vector, plus a bias.'],
  'log-softmax': [
    'Log-softmax',
    'The logarithms of the probabilities of softmax, without forming the probabilities.',
  ],
  'log-sum-exp': ['Log-sum-exp', 'The logarithm of a sum of exponentials: a smooth maximum.'],
  logsigmoid: ['Log-sigmoid', 'The logarithm of the sigmoid, without forming the sigmoid.'],
  mish: ['Mish', 'x times the hyperbolic tangent of softplus of x.'],
  prelu: ['PReLU', 'Leaky ReLU whose slope is learnt, one for each channel.'],
  relu: ['ReLU', 'x where it is positive, 0 elsewhere.'],
  relu6: ['ReLU6', 'ReLU that is cut off at 6.'],
  rrelu: ['RReLU', 'Leaky ReLU with a random slope, as a function of the noise.'],
  selu: ['SELU', 'ELU scaled so that mean 0 and variance 1 are kept from layer to layer.'],
  shrink: ['Shrink', 'Sets what is small to 0 and moves the rest towards 0 by a bias.'],
  sigmoid: ['Sigmoid', 'The logistic function: a logit as a probability.'],
  silu: ['SiLU', 'x times the sigmoid of x; also known as Swish.'],
  'soft-cap': ['Soft cap', 'Keeps logits between two bounds by a scaled hyperbolic tangent.'],
  softmax: ['Softmax', 'A row of logits as probabilities that add up to 1.'],
  softmax2d: ['Softmax2d', 'Softmax over the channels at every place of an image.'],
  softmin: ['Softmin', 'Softmax of −x: the smallest element has the largest share.'],
  softplus: ['Softplus', 'log(1 + e^x): a smooth ReLU that never is 0.'],
  softshrink: ['Softshrink', 'Moves x towards 0 by λ, and stops there.'],
  softsign: ['Softsign', 'x divided by 1 + |x|.'],
  'sparse-plus': [
    'Sparse plus',
    'A parabola between 0 and the identity: exactly 0 left of −1, exactly x right of 1.',
  ],
  'sparse-sigmoid': [
    'Sparse sigmoid',
    'A straight line from 0 at −1 to 1 at 1, and constant beyond.',
  ],
  sparsemax: [
    'Sparsemax',
    'The nearest point on the simplex of probabilities: small elements become exactly 0.',
  ],
  squareplus: ['Squareplus', 'A smooth ReLU made of a square root.'],
  swiglu: ['SwiGLU', 'One tensor, gated element by element by the Swish of another.'],
  tanh: ['Tanh', 'The hyperbolic tangent.'],
  tanhshrink: ['Tanhshrink', 'x minus its hyperbolic tangent.'],
  threshold: ['Threshold', 'x above a threshold, and a fixed value elsewhere.'],
  'thresholded-relu': ['Thresholded ReLU', 'x above α, and 0 elsewhere.'],
  'adaptive-log-softmax-with-loss': [
    'Adaptive log-softmax with loss',
    'Cross-entropy over very many classes: first a frequent class or a cluster, then a class of the cluster.',
  ],
  'binary-cross-entropy': [
    'Binary cross-entropy',
    '−log of the probability that was given to the right one of two answers, with each logarithm cut off at −100.',
  ],
  'binary-cross-entropy-with-logits': [
    'Binary cross-entropy with logits',
    'Binary cross-entropy of the sigmoid of a logit, without forming the sigmoid.',
  ],
  'categorical-hinge-loss': [
    'Categorical hinge loss',
    'How far the logit of the target is from exceeding the best other one by 1.',
  ],
  'cosine-embedding-loss': [
    'Cosine embedding loss',
    'Asks two vectors for a small angle, or for a large one.',
  ],
  'cosine-similarity-loss': [
    'Cosine similarity loss',
    'Minus the cosine of the angle between two vectors.',
  ],
  'cross-entropy': [
    'Cross-entropy',
    '−log of the probability that softmax gives to the right class, from logits, without ever forming that probability.',
  ],
  'ctc-loss': [
    'CTC loss',
    '−log of the probability of all alignments of a sequence of labels with the steps of time.',
  ],
  'dice-loss': ['Dice loss', '1 minus twice the overlap of two masks over the sum of their sizes.'],
  'focal-loss': [
    'Focal loss',
    'Cross-entropy of classes, less of it the more confident the row is in its class.',
  ],
  'gaussian-nll-loss': ['Gaussian NLL loss', '−log of a normal density whose variance is given.'],
  'generalized-cross-entropy': [
    'Generalized cross-entropy',
    'Between cross-entropy and the probability that was missed: bounded, so that wrong labels cost little.',
  ],
  'hinge-embedding-loss': [
    'Hinge embedding loss',
    'Asks a distance to be small, or to exceed a margin.',
  ],
  'hinge-loss': ['Hinge loss', 'How far y x is from reaching 1, for labels −1 and 1.'],
  'huber-loss': [
    'Huber loss',
    'Squared error near 0, absolute error beyond delta, times delta there.',
  ],
  'info-nce': ['InfoNCE', 'Cross-entropy of the similarities of a query with all keys.'],
  'jensen-shannon': [
    'Jensen–Shannon divergence',
    'The mean divergence of two distributions from their mixture: symmetric, at most ln 2.',
  ],
  'kl-div': [
    'KL divergence',
    'How far given log-probabilities are from a target distribution, term by term.',
  ],
  'l1-loss': ['L1 loss', 'Absolute error.'],
  'linear-cross-entropy': [
    'Linear cross-entropy',
    'Cross-entropy of a linear layer, whose logits are never rounded.',
  ],
  'log-cosh-loss': ['Log-cosh loss', 'The logarithm of the hyperbolic cosine of the error.'],
  'mape-loss': ['MAPE loss', 'Absolute error as a percentage of the target.'],
  'margin-ranking-loss': [
    'Margin ranking loss',
    'How far one number is from exceeding another by a margin.',
  ],
  'mse-loss': ['MSE loss', 'Squared error, without ½.'],
  'msle-loss': ['MSLE loss', 'Squared difference of log(1 + x) and log(1 + y).'],
  'multi-margin-loss': [
    'Multi-class margin loss',
    'How far the logit of the target is from exceeding every other one by a margin, over C.',
  ],
  'multilabel-margin-loss': [
    'Multi-label margin loss',
    'How far every listed logit is from exceeding every other one by 1, over C.',
  ],
  'multilabel-soft-margin-loss': [
    'Multi-label soft margin loss',
    'The mean of binary cross-entropy with logits over the classes.',
  ],
  'nll-loss': ['NLL loss', 'Minus the given log-probability of the target: no logarithm is taken.'],
  'poisson-nll-loss': [
    'Poisson NLL loss',
    '−log of the probability of a count, from its rate or from the logarithm of it.',
  ],
  'poly-1-loss': ['Poly-1 loss', 'Cross-entropy plus ε times the probability that was missed.'],
  'quantile-loss': [
    'Quantile loss',
    'Absolute error that weighs errors above and below differently; also called pinball loss.',
  ],
  'reverse-cross-entropy': [
    'Reverse cross-entropy',
    'Cross-entropy with prediction and label exchanged.',
  ],
  'sigmoid-focal-loss': [
    'Sigmoid focal loss',
    'Binary cross-entropy of a logit, less of it the more confident the logit is in its label.',
  ],
  'smooth-l1-loss': ['Smooth L1 loss', 'Squared error near 0, absolute error beyond beta.'],
  'soft-margin-loss': ['Soft margin loss', 'log(1 + e^(−y x)), for labels −1 and 1.'],
  'squared-hinge-loss': ['Squared hinge loss', 'The square of hinge loss.'],
  'symmetric-cross-entropy': [
    'Symmetric cross-entropy',
    'Cross-entropy and reverse cross-entropy, weighted.',
  ],
  'triplet-margin-loss': [
    'Triplet margin loss',
    'Asks the anchor to be nearer to the positive than to the negative by a margin.',
  ],
  'triplet-margin-with-distance-loss': [
    'Triplet margin loss with another distance',
    'Triplet margin loss with a Euclidean, squared or cosine distance.',
  ],
  'tversky-loss': [
    'Tversky loss',
    'Dice loss that weighs false positives and false negatives differently.',
  ],
  'z-loss': ['Z-loss', 'The square of log-sum-exp of the logits, times a small number.'],
};
