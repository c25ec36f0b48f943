/**
 * # Adaptive log-softmax, with its loss
 *
 *     ℓ(x, y) = −ln softmax(a)_y,  or  −ln softmax(a)_(H+k) − ln softmax(b_k)_y  for y ≥ H in cluster k
 *     a = [W x + c; W' x + c'],   b_k = (rows of U in cluster k) · h,   h = V_k x
 *     ∂W, ∂W' = Σ g xᵀ,   ∂U = Σ t hᵀ,   ∂V_k = Σ (Uᵀ t) xᵀ,   ∂x = [W; W']ᵀ g + V_kᵀ Uᵀ t
 *
 * where g, t = softmax − [own] of the two choices.
 */
import { checkClasses, checkFloats, checkShape } from '../check.ts';
import { type Exact, numberOf, partsOf, productParts } from '../math/exact-sum.ts';
import { areBelow, distances, LARGE } from '../math/logits.ts';
import { newTotals, sum, type Totals } from '../math/scaled.ts';
import { logProbability, pullBack, type Row, readRow } from '../math/softmax.ts';
import { operator, type Plan } from '../operator.ts';
import { type Reduction, reduced, reduction } from '../reduction.ts';
import { type Classes, type Floats, type Shape, showShape } from '../tensor.ts';

interface Gradients {
  readonly input: Floats;
  readonly headWeight: Floats;
  readonly clusterWeight: Floats;
  readonly tailProject: Floats;
  readonly tailWeight: Floats;
  readonly headBias?: Floats | undefined;
  readonly clusterBias?: Floats | undefined;
}
interface Inputs extends Gradients {
  readonly cluster: Classes;
  readonly target: Classes;
}
type Name = keyof Gradients;

const id = 'adaptive-log-softmax-with-loss';

interface Layers {
  readonly data: { readonly [N in Name]?: Float32Array };
  readonly shapes: { readonly [N in Name]?: Shape };
  readonly F: number;
  readonly H: number;
  readonly K: number;
  readonly P: number;
  /** The classes of each cluster. */
  readonly members: readonly (readonly number[])[];
  readonly cluster: readonly number[];
  readonly target: readonly number[];
  readonly outer: Shape;
}

/** A choice: what is known of its logits, and which of them the target asks for. */
interface Choice {
  readonly row: Row;
  readonly own: number;
}

const rowOf = (logits: readonly Exact[]): Row =>
  readRow(distances(logits), 0, 1, new Float64Array(logits.length));

type Products = (w: Float32Array, row: number, bias?: Float32Array) => readonly number[];

function choicesOf(layers: Layers, n: number) {
  const { data, F, H, K, cluster, target } = layers;
  const { input: x, headWeight: W, clusterWeight: V, headBias: b, clusterBias: c } = data;
  const z = target[n]! - H;
  const k = z < 0 ? undefined : cluster[z]!;
  const products: Products = (w, row, bias) => {
    const all: number[] = [];
    for (let d = 0; d < F; d++) all.push(w[row * F + d]! * x![n * F + d]!);
    if (bias) all.push(bias[row]!);
    return all;
  };
  const logit = (i: number) => (i < H ? products(W!, i, b) : products(V!, i - H, c));
  const head: Choice = {
    row: rowOf(Array.from({ length: H + K }, (_, i) => logit(i))),
    own: k === undefined ? target[n]! : H + k,
  };
  return k === undefined
    ? { head, tail: undefined, hidden: [] }
    : { head, ...tailOf(layers, z, k, products) };
}

/** Below this, rounded products are as good in a power as the exact ones: within 2⁻⁴⁴. */
const MODERATE = 2 ** 8;

/** Row z of the tail in cluster k, and what all rows are times. */
function tailOf({ data, P, members }: Layers, z: number, k: number, products: Products) {
  const U = data.tailWeight!;
  const factors = Array.from({ length: P }, (_, p) => products(data.tailProject!, k * P + p));
  const hidden = factors.map((all) => sum(all.length, (d) => all[d]!));
  const rounded = members[k]!.map((row) => hidden.map((h, p) => U[row * P + p]! * h));
  const isGood = areBelow(MODERATE, rounded) && areBelow(LARGE, factors);
  const own = members[k]!.indexOf(z);
  if (isGood) return { tail: { row: rowOf(rounded), own }, hidden };
  const parts = factors.map(partsOf);
  const exact = members[k]!.map((row) => parts.flatMap((h, p) => productParts(U[row * P + p]!, h)));
  return { tail: { row: rowOf(exact), own }, hidden: parts.map(numberOf) };
}

const lossOf = ({ row, own }: Choice): number => -logProbability(row, own);
const slopesOf = ({ row, own }: Choice) => pullBack(row, (i) => (i === own ? -1 : 0));

type AllTotals = { readonly [N in Name]?: Totals };

