import fc from 'fast-check';
import { test } from 'vitest';
import { floats } from '../../properties/floats.ts';
import { cases } from '../../properties/inputs.ts';
import { float16, float32 } from '../../spec/format.ts';
import * as spec from '../../spec/index.ts';
import { evaluate, gradient, Uncertified } from '../../spec/oracle/index.ts';
import { tensor } from '../../spec/tensor.ts';
test('x', () => {
  for (const [id, op] of Object.entries(spec)) for (const format of [float16, float32]) {
    let n = 0, r = 0;
    for (const c of fc.sample(cases(op, floats(format), undefined, floats()), { seed: 1, numRuns: 60 })) {
      const { shape, cells } = evaluate(op, c.tensors, c.settings, format);
      const cotangent = tensor(shape, cells.map((_, i) => (i % 2 ? -1.5 : 0.75)));
      for (const wrt of ['input', 'target', 'weight', 'bias']) {
        const inp = (op.inputs as any)[wrt]; const t = c.tensors[wrt];
        if (!t || t.dtype === 'i64' || !(inp.of === 'either' || inp.differentiable)) continue;
        n++;
        try { gradient(op, c.tensors, c.settings, { wrt, cotangent, format }); } catch (e) { if (!(e instanceof Uncertified)) { console.log(id, String(e)); continue; } r++; if (r < 4) console.log(format.name, id, wrt, JSON.stringify(c)); }
      }
    }
    console.log(id, format.name, n, 'refused', r);
  }
});
