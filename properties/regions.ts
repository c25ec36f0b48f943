/**
 * # Regions: where an implementation may change its mind
 *
 * Errors are reported by region, because an operator is as good as its worst one. An elementwise
 * operator has the sides of its kinks, the subnormals, the neighbourhoods of its limits and of
 * overflow; a row or a loss has its options.
 */
import { type Format, float32 } from '../spec/format.ts';
import { formsOf } from '../spec/input.ts';
import type { Elementwise, Op } from '../spec/op.ts';
import { isInteger } from '../spec/tensor.ts';
import type { Case } from './inputs.ts';
import type { Judged } from './subject.ts';

/** The regions that a number of an answer lies in; at least one. */
export const regionsOf = (op: Op, asked: Case, judged: Judged): readonly string[] =>
  op.kind === 'elementwise'
    ? [elementRegion(op, asked, judged, float32)]
    : optionRegions(op, asked);

function elementRegion(
  op: Elementwise,
  { tensors, settings }: Case,
  { want, index, cell }: Judged,
  format: Format,
): string {
  const x = tensors.input!.data[index]!;
  const r = cell.value;
  const smallest = 2 ** (1 - format.emax);
  if (!Number.isFinite(x) || x === 0) return 'edges';
  if (Math.abs(x) < smallest) return 'x subnormal';
  if (isTiny(cell.lo, smallest)) return 'result subnormal';
  if (Math.abs(r) > 2 ** format.emax * (2 - 2 ** -17)) return 'overflow';
  const limit = want === 'out' ? op.range(settings as never).find((l) => isNear(r, l)) : undefined;
  if (limit !== undefined) return `near ${limit}`;
  const at = op.kinks(settings as never).map((k) => k.at);
  const [below, above] = [at.filter((a) => a < x), at.filter((a) => a > x)];
  const low = below.length > 0 ? Math.max(...below) : -Infinity;
  const high = above.length > 0 ? Math.min(...above) : Infinity;
  if (low === -Infinity && high === Infinity) return x < 0 ? 'x < 0' : 'x > 0';
  if (low === -Infinity) return `x < ${high}`;
  return high === Infinity ? `x > ${low}` : `${low} < x < ${high}`;
}

const isTiny = (r: Judged['cell']['lo'], smallest: number): boolean =>
  typeof r === 'number' ? Math.abs(r) < smallest : r.abs().lt(smallest);

/** Within 2⁻¹⁰ of a limit that is not 0: there the result crowds into few floats. */
const isNear = (r: number, limit: number): boolean =>
  limit !== 0 && Number.isFinite(limit) && Math.abs(r - limit) < 2 ** -10;

function optionRegions(op: Op, { tensors, settings }: Case): readonly string[] {
  const options = Object.entries(op.params)
    .filter(([name, p]) => settings[name] !== p.default && p.kind !== 'axis')
    .map(([name]) => (name === 'reduction' ? `${settings[name]}` : name));
  const optional = Object.entries(op.inputs).flatMap(([name, input]) => {
    if (!tensors[name]) return [];
    if (formsOf(input).length > 1) return isInteger(tensors[name].dtype) ? [] : ['probabilities'];
    return input.of === 'reals' && input.absent !== undefined ? [name] : [];
  });
  const all = [...options, ...optional];
  return all.length > 0 ? all : ['plain'];
}
