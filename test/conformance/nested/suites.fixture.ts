/** # Candidates in somebody's own suite: a sound one, wrong ones, one that answers nothing */
import { conformance } from 'touchstone/vitest';
import { describe } from 'vitest';
import sound from '../../../conformance/templates/adapter.mts';
import { idle, lenient, signed } from './candidates.ts';

const options = { op: 'sigmoid', profile: 'smoke', seed: 7 };

describe('sound', () => conformance(sound, options));
describe('by name', () => conformance('fast', { ...options, op: 'relu?' }));
describe('signed', () => conformance(signed, options));
describe('lenient', () => conformance(lenient, options));
describe('idle', () => conformance(idle, options));

// Of the signed one: written by whoever runs this.
const baseline = process.env.FIXTURE_BASELINE!;
describe('listed', () => conformance(signed, { ...options, baseline }));
describe('stale', () => conformance(sound, { ...options, baseline }));
