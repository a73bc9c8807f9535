/** Serves files of one directory and nothing outside of it. */
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const CONTENT_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.gif': 'image/gif',
  '.ico': 'image/x-icon',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
};

export interface StaticFile {
  body: Buffer;
  contentType: string;
}

/** The file at `path` (relative, as it stands in an URL) under `directory`; undefined when it is not there. */
export async function readStaticFile(directory: string, path: string): Promise<StaticFile | undefined> {
  const wanted = pathInside(directory, path);
  if (!wanted) {
    return undefined;
  }
  const found = await stat(wanted).catch(() => undefined);
  if (!found?.isFile()) {
    return undefined;
  }
  const contentType = CONTENT_TYPES[extname(wanted).toLowerCase()] ?? 'application/octet-stream';
  return { body: await readFile(wanted), contentType };
}

function pathInside(directory: string, path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) {
    return undefined;
  }
  const root = normalize(directory + sep);
  const wanted = normalize(join(root, decoded));
  return wanted.startsWith(root) ? wanted : undefined;
}
