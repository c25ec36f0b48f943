/**
 * # Plain loops over Math.*
 *
 * What somebody writes who needs the function and looks no further: float64 inside, one loop for
 * each, results in arrays that are there already. Every loop is its own function, so that the engine
 * sees no call in it that it cannot inline.
 */
import type { Candidate, Case, OperatorId, Peer } from '../candidate.ts';
import { type Loops, losses } from './plain-losses.ts';

const relu: Loops = {
  forward({ input: x }, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.max(x[i]!, 0);
  },
  both({ input: x }, y, g) {
    for (let i = 0; i < x.length; i++) {
      y[i] = Math.max(x[i]!, 0);
      g[i] = x[i]! > 0 ? 1 : 0;
    }
  },
};

const sigmoid: Loops = {
  forward({ input: x }, y) {
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]!));
  },
  both({ input: x }, y, g) {
    for (let i = 0; i < x.length; i++) {
      const s = 1 / (1 + Math.exp(-x[i]!));
      y[i] = s;
      g[i] = s * (1 - s);
    }
  },
};

const logsigmoid: Loops = {
  forward({ input: x }, y) {
    for (let i = 0; i < x.length; i++)
      y[i] = Math.min(x[i]!, 0) - Math.log1p(Math.exp(-Math.abs(x[i]!)));
  },
  both({ input: x }, y, g) {
    for (let i = 0; i < x.length; i++) {
      const z = Math.exp(-Math.abs(x[i]!));
      y[i] = Math.min(x[i]!, 0) - Math.log1p(z);
      g[i] = (x[i]! > 0 ? z : 1) / (1 + z);
    }
  },
};

const tanh: Loops = {
  forward({ input: x }, y) {
    for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]!);
  },
  both({ input: x }, y, g) {
    for (let i = 0; i < x.length; i++) {
      const t = Math.tanh(x[i]!);
      y[i] = t;
      g[i] = 1 - t * t;
    }
  },
};

const softplus: Loops = {
  forward({ input: x }, y) {
    for (let i = 0; i < x.length; i++)
      y[i] = Math.max(x[i]!, 0) + Math.log1p(Math.exp(-Math.abs(x[i]!)));
  },
  both({ input: x }, y, g) {
    for (let i = 0; i < x.length; i++) {
      const z = Math.exp(-Math.abs(x[i]!));
      y[i] = Math.max(x[i]!, 0) + Math.log1p(z);
      g[i] = (x[i]! < 0 ? z : 1) / (1 + z);
    }
  },
};

const softmax: Loops = {
  forward({ input: x, shape: [rows = 0, columns = 0] }, y) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const e = Math.exp(x[start + c]! - m);
        y[start + c] = e;
        sum += e;
      }
      for (let c = 0; c < columns; c++) y[start + c] = y[start + c]! / sum;
    }
  },
  both({ input: x, shape: [rows = 0, columns = 0], cotangent: u }, y, g) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      let mean = 0;
      for (let c = 0; c < columns; c++) {
        const e = Math.exp(x[start + c]! - m);
        y[start + c] = e;
        sum += e;
        mean += e * u![start + c]!;
      }
      mean /= sum;
      for (let c = start; c < start + columns; c++) {
        const p = y[c]! / sum;
        y[c] = p;
        g[c] = p * (u![c]! - mean);
      }
    }
  },
};

const logSoftmax: Loops = {
  forward({ input: x, shape: [rows = 0, columns = 0] }, y) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += Math.exp(x[start + c]! - m);
      const shift = m + Math.log(sum);
      for (let c = 0; c < columns; c++) y[start + c] = x[start + c]! - shift;
    }
  },
  both({ input: x, shape: [rows = 0, columns = 0], cotangent: u }, y, g) {
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      let total = 0;
      for (let c = 0; c < columns; c++) {
        const e = Math.exp(x[start + c]! - m);
        g[start + c] = e;
        sum += e;
        total += u![start + c]!;
      }
      const shift = m + Math.log(sum);
      for (let c = start; c < start + columns; c++) {
        y[c] = x[c]! - shift;
        g[c] = u![c]! - (g[c]! * total) / sum;
      }
    }
  },
};

const crossEntropy: Loops = {
  forward({ input: x, shape: [rows = 0, columns = 0], classes }, y) {
    let loss = 0;
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      for (let c = 0; c < columns; c++) sum += Math.exp(x[start + c]! - m);
      loss += m + Math.log(sum) - x[start + classes![r]!]!;
    }
    y[0] = loss / rows;
  },
  both({ input: x, shape: [rows = 0, columns = 0], classes }, y, g) {
    let loss = 0;
    for (let r = 0; r < rows; r++) {
      const start = r * columns;
      const target = start + classes![r]!;
      let m = x[start]!;
      for (let c = 1; c < columns; c++) m = Math.max(m, x[start + c]!);
      let sum = 0;
      for (let c = 0; c < columns; c++) {
        const e = Math.exp(x[start + c]! - m);
        g[start + c] = e;
        sum += e;
      }
      loss += m + Math.log(sum) - x[target]!;
      const p = Math.exp(x[target]! - m) / sum;
      for (let c = 0; c < columns; c++) g[start + c] = g[start + c]! / (sum * rows);
      g[target] = (p - 1) / rows;
    }
    y[0] = loss / rows;
  },
};

const binaryCrossEntropyWithLogits: Loops = {
  forward({ input: x, probabilities: t }, y) {
    let loss = 0;
    for (let i = 0; i < x.length; i++)
      loss += Math.max(x[i]!, 0) - x[i]! * t![i]! + Math.log1p(Math.exp(-Math.abs(x[i]!)));
    y[0] = loss / x.length;
  },
  both({ input: x, probabilities: t }, y, g) {
    let loss = 0;
    for (let i = 0; i < x.length; i++) {
      const z = Math.exp(-Math.abs(x[i]!));
      loss += Math.max(x[i]!, 0) - x[i]! * t![i]! + Math.log1p(z);
      g[i] = ((x[i]! < 0 ? z : 1) / (1 + z) - t![i]!) / x.length;
    }
    y[0] = loss / x.length;
  },
};

const LOOPS: { readonly [op in OperatorId]: Loops } = {
  relu,
  sigmoid,
  logsigmoid,
  tanh,
  softplus,
  softmax,
  'log-softmax': logSoftmax,
  'cross-entropy': crossEntropy,
  'binary-cross-entropy-with-logits': binaryCrossEntropyWithLogits,
  ...losses,
};

const NAME = 'plain Math.*';

function open(asked: Case): Candidate {
  const { forward, both } = LOOPS[asked.op];
  const loop = asked.pass === 'forward' ? forward : both;
  const isLoss = asked.classes !== undefined || asked.probabilities !== undefined;
  const value = new Float32Array(isLoss ? 1 : asked.input.length);
  const gradient = new Float32Array(asked.pass === 'forward' ? 0 : asked.input.length);
  const run = () => loop(asked, value, gradient);
  const answer = () => {
    run();
    return asked.pass === 'forward' ? { value } : { value, gradient };
  };
  return { name: NAME, isAsync: false, run, answer };
}

export const plain: Peer = {
  name: 'plain',
  load: async () => ({
    version: `V8 ${process.versions.v8}`,
    offers: (asked) => [{ name: NAME, open: () => open(asked) }],
  }),
};
