/** Patched: the text of a source file with one place changed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Patch {
  /** From the root of the repository. */
  file: string;
  /** Must stand exactly once in the file. */
  find: string;
  replace: string;
}

/** Throws where the source has moved on, so that no patch can fail to change anything. */
export function patched(root: string, { file, find, replace }: Patch): string {
  const parts = readFileSync(join(root, file), 'utf8').split(find);
  if (parts.length !== 2) throw new Error(`${file} has "${find}" ${parts.length - 1} times instead of once.`);
  return parts.join(replace);
}
