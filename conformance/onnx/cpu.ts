/**
 * # CPU features
 *
 * ONNX Runtime chooses its kernels by instruction set, and the last bits of its answers follow from
 * the kernel. So what was seen carries the features that it was seen with.
 */
import { readFileSync } from 'node:fs';

/** Those that ONNX Runtime's float kernels are chosen by, as Linux spells them. */
const FEATURES = ['sse4_1', 'avx', 'avx2', 'fma', 'avx512f', 'asimd', 'sve'];

/** From the text of /proc/cpuinfo. */
export function featuresIn(cpuinfo: string): string {
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(cpuinfo)?.[1]?.split(' ') ?? [];
  return FEATURES.filter((feature) => flags.includes(feature)).join(' ') || 'unknown';
}

export function cpuFeatures(): string {
  try {
    return featuresIn(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return 'unknown';
  }
}
