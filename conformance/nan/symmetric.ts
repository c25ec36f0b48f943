/** # Symmetric cross-entropy as it is written: both clamps are numbers in the code, and the machine rounds them */
import * as k from './kernels.ts';
import { type Asked, byClasses, classesOf } from './layout.ts';
import { reduced } from './reduced.ts';
import { softmaxAndLog } from './softmax.ts';
import { along, constant, each, given, picked, type Step } from './stages.ts';
import type { Settings } from './textbook.ts';

export function symmetric(asked: Asked, settings: Settings): Step {
  const z = byClasses(asked, 'input', true);
  const classes = classesOf(asked, z);
  const [p, l] = softmaxAndLog(z);
  const cross = each('CE', '−l[y]', k.negate, picked('l[y]', 'l[y]', l, z.grid.samples, classes));
  const r = clamped('r', p, Number(settings.probabilityEps));
  const h = each('log(h)', 'log(h)', k.log, clamped('h', oneHot(z, classes), Number(settings.eps)));
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

const oneHot = ({ grid, size }: Step, classes: readonly number[]): Step => {
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
