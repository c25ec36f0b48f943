/** # Plain loops over Math.*, of losses that are not among the usual ones */
import type { Case } from '../candidate.ts';

type Loop = (asked: Case, y: Float32Array, g: Float32Array) => void;
export interface Loops {
  readonly forward: Loop;
  readonly both: Loop;
}

/** The default of both losses. */
const EPS = 1e-18;

/** CE times a, and RCE; with slopes where there is room for them. */
const reverse =
  (a: number): Loop =>
  ({ input: x, shape: [rows = 0, columns = 0], classes }, y, g) => {
    const p = new Float64Array(columns);
    let loss = 0;
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      const target = classes![r]!;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        p[c] = Math.exp(x[start + c]! - m);
        sum += p[c]!;
      }
      let inside = 0;
      let clamped = 0;
      for (let c = 0; c < columns; c++) {
        p[c] = p[c]! / sum;
        if (c === target) continue;
        if (p[c]! < EPS) clamped += EPS;
        else inside += p[c]!;
      }
      const b = -Math.log(EPS);
      loss += b * (inside + clamped) + a * (m + Math.log(sum) - x[start + target]!);
      if (g.length === 0) continue;
      for (let c = 0; c < columns; c++) {
        const free = c !== target && p[c]! >= EPS ? 1 : 0;
        g[start + c] = (p[c]! * (a + b * (free - inside)) - (c === target ? a : 0)) / rows;
      }
    }
    y[0] = loss / rows;
  };

const nllLoss: Loop = ({ input: x, shape: [rows = 0, columns = 0], classes }, y, g) => {
  let loss = 0;
  for (let r = 0; r < rows; r++) loss -= x[r * columns + classes![r]!]!;
  y[0] = loss / rows;
  g.fill(0);
  if (g.length > 0) for (let r = 0; r < rows; r++) g[r * columns + classes![r]!] = -1 / rows;
};

const klDiv: Loop = ({ input: x, probabilities: t }, y, g) => {
  let loss = 0;
  for (let i = 0; i < x.length; i++) if (t![i]! > 0) loss += t![i]! * (Math.log(t![i]!) - x[i]!);
  y[0] = loss / x.length;
  for (let i = 0; i < g.length; i++) g[i] = -t![i]! / x.length;
};

const both = (loop: Loop): Loops => ({ forward: loop, both: loop });

export const losses = {
  'reverse-cross-entropy': both(reverse(0)),
  'symmetric-cross-entropy': both(reverse(1)),
  'nll-loss': both(nllLoss),
  'kl-div': both(klDiv),
};
