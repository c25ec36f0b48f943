/**
 * # Talking to a program
 *
 * Bytes into messages however they are cut, the same results as in memory, and what becomes of the
 * program when the run ends, as it should or by Ctrl-C.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fast } from '../../conformance/adapters/fast.ts';
import { program } from '../../conformance/adapters/process.ts';
import { standing } from '../../conformance/baseline.ts';
import { operators } from '../../conformance/operators.ts';
import type { Plan } from '../../conformance/plan.ts';
import { check, everyLaw, subjectOf } from '../../conformance/run.ts';
import { decodeReply, encodeRequest } from '../../conformance/wire/codec.ts';
import { frame, frameOf, frameReader } from '../../conformance/wire/frames.ts';
import { lineReader } from '../../conformance/wire/lines.ts';
import { probed } from '../../conformance/wire/probe.ts';
import type { Candidate, Hello, Request } from '../../properties/candidate.ts';
import { test as inspect, type LawResult } from '../../properties/law.ts';
import { touchstone } from './terminal.ts';

const hostile = new URL('./hostile/program.mjs', import.meta.url).pathname;
const command = (...args: string[]): readonly string[] => [process.execPath, hostile, ...args];
const plan: Plan = { seed: 7, minGrade: 'C', runs: 8, ops: [operators.get('sigmoid')!] };

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'touchstone-'));
});
afterAll(() => rm(folder, { recursive: true }));

const request = (...data: number[]): Request => ({
  ...{ op: 'sigmoid', params: {}, want: ['out'], grad_out: null },
  in: { input: { dtype: 'f32', shape: [data.length], data: Float32Array.from(data) } },
});

async function resultsOf(candidate: Candidate): Promise<readonly LawResult[]> {
  const results: LawResult[] = [];
  for await (const result of check(candidate, plan)) results.push(result);
  await candidate.close?.();
  return results;
}

// Bytes ------------------------------------------------------------------------------------------

/** Every way to cut bytes into pieces of this length. */
const cut = (bytes: Buffer, length: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / length) }, (_, i) =>
    bytes.subarray(i * length, (i + 1) * length),
  );

describe('bytes', () => {
  test.each([1, 2, 3, 7, 1000])('are the same lines in pieces of %i', (length) => {
    const lines: string[] = [];
    const reader = lineReader((line) => lines.push(line), 100);
    for (const piece of cut(Buffer.from('{"é":1}\n\n{"b":"σ"}\nrest'), length)) reader.take(piece);
    expect(lines).toEqual(['{"é":1}', '', '{"b":"σ"}']);
    expect(reader.rest().toString()).toBe('rest');
  });
  test('a line is not gathered beyond the limit', () => {
    const reader = lineReader(() => {}, 10);
    reader.take(Buffer.from('0123456789'));
    expect(() => reader.take(Buffer.from('0'))).toThrow('a line is longer than 10 bytes');
    expect(() => lineReader(() => {}, 10).take(Buffer.from('0123456789a\n'))).toThrow(RangeError);
    expect(reader.rest().length).toBe(0);
  });
  test.each([1, 5, 8, 64, 1000])('are the same frames in pieces of %i', (length) => {
    const frames: [string, number][] = [];
    const reader = frameReader((header, raw) => frames.push([header, raw.length]), 1000);
    const sent = Buffer.concat([frameOf({ ...request(1, 2, 3), id: 'c0' }), frame({ cmd: 'bye' })]);
    expect(sent.length % 8).toBe(0);
    for (const piece of cut(sent, length)) reader.take(piece);
    expect(frames.map(([, raw]) => raw)).toEqual([16, 0]);
    expect(JSON.parse(frames[0]![0]).in.input).toMatchObject({ off: 0, len: 12 });
    expect(JSON.parse(frames[1]![0])).toEqual({ cmd: 'bye' });
  });
  test('a frame has a limit, and room for its header', () => {
    const numbers = (...n: number[]) => Buffer.from(Uint32Array.from(n).buffer);
    const reader = () => frameReader(() => {}, 100);
    expect(() => reader().take(numbers(97, 4))).toThrow('a frame is longer than 100 bytes');
    expect(() => reader().take(numbers(8, 5))).toThrow('8 bytes has a header of 5 bytes');
  });
  test('elements of a frame are where it says', () => {
    const raw = Buffer.from(Float32Array.of(1, 2, 3).buffer);
    const out = { dtype: 'f32', shape: [2], off: 4, len: 8 };
    expect(decodeReply('relu', { out }, raw).out!.data).toEqual(Float32Array.of(2, 3));
    const wrong = (more: object, bytes?: Buffer) => () =>
      decodeReply('relu', { out: { ...out, ...more } }, bytes);
    expect(wrong({ off: 8 }, raw)).toThrow('relu: out ends at 16 of 12 raw bytes');
    expect(wrong({ len: 4 }, raw)).toThrow('out has 4 bytes but should have 8');
    expect(wrong({})).toThrow('only a tensor in a binary frame');
    expect(wrong({ len: undefined }, raw)).toThrow('off and len');
  });
});

// Conversation -----------------------------------------------------------------------------------

