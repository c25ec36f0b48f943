/**
 * # From mathematics as it is typed to LaTeX
 *
 * Definitions hold their formulas as plain text: `σ(x) = 1 / (1 + e^−x)`. A text is read as a
 * sequence of pieces, atoms and what stands between them. A fraction stroke without spaces takes one
 * atom from either side, and one with spaces all the factors up to the next operation. Throws a
 * SyntaxError for what it cannot read: then the text is shown as it is.
 */

/** What names mean where the text is. */
export interface Names {
  /** Parameters and inputs. */
  readonly known: ReadonlySet<string>;
  /** A word of running text, in the language of the page. */
  word(text: string): string;
}

interface Piece {
  readonly tex: string;
  readonly kind: 'atom' | 'group' | 'between' | 'text';
  /** Of a group: what is inside. */
  readonly inner?: string;
}
/** A text that is read from left to right. */
interface Reader {
  readonly text: string;
  readonly names: Names;
  /** Words that are not known are text. */
  readonly isProse: boolean;
  at: number;
  /** How deep in exponents and indices. */
  scripts: number;
}

/** One line of mathematics; in prose, unknown words are words. */
export function toLatex(text: string, names: Names, isProse = false): string {
  const reader: Reader = { text, names, isProse, at: 0, scripts: 0 };
  const tex = expression(reader);
  if (reader.at < text.length) throw unread(reader);
  // Two braces in a row would begin an expression of Vue.
  return tex.replaceAll('{{', '{ {').replaceAll('}}', '} }');
}

const unread = ({ text, at }: Reader): SyntaxError =>
  new SyntaxError(`${text}: cannot read '${text.slice(at, at + 8)}'`);

// Signs ------------------------------------------------------------------------------------------

const BETWEEN: { readonly [sign: string]: string } = {
  ...{ '+': '+', '-': '-', '−': '-', '=': '=', '<': '<', '>': '>', ',': ',\\;', ';': ';\\;' },
  ...{ '·': '\\cdot', '÷': '\\div', '±': '\\pm', '≤': '\\le', '≥': '\\ge', '≠': '\\ne' },
  ...{ '≈': '\\approx', '∈': '\\in', '∉': '\\notin', '⟺': '\\iff', '→': '\\to', ':': ':\\;' },
};
const ATOMS: { readonly [sign: string]: string } = {
  ...{ '∞': '\\infty', ℓ: '\\ell', '½': '\\tfrac12', '¼': '\\tfrac14', '⅓': '\\tfrac13' },
  ...{ '…': '\\dots', '⋯': '\\cdots', α: '\\alpha', β: '\\beta', γ: '\\gamma', δ: '\\delta' },
  ...{ ε: '\\varepsilon', λ: '\\lambda', μ: '\\mu', π: '\\pi', σ: '\\sigma', τ: '\\tau' },
  ...{ φ: '\\varphi', Φ: '\\Phi', Σ: '\\sum', Π: '\\prod', θ: '\\theta' },
};
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿˣᵖᵀ';
const RAISED_AS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', 'n', 'x', 'p', '\\top'];
const LOWERED = '₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₜₓ';
const LOWERED_AS = '0123456789ijktx';
const FUNCTIONS = new Set(['log', 'ln', 'exp', 'tanh', 'sinh', 'cosh', 'cos', 'min', 'max']);
const CLOSING: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };
/** Words of running text, also in the middle of a formula. */
const PROSE = new Set(
  `all and any are at become between cluster else elsewhere every first for if in is just largest
  listed no of one or other otherwise over pairs results rows such sum sequences that the to where
  with number both finite means each`.split(/\s+/),
);

// Pieces -----------------------------------------------------------------------------------------

const peek = (r: Reader): string => r.text[r.at] ?? '';
const rest = (r: Reader): string => r.text.slice(r.at);

/** Up to the end, or to a closing sign. */
function expression(r: Reader, end = ''): string {
  const pieces: Piece[] = [];
  while (r.at < r.text.length) {
    skipSpaces(r);
    const sign = peek(r);
    if (sign === '' || (end !== '' && sign === end)) break;
    if (sign === '/') pieces.push(fraction(r, pieces));
    else pieces.push(piece(r, end));
  }
  return joined(pieces);
}

function skipSpaces(r: Reader): void {
  while (peek(r) === ' ') r.at++;
}

const joined = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ tex }, i) => {
      const [before, after] = [pieces[i - 1], pieces[i]!];
      const apart = before?.kind === 'atom' && after.kind === 'atom' && /[a-z}]$/i.test(before.tex);
      return apart ? `\\,${tex}` : tex;
    })
    .join(' ');

