/** # One of several workers of a sweep: gets ranges, gives findings */
import { parentPort, workerData } from 'node:worker_threads';
import { loadCandidate, type Named, type Patience } from '../adapters/index.ts';
import type { Range } from './blocks.ts';
import { judgeRange } from './judge.ts';
import { answersOf, questionOf } from './plan.ts';
import type { Plan } from './result.ts';

export interface Task {
  readonly plan: Plan;
  readonly candidate: Named;
  readonly patience: Patience;
}

const { plan, candidate: named, patience } = workerData as Task;
const candidate = await loadCandidate(named, patience);
const answer = await answersOf(candidate, plan);
const question = questionOf(plan);

parentPort!.on('message', async (range: Range | 'end') => {
  if (range === 'end') {
    await candidate.close?.();
    parentPort!.close();
  } else parentPort!.postMessage({ range, findings: await judgeRange(question, range, answer) });
});
