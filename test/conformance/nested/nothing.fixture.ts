/** # A candidate that offers nothing of what is asked for */
import { conformance } from 'touchstone/vitest';
import { empty } from './candidates.ts';

conformance(empty, { op: 'sigmoid', profile: 'smoke' });