function piece(r: Reader, end: string): Piece {
  const sign = peek(r);
  const isSpaced = r.text[r.at - 1] === ' ' && r.text[r.at + 1] === ' ';
  if ((sign === '|' || sign === '‖') && isSpaced && end !== sign) {
    r.at++;
    return { tex: sign === '|' ? '\\mid' : '\\parallel', kind: 'between' };
  }
  const between = BETWEEN[sign];
  if (between !== undefined) {
    r.at++;
    return { tex: between, kind: 'between' };
  }
  return scripted(r, atom(r));
}

/** Takes what is over the stroke from the pieces so far. */
function fraction(r: Reader, pieces: Piece[]): Piece {
  const isTight = r.text[r.at - 1] !== ' ' && r.text[r.at + 1] !== ' ';
  r.at++;
  const above = isTight ? [pieces.pop()!] : factors(pieces);
  const below: Piece[] = [];
  do {
    skipSpaces(r);
    below.push(scripted(r, atom(r)));
    const next = rest(r).trimStart()[0] ?? '';
    if (isTight || next === '' || /[/)\]},;:+\-−=<>·±≤≥≠≈∈∉⟺]/.test(next) || startsProse(r)) break;
  } while (!/^ ?[|‖]/.test(rest(r)) || /^ ?[|‖]\S/.test(rest(r)));
  if (above.some((p) => p === undefined)) throw unread(r);
  const [over, under] = [bare(above), bare(below)];
  if (r.scripts > 0) return { tex: `${joined(above)}/${joined(below)}`, kind: 'atom' };
  return { tex: `\\frac{${over}}{${under}}`, kind: 'atom' };
}

/** The factors at the end of the pieces. */
function factors(pieces: Piece[]): Piece[] {
  const taken: Piece[] = [];
  const isFactor = ({ kind, tex }: Piece) =>
    kind === 'atom' || kind === 'group' || tex === '\\cdot';
  while (pieces.length > 0 && isFactor(pieces.at(-1)!)) {
    taken.unshift(pieces.pop()!);
    // A derivative is one fraction, of which what stands before it is no part.
    if (taken[0]!.tex.startsWith('\\partial')) break;
  }
  return taken;
}

/** A group that is alone over or under a stroke needs no brackets. */
const bare = (pieces: readonly Piece[]): string =>
  pieces.length === 1 && pieces[0]!.inner !== undefined ? pieces[0]!.inner : joined(pieces);

const startsProse = (r: Reader): boolean => PROSE.has(/^\s*([a-z]+)/.exec(rest(r))?.[1] ?? '');

// Atoms ------------------------------------------------------------------------------------------

function atom(r: Reader): Piece {
  const sign = peek(r);
  const close = CLOSING[sign];
  if (close !== undefined) return grouped(r, sign, close);
  if (sign === '|' || sign === '‖') return barred(r, sign);
  if (sign === '√') return root(r);
  if (sign === '∂') {
    r.at++;
    return { tex: `\\partial ${scripted(r, atom(r)).tex}`, kind: 'atom' };
  }
  const number = /^\d+(?:\.\d+)?(?:e([−-]?\d+))?/.exec(rest(r));
  if (number) return numeral(r, number[0], number[1]);
  const word = /^[A-Za-z][A-Za-z0-9]*/.exec(rest(r))?.[0];
  if (word !== undefined) return named(r, word);
  const known = ATOMS[sign];
  if (known === undefined) throw unread(r);
  r.at++;
  return { tex: known, kind: 'atom' };
}

function grouped(r: Reader, open: string, close: string): Piece {
  r.at++;
  const inner = expression(r, close);
  if (peek(r) !== close) throw unread(r);
  r.at++;
  const [left, right] = open === '{' ? ['\\{', '\\}'] : [open, close];
  const isTall = inner.includes('\\frac') || inner.includes('\\sum');
  const tex = isTall ? `\\left${left}${inner}\\right${right}` : `${left}${inner}${right}`;
  return open === '(' ? { tex, kind: 'group', inner } : { tex, kind: 'group' };
}

function barred(r: Reader, bar: string): Piece {
  r.at++;
  const inner = expression(r, bar);
  if (peek(r) !== bar) throw unread(r);
  r.at++;
  const name = bar === '|' ? 'vert' : 'Vert';
  return { tex: `\\l${name} ${inner}\\r${name}`, kind: 'atom' };
}