/** Takes the slopes of one sample, each times its share of the cotangent. */
function pull(layers: Layers, n: number, share: (slope: number) => number, to: AllTotals): void {
  const { data, F, H, K, P, members, cluster, target } = layers;
  const { head, tail, hidden } = choicesOf(layers, n);
  const k = cluster[target[n]! - H];
  const x = (d: number) => data.input![n * F + d]!;
  /** One logit, or one hidden unit, whose slope is g: row `row` of the matrix `name`. */
  const take = (name: Name, row: number, g: number): void => {
    for (let d = 0; d < F; d++) {
      to[name]!.add(row * F + d, share(g * x(d)));
      to.input!.add(n * F + d, share(g * data[name]![row * F + d]!));
    }
  };
  const slope = slopesOf(head);
  for (let i = 0; i < H + K; i++) {
    const [name, bias, row] =
      i < H
        ? (['headWeight', 'headBias', i] as const)
        : (['clusterWeight', 'clusterBias', i - H] as const);
    take(name, row, slope(i));
    to[bias]?.add(row, share(slope(i)));
  }
  if (!tail || k === undefined) return;
  const within = slopesOf(tail);
  const U = data.tailWeight!;
  for (let p = 0; p < P; p++) {
    for (const [i, z] of members[k]!.entries())
      to.tailWeight!.add(z * P + p, share(within(i) * hidden[p]!));
    const g = sum(members[k]!.length, (i) => within(i) * U[members[k]![i]! * P + p]!);
    take('tailProject', k * P + p, g);
  }
}

function plan(inputs: Inputs, params: { readonly reduction: Reduction }): Plan<Gradients> {
  const layers = layersOf(inputs);
  const shapes = layers.shapes as Plan<Gradients>['shapes'];
  const count = layers.target.length;
  let totals: AllTotals = {};
  const terms = reduced<Gradients>(
    {
      ...{ shape: layers.outer, count, shapes, denominator: () => count },
      value(n) {
        const { head, tail } = choicesOf(layers, n);
        return lossOf(head) + (tail ? lossOf(tail) : 0);
      },
      gradient: (n, share) => pull(layers, n, share, totals),
    },
    params.reduction,
  );
  return {
    ...terms,
    gradient(cotangent, out) {
      const all = Object.entries(out) as [Name, Float32Array][];
      totals = Object.fromEntries(all.map(([name, { length }]) => [name, newTotals(length)]));
      terms.gradient(cotangent, out);
      for (const [name, data] of all)
        for (let i = 0; i < data.length; i++) data[i] = totals[name]!.value(i);
    },
  };
}

const NAMES = ['input', 'headWeight', 'clusterWeight', 'tailProject', 'tailWeight'] as const;
const BIASES = ['headBias', 'clusterBias'] as const;

function layersOf(inputs: Inputs): Layers {
  const given = [...NAMES, ...BIASES.filter((name) => inputs[name] !== undefined)];
  const tensors = Object.fromEntries(
    given.map((name) => [name, checkFloats({ id, name }, inputs[name])]),
  ) as { [N in Name]?: Floats } & { [N in (typeof NAMES)[number]]: Floats };
  const { input } = tensors;
  const F = input.shape.at(-1);
  if (F === undefined || input.shape.length > 2)
    throw new RangeError(`${id}: input has shape ${showShape(input.shape)} but should be [N? F]`);
  const [H = 0] = tensors.headWeight.shape;
  const [K = 0] = tensors.clusterWeight.shape;
  const [, P = 0] = tensors.tailProject.shape;
  const [Z = 0] = tensors.tailWeight.shape;
  const due = {
    headWeight: [[H, F], '[H F]'],
    clusterWeight: [[K, F], '[K F]'],
    tailProject: [[K, P, F], '[K P F]'],
    tailWeight: [[Z, P], '[Z P]'],
    headBias: [[H], '[H]'],
    clusterBias: [[K], '[K]'],
  } as const;
  for (const name of given)
    if (name !== 'input') {
      const [shape, words] = due[name];
      checkShape({ id, name }, tensors[name]!.shape, shape, words);
    }
  const outer = input.shape.slice(0, -1);
  const cluster = indices('cluster', inputs.cluster, [Z], K);
  return {
    data: mapped(given, (name) => tensors[name]!.data),
    shapes: mapped(given, (name) => tensors[name]!.shape),
    ...{ F, H, K, P, cluster, outer },
    members: Array.from({ length: K }, (_, k) =>
      [...cluster.keys()].filter((z) => cluster[z] === k),
    ),
    target: indices('target', inputs.target, outer, H + Z),
  };
}

const mapped = <T>(names: readonly Name[], of: (name: Name) => T): { [N in Name]?: T } =>
  Object.fromEntries(names.map((name) => [name, of(name)]));

function indices(name: string, tensor: Classes, due: Shape, count: number): readonly number[] {
  const { data, shape } = checkClasses({ id, name }, tensor);
  checkShape({ id, name }, shape, due);
  const all = Array.from(data as ArrayLike<number | bigint>, Number);
  for (const [i, y] of all.entries())
    if (!(y >= 0 && y < count))
      throw new RangeError(`${id}: ${name}[${i}] is ${y} but should be a class in [0, ${count})`);
  return all;
}

export const adaptiveLogSoftmaxWithLoss = operator<
  Inputs,
  { readonly reduction: Reduction },
  Gradients
>({
  id,
  accuracy: { value: 'B', gradient: 'B' },
  inputs: [...NAMES, 'cluster', 'target', ...BIASES],
  differentiable: [...NAMES, ...BIASES],
  parameters: { reduction },
  plan,
});
