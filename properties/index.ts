/** The laws, for those who test an implementation from their own suite. */
export type { Candidate, Hello, Payload, Reply, Request } from './candidate.ts';
export { identities } from './identities/index.ts';
export { cases } from './inputs.ts';
export { type Finding, type Law, type LawResult, test } from './law.ts';
export { laws } from './laws/index.ts';
export { toPayload, toTensor } from './payload.ts';
export type { Question, Subject } from './subject.ts';
