/**
 * # A kernel as a WebAssembly module
 *
 * A module has one routine on float32 arrays, for values or for products with a cotangent u:
 *
 *     run(x, y, end, list)      the fast formula; a vector that fails the rounding test goes to
 *     precise(x, y, list)       the precise one; of a vector that fails again the address is listed
 *     run(x, y, end, list, u)   fast(x)·u; of a vector that fails the test the address is listed
 *
 * All return where the next address in the list would go.
 *
 * The rounding test: if v − ε·s and v + ε·s round to the same float32, so does every number in
 * between, the exact result among them. ε·s is larger than the proved bound on v's error; s is |v|,
 * or the kernel's scale. `plain` modules skip it.
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
  type Routine,
  repeat,
  set,
  tee,
  v128,
  when,
} from './assembler.ts';
import { Constants, PARAMETERS } from './constants.ts';
import { type Expression, localsOf } from './expression.ts';
import { FAST, type Kernel, PRECISE } from './kernel.ts';
import { Emitter } from './simd.ts';
import { type Pipeline, pipeline, stagesOf } from './stages.ts';

/** What a module computes: values or products, with the rounding test or without. */
export interface Way {
  readonly of: 'value' | 'product';
  readonly plain: boolean;
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

export function moduleOf(kernel: Kernel, way: Way, fused: boolean): Uint8Array<ArrayBuffer> {
  const constants = new Constants();
  const routines = [
    loopRoutine(kernel, constants, way, fused),
    ...(way.plain || way.of === 'product' ? [] : [preciseRoutine(kernel, constants, fused)]),
  ];
  return assemble(routines, constants.segments, constants.pages);
}

function loopRoutine(kernel: Kernel, constants: Constants, way: Way, fused: boolean): Routine {
  const list = 3;
  const isProduct = way.of === 'product';
  const parameters = isProduct ? 5 : 4;
  const { emitter, prologue } = Emitter.holding(constants, parameters, fused);
  const given = inputsOf(kernel, emitter);
  const formula: Formula = {
    ...{ emitter, x: kernel.x, value: kernel.fast, scale: kernel.scale?.fast, epsilon: FAST },
    ...{ given: given.locals, ...(isProduct && { factor: U }) },
  };
  const undecided = isProduct
    ? remember(list)
    : [...get(X), ...get(Y), ...get(list), ...call(1), ...set(list)];
  const four = (known: Pipeline['known']): Code =>
    way.plain ? plainVector(formula, known) : when(vector(formula, known), undecided);
  const loop = rounds(formula, isProduct ? [X, Y, U] : [X, Y], four);
  const code = [...prologue(), ...given.load, ...loop, ...get(list)];
  return { name: 'run', parameters, locals: emitter.locals, code };
}

function preciseRoutine(kernel: Kernel, constants: Constants, fused: boolean): Routine {
  const list = 2;
  const emitter = new Emitter(constants, 3, fused);
  const given = inputsOf(kernel, emitter);
  const { x, precise: value, scale } = kernel;
  const formula: Formula = {
    ...{ emitter, x, value, scale: scale?.precise, epsilon: PRECISE, given: given.locals },
  };
  const test = vector(formula, () => []);
  const code = [...given.load, ...when(test, remember(list)), ...get(list)];
  return { name: 'precise', parameters: 3, locals: emitter.locals, code };
}

/** A formula on its way to code. */
interface Formula {
  readonly emitter: Emitter;
  readonly x: Expression;
  readonly value: Expression;
  readonly scale: Expression | undefined;
  readonly epsilon: number;
  /** The locals of parameters. */
  readonly given: readonly (readonly [Expression, number])[];
  /** The pointer to numbers that results are multiplied with. */
  readonly factor?: number;
}

/** Parameters stay in locals. */
function inputsOf({ parameters }: Kernel, emitter: Emitter) {
  const locals = parameters.map((parameter) => [parameter, emitter.local()] as const);
  const load = locals.flatMap(([, local], i) => [
    ...[...i32(0), ...v128.load(PARAMETERS + VECTOR * i), ...set(local)],
  ]);
  return { locals, load };
}

/**
 * `four` for vectors from X to END, with what the stages of the fast formula have left for it. Stages
 * that are ahead read beyond the end, where the memory has something, if only to be ignored.
 */
function rounds(
  { emitter, x, value, scale, given }: Formula,
  pointers: readonly number[],
  four: (known: Pipeline['known']) => Code,
): Code {
  const newLocal = () => emitter.local();
  const roots = scale ? [value, scale] : [value];
  const pipe = pipeline(roots, stagesOf(roots), newLocal, (stage, known, half, ahead) => {
    const local = emitter.local();
    const load = [...loadPair(X, ahead * VECTOR + half * PAIR), ...set(local)];
    return [...load, ...emitter.emit(stage, new Map([[x, local] as const, ...given, ...known]))];
  });
  const body = [
    ...four(pipe.known),
    ...pipe.advance,
    ...pointers.flatMap((local) => advance(local, VECTOR)),
  ];
  return [...pipe.fill, ...repeat(body, [...get(X), ...get(END), ...i32x.lessU])];
}

/** Puts the address of the vector on the list. */
const remember = (list: number): Code => [
  ...[...get(list), ...get(X), ...i32x.store, ...advance(list, ADDRESS)],
];
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
function vector(formula: Formula, known: Pipeline['known']): Code {
  const both = halves(formula, known);
  const [first, second] = both;
  return [
    ...computed(formula, both, 'lower'),
    ...[...first.differs, ...second.differs, ...v128.or, ...v128.anyTrue],
  ];
}

function plainVector(formula: Formula, known: Pipeline['known']): Code {
  return computed(formula, halves({ ...formula, scale: undefined }, known));
}

/**
 * Both halves, stored. V8 computes no earlier than it has to store, but loads when it is told to:
 * where formulas load much, the first half is to be out of the way when the second one loads.
 */
function computed({ value }: Formula, [first, second]: readonly [Part, Part], side?: Side): Code {
  const stores = [first.store(side), second.store(side)] as const;
  return localsOf([value]).length > 0
    ? [...first.compute, ...stores[0], ...second.compute, ...stores[1]]
    : [...first.compute, ...second.compute, ...stores[0], ...stores[1]];
}

/** Code for four elements as float64, and for them, or what they may be at most, as float32. */
function halves(formula: Formula, known: Pipeline['known']): readonly [Part, Part] {
  const { emitter, x, value, scale, epsilon, given, factor } = formula;
  const local = () => emitter.local();
  const times = (i: 0 | 1): Code =>
    factor === undefined ? [] : [...loadPair(factor, i * PAIR), ...f64x2.mul];
  const compute = ({ of, size }: Half, i: 0 | 1): Code => {
    const roots = scale ? [value, scale] : [value];
    const inputs = new Map([[x, of] as const, ...given, ...known(i)]);
    const [result = [], ...sizes] = emitter.emitEach(roots, inputs);
    const scaled = sizes.flatMap((code) => [
      ...[...code, ...times(i), ...emitter.constants.load(epsilon), ...f64x2.mul, ...set(size!)],
    ]);
    // The local of x is free for the result once nothing needs x any more.
    const to = size === undefined ? of : local();
    const moved = to === of ? [] : [...get(to), ...set(of)];
    const load = [...loadPair(X, i * PAIR), ...set(of)];
    return [...load, ...result, ...times(i), ...set(to), ...scaled, ...moved];
  };
  const end = ({ of, size }: Half, side?: Side): Code => {
    if (side === undefined) return get(of);
    const sign = side === 'lower' ? -1 : 1;
    if (size === undefined)
      return [...get(of), ...emitter.constants.load(1 + sign * epsilon), ...f64x2.mul];
    return [...get(of), ...get(size), ...(side === 'lower' ? f64x2.sub : f64x2.add)];
  };
  const part = (i: 0 | 1): Part => {
    const half: Half = { of: local(), ...(scale && { size: local() }) };
    const stored = local();
    const store = (side?: Side): Code => [
      ...[...get(Y), ...end(half, side), ...f64x2.demote, ...tee(stored)],
      ...v128.storeDouble(i * PAIR),
    ];
    const differs = [...end(half, 'upper'), ...f64x2.demote, ...get(stored), ...v128.xor];
    return { compute: compute(half, i), store, differs };
  };
  return [part(0), part(1)];
}
/** Two elements on their way. */
interface Part {
  readonly compute: Code;
  /** Rounds and stores them, or an end of where they are. */
  readonly store: (side?: Side) => Code;
  /** Not 0 where the upper end rounds to another float32 than what is stored. */
  readonly differs: Code;
}
type Side = 'lower' | 'upper';
/** Locals of two elements, and of ε times their scale. */
interface Half {
  readonly of: number;
  readonly size?: number;
}
