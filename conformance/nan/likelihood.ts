/** # From log-probabilities to a loss: classes or distributions, weights, label smoothing */
import { isInteger } from '../../spec/tensor.ts';
import * as k from './kernels.ts';
import { type Asked, alike, byClasses, classesOf, tensorOf } from './layout.ts';
import { reduced } from './reduced.ts';
import { along, constant, each, given, picked, type Step, total } from './stages.ts';
import type { Settings } from './textbook.ts';

type Classes = readonly (number | undefined)[];

/** −l[y] for classes, −Σ q l for distributions q; with weights and label smoothing. */
export function likelihood(asked: Asked, l: Step, settings: Settings): Step {
  const target = tensorOf(asked, 'target');
  const w = asked.batch.weight ? weightOf(asked, l) : undefined;
  const isOfSamples = String(target.shape) === String(l.grid.samples);
  if (!isInteger(target.dtype) && !isOfSamples) return ofDistributions(asked, l, w, settings);
  const classes: Classes = classesOf(asked, l).map((y) =>
    y === settings.ignoreIndex ? undefined : y,
  );
  return ofClasses(l, w, classes, settings);
}

function weightOf({ op, batch }: Asked, l: Step): Step {
  const { shape, data } = batch.weight!;
  const { columns } = l.grid;
  if (String(shape) === String([columns])) return given('w', { samples: [], columns }, data);
  throw new RangeError(`${op}: weight has shape [${shape}] but should be [${columns}]`);
}

/** Without weights `mean` divides by how many count, otherwise by the sum of their weights. */
function ofClasses(l: Step, w: Step | undefined, classes: Classes, settings: Settings): Step {
  const { samples } = l.grid;
  const own = picked('l[y]', 'l[y]', l, samples, classes);
  const v = w && picked('v', 'w[y]', w, samples, classes);
  const chosen = v ? each('v · l[y]', 'v · l[y]', k.multiply, own, v) : own;
  const terms = each('t', `−${chosen.name}`, k.negate, smoothed(l, w, chosen, classes, settings));
  if (!v || settings.reduction === 'sum')
    return reduced(terms, classes.filter((y) => y !== undefined).length, settings);
  const all = total('Σ t', 'Σ t', terms);
  return each('mean', 'Σ t / Σ v', k.divide, all, total('Σ v', 'Σ v', v));
}

/** (1 − ε) l[y] + ε / C · Σ l */
function smoothed(
  l: Step,
  w: Step | undefined,
  chosen: Step,
  classes: Classes,
  { labelSmoothing: smoothing }: Settings,
): Step {
  if (!smoothing) return chosen;
  const every = w ? each('w · l', 'w · l', k.multiply, l, w) : l;
  const share = constant(Number(smoothing) / (l.grid.columns ?? 1));
  const all = along('Σ l', 'Σ l', k.sum, every);
  const u = each('ε / C · Σ l', 'ε / C · Σ l', k.multiply, all, share);
  const counting = classes.map((y) => (y === undefined ? undefined : 0));
  const some = picked('u', 'ε / C · Σ l where it counts', u, l.grid.samples, counting);
  const rest = constant(1 - Number(smoothing));
  return each(
    'a',
    '(1 − ε) l[y] + u',
    k.add,
    each('b', '(1 − ε) l[y]', k.multiply, chosen, rest),
    some,
  );
}

function ofDistributions(asked: Asked, l: Step, w: Step | undefined, settings: Settings): Step {
  const q = mixed(alike(asked.op, l, byClasses(asked, 'target'), 'input'), settings);
  const every = w ? each('w · l', 'w · l', k.multiply, l, w) : l;
  const part = each('r', `q · ${every.name}`, k.multiply, every, q);
  const terms = each('t', '−Σ r', k.negate, along('Σ r', 'Σ r', k.sum, part));
  return reduced(terms, terms.size, settings);
}

/** (1 − ε) q + ε / C */
function mixed(q: Step, { labelSmoothing: smoothing }: Settings): Step {
  if (!smoothing) return q;
  const share = constant(Number(smoothing) / (q.grid.columns ?? 1));
  const most = each('(1 − ε) q', '(1 − ε) q', k.multiply, q, constant(1 - Number(smoothing)));
  return each('q', '(1 − ε) q + ε / C', k.add, most, share);
}
