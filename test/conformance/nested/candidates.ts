/** # Wrong candidates: the skeleton in TypeScript with one mistake each */
import skeleton from '../../../conformance/templates/adapter.mts';
import type { Candidate, Hello, Reply, Request } from '../../../properties/candidate.ts';

const { hello } = skeleton;
const right = (request: Request): Reply => skeleton.run(request) as Reply;

/** A sign in the gradient. */
export const signed: Candidate = {
  hello,
  run(request) {
    const reply = right(request);
    const slope = reply['grad:input'];
    if (!slope) return reply;
    return {
      ...reply,
      'grad:input': { ...slope, data: Float32Array.from(slope.data as Float32Array, (y) => -y) },
    };
  },
};

/** Takes any parameter. */
export const lenient: Candidate = { hello, run: (request) => right({ ...request, params: {} }) };

export const idle: Candidate = {
  hello,
  run: () => ({ skip: { reason: 'not today' } }),
  close: async () => console.log('idle is closed'),
};

export const empty: Candidate = {
  close: async () => console.log('empty is closed'),
  hello: () => ({ ...(hello() as Hello), ops: {} }),
  run: right,
};
