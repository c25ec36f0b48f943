/** # The built site, served from disk as a host of static files does it */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface Served {
  readonly origin: string;
  /** Bytes that went out, by path. */
  readonly sent: ReadonlyMap<string, number>;
  forget(): void;
  close(): Promise<void>;
}

/** The file that answers a path: an address needs no `.html`. */
export function fileFor(root: string, path: string): string | undefined {
  const file = join(root, normalize(decodeURIComponent(path)));
  const all = file.endsWith('/') ? [join(file, 'index.html')] : [file, `${file}.html`];
  return all.find((one) => existsSync(one) && statSync(one).isFile());
}

/** `more` are pages that are not on disk. */
export async function serve(
  root: string,
  more: { readonly [path: string]: string } = {},
): Promise<Served> {
  const sent = new Map<string, number>();
  const server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const file = fileFor(root, pathname);
    const body = more[pathname] ?? (file === undefined ? undefined : readFileSync(file));
    if (body === undefined) response.writeHead(404).end();
    else {
      const type = TYPES[file === undefined ? '.html' : extname(file)];
      sent.set(pathname, answer(response, Buffer.from(body), type));
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    sent,
    forget: () => sent.clear(),
    close: () => closed(server),
  };
}

/** Text is compressed, as hosts do. */
function answer(response: ServerResponse, body: Buffer, type = 'application/octet-stream'): number {
  const isText = /^text|json|svg/.test(type);
  const out = isText ? gzipSync(body) : body;
  response.writeHead(200, {
    'content-type': type,
    ...(isText ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(out);
  return out.length;
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
