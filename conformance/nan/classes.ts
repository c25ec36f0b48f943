/** # Textbooks of classes: softmax, its logarithm, and what is made of them */
import { isInteger } from '../../spec/tensor.ts';
import * as k from './kernels.ts';
import { type Asked, alike, byClasses, classesOf, tensorOf } from './layout.ts';
import { reduced } from './reduced.ts';
import { along, constant, each, given, picked, type Step, total } from './stages.ts';
import type { Settings, Textbook } from './textbook.ts';

// Heads ------------------------------------------------------------------------------------------

const logOf = (p: Step): Step => each('l', 'log(p)', k.log, p);

/** e^z / Σ e^z */
function softmax(z: Step): Step {
  const e = each('e', `exp(${z.name})`, k.exp, z);
  return each('p', 'e / s', k.divide, e, along('s', 'Σ e', k.sum, e));
}
const shifted = (z: Step): Step =>
  each('d', `${z.name} − m`, k.subtract, z, along('m', `max ${z.name}`, k.largest, z));

function logSoftmax(z: Step): Step {
  const d = shifted(z);
  const s = along('s', 'Σ e', k.sum, each('e', 'exp(d)', k.exp, d));
  return each('l', 'd − log(s)', k.subtract, d, each('log(s)', 'log(s)', k.log, s));
}

// Of log-probabilities ---------------------------------------------------------------------------

type Classes = readonly (number | undefined)[];

/** −l[y] for classes, −Σ q l for distributions q; with weights and label smoothing. */
function likelihood(asked: Asked, l: Step, settings: Settings): Step {
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
  const u = each('u', 'ε / C · Σ l', k.multiply, all, share);
  const counting = classes.map((y) => (y === undefined ? undefined : 0));
  const some = picked('u', 'u where it counts', u, l.grid.samples, counting);
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

// Symmetric cross-entropy ------------------------------------------------------------------------

/** Both clamps are numbers in the code, and the machine rounds them. */
function symmetric(asked: Asked, settings: Settings): Step {
  const z = byClasses(asked, 'input', true);
  const classes = classesOf(asked, z);
  const r = clamped('r', softmax(shifted(z)), Number(settings.probabilityEps));
  const h = each('log(h)', 'log(h)', k.log, clamped('h', oneHot(z, classes), Number(settings.eps)));
  const cross = each(
    'CE',
    '−l[y]',
    k.negate,
    picked('l[y]', 'l[y]', logSoftmax(z), z.grid.samples, classes),
  );
  const reverse = along(
    'RCE',
    'Σ r · log(h)',
    k.sum,
    each('r · log(h)', 'r · log(h)', k.multiply, r, h),
  );
  const [a, b] = [Number(settings.a), Number(settings.b)];
  const terms = each(
    't',
    'a · CE − b · RCE',
    k.subtract,
    each('a · CE', `${a} · CE`, k.multiply, cross, constant(a)),
    each('b · RCE', `${b} · RCE`, k.multiply, reverse, constant(b)),
  );
  return reduced(terms, terms.size, settings);
}

const oneHot = ({ grid, size }: Step, classes: Classes): Step => {
  const columns = grid.columns ?? 1;
  const at = (i: number) => (classes[Math.floor(i / columns)] === i % columns ? 1 : 0);
  return given(
    'q',
    grid,
    Float64Array.from({ length: size }, (_, i) => at(i)),
  );
};

const clamped = (name: string, x: Step, eps: number): Step =>
  each(
    name,
    `min(max(${x.name}, ${eps}), 1)`,
    k.smaller,
    each(`max(${x.name}, ${eps})`, `max(${x.name}, ${eps})`, k.larger, x, constant(eps)),
    constant(1),
  );

// Textbooks --------------------------------------------------------------------------------------

const CROSS_ENTROPY = {
  op: 'cross-entropy',
  from: 'logits',
  instead: 'cross-entropy',
  params: ['reduction', 'ignoreIndex', 'labelSmoothing'],
  inputs: ['input', 'target'],
  optional: ['weight'],
  clauses: {
    main: 'CE-13',
    overflow: 'CE-13',
    empty: 'CE-5',
    masked: 'CE-6',
    silenced: 'CE-8',
    range: 'CE-9',
  },
} as const;
const NLL = {
  op: 'nll-loss',
  from: 'log-probabilities',
  instead: 'nll-loss',
  params: ['reduction', 'ignoreIndex'],
  inputs: ['input', 'target'],
  optional: ['weight'],
  clauses: { main: 'NLL-7', empty: 'NLL-3', silenced: 'NLL-5', range: 'NLL-6' },
} as const;

/** Of what the batch holds to log-probabilities. */
const of =
  (head: (z: Step) => Step): Textbook['build'] =>
  (asked, settings) =>
    likelihood(asked, head(byClasses(asked, 'input', true)), settings);

const LOGITS = 'cross-entropy of the logits: it subtracts logarithms and never forms a probability';
const LOST =
  'cross-entropy of the logits: a probability that was rounded to 0 has lost its loss before it came here';

export const classTextbooks: readonly Textbook[] = [
  {
    ...CROSS_ENTROPY,
    id: 'softmax-log',
    title: 'log(softmax(z)) with e^z as it is, then NLL',
    fix: LOGITS,
    build: of((z) => logOf(softmax(z))),
  },
  {
    ...CROSS_ENTROPY,
    id: 'shifted-softmax-log',
    title: 'log(softmax(z)) with the largest logit subtracted, then NLL',
    fix: LOGITS,
    build: of((z) => logOf(softmax(shifted(z)))),
  },
  {
    ...CROSS_ENTROPY,
    id: 'log-softmax',
    title: 'log-softmax, then NLL',
    fix: 'cross-entropy, which is this',
    build: of(logSoftmax),
  },
  {
    ...CROSS_ENTROPY,
    from: 'probabilities',
    instead: undefined,
    id: 'log-nll',
    title: 'log(p), then NLL',
    fix: LOST,
    build: of((p) => each('l', 'log(p)', k.log, p)),
  },
  {
    ...CROSS_ENTROPY,
    from: 'probabilities',
    instead: undefined,
    id: 'where-log-nll',
    title: 'where(p > 0, log(p), 0), then NLL',
    fix: LOST,
    build: of((p) => each('l', 'where(p > 0, log(p), 0)', k.whereAbove, p, logOf(p), constant(0))),
  },
  {
    ...NLL,
    id: 'nll',
    title: 'NLL of log-probabilities',
    fix: 'nll-loss, which is this',
    build: of((l) => l),
  },
  {
    ...CROSS_ENTROPY,
    id: 'symmetric',
    op: 'symmetric-cross-entropy',
    instead: 'symmetric-cross-entropy',
    title: 'cross-entropy and its reverse, labels clamped at eps',
    params: ['reduction', 'a', 'b', 'eps', 'probabilityEps'],
    optional: [],
    fix: 'log(eps) as a number of its own, worked out in float64; or eps of at least 6e-8 in float16',
    clauses: { main: 'RCE-1', range: 'SCE-3' },
    build: symmetric,
  },
];
