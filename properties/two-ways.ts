/**
 * # Identities of elementwise operators: two ways to one number
 *
 * A way is a small tree: the input, a number, an operator asked for the results of another way, or
 * something calculated from other ways. It is read in two manners: as a formula, on the definitions,
 * and as a plan for what to ask a candidate, whose answers go on to the next question with the range
 * in which they may lie.
 */
import type fc from 'fast-check';
import { decimal, type Plain } from '../spec/arithmetic/decimal.ts';
import { accessTo } from '../spec/lift.ts';
import type { Elementwise, Op, Params } from '../spec/op.ts';
import { read, settle, type Values } from '../spec/param.ts';
import { type Real, reading, real } from '../spec/real.ts';
import type { Tensor } from '../spec/tensor.ts';
import { type Computed, isOrdinary } from './computed.ts';
import { type Ask, asked, type Claims, everyday, identity } from './identity.ts';
import type { Law } from './law.ts';
import { formatOf } from './payload.ts';
import { same, stated } from './same.ts';
import type { Question } from './subject.ts';
