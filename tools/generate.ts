/** # Writes src/kernel/generated.ts: run it when a kernel has changed, from the project's folder */
import { writeFileSync } from 'node:fs';
import { generatedModule } from '../src/generate.ts';

writeFileSync('src/kernel/generated.ts', generatedModule());
