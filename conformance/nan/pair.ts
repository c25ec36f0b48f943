/** # An input and a target of one shape */
import * as k from './kernels.ts';
import { type Asked, alike, byElements } from './layout.ts';
import { reduced } from './reduced.ts';
import { constant, each, type Step } from './stages.ts';
import type { Settings, Textbook } from './textbook.ts';

export const ONE = constant(1);
export const times = (name: string, a: Step, b: Step): Step => each(name, name, k.multiply, a, b);

/** Both tensors, of one shape; the input learns. */
export function pair(asked: Asked): readonly [input: Step, target: Step] {
  const x = byElements(asked, 'input', true);
  return [x, alike(asked.op, x, byElements(asked, 'target'), 'input')];
}
export const mean = (terms: Step, settings: Settings): Step => reduced(terms, terms.size, settings);

export const PAIR = { params: ['reduction'], inputs: ['input', 'target'] } as const;

export const ofPair =
  (terms: (x: Step, y: Step, settings: Settings) => Step): Textbook['build'] =>
  (asked, settings) =>
    mean(terms(...pair(asked), settings), settings);
