/** # A baseline may only shrink: dates, ratchets, conditions, and the file that is rewritten */
import { readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Baseline, type Entry, examine, readBaseline } from '../../conformance/baseline.ts';
import { rewritten } from '../../conformance/update.ts';
import { folderFor, small, wrong } from './gate.ts';
import { checked } from './judge.ts';
import { touchstone } from './terminal.ts';

const file = folderFor();
const op = 'relu';
const check = 'relu/value/size';
const golden = new URL('../../golden/onnxruntime.baseline.json', import.meta.url).pathname;

let listed: Baseline;
let entry: Entry;
beforeAll(async () => {
  await checked(wrong, { op, report: [`baseline=${file('listed.json')}`] });
  listed = JSON.parse(await readFile(file('listed.json'), 'utf8'));
  entry = listed.entries.find((e) => e.check === check)!;
}, 60_000);

const reasoned = (change: Partial<Entry> = {}): Entry => ({
  ...entry,
  reason: 'float16',
  ...change,
});
const of = (...entries: readonly Entry[]): Baseline => ({ ...listed, entries: [...entries] });
const write = async (content: unknown): Promise<string> => {
  const path = file('baseline.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
  return path;
};
const judged = async (candidate: typeof small, content: unknown, more: object = {}) =>
  checked(candidate, { op, baseline: await write(content), today: '2027-06-30', ...more });
const standing = async (change: Partial<Entry>, today = '2027-06-30', candidate = wrong) =>
  (await examine(reasoned(change), candidate, await candidate.hello(), PLAN, today)).standing;
const PLAN = { seed: 7, minGrade: 'C' } as const;

describe('an entry that expires', () => {
  test('holds until the day has passed', async () => {
    const expires = '2027-06-30';
    expect(await standing({ expires }, '2027-06-29')).toBe('fails as listed');
    expect(await standing({ expires }, '2027-06-30')).toBe('fails as listed');
    expect(await standing({ expires }, '2027-07-01')).toBe('expired');
    expect(await standing({ expires }, '2028-01-01')).toBe('expired');
  });
  test('is 4 afterwards, although nothing fails that is not listed', async () => {
    const { code, out } = await judged(wrong, of(reasoned({ expires: '2027-06-29' })));
    expect(code).toBe(4);
    expect(out).toContain(`entries that have expired: ${check}`);
    expect(out).toContain(`expired  ${check}  float16`);
    expect(out).not.toContain('FAIL relu/');
  });
  test('is stale when it passes, whatever the date', async () => {
    expect(await standing({ expires: '2027-01-01' }, '2027-06-30', small)).toBe('stale');
    const { code, out } = await judged(small, of(reasoned({ expires: '2027-01-01' })));
    expect([code, out]).toEqual([4, expect.stringContaining('these pass now')]);
  });
  test('by the clock where no day is given', async () => {
    const ask = async (expires: string) => {
      const baseline = await write(of(reasoned({ expires })));
      return (await checked(wrong, { op, baseline })).code;
    };
    expect([await ask('2020-01-01'), await ask('9999-12-31')]).toEqual([4, 0]);
  });
  test.each(['tomorrow', '2027-13-01', '2027-02-30', '30.06.2027', ''])(
    '%o is no date',
    async (expires) => {
      const { code, err } = await judged(wrong, of(reasoned({ expires })));
      expect([code, err]).toEqual([2, expect.stringContaining('expires')]);
    },
  );
});

describe('an entry with a ratchet', () => {
  test('excuses no larger error', async () => {
    const { baseline: _, ...found } = JSON.parse(
      (await checked(wrong, { op, json: true })).out,
    ) as { baseline?: string; results: { findings: { check: string; ulps: number }[] }[] };
    const { ulps } = found.results.flatMap((r) => r.findings).find((f) => f.check === check)!;
    expect(ulps).toBeGreaterThan(8);
    expect(await standing({ maxUlps: ulps })).toBe('fails as listed');
    expect(await standing({ maxUlps: ulps * 0.99 })).toBe('worse than listed');
    const { code, out } = await judged(wrong, of(reasoned({ maxUlps: ulps * 0.99 })));
    expect(code).toBe(1);
    expect(out).toContain(`FAIL ${check}`);
  });
  test.each([-1, 'many'])('%o is none', async (maxUlps) => {
    const { code, err } = await judged(wrong, of(reasoned({ maxUlps } as object)));
    expect([code, err]).toEqual([2, expect.stringContaining('maxUlps')]);
  });
});

describe('an entry with conditions', () => {
  test('applies where all of them are met', async () => {
    expect(await standing({ when: { device: 'cpu' } })).toBe('fails as listed');
    expect(await standing({ when: { device: 'cpu', os: 'linux' } })).toBe('fails as listed');
    expect(await standing({ when: { device: 'cuda' } })).toBe('does not apply');
    expect(await standing({ when: { device: 'cpu', os: 'darwin' } })).toBe('does not apply');
    expect(await standing({ when: { driver: '1' } })).toBe('does not apply');
  });
  test('excuses nothing elsewhere, and is not stale there', async () => {
    const elsewhere = of(reasoned({ when: { device: 'cuda' } }));
    expect((await judged(wrong, elsewhere)).code).toBe(1);
    const { code, out } = await judged(small, elsewhere);
    expect(code).toBe(0);
    expect(out).toContain('fast: conforms');
  });
  test('may be one of several about a check, but not twice the same', async () => {
    const both = of(reasoned({ when: { device: 'cuda' } }), reasoned({ when: { device: 'cpu' } }));
    expect((await judged(wrong, both)).code).toBe(0);
    for (const when of [{}, { when: { os: 'linux' } }]) {
      const { code, err } = await judged(wrong, of(reasoned(when), reasoned(when)));
      expect([code, err]).toEqual([2, expect.stringContaining(`${check} is listed twice`)]);
    }
  });
});

describe('an entry excuses one check', () => {
  test.each(['relu/*', 'relu/value/*', '*/value/size', 'relu/value/siz?'])(
    '%s excuses none',
    async (pattern) => {
      expect((await judged(wrong, of(reasoned({ check: pattern })))).code).not.toBe(0);
    },
  );
});

// Rewriting --------------------------------------------------------------------------------------

/** Written by hand: other fields, other white space, a string that looks like what is looked for. */
const handmade = (entries: readonly string[]) =>
  `{ "version": 1,\n\t"candidate": "fast",\n\t"entries": [${entries.join(',')}\n\t] }\n`;
const inline = (e: Entry, more = '') => `\n\t\t${JSON.stringify(e).replace(/\}$/, `${more} }`)}`;

