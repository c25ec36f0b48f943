/**
 * # A kernel as a WebAssembly module
 *
 * Two routines on float32 arrays,
 *
 *     fast(x, y, end, list)   the fast formula; a vector that fails the rounding test goes to
 *     precise(x, y, list)     the precise one; of a vector that fails again the address is listed
 *
 * or, in a module of its own, one for the same times a cotangent u for each element:
 *
 *     product(x, y, end, list, u)   fast(x)·u; of a vector that fails the test the address is listed
 *
 * All return where the next address in the list would go.
 *
 * The rounding test: if v(1 − ε) and v(1 + ε) round to the same float32, so does every number
 * within ε of v, the exact result among them. ε is larger than the proved bound on v's error.
 */
import {
  assemble,
  type Code,
  call,
  f32x4,
  f64x2,
  get,
  i32,
  i32x,
  lowers,
  type Routine,
  repeat,
  set,
  tee,
  v128,
  when,
} from './assembler.ts';
import { Constants } from './constants.ts';
import type { Expression } from './expression.ts';
import { Emitter } from './simd.ts';
import { type Pipeline, pipeline, stagesOf } from './stages.ts';

/** The radii of the rounding test, above every bound proved in test/src/error.test.ts. */
export const FAST = 2 ** -42;
export const PRECISE = 2 ** -49;

/** One formula of the input `x`, written with fewer operations and with more. */
export interface Kernel {
  readonly name: string;
  readonly x: Expression;
  readonly fast: Expression;
  readonly precise: Expression;
}

/** Parameters of all routines; all but `precise` have the end before the list. */
const X = 0;
const Y = 1;
const END = 2;
const U = 4;
/** Bytes of four float32, of two, and of an address. */
const VECTOR = 16;
const PAIR = 8;
const ADDRESS = 4;

export function elementwiseModule(kernel: Kernel, fused: boolean): Uint8Array<ArrayBuffer> {
  const constants = new Constants();
  const routines = [
    fastRoutine(kernel, constants, fused),
    preciseRoutine(kernel, constants, fused),
  ];
  return assemble(routines, constants.segments, constants.pages);
}

export function productModule(kernel: Kernel, fused: boolean): Uint8Array<ArrayBuffer> {
  const constants = new Constants();
  return assemble([productRoutine(kernel, constants, fused)], constants.segments, constants.pages);
}

/**
 * `plain(x, y, end, list)`: the fast formula and no rounding test, which shows what that costs; up
 * to an ulp off and not the same everywhere.
 */
export function plainModule(kernel: Kernel, fused: boolean): Uint8Array<ArrayBuffer> {
  const constants = new Constants();
  const list = 3;
  const { emitter, prologue } = Emitter.holding(constants, 4, fused);
  const loop = rounds(emitter, kernel, [X, Y], (known) => {
    const { compute, floats } = halves(emitter, kernel.x, kernel.fast, known);
    return [...compute, ...get(Y), ...floats(), ...v128.store()];
  });
  const code = [...prologue(), ...loop, ...get(list)];
  const routine = { name: 'plain', parameters: 4, locals: emitter.locals, code };
  return assemble([routine], constants.segments, constants.pages);
}

function productRoutine(kernel: Kernel, constants: Constants, fused: boolean): Routine {
  const list = 3;
  const { emitter, prologue } = Emitter.holding(constants, 5, fused);
  const remember = [...get(list), ...get(X), ...i32x.store, ...advance(list, ADDRESS)];
  const loop = rounds(emitter, kernel, [X, Y, U], (known) =>
    when(vector(emitter, kernel.x, kernel.fast, FAST, known, U), remember),
  );
  const code = [...prologue(), ...loop, ...get(list)];
  return { name: 'product', parameters: 5, locals: emitter.locals, code };
}

