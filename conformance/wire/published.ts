/** # The schemas of the wire as files, for those who check messages in another language */
import { jsonSchema, type MessageName, schemas } from './schema.ts';

/** The text of each file by its name. */
export const published = (): ReadonlyMap<string, string> =>
  new Map(
    (Object.keys(schemas) as MessageName[]).map((name) => [
      `${name}.json`,
      `${JSON.stringify({ title: name, ...jsonSchema(name) }, null, 2)}\n`,
    ]),
  );
