/**
 * # All kernels there are
 *
 * Operators carry theirs. The index is read when kernels are asked for, as it also exports `load`,
 * which asks.
 */
import * as exported from './index.ts';
import type { Kernel } from './kernel/kernel.ts';
import type { RowKernel } from './kernel/rows/language.ts';

/** Each once: some are the value of one operator and the slope of another. */
const all = (): readonly (Kernel | RowKernel)[] => [
  ...new Set(Object.values(exported).flatMap((op) => ('kernels' in op ? op.kernels : []))),
];
const isElementwise = (kernel: Kernel | RowKernel): kernel is Kernel => 'fast' in kernel;

/** Correctly rounded functions of one number. */
export const elementwiseKernels = (): readonly Kernel[] => all().filter(isElementwise);

export const rowKernels = (): readonly RowKernel[] =>
  all().filter((kernel): kernel is RowKernel => !isElementwise(kernel));
