/** # Writes docs/schema: run it when a message of the wire has changed, from the project's folder */
import { mkdirSync, writeFileSync } from 'node:fs';
import { published } from '../conformance/wire/published.ts';

mkdirSync('docs/schema', { recursive: true });
for (const [name, text] of published()) writeFileSync(`docs/schema/${name}`, text);
