/**
 * # The JavaScript readings of all kernels, as the text of a module
 *
 * For places where text must not be compiled: see kernel/compile.ts. tools/generate.ts writes it to
 * kernel/generated.ts, and a test says when that is old.
 */
import { keyOf, SCOPE } from './kernel/compile.ts';
import { kernelSource, numberSource } from './kernel/number.ts';
import { rowSource } from './kernel/rows/javascript.ts';
import { elementwiseKernels, rowKernels } from './kernels.ts';
import { formulas } from './math/float64.ts';

const HEADER = `// @ts-nocheck: it has no types
// biome-ignore-all format: written by tools/generate.ts
// biome-ignore-all lint: written by tools/generate.ts
// biome-ignore-all assist: written by tools/generate.ts
/** # The JavaScript readings of all kernels, by the key of their source */
import type { Runtime } from './runtime.ts';

type Build = (runtime: Runtime) => unknown;
export const generated: Readonly<Record<string, Build>> = {`;

export function generatedModule(): string {
  const { x, ...functions } = formulas;
  const sources = [
    ...Object.values(functions).map((formula) => numberSource(formula, x)),
    ...elementwiseKernels.map(kernelSource),
    ...rowKernels.map(rowSource),
  ];
  const entries = new Map(sources.map((source) => [keyOf(source), source]));
  // By key: the order of a module's exports is not the same wherever it is loaded.
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([key, source]) => `'${key}': (${SCOPE}) => {\n${source}\n},`);
  return `${HEADER}\n${lines.join('\n')}\n};\n`;
}