describe('--update', () => {
  const passing = (fault: string): Entry => reasoned({ check: `relu/value/${fault}` });

  test('takes out what passes now, and leaves every other byte', async () => {
    const odd = inline(
      reasoned({ reason: 'says "entries": [{}, {"]' }),
      ',  "issue":"https://a.b/1"',
    );
    for (const [first, last] of [
      [[inline(passing('nan'))], []],
      [[], [inline(passing('nan'))]],
      [[inline(passing('nan'))], [inline(passing('zero'))]],
    ] as const) {
      const { code, err } = await judged(wrong, handmade([...first, odd, ...last]), {
        update: true,
      });
      expect(code).toBe(0);
      expect(err).toContain('removed relu/value/nan, which passes now');
      expect(await readFile(file('baseline.json'), 'utf8')).toBe(handmade([odd]));
    }
  });
  test('takes out all, where all pass', async () => {
    const { code } = await judged(small, of(reasoned()), { update: true });
    expect(code).toBe(0);
    expect((await readBaseline(file('baseline.json'))).entries).toEqual([]);
  });
  test('adds nothing that is not accepted', async () => {
    const { code } = await judged(wrong, of(), { update: true });
    expect(code).toBe(1);
    expect((await readBaseline(file('baseline.json'))).entries).toEqual([]);
  });
  test('adds what fails anew with --accept, and says that nobody has said why', async () => {
    const { code, err, out } = await judged(wrong, of(), { update: true, accept: true });
    expect(code).toBe(0);
    expect(err).toContain(`added ${check}`);
    expect(err).toContain('as generated, say why instead');
    expect(out).toContain('fails exactly as listed');
    expect((await readBaseline(file('baseline.json'))).entries).toEqual(listed.entries);
    const again = await checked(wrong, { op, baseline: file('baseline.json') });
    expect([again.code, again.err]).toEqual([0, expect.stringContaining('say why instead')]);
    const known = await judged(wrong, of(...listed.entries.map((e) => ({ ...e, reason: 'why' }))));
    expect([known.code, known.err]).toEqual([0, '']);
  });
  test('begins a file with --accept', async () => {
    const baseline = file('new.json');
    expect((await checked(wrong, { op, baseline, update: true })).code).toBe(2);
    const { code } = await checked(wrong, { op, baseline, update: true, accept: true });
    expect(code).toBe(0);
    expect(await readBaseline(baseline)).toMatchObject({
      candidate: 'fast',
      entries: listed.entries,
    });
  });
  test('loosens no ratchet', async () => {
    const strict = of(reasoned({ maxUlps: 1 }));
    const { code } = await judged(wrong, strict, { update: true, accept: true });
    expect(code).toBe(1);
    expect((await readBaseline(file('baseline.json'))).entries).toEqual(strict.entries);
  });
  test('waits with what is not asked for, expired or elsewhere', async () => {
    const kept = of(reasoned({ expires: '2020-01-01' }), reasoned({ when: { device: 'cuda' } }), {
      ...reasoned(),
      check: 'tanh/value/size',
      witness: { op: 'tanh', in: {} },
    });
    const { code } = await judged(wrong, kept, { update: true });
    expect(code).toBe(4);
    expect((await readBaseline(file('baseline.json'))).entries).toEqual(kept.entries);
  });
  test('of shards is for merge', async () => {
    const baseline = await write(handmade([inline(passing('nan')), inline(reasoned())]));
    const shards = [1, 2].map((i) => file(`${i}.jsonl`));
    for (const [i, path] of shards.entries()) {
      const options = { op, baseline, shard: `${i + 1}/2`, report: [`jsonl=${path}`] };
      expect((await checked(wrong, { ...options, update: true })).code).toBe(2);
      await checked(wrong, options);
    }
    const stale = await touchstone(['merge', ...shards, '--baseline', baseline]);
    expect(stale.code).toBe(4);
    const { code, err } = await touchstone([
      'merge',
      ...shards,
      '--baseline',
      baseline,
      '--update',
    ]);
    expect([code, err]).toEqual([0, expect.stringContaining('removed relu/value/nan')]);
    expect(await readFile(baseline, 'utf8')).toBe(handmade([inline(reasoned())]));
  });
  test.each([
    [{ update: true }, '--update goes with --baseline'],
    [{ accept: true, baseline: golden }, '--accept goes with --update'],
  ])('%o is refused', async (options, says) => {
    const { code, err } = await checked(wrong, { op, ...options });
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });
});

test('the baseline of ONNX Runtime is read as it is, and rewritten to itself', async () => {
  const { text, entries } = await readBaseline(golden);
  expect(rewritten(text, new Set(), [])).toBe(text);
  const less = rewritten(text, new Set([0, 5]), []);
  expect(JSON.parse(less).entries).toEqual(
    entries.filter((_, place) => place !== 0 && place !== 5),
  );
  expect(less.split('\n').every((line) => text.includes(line))).toBe(true);
  const more = rewritten(text, new Set(), [entries[3]!]);
  // Formatted as the others are.
  expect(more.split('\n').every((line) => text.includes(line.replace(/,$/, '')))).toBe(true);
});