describe('a program', () => {
  test.each(['fine', 'frames'])('has the results of a candidate in memory: %s', async (mode) => {
    const here = fast('1');
    const ops = { sigmoid: { grad: ['input'] } };
    const plain = { ...here, hello: async () => ({ ...((await here.hello()) as Hello), ops }) };
    expect(await resultsOf(program(command(mode)))).toEqual(await resultsOf(plain));
  });
  test('is asked several questions at once, and may answer them in any order', async () => {
    const candidate = program(command('reverse', '8'));
    const xs = Array.from({ length: 24 }, (_, i) => i);
    const replies = await Promise.all(xs.map((x) => candidate.run(request(x))));
    const values = replies.map((reply) => reply.out!.data[0]);
    const due = await Promise.all(xs.map((x) => fast('1').run(request(x))));
    expect(values).toEqual(due.map((reply) => reply.out!.data[0]));
    await candidate.close!();
  });
  test('that does not exist: 3; seconds that are none: 2', async () => {
    const { code, err } = await touchstone(['check', '--', 'no-such-program-at-all']);
    expect(code).toBe(3);
    expect(err).toContain('could not be run: did not start: spawn no-such-program-at-all ENOENT');
    const wrong = await touchstone(['check', '--timeout', '0', '--', 'no-such-program']);
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--timeout 0 should be')]);
  });
  test('is replayed, and ends', async () => {
    const path = join(folder, 'case.json');
    await writeFile(path, JSON.stringify(encodeRequest(request(-18))));
    const replayed = (mode: string) =>
      touchstone(['replay', path, '--', ...command(mode, '1', join(folder, `replay-${mode}`))]);
    expect((await replayed('fine')).code).toBe(0);
    const { code, out } = await replayed('exit');
    expect([code, out]).toEqual([1, expect.stringContaining('crash: sigmoid: ended with exit')]);
  });
  test('ends together with whom it has started', async () => {
    const file = join(folder, 'family');
    const candidate = program(command('family', file));
    await candidate.run(request(1));
    const pid = Number(readFileSync(file, 'utf8'));
    const isAlive = () => existsSync(`/proc/${pid}`) && !/State:\s+Z/.test(state(pid));
    expect(isAlive()).toBe(true);
    await candidate.close!();
    while (isAlive()) await after(20);
  });
  test('Ctrl-C: 130, a report that is whole, and no program', { timeout: 60_000 }, async () => {
    const [report, file] = [join(folder, 'run.jsonl'), join(folder, 'hung')];
    const cli = new URL('../../dist/conformance/cli.js', import.meta.url).pathname;
    const asked = ['check', '--op', 'sigmoid', '--profile', 'smoke', '--timeout', '50'];
    const ours = spawn(
      process.execPath,
      [cli, ...asked, '--report', `jsonl=${report}`, '--', ...command('hang', '15', file)],
      { stdio: 'ignore' },
    );
    const ended = new Promise<number | null>((done) => ours.once('exit', done));
    // The question at which it hangs has been written down.
    while (!existsSync(file)) await after(20);
    ours.kill('SIGINT');
    expect(await ended).toBe(130);
    const lines = (await readFile(report, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((l) => JSON.parse(l));
    expect(lines.map(({ type }) => type)).toEqual(['header', 'result', 'footer']);
    expect(lines[1]).toMatchObject({ law: 'value', status: 'pass' });
  });
});

const state = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return 'State:\tZ';
  }
};

// What laws make of it ---------------------------------------------------------------------------

describe('a candidate that breaks down', () => {
  const broken = (kind: 'crash' | 'oom'): Candidate => ({
    hello: fast('1').hello,
    run: () => ({ error: { kind, message: 'it ended', stderr: 'a trace' } }),
  });
  test.each(['sigmoid', 'cross-entropy', 'mse-loss'])('fails every law of %s', async (id) => {
    const candidate = broken('crash');
    const subject = subjectOf(
      candidate,
      (await candidate.hello()) as Hello,
      operators.get(id)!,
      plan,
    )!;
    const laws = everyLaw.filter((law) => law.appliesTo(subject.op));
    expect(laws.length).toBeGreaterThan(8);
    for (const law of laws) {
      const { status, findings } = await inspect(law, subject, 6);
      expect([law.name, status, findings.map((f) => f.name)]).toEqual([
        law.name,
        'fail',
        ['crash'],
      ]);
      expect(findings[0]).toMatchObject({ stderr: 'a trace' });
      expect(findings[0]!.says).toMatch(/^[a-z-0-9]+: it ended$/);
    }
  });
  test('a witness of it is asked as it was', async () => {
    const candidate = broken('oom');
    const hello = (await candidate.hello()) as Hello;
    const witness = encodeRequest({ ...request(1), op: 'elu', params: { alpha: 2 } });
    const about = (law: string) => ({
      ...{ check: `elu/${law}/oom`, reason: 'memory', witness },
      seen: { version: '1', cpu: 'unknown' },
    });
    for (const law of ['value', 'parameters', 'errors', 'deterministic']) {
      const fails = law === 'errors' ? 'stale' : 'fails as listed';
      expect([law, await standing(about(law), candidate, hello, plan)]).toEqual([law, fails]);
      expect(await standing(about(law), fast('1'), hello, plan)).toBe('stale');
    }
  });
});

describe('asked twice', () => {
  const drifting = (isDeterministic: boolean): Candidate => {
    const sound = fast('1');
    let asked = 0;
    const policy = { ftz: 'none', signed_zero: 'strict', deterministic: isDeterministic } as const;
    return {
      hello: async () => ({ ...((await sound.hello()) as Hello), policy }),
      async run(request) {
        const reply = await sound.run(request);
        if (++asked < 20 || !reply.out) return reply;
        return { ...reply, out: { ...reply.out, data: Float32Array.of(0.25) } };
      },
    };
  };
  test.each([true, false])('who promises to be deterministic (%s) has to be', async (promises) => {
    const candidate = probed(drifting(promises));
    await candidate.hello();
    for (let i = 0; i < 50; i++) await candidate.run(request(i));
    const came = await candidate.afterthoughts!();
    expect(came.map(({ name }) => name)).toEqual(promises ? ['differs'] : []);
    if (promises) expect(came[0]!.request).toEqual(request(0));
    expect(await candidate.afterthoughts!()).toEqual([]);
  });
});
