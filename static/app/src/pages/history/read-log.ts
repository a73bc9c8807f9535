/** Reads the whole audit log, page by page, and hands it over as a file. */
import type { CallError } from '../../../../../src/api/calls';
import { callPatiently } from '../../api';

export type LogForm = 'full' | 'shared';
export interface Progress {
  done: number;
  total?: number;
}
export type ReadLog = { ok: true; text: string; entries: number } | { ok: false; error: CallError };

/** `onProgress`: entries so far. Ends early, with an error, when `isWanted` says no. */
export async function readLog(
  id: string,
  form: LogForm,
  onProgress: (progress: Progress) => void,
  isWanted: () => boolean = () => true,
): Promise<ReadLog> {
  const parts: string[] = [];
  let entries = 0;
  let cursor: string | undefined;
  do {
    const page = await callPatiently('exportAudit', {
      id,
      form,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (!page.ok) return page;
    if (!isWanted()) return { ok: false, error: { code: 'notPossible', message: 'It was given up.' } };
    parts.push(page.value.lines);
    entries += page.value.entries;
    const total = totalOf(parts[0] ?? '');
    onProgress({ done: entries, ...(total === undefined ? {} : { total }) });
    cursor = page.value.cursor;
  } while (cursor !== undefined);
  return { ok: true, text: parts.join(''), entries };
}

/** The header says where both lanes end. */
function totalOf(first: string): number | undefined {
  try {
    const header = JSON.parse(first.slice(0, first.indexOf('\n'))) as {
      heads: { admin: { n: number }; sync: { n: number } };
    };
    return header.heads.admin.n + header.heads.sync.n;
  } catch {
    return undefined;
  }
}

export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** `concord-audit-support-desk-shared-2026-11-21.jsonl` */
export function fileName(synchronization: string, form: LogForm): string {
  const words = synchronization.toLowerCase().match(/[a-z0-9]+/g) ?? ['log'];
  return `concord-audit-${words.join('-').slice(0, 60)}-${form}-${new Date().toISOString().slice(0, 10)}.jsonl`;
}
