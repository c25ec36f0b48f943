/**
 * # XML, read strictly
 *
 * Elements, attributes, text and the five entities, and nothing else: what a report may consist of.
 */
export interface Element {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly Element[];
  readonly text: string;
}

const NAME = '[A-Za-z_][\\w.-]*';
const TOKEN = new RegExp(
  `<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*"[^"<]*")*)\\s*(/?)>|([^<]+)|([\\s\\S])`,
  'gu',
);
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are not allowed in XML
const ILLEGAL = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u;

/** The root element; throws where the text is not well-formed. */
export function parseXml(text: string): Element {
  if (ILLEGAL.test(text)) throw new SyntaxError('a character that XML has not');
  const body = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: Growing = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  for (const [all, close, name, attributes, empty, content, other] of body.matchAll(TOKEN)) {
    const top = open.at(-1)!;
    if (other !== undefined) throw new SyntaxError(`a stray ${other}`);
    if (content !== undefined) top.text += decoded(content);
    else if (close !== '') {
      if (attributes !== '' || empty !== '') throw new SyntaxError(`${all} closes oddly`);
      if (top.name !== name) throw new SyntaxError(`${all} closes ${top.name}`);
      open.pop();
    } else {
      const element = {
        name: name!,
        attributes: attributesOf(attributes!),
        children: [],
        text: '',
      };
      top.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  if (open.length > 1) throw new SyntaxError(`${open.at(-1)!.name} is not closed`);
  if (root.text.trim() !== '' || root.children.length !== 1) throw new SyntaxError('not one root');
  return root.children[0]!;
}

interface Growing extends Element {
  readonly children: Growing[];
  text: string;
}

function attributesOf(text: string): Element['attributes'] {
  const pairs = [...text.matchAll(/([\w.-]+)\s*=\s*"([^"]*)"/g)];
  const names = pairs.map(([, name]) => name);
  if (new Set(names).size < names.length) throw new SyntaxError('an attribute twice');
  // A line break in the text of an attribute is a space.
  return Object.fromEntries(
    pairs.map(([, name, value]) => [name, decoded(value!.replaceAll(/\s/g, ' '))]),
  );
}

const ENTITIES: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"' };

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d+);|(\w+);)?/g, (all, number, name) => {
    if (number) return String.fromCodePoint(Number(number));
    const character = ENTITIES[name];
    if (character === undefined) throw new SyntaxError(`${all} is no entity`);
    return character;
  });
