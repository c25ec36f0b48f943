/**
 * # Messages on the wire
 *
 * These schemas are the source: types, checks, and the JSON Schema for other languages. A message
 * of every leaf says what is due, so that an error reads `in.input.dtype is 'f31' but should be …`.
 * Fields that are not known are ignored, as a newer suite may send more.
 */
import * as z from 'zod';
import { GRADES } from '../../spec/grade.ts';
import { FORMATS, type FormatName } from '../formats.ts';

const DTYPES = ['f16', 'bf16', 'f32', 'f64', 'i32', 'i64', 'u8'] as const;
/** Numbers that JSON has no way to write. */
export const SPECIALS = ['NaN', 'Infinity', '-Infinity', '-0'] as const;

const text = z.string({ error: 'a string' });
const dtype = z.enum(DTYPES, { error: `one of ${DTYPES.join(', ')}` });
const length = z.int({ error: 'a whole number' }).min(0, { error: 'a whole number, 0 or more' });
const shape = z.array(length, { error: 'an array of lengths' });
const b64 = text.meta({ contentEncoding: 'base64', description: 'elements, little-endian' });
const hex = text.meta({
  description: "each element's bits as 16, 8, 4 or 2 hexadecimal digits, separated by spaces",
});
const special = z.enum(SPECIALS);
const value = z.union([z.number(), special], {
  error: `a number or one of ${SPECIALS.join(', ')}`,
});
const values = z
  .array(value, { error: 'an array of numbers' })
  .meta({ description: 'numbers, each rounded once to the dtype' });

/** In a binary frame, in place of b64. */
const off = length.meta({ description: 'in a frame: where the elements begin in its raw bytes' });
const len = length.meta({ description: 'in a frame: how many bytes the elements have' });

const ENCODINGS = ['b64', 'hex', 'values', 'off'] as const;
const given = (tensor: object): readonly string[] =>
  ENCODINGS.filter((name) => name in tensor && tensor[name as never] !== undefined);
const oneOf = (names: readonly string[]) => names.map((name) => ({ required: [name] }));

const both = { off: ['len'], len: ['off'] };
const hasBoth = ({ off, len }: { off?: unknown; len?: unknown }): boolean =>
  (off === undefined) === (len === undefined);

/** A tensor on the way in: its elements in exactly one of three ways. */
const tensor = z
  .object(
    {
      dtype,
      shape,
      b64: b64.optional(),
      hex: hex.optional(),
      values: values.optional(),
      off: off.optional(),
      len: len.optional(),
    },
    { error: 'a tensor: { dtype, shape, b64 | hex | values }' },
  )
  .refine((tensor) => given(tensor).length === 1, {
    error: 'a tensor with exactly one of b64, hex, values',
  })
  .refine(hasBoth, { error: 'a tensor with off and len' })
  .meta({ oneOf: oneOf(ENCODINGS), dependentRequired: both });

/** A tensor in an answer: bits, and for people's convenience also digits. */
const answered = z
  .object(
    {
      dtype,
      shape,
      b64: b64.optional(),
      hex: hex.optional(),
      off: off.optional(),
      len: len.optional(),
      decimal: z.array(text).optional().meta({
        description:
          '20 significant digits of each element; 0e-n: the exact value is within 10^-n of 0, and more is not known',
      }),
    },
    { error: 'a tensor: { dtype, shape, b64 | hex }' },
  )
  .refine(({ b64, hex, off }) => b64 !== undefined || hex !== undefined || off !== undefined, {
    error: 'a tensor with b64 or hex',
  })
  .refine(hasBoth, { error: 'a tensor with off and len' })
  .meta({ anyOf: oneOf(['b64', 'hex', 'off']), dependentRequired: both });

const id = z.union([z.string(), z.number()], { error: 'a string or a number' });
const setting = z
  .union([z.number(), z.string(), z.boolean()], { error: 'a number, a string, true or false' })
  .meta({ description: 'a number may also be one of the strings NaN, Infinity, -Infinity, -0' });
const record = <T extends z.ZodType>(of: T, due: string) =>
  z.record(z.string(), of, { error: due });
const wanted = z.string({ error: 'out or grad:<input>' }).regex(/^(out$|grad:.)/, {
  error: 'out or grad:<input>',
});

/** One case. */
const run = z.object(
  {
    cmd: z.literal('run', { error: 'run' }).optional(),
    id: id.optional(),
    op: z.string({ error: "an operator's name" }),
    params: record(setting, 'an object of parameters').optional(),
    in: record(tensor.nullable(), 'an object of tensors'),
    want: z
      .array(wanted, { error: 'an array of out and grad:<input>' })
      .min(1, { error: 'an array of at least one of out and grad:<input>' })
      .optional(),
    grad_out: tensor.nullish(),
  },
  { error: 'an object' },
);

const FLOATS = Object.keys(FORMATS) as FormatName[];

