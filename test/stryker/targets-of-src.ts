/** # Targets: the fast implementation */
import type { Target, Targets } from './targets.ts';

const of = (mutate: readonly string[], ...tests: readonly string[]): Target => ({
  mutate: mutate.map((name) => `src/${name}.ts`),
  tests: tests.map((name) => `test/src/${name}.test.ts`),
});
const ROWS = ['convention', 'losses', 'rows', 'cross-entropy'];

export const implementation: Targets = {
  'src-arguments': of(
    ['check', 'parameters', 'tensor', 'reduction'],
    ...['convention', 'losses', 'margins', 'rows'],
  ),
  'src-places': of(['places', 'sequences'], 'convention', 'losses', 'rows', 'ctc'),
  'src-elements': of(
    ['elementwise', 'operator', 'pointwise', 'element-loss', 'term-loss'],
    ...['convention', 'losses', 'element-loss', 'elementwise'],
  ),
  'src-rows': of(['row-function', 'row-loss', 'rowwise', 'class-loss'], ...ROWS, 'along'),
  'src-classes': of(['classification', 'linear-layer'], ...ROWS),
  'src-margins': of(
    ['margin-loss', 'overlap-loss', 'pair-loss', 'triplet'],
    ...['margins', 'losses', 'convention'],
  ),
  'src-load': of(['load', 'generate', 'kernels'], 'load'),
  'math-alignments': of(['math/alignments'], 'ctc'),
  'math-normal': of(['math/normal', 'math/gelu-tanh', 'math/below', 'math/just-below'], 'gelu'),
  'math-rows': of(
    [
      'math/{cross-entropy,reverse-cross-entropy,softmax,log-sum-exp,exp-row,parts,logits}',
      'math/{exp,expm1,log,log1p,float64}',
    ],
    ...['rows', 'cross-entropy'],
  ),
  'math-norms': of(
    [
      'math/{norm,root-sum,scaled,squares,euclidean,cosine,angle,pair-kernels}',
      'math/{exact-sum,hinge,gate,last-float}',
    ],
    ...['margins', 'losses', 'along'],
  ),
  'src-activations-a-l': of(['activations/[a-l]*'], 'elementwise', 'along'),
  'src-activations-m-sn': of(
    ['activations/[m-r]*', 'activations/s[a-nq-z]*'],
    ...['elementwise', 'along'],
  ),
  'src-activations-so-z': of(
    ['activations/s[o-p]*', 'activations/[t-z]*'],
    ...['elementwise', 'along', 'rows'],
  ),
  'src-losses-a-c': of(['losses/[a-c]*'], ...ROWS, 'ctc', 'margins'),
  'src-losses-d-k': of(['losses/[d-k]*'], ...ROWS, 'element-loss', 'margins'),
  'src-losses-l-m': of(['losses/[l-m]*'], ...ROWS, 'element-loss', 'margins'),
  'src-losses-n-z': of(['losses/[n-z]*'], ...ROWS, 'element-loss', 'margins'),
  'kernel-code': of(
    [
      'kernel/{assembler,blocks,compile,module,simd,number,one,expression,constants}',
      'kernel/{instances,kernel,reading,runtime,stages}',
    ],
    ...['stages', 'readings'],
  ),
  'kernel-rows': of(['kernel/rows/*'], 'row-stages', 'rows', 'row-readings'),
  'kernel-double': of(['kernel/{double,round,rounded,fraction,rational}'], 'stages', 'trusted'),
  'kernel-proof': of(
    ['kernel/{bound,local,series,fixed,table,worst-error,beside-zero,trusted,error}'],
    ...['stages', 'trusted'],
  ),
};
