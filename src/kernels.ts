/** # All kernels there are: operators carry theirs */
import type { Kernel } from './kernel/kernel.ts';
import type { RowKernel } from './kernel/rows/language.ts';
import * as operators from './operators.ts';

/** Each once: some are the value of one operator and the slope of another. */
const all: readonly (Kernel | RowKernel)[] = [
  ...new Set(Object.values(operators).flatMap(({ kernels }) => kernels)),
];
const isElementwise = (kernel: Kernel | RowKernel): kernel is Kernel => 'fast' in kernel;

/** Correctly rounded functions of one number. */
export const elementwiseKernels: readonly Kernel[] = all.filter(isElementwise);

export const rowKernels: readonly RowKernel[] = all.filter(
  (kernel): kernel is RowKernel => !isElementwise(kernel),
);
