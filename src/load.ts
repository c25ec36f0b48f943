/**
 * # Loading ahead
 *
 * Nobody has to: kernels are compiled when they are first used. Where a browser refuses to do that
 * on its main thread, operators give the same bits as JavaScript, until `load` is done.
 */
import { isKnown, prepare } from './kernel/instances.ts';
import { elementwiseModule, type Kernel, productModule } from './kernel/module.ts';
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
    for (const module of [elementwiseModule, productModule]) yield* fastestOf(kernel, module);
  for (const kernel of rowKernels) {
    const bytes = rowModule(kernel);
    if (isKnown(bytes)) yield bytes;
  }
}

function fastestOf(
  kernel: Kernel,
  module: typeof elementwiseModule,
): readonly Uint8Array<ArrayBuffer>[] {
  for (const fused of [true, false]) {
    const bytes = module(kernel, fused);
    if (isKnown(bytes)) return [bytes];
  }
  return [];
}
