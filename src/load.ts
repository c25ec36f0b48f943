/**
 * # Loading ahead
 *
 * Nobody has to: kernels are compiled when they are first used. Where a browser refuses to do that
 * on its main thread, operators give the same bits as JavaScript, until `load` is done.
 */
import { isKnown, prepare } from './kernel/instances.ts';
import type { Kernel } from './kernel/kernel.ts';
import { moduleOf, type Way } from './kernel/module.ts';
import { rowModule } from './kernel/rows/module.ts';
import { elementwiseKernels, rowKernels } from './kernels.ts';

let loading: Promise<void> | undefined;

/** Compiles all kernels aside, once; resolves also where WebAssembly is not to be had. */
export function load(): Promise<void> {
  loading ??= prepare(modules());
  return loading;
}

/** Made one by one, so that a page stays responsive between them. */
function* modules(): Iterable<Uint8Array<ArrayBuffer>> {
  for (const kernel of elementwiseKernels)
    for (const way of ways(kernel)) yield* fastestOf(kernel, way);
  for (const kernel of rowKernels) {
    const bytes = rowModule(kernel);
    if (isKnown(bytes)) yield bytes;
  }
}

/** Where it depends on parameters whether the rounding test is needed, it is kept. */
const ways = (kernel: Kernel): readonly Way[] =>
  (['value', 'product'] as const).map((of) => ({
    of,
    plain: kernel.parameters.length === 0 && kernel.isExact([]),
  }));

function fastestOf(kernel: Kernel, way: Way): readonly Uint8Array<ArrayBuffer>[] {
  for (const fused of [true, false]) {
    const bytes = moduleOf(kernel, way, fused);
    if (isKnown(bytes)) return [bytes];
  }
  return [];
}
