/** ONNX's two losses mean the same in every operator set that has them, and what they say of −∞. */
import { describe, expect, test } from 'vitest';
import { offered } from '../../conformance/adapters/onnxruntime.ts';
import { derive } from '../../conformance/onnx/derive.ts';
import type { Graph } from '../../conformance/onnx/graph.ts';
import { runGraph } from '../../conformance/onnx/session.ts';
import type { Case } from '../../golden/case.ts';
import { casesOf } from '../../golden/cases/index.ts';
import { drawFrom } from '../../golden/draw.ts';
import { toPayload } from '../../properties/payload.ts';
import { tensor } from '../../spec/tensor.ts';

const graphOf = ({ op, params, in: given }: Case): Graph | undefined => {
  const derived = derive(offered.get(op)!, { params, in: given }, 'ranks');
  return 'graph' in derived ? derived.graph : undefined;
};
const answer = async (graph: Graph, { in: given }: Case) =>
  Array.from((await runGraph(graph, given)).out!.data as Float32Array);

describe.each([
  ['nll-loss', [12, 13, 22]],
  ['cross-entropy', [12, 13]],
] as const)('%s', (op, sets) => {
  test(`is the same in operator sets ${sets.join(', ')}`, async () => {
    let compared = 0;
    for (const one of casesOf[op]!(drawFrom(3))) {
      const graph = graphOf(one);
      if (!graph) continue;
      const [first, ...others] = await Promise.all(
        sets.map((opset) => answer({ ...graph, opset }, one)),
      );
      for (const other of others) expect(other).toEqual(first);
      compared += first!.length;
    }
    expect(compared).toBeGreaterThan(100);
  });
  test('does not exist in operator set 11', async () => {
    const one = casesOf[op]!(drawFrom(3)).find((c) => graphOf(c))!;
    await expect(answer({ ...graphOf(one)!, opset: 11 }, one)).rejects.toThrow();
  });
  test('a weight of 0 does not silence −∞', async () => {
    const one: Case = {
      ...{ op, params: { reduction: 'sum', ignoreIndex: -100 } },
      in: {
        input: toPayload(tensor([1, 2], [-Infinity, 0])),
        target: toPayload(tensor([1], [0], 'i64')),
        weight: toPayload(tensor([2], [0, 1])),
      },
    };
    expect(await answer(graphOf(one)!, one)).toEqual([NaN]);
  });
});