/** Consecutive inputs, which both sides make: a case without tensors, for whoever says that it answers `sweep`. */
const sweep = z.object(
  {
    cmd: z.literal('sweep', { error: 'sweep' }),
    id: id.optional(),
    op: z.string({ error: "an elementwise operator's name" }),
    params: record(setting, 'an object of parameters').optional(),
    dtype: z.enum(FLOATS, { error: `one of ${FLOATS.join(', ')}` }),
    start: z
      .string({ error: '0x and 1 to 8 hexadecimal digits' })
      .regex(/^0x[0-9a-f]{1,8}$/, { error: '0x and 1 to 8 hexadecimal digits' })
      .meta({ description: 'the bits of the first input; each is followed by the next larger' }),
    count: length.meta({ description: 'how many inputs there are' }),
    want: z.array(wanted, { error: 'an array of out and grad:input' }),
  },
  { error: 'an object' },
);

const KINDS = ['invalid_input', 'unsupported', 'internal', 'oom'] as const;
const isGradient = (field: string) => field.startsWith('grad:');

/** The answer to one case: tensors, or why there are none. */
const reply = z
  .object(
    {
      id: id.nullish(),
      line: z.int({ error: 'a whole number' }).optional(),
      out: answered.optional(),
      error: z
        .object(
          { kind: z.enum(KINDS, { error: `one of ${KINDS.join(', ')}` }), message: text },
          { error: 'an object { kind, message }' },
        )
        .optional(),
      skip: z.object({ reason: text }, { error: 'an object { reason }' }).optional(),
    },
    { error: 'an object' },
  )
  .catchall(z.unknown())
  .superRefine((fields, context) => {
    for (const [field, gradient] of Object.entries(fields).filter(([name]) => isGradient(name))) {
      const { error } = answered.safeParse(gradient, { reportInput: true });
      for (const { path, message, input } of error?.issues ?? [])
        context.addIssue({ code: 'custom', path: [field, ...path], message, input });
    }
  });

const FLUSHES = ['none', 'output', 'input', 'both'] as const;
const ZEROS = ['strict', 'ignore'] as const;
const PARAMETERS = ['f32', 'f64'] as const;
const flag = z.boolean({ error: 'true or false' });
const texts = z.array(text, { error: 'an array of strings' });

const grade = z.enum(GRADES, { error: `one of ${GRADES.join(', ')}` });
const offer = z.object(
  {
    grad: texts,
    promises: z
      .object({ value: grade, gradient: grade }, { error: 'an object { value, gradient }' })
      .optional(),
  },
  { error: 'an object { grad: [inputs] }' },
);

/** What an implementation says of itself. */
const hello = z.object(
  {
    protocol: z.literal(1, { error: '1' }),
    impl: z.object(
      { name: text, version: text, language: text, url: text.optional() },
      { error: 'an object { name, version, language }' },
    ),
    env: record(text, 'an object of strings').optional(),
    encodings: texts.optional(),
    commands: texts.optional().meta({ description: 'answered beside run: sweep' }),
    nonce: text.optional().meta({ description: 'that of the question, as it came' }),
    dtypes: z.array(dtype, { error: 'an array of dtypes' }),
    dialect: text,
    policy: z.object(
      {
        ftz: z.enum(FLUSHES, { error: `one of ${FLUSHES.join(', ')}` }),
        signed_zero: z.enum(ZEROS, { error: `one of ${ZEROS.join(', ')}` }),
        deterministic: flag,
        parameters: z.enum(PARAMETERS, { error: `one of ${PARAMETERS.join(', ')}` }).optional(),
      },
      { error: 'an object { ftz, signed_zero, deterministic }' },
    ),
    ops: record(offer, 'an object of operators'),
    unsupported: record(z.object({ reason: text }), 'an object of operators').optional(),
  },
  { error: 'an object' },
);

export const schemas = { run, sweep, reply, hello } as const;
export type MessageName = keyof typeof schemas;
export type WireTensor = z.infer<typeof tensor>;
export type WireAnswer = z.infer<typeof answered>;
export type RunMessage = z.infer<typeof run>;
export type SweepMessage = z.infer<typeof sweep>;
export type WireReply = z.infer<typeof reply>;
export type WireHello = z.infer<typeof hello>;

/** The same in JSON Schema 2020-12, for those who check messages in another language. */
export function jsonSchema(name: MessageName): object {
  const schema = z.toJSONSchema(schemas[name], { io: 'input' });
  if (name !== 'reply') return schema;
  const gradient = z.toJSONSchema(answered, { io: 'input' });
  delete gradient.$schema;
  return { ...schema, patternProperties: { '^grad:': gradient } };
}

/** Throws a TypeError that begins with `who` and says what came and what was due. */
export function parse<N extends MessageName>(
  name: N,
  who: string,
  message: unknown,
): z.infer<(typeof schemas)[N]> {
  const { data, error } = schemas[name].safeParse(message, { reportInput: true });
  if (error) throw new TypeError(`${who}: ${error.issues.map(told).join('; ')}`);
  return data as z.infer<(typeof schemas)[N]>;
}

function told({ path, message, input }: z.core.$ZodIssue): string {
  const where = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  const name = where.join('').replace(/^\./, '') || 'the message';
  if (input === undefined) return `${name} is missing; it should be ${message}`;
  return `${name} is ${shown(input)} but should be ${message}`;
}

/** A value in a message, cut where it gets long. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  const text = typeof value === 'string' ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  const LONGEST = 60;
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