function fastRoutine(kernel: Kernel, constants: Constants, fused: boolean): Routine {
  const list = 3;
  const { emitter, prologue } = Emitter.holding(constants, 4, fused);
  const precise = [...get(X), ...get(Y), ...get(list), ...call(1), ...set(list)];
  const loop = rounds(emitter, kernel, [X, Y], (known) =>
    when(vector(emitter, kernel.x, kernel.fast, FAST, known), precise),
  );
  const code = [...prologue(), ...loop, ...get(list)];
  return { name: 'fast', parameters: 4, locals: emitter.locals, code };
}

/**
 * `four` for vectors from X to END, with what the stages of the fast formula have left for it. Stages
 * that are ahead read beyond the end, where the memory has something, if only to be ignored.
 */
function rounds(
  emitter: Emitter,
  { x, fast }: Kernel,
  pointers: readonly number[],
  four: (known: Pipeline['known']) => Code,
): Code {
  const newLocal = () => emitter.local();
  const pipe = pipeline([fast], stagesOf([fast]), newLocal, (stage, known, half, ahead) => {
    const local = emitter.local();
    const load = [...loadPair(X, ahead * VECTOR + half * PAIR), ...set(local)];
    return [...load, ...emitter.emit(stage, new Map([[x, local] as const, ...known]))];
  });
  const body = [
    ...four(pipe.known),
    ...pipe.advance,
    ...pointers.flatMap((local) => advance(local, VECTOR)),
  ];
  return [...pipe.fill, ...repeat(body, [...get(X), ...get(END), ...i32x.lessU])];
}

function preciseRoutine({ x, precise }: Kernel, constants: Constants, fused: boolean): Routine {
  const list = 2;
  const emitter = new Emitter(constants, 3, fused);
  const remember = [...get(list), ...get(X), ...i32x.store, ...advance(list, ADDRESS)];
  const code = [
    ...when(
      vector(emitter, x, precise, PRECISE, () => []),
      remember,
    ),
    ...get(list),
  ];
  return { name: 'precise', parameters: 3, locals: emitter.locals, code };
}

const advance = (local: number, bytes: number): Code => [
  ...get(local),
  ...i32(bytes),
  ...i32x.add,
  ...set(local),
];

/** Two float32 as float64. */
const loadPair = (pointer: number, bytes: number): Code => [
  ...[...get(pointer), ...v128.loadZero(bytes), ...f32x4.promote],
];

/**
 * Emits y = rounded(kernel(x)) for four elements, times those at `factor` if it is given; leaves 1
 * on the stack if some are undecided. `known` are locals that have parts of it.
 */
function vector(
  emitter: Emitter,
  x: Expression,
  kernel: Expression,
  epsilon: number,
  known: Pipeline['known'],
  factor?: number,
): Code {
  const down = emitter.local();
  const { compute, floats } = halves(emitter, x, kernel, known, factor);
  return [
    ...[...compute, ...get(Y), ...floats(1 - epsilon), ...tee(down), ...v128.store()],
    ...[...floats(1 + epsilon), ...get(down), ...v128.xor, ...v128.anyTrue],
  ];
}

/** Code for four elements as float64, and for them as float32, times a number if it is given. */
function halves(
  emitter: Emitter,
  x: Expression,
  kernel: Expression,
  known: Pipeline['known'],
  factor?: number,
) {
  const [low, high] = [emitter.local(), emitter.local()];
  const half = (local: number, i: 0 | 1): Code => [
    ...[...loadPair(X, i * PAIR), ...set(local)],
    ...emitter.emit(kernel, new Map([[x, local] as const, ...known(i)])),
    ...(factor === undefined ? [] : [...loadPair(factor, i * PAIR), ...f64x2.mul]),
    ...set(local),
  ];
  const floats = (scale?: number): Code => [
    ...[low, high].flatMap((local) => [
      ...get(local),
      ...(scale === undefined ? [] : [...emitter.constants.load(scale), ...f64x2.mul]),
      ...f64x2.demote,
    ]),
    ...lowers,
  ];
  return { compute: [...half(low, 0), ...half(high, 1)], floats };
}
