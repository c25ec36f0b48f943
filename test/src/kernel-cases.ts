/**
 * What each elementwise kernel is, by MPFR, where it is proved, and at which values of its
 * parameters. Textbook formulas; nothing is shared with src/ or spec/ but names.
 */
import { softplusConstants } from '../../src/activations/softplus.ts';
import type { Kernel, Numbers } from '../../src/kernel/kernel.ts';
import { elementwiseKernels } from '../../src/kernels.ts';
import { type Float, pi, read } from '../spec/mpfr.ts';

export type Real = (x: Float) => Float;

interface Case {
  /** At values of the parameters, which go by the kernel's names for them. */
  readonly is: (x: Float, given: Given) => Float;
  /** Up to the clamps: beyond them results are saturated, whatever the clamp makes of them. */
  readonly reach: number | Range | ((given: Given) => number);
  readonly given?: readonly Given[];
}
type Given = Readonly<Record<string, number>>;
type Range = readonly [lo: number, hi: number];

export const LARGE = (2 - 2 ** -23) * 2 ** 127;

export const sigmoid: Real = (v) => read(1).div(v.neg().exp().plus(1));
export const softplus: Real = (v) => v.exp().log1p();
const slopeOfSigmoid: Real = (v) => sigmoid(v).times(sigmoid(v.neg()));
/** 1/cosh² */
const slopeOfTanh: Real = (v) => {
  const s = v.exp().plus(v.neg().exp());
  return read(4).div(s.times(s));
};
/** Φ and φ. */
export const normal: Real = (v) => v.div(read(2).sqrt()).neg().erfc().div(2);
export const density: Real = (v) => v.times(v).div(-2).exp().div(pi().times(2).sqrt());
/** 2 √(2/π) (x + 0.044715 x³) */
const linear = () => read(8).div(pi()).sqrt();
export const cubic: Real = (v) => v.plus(v.times(v).times(v).times('0.044715')).times(linear());
const slopeOfCubic: Real = (v) => v.times(v).times('0.134145').plus(1).times(linear());
const [zero, one] = [() => read(0), () => read(1)];

const leaky = [0.01, 0.75, -1.7, 0, 2 ** 40 / 3].map((negativeSlope) => ({
  negativeSlope,
  least: negativeSlope === 0 ? -Number.MAX_VALUE : -Infinity,
}));
const betas = (
  [
    [2 ** -20, Infinity],
    [0.3, 20],
    [7.5, Infinity],
    [2 ** 20, -3],
  ] as const
).map(([beta, threshold]) => softplusConstants({ beta, threshold }));

const cases: { readonly [kernel: string]: Case } = {
  gelu: { is: (v) => v.times(normal(v)), reach: [-15, 6] },
  'gelu′': { is: (v) => normal(v).plus(v.times(density(v))), reach: [-20, 7] },
  'gelu-tanh': { is: (v) => v.times(sigmoid(cubic(v))), reach: [-11, 6] },
  'gelu-tanh′': {
    is: (v) => sigmoid(cubic(v)).plus(v.times(slopeOfCubic(v)).times(slopeOfSigmoid(cubic(v)))),
    reach: [-14, 7],
  },
  hardswish: {
    is: (v) => (v.lt(-3) ? zero() : read(3).lt(v) ? v : v.times(v.plus(3)).div(6)),
    reach: LARGE,
  },
  'hardswish′': {
    is: (v) => (v.lt(-3) || v.eq(-3) ? zero() : v.lt(3) ? v.div(3).plus(0.5) : one()),
    reach: LARGE,
  },
  'leaky-relu': {
    is: (v, { negativeSlope }) => (v.sign() < 0 ? v.times(negativeSlope!) : v),
    ...{ reach: LARGE, given: leaky },
  },
  'leaky-relu′': {
    is: (v, { negativeSlope }) => (v.sign() > 0 ? one() : read(negativeSlope!)),
    ...{ reach: LARGE, given: leaky },
  },
  logsigmoid: { is: (v) => softplus(v.neg()).neg(), reach: 250 },
  'logsigmoid′': { is: (v) => sigmoid(v.neg()), reach: 250 },
  relu: { is: (v) => (v.sign() > 0 ? v : zero()), reach: LARGE },
  'relu′': { is: (v) => (v.sign() > 0 ? one() : zero()), reach: LARGE },
  sigmoid: { is: sigmoid, reach: 250 },
  'sigmoid′': { is: slopeOfSigmoid, reach: 250 },
  silu: { is: (v) => v.times(sigmoid(v)), reach: 250 },
  'silu′': { is: (v) => sigmoid(v).plus(v.times(slopeOfSigmoid(v))), reach: 250 },
  softplus: { is: softplus, reach: 250 },
  'softplus of βx': {
    is: (v, { beta, last }) =>
      v.lt(last!) || v.eq(last!) ? softplus(v.times(beta!)).div(beta!) : v,
    ...{ reach: ({ beta }) => 249 / beta!, given: betas },
  },
  'softplus′ of βx': {
    is: (v, { beta, last }) => (v.lt(last!) || v.eq(last!) ? sigmoid(v.times(beta!)) : one()),
    ...{ reach: ({ beta }) => 249 / beta!, given: betas },
  },
  tanh: { is: (v) => v.tanh(), reach: 22 },
  'tanh′': { is: slopeOfTanh, reach: 125 },
};

/** A kernel at values of its parameters. */
export interface KernelCase {
  readonly name: string;
  readonly kernel: Kernel;
  readonly numbers: Numbers;
  readonly is: Real;
  readonly range: readonly [number, number];
}

function casesOf(kernel: Kernel): readonly KernelCase[] {
  const found = cases[kernel.name];
  if (!found) throw new Error(`${kernel.name} has no entry in kernel-cases.ts`);
  const { is, reach, given: list = [{}] } = found;
  return list.map((given) => {
    const far = typeof reach === 'function' ? reach(given) : reach;
    const range: Range = typeof far === 'number' ? [-far, far] : far;
    const numbers = kernel.parameters.map(({ name }) => given[name]!);
    const name = [kernel.name, ...numbers].join(' ');
    return { name, kernel, numbers, is: (x) => is(x, given), range };
  });
}

export const kernelCases: readonly KernelCase[] = elementwiseKernels.flatMap(casesOf);

/** What the inputs are besides x. */
export const inputsOf = ({ parameters }: Kernel, numbers: Numbers) =>
  parameters.map((parameter, i) => [parameter, numbers[i]!] as const);
