/** # What the pages are made of, read from the files of the project */
import { readdirSync, readFileSync } from 'node:fs';
import { operators } from '../../conformance/operators.ts';
import { identities } from '../../properties/identities/index.ts';
import type { Law } from '../../properties/law.ts';
import { laws } from '../../properties/laws/index.ts';
import type { Op } from '../../spec/op.ts';
import { type PeerRecord, parseRecord } from '../../tools/results/record.ts';
import { type Comment, openingComment } from './comment.ts';

export interface Identity {
  readonly law: Law;
  readonly comment: Comment;
  /** Every operator that it speaks of. */
  readonly of: readonly string[];
}

export interface Facts {
  readonly ops: readonly Op[];
  readonly laws: readonly Law[];
  readonly identities: readonly Identity[];
  readonly records: readonly PeerRecord[];
  readonly changes: string;
  readonly version: string;
  /** The source of a definition. */
  sourceOf(op: Op): string;
}

export const folderOf = ({ kind }: Op): string => (kind === 'loss' ? 'losses' : 'activations');
export const fileOf = (op: Op): string => `spec/${folderOf(op)}/${op.id}.ts`;

/** From the folder of the project. */
export function facts(root: string): Facts {
  const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');
  // Modules list their exports in an order of their own, which runners of tests do not keep.
  const ops = [...operators.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ops,
    laws,
    identities: identities.map((law) =>
      identityOf(law, ops, read(`properties/identities/${law.name}.ts`)),
    ),
    records: readdirSync(`${root}/docs/results`)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => parseRecord(name, read(`docs/results/${name}`))),
    changes: read('CHANGELOG.md'),
    version: JSON.parse(read('package.json')).version,
    sourceOf: (op) => read(fileOf(op)),
  };
}

/** Its file imports the operators that it speaks of. */
function identityOf(law: Law, ops: readonly Op[], source: string): Identity {
  const [, imported = ''] = /import \{([^}]*)\} from \S+spec\/index\.ts/.exec(source) ?? [];
  const names = new Set(imported.split(',').map((name) => name.trim()));
  const of = ops.filter((op) => names.has(camel(op.id)) || law.appliesTo(op)).map(({ id }) => id);
  return { law, comment: openingComment(source), of };
}

export const camel = (id: string): string =>
  id.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
