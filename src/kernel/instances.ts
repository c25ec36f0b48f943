/**
 * # Instances of modules
 *
 * Node compiles a module at once, when its kernel is first used. Browsers may refuse that, on the
 * main thread to modules that are not small, and by policy to all; then another reading answers.
 * What `prepare` has compiled aside is there for whoever asks next.
 */
import { keyOf } from './compile.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const prepared = new Map<string, WebAssembly.Exports>();
let times = 0;

/** How often modules have been prepared: a reading that was chosen before may not be the fastest. */
export const preparations = (): number => times;

/** Whether the engine has what the module uses. */
export const isKnown = (bytes: Bytes): boolean =>
  typeof WebAssembly !== 'undefined' && WebAssembly.validate(bytes);

/** undefined where the engine cannot or will not. */
export function instantiate(bytes: Bytes): WebAssembly.Exports | undefined {
  if (!isKnown(bytes)) return undefined;
  try {
    return take(bytes) ?? new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  } catch (problem) {
    return refused(problem);
  }
}

/** Limits of the main thread are RangeErrors, policies the others; a valid module has no fault. */
function refused(problem: unknown): undefined {
  const kinds = [RangeError, EvalError, WebAssembly.CompileError];
  if (!kinds.some((kind) => problem instanceof kind)) throw problem;
}

/** An instance has one memory, hence one user. */
function take(bytes: Bytes): WebAssembly.Exports | undefined {
  if (prepared.size === 0) return undefined;
  const key = nameOf(bytes);
  const found = prepared.get(key);
  prepared.delete(key);
  return found;
}

/** All at once, so that no one takes an instance before readings are chosen anew. */
export async function prepare(modules: Iterable<Bytes>): Promise<void> {
  const ready = new Map<string, WebAssembly.Exports>();
  for (const bytes of modules) {
    const exports = await WebAssembly.instantiate(bytes).then(
      ({ instance }) => instance.exports,
      refused,
    );
    if (exports) ready.set(nameOf(bytes), exports);
  }
  for (const [key, exports] of ready) prepared.set(key, exports);
  times++;
}

const nameOf = (bytes: Bytes): string => keyOf(new TextDecoder('latin1').decode(bytes));
