/** # Targets: the fast implementation */
import { judging, type Target, type Targets } from './target.ts';

const of = (mutate: readonly string[], ...tests: readonly string[]): Target => ({
  mutate: mutate.map((name) => `src/${name}.ts`),
  tests: [
    'test/stryker/conforms.ts',
    ...['inputs', 'corners', 'math', ...tests].map((name) => `test/src/${name}.test.ts`),
  ],
});
const ROWS = ['convention', 'losses', 'rows', 'cross-entropy'];

/** Operators that are judged for the parts that several of them are made of. */
const AXIS = [
  'softmax*',
  'log-softmax',
  'softmin',
  'log-sum-exp',
  'hardmax',
  'sparsemax',
  'glu',
].map((name) => `activations/${name}`);
const CLASSES = [
  'cross-entropy',
  'nll-loss',
  'linear-cross-entropy',
  'symmetric-cross-entropy',
].map((name) => `losses/${name}`);
const TERMS = ['hinge-embedding-loss', 'multi-margin-loss', 'multilabel-margin-loss', 'info-nce']
  .concat('cosine-embedding-loss', 'gaussian-nll-loss', 'sigmoid-focal-loss')
  .map((name) => `losses/${name}`);
const MARGINS = [
  'focal-loss',
  'poly-1-loss',
  'dice-loss',
  'tversky-loss',
  'triplet-*',
  'kl-div',
].map((name) => `losses/${name}`);
/** All of these letters, judged. */
const operators = (folder: string, letters: string, ...tests: readonly string[]): Target =>
  judging(of([`${folder}/${letters}*`], 'convention', ...tests), `${folder}/${letters}*`);

export const implementation: Targets = {
  'src-arguments': judging(
    of(
      ['check', 'parameters', 'tensor', 'reduction'],
      ...['arguments', 'convention', 'losses', 'margins', 'rows'],
    ),
    ...['losses/mse-loss', 'losses/cross-entropy', 'activations/glu'],
  ),
  'src-places': judging(
    of(['places', 'sequences'], 'places', 'convention', 'margins', 'ctc'),
    ...TERMS,
  ),
  'src-elements': judging(
    of(
      ['elementwise', 'operator', 'pointwise', 'element-loss', 'term-loss'],
      ...['calls', 'convention', 'element-loss'],
    ),
    ...['activations/{elu,sigmoid,prelu}', 'losses/{mse-loss,quantile-loss,poisson-nll-loss}'],
    ...[...TERMS, 'losses/binary-cross-entropy*'],
  ),
  'src-rows': judging(
    of(['row-function', 'row-loss', 'rowwise', 'class-loss'], 'denominator', ...ROWS),
    ...[...AXIS, ...CLASSES],
  ),
  'src-classes': judging(
    of(['classification', 'linear-layer'], 'linear-layer', ...ROWS),
    ...CLASSES,
    'losses/z-loss',
  ),
  'src-margins': judging(
    of(
      ['margin-loss', 'overlap-loss', 'pair-loss', 'triplet'],
      ...['calls', 'margin-loss', 'margins', 'losses', 'convention', 'element-loss'],
    ),
    ...MARGINS,
  ),
  'src-load': of(['load', 'generate', 'kernels'], 'load', 'kernels'),
  'math-alignments': judging(of(['math/alignments'], 'ctc'), 'losses/ctc-loss'),
  'math-normal': judging(
    of(['math/normal', 'math/gelu-tanh', 'math/below', 'math/just-below'], 'gelu'),
    'activations/gelu',
  ),
  'math-rows': judging(
    of(
      [
        'math/{cross-entropy,reverse-cross-entropy,softmax,log-sum-exp,exp-row,parts,logits}',
        'math/{exp,expm1,log,log1p,float64}',
      ],
      ...['rows', 'cross-entropy'],
    ),
    ...[...AXIS, ...CLASSES],
  ),
  'math-norms': judging(
    of(
      [
        'math/{norm,root-sum,scaled,squares,euclidean,cosine,angle,pair-kernels}',
        'math/{exact-sum,hinge,gate,last-float}',
      ],
      ...['margins', 'losses'],
    ),
    ...[...TERMS, 'losses/triplet-*', 'losses/{cosine-similarity-loss,dice-loss}'],
  ),
  'src-activations-a-g': operators('activations', '[a-g]'),
  'src-activations-h-l': operators('activations', '[h-l]', 'masked-rows', 'elementwise'),
  'src-activations-m-r': operators('activations', '[m-r]'),
  'src-activations-s': operators('activations', 's', 'softplus', 'masked-rows'),
  'src-activations-t-z': operators('activations', '[t-z]'),
  'src-losses-a-c': operators('losses', '[a-c]', 'ctc', 'cross-entropy', 'denominator', 'losses'),
  'src-losses-d-k': operators('losses', '[d-k]'),
  'src-losses-l-m': operators('losses', '[l-m]'),
  'src-losses-n-z': operators('losses', '[n-z]'),
  'kernel-code': of(
    [
      'kernel/{assembler,blocks,compile,module,simd,number,one,expression,constants}',
      'kernel/{instances,kernel,reading,runtime,stages}',
    ],
    ...['kernels', 'stages', 'readings', 'load', 'without-webassembly', 'elementwise'],
  ),
  'kernel-rows': of(['kernel/rows/*'], 'row-stages', 'rows', 'row-readings'),
  'kernel-double': of(
    ['kernel/{double,round,rounded,fraction,rational}'],
    ...['kernels', 'readings', 'margins', 'stages', 'trusted'],
  ),
  'kernel-proof': of(
    ['kernel/{bound,local,series,fixed,table,worst-error,beside-zero,trusted,error}'],
    ...['trusted', 'normal', 'error', 'bounds'],
  ),
};
