/** # Values with their digits and bits, computed from the definition */
import { type Digits, digitsOf, shortest } from '../../conformance/digits.ts';
import { differentiable, reference } from '../../conformance/reference.ts';
import { turnsOf } from '../../conformance/turns.ts';
import type { Payload, Reply, Request, Wanted } from '../../properties/candidate.ts';
import { toPayload } from '../../properties/payload.ts';
import { float32, toBits } from '../../spec/format.ts';
import type { Elementwise, Op } from '../../spec/op.ts';
import { settle } from '../../spec/param.ts';
import { type Tensors, tensor } from '../../spec/tensor.ts';
import type { Words } from '../words/en.ts';
import { example, nested, two } from './example.ts';
import { code, fence, fill, list, paragraphs, table } from './markdown.ts';

export const hex = (x: number): string => toBits(x, float32).toString(16).padStart(8, '0');
export const written = (x: number): string =>
  Number.isFinite(x)
    ? shortest(x, float32).replace('-', '−')
    : String(x).replace('-', '−').replace('Infinity', '∞');

/** Certified digits and correctly rounded floats of one question. */
function answer(op: Op, tensors: Tensors, want: readonly Wanted[]) {
  const inputs = Object.entries(tensors).map(([name, t]) => [name, toPayload(t!)] as const);
  const request: Request = { op: op.id, params: settle(op), in: Object.fromEntries(inputs), want };
  return { digits: digitsOf(request), reply: reference.run(request) as Reply };
}
const cell = ({ digits, reply }: { digits: Digits; reply: Reply }, of: Wanted, i: number) =>
  `${code(spelt(digits[of]![i]!))}<br><small>${code(hex((reply[of] as Payload).data[i] as number))}</small>`;
const spelt = (text: string): string => text.replaceAll('-', '−').replace('Infinity', '∞');

/** Where an elementwise operator is worth looking at. */
export function places(op: Elementwise): readonly number[] {
  const settings = settle(op);
  const inside = [-1, 1, ...op.kinks(settings).map(({ at }) => at), ...op.points(settings)];
  const finite = [...new Set(inside.map(Math.fround))].filter((x) => x !== 0);
  const [below, above] = [(x: number) => x < 0, (x: number) => x > 0].map((side) =>
    finite.filter(side).sort((a, b) => a - b),
  );
  return [-Infinity, ...below!, -0, 0, ...above!, Infinity, NaN];
}

export function specialValues(op: Elementwise, w: Words): string {
  const at = places(op);
  const found = answer(op, { input: tensor([at.length], at) }, ['out', 'grad:input']);
  const rows = at.map((x, i) => [
    code(written(x)),
    cell(found, 'out', i),
    cell(found, 'grad:input', i),
  ]);
  return paragraphs(w.computed, table(['x', 'f(x)', 'f′(x)'], rows), list(course(op, w)));
}

function course(op: Elementwise, w: Words): readonly string[] {
  const settings = settle(op);
  const [low, high] = op.range(settings).map(String).map(spelt);
  const kinks = op
    .kinks(settings)
    .map(({ at, left, right, torch }) =>
      fill(w.kink, ...[at, left, right, torch].map((x) => written(Number(x)))),
    );
  const turns = turnsOf(op, settings).map(
    ({ kind, x, y }) =>
      `${kind === 'minimum' ? w.minimum : w.maximum} ${code(spelt(y))} ${w.at} x = ${code(spelt(x))}`,
  );
  return [
    ...kinks,
    ...turns,
    `${w.range}: [${low}, ${high}]`,
    ...(op.isOdd ? [w.odd] : []),
    ...(op.isIncreasing(settings) ? [w.increasing] : []),
  ];
}

/** A small case of what is no function of one number. */
export function workedExample(op: Op, w: Words): string {
  const tensors = example(op, two);
  const gradients = differentiable(op).filter((name) => tensors[name]?.dtype === 'f32');
  const wanted = ['out', ...gradients.map((name) => `grad:${name}`)] as readonly Wanted[];
  const found = answer(op, tensors, wanted);
  const inputs = Object.entries(tensors).map(([name, t]) => [
    code(name),
    code(JSON.stringify(nested(t!))),
  ]);
  const rows = wanted.flatMap((of) =>
    found.digits[of]!.map((_, i) => [i === 0 ? nameOf(of, w) : '', String(i), cell(found, of, i)]),
  );
  const flags = Object.entries(tensors).map(
    ([name, t]) => `--${name} '${JSON.stringify(nested(t!))}'`,
  );
  return paragraphs(
    table([w.input, w.holds], inputs),
    w.computed,
    table([w.quantity, '', `${w.value}, ${w.bits}`], rows),
    w.tryIt,
    fence('sh', `npx touchstone eval ${op.id} ${flags.join(' ')}`),
  );
}

const nameOf = (of: Wanted, w: Words): string =>
  of === 'out' ? w.result : fill(w.slopeIn, code(of.slice('grad:'.length)));
