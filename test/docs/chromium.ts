/**
 * # A Chromium for tests
 *
 * That of TOUCHSTONE_CHROMIUM; or on Linux with x64 the one that docs/package.json pins, which brings
 * the libraries and fonts that it needs; or one on the PATH. Without any of them tests fail.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** As much of Playwright's types as is used: it is installed for the site alone. */
export interface Page {
  goto(url: string, options?: { readonly waitUntil?: 'load' | 'networkidle' }): Promise<unknown>;
  evaluate<T>(f: () => T): Promise<T>;
  evaluate<T, A>(f: (arg: A) => T, arg: A): Promise<T>;
  waitForFunction<A>(f: (arg: A) => unknown, arg: A): Promise<unknown>;
  fill(selector: string, text: string): Promise<void>;
  selectOption(selector: string, value: string): Promise<unknown>;
  textContent(selector: string): Promise<string | null>;
  readonly keyboard: { press(key: string): Promise<void>; type(text: string): Promise<void> };
  on(event: string, seen: (what: never) => void): void;
  url(): string;
  close(): Promise<void>;
}
export interface Context {
  newPage(): Promise<Page>;
  setOffline(isOffline: boolean): Promise<void>;
  close(): Promise<void>;
}
export interface Browser {
  newContext(options?: {
    readonly viewport?: { readonly width: number; readonly height: number };
    readonly colorScheme?: 'light' | 'dark';
  }): Promise<Context>;
  close(): Promise<void>;
}
interface Playwright {
  readonly chromium: { launch(options: Launch & { args: readonly string[] }): Promise<Browser> };
}

/** What is started, and in which surroundings. */
export interface Launch {
  readonly executablePath: string;
  readonly env?: { readonly [name: string]: string };
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const HOW =
  'run `npm ci` in docs/, which brings a Chromium for Linux on x64, or install one, or name it in TOUCHSTONE_CHROMIUM';

/** Throws an Error that says how to get one. */
export function findChromium(
  docs: string,
  env: NodeJS.ProcessEnv,
  { platform, arch }: { readonly platform: string; readonly arch: string } = process,
): Launch {
  const named = env.TOUCHSTONE_CHROMIUM;
  if (named !== undefined) {
    if (existsSync(named)) return { executablePath: named };
    throw new Error(`TOUCHSTONE_CHROMIUM is ${named}, which is not there`);
  }
  const packed = join(docs, 'node_modules/@sparticuz/chromium/bin');
  if (platform === 'linux' && arch === 'x64' && existsSync(packed)) return unpacked(packed, docs);
  const found = (env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find(existsSync);
  if (found !== undefined) return { executablePath: found };
  throw new Error(`There is no Chromium: ${HOW}.`);
}

/** The package holds it compressed; it is unpacked once. */
function unpacked(packed: string, docs: string): Launch {
  const to = join(docs, 'node_modules/.chromium');
  const executablePath = join(to, 'chromium');
  if (!existsSync(executablePath)) {
    mkdirSync(to, { recursive: true });
    for (const archive of ['al2023', 'fonts']) {
      const input = brotliDecompressSync(readFileSync(join(packed, `${archive}.tar.br`)));
      const { status, stderr } = spawnSync('tar', ['-xf', '-', '-C', to], { input });
      if (status !== 0) throw new Error(`tar could not unpack ${archive}: ${stderr}`);
    }
    // Its own looks in folders of the root, and without fonts Chromium dies on the first control.
    writeFileSync(join(to, 'fonts.conf'), fontsIn(to));
    const program = brotliDecompressSync(readFileSync(join(packed, 'chromium.br')));
    // What was written halfway must not look whole.
    writeFileSync(`${executablePath}.part`, program, { mode: 0o755 });
    renameSync(`${executablePath}.part`, executablePath);
  }
  const env = { LD_LIBRARY_PATH: join(to, 'lib'), FONTCONFIG_PATH: to, HOME: to };
  return { executablePath, env };
}

const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;

export async function launch(docs: string): Promise<Browser> {
  const found = findChromium(docs, process.env);
  if (!existsSync(join(docs, 'node_modules/playwright-core')))
    throw new Error('There is no playwright-core: run `npm ci` in docs/.');
  const path = createRequire(join(docs, 'package.json')).resolve('playwright-core');
  const { default: playwright } = (await import(pathToFileURL(path).href)) as {
    default: Playwright;
  };
  return playwright.chromium.launch({ ...found, args: ['--no-sandbox', '--no-zygote'] });
}