function root(r: Reader): Piece {
  r.at++;
  const under = atom(r);
  return { tex: `\\sqrt{${under.inner ?? under.tex}}`, kind: 'atom' };
}

function numeral(r: Reader, text: string, exponent: string | undefined): Piece {
  r.at += text.length;
  if (exponent === undefined) return { tex: text, kind: 'atom' };
  const factor = text.slice(0, text.indexOf('e'));
  const power = `10^{${exponent.replace('−', '-')}}`;
  return { tex: factor === '1' ? power : `${factor}\\cdot ${power}`, kind: 'atom' };
}

/** A letter, a function, a parameter, or words of running text. */
function named(r: Reader, word: string): Piece {
  const { known } = r.names;
  if (PROSE.has(word) && !known.has(word) && !/^\(/.test(r.text.slice(r.at + word.length)))
    return prose(r);
  const isText = r.isProse && word.length > 1 && !known.has(word) && !FUNCTIONS.has(word);
  if (isText && !/^[([]/.test(r.text.slice(r.at + word.length))) return prose(r);
  r.at += word.length;
  if (word.length === 1) return { tex: word, kind: 'atom' };
  if (FUNCTIONS.has(word)) return { tex: `\\${word}`, kind: 'atom' };
  const isCalled = peek(r) === '(' || !known.has(word);
  return { tex: `\\${isCalled ? 'operatorname' : 'mathrm'}{${word}}`, kind: 'atom' };
}

/** As many words as follow each other. */
function prose(r: Reader): Piece {
  const words = /^[A-Za-z]{2,}(?: [a-z]{2,})*/.exec(rest(r))![0].split(' ');
  const count = words.findIndex((w, i) => i > 0 && (r.names.known.has(w) || FUNCTIONS.has(w)));
  const text = words.slice(0, count < 0 ? undefined : count).join(' ');
  r.at += text.length;
  const after = /^[,.;:)]/.test(rest(r)) ? '' : ' ';
  return { tex: `\\text{ ${r.names.word(text)}${after}}`, kind: 'text' };
}

// Indices and exponents --------------------------------------------------------------------------

function scripted(r: Reader, base: Piece): Piece {
  let { tex } = base;
  let isBare = true;
  for (;;) {
    const mark = script(r);
    if (mark === undefined) break;
    isBare = false;
    if (mark === '~') tex = `\\tilde{${tex}}`;
    else tex += mark;
  }
  return isBare ? base : { tex, kind: base.kind };
}

function script(r: Reader): string | undefined {
  const sign = peek(r);
  if (sign === '\u0303') {
    r.at++;
    return '~';
  }
  if (sign === "'" || sign === '′') {
    r.at++;
    return "'";
  }
  if (sign === '^' || sign === '_') return `${sign}{${lifted(r, sign)}}`;
  const [raised, lowered] = [run(r, RAISED), run(r, LOWERED)];
  if (raised !== '') return `^{${[...raised].map((c) => RAISED_AS[RAISED.indexOf(c)]).join('')}}`;
  if (lowered !== '')
    return `_{${[...lowered].map((c) => LOWERED_AS[LOWERED.indexOf(c)]).join('')}}`;
  return undefined;
}

function run(r: Reader, of: string): string {
  const start = r.at;
  while (peek(r) !== '' && of.includes(peek(r))) r.at++;
  return r.text.slice(start, r.at);
}

/** After `^` or `_`: a sign, and what follows without a space. */
function lifted(r: Reader, sign: string): string {
  r.at++;
  r.scripts++;
  let tex = '';
  if (/[−-]/.test(peek(r))) {
    tex = '-';
    r.at++;
  }
  if (sign === '_') tex += index(r);
  else
    do {
      const one = scripted(r, atom(r));
      tex += (one.inner ?? one.tex) + (one.inner === undefined ? ' ' : '');
      if (one.inner !== undefined) break;
    } while (/^[|\p{L}\p{N}]/u.test(rest(r)) && !/^\|(?:$|[ ,)|])/.test(rest(r)));
  r.scripts--;
  return tex.trim();
}

function index(r: Reader): string {
  const word = /^[A-Za-z0-9]+/.exec(rest(r))?.[0];
  if (word !== undefined) {
    r.at += word.length;
    return word;
  }
  if (peek(r) === '{') {
    r.at++;
    const inner = expression(r, '}');
    r.at++;
    return inner;
  }
  const one = atom(r);
  return one.inner ?? one.tex;
}
