/** # A candidate that fails a little, and files to write its reports to */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import type { Candidate, Hello, Payload } from '../../properties/candidate.ts';

const sound = fast('1');
const OPS = ['relu', 'leaky-relu', 'hardtanh'] as const;

/** Few operators and no gradients: what is tested here is not arithmetic. */
export const small: Candidate = {
  hello: async () => {
    const hello = (await sound.hello()) as Hello;
    const env = { os: 'linux', device: 'cpu' };
    return { ...hello, env, ops: Object.fromEntries(OPS.map((op) => [op, { grad: [] }])) };
  },
  run: sound.run,
};

/** Large results are off by 8 ulp and more. */
export const wrong: Candidate = {
  hello: small.hello,
  async run(request) {
    const reply = await sound.run(request);
    return reply.out ? { ...reply, out: spoilt(reply.out) } : reply;
  },
};

const spoilt = ({ dtype, shape, data }: Payload): Payload => ({
  ...{ dtype, shape },
  data: Float32Array.from(data as Float32Array, (y) => (y > 100 ? y * (1 + 2 ** -20) : y)),
});

export const claiming = (candidate: Candidate, change: (hello: Hello) => Hello): Candidate => ({
  hello: async () => change(await candidate.hello()),
  run: candidate.run,
});

/** The paths of files in a folder that is there for the tests of one file. */
export function folderFor(): (name: string) => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return (name) => {
    if (folder === '') throw new Error(`${name} is asked for before there is a folder`);
    return join(folder, name);
  };
}
