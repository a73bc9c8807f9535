/** Files of the Jira in memory: uploads, ranges, deletion, with the events that Jira raises. */
import type { LocalFields } from '#engine/ports/site';
import type { FileRead, SiteFiles } from '#engine/ports/site-files';
import type { SiteResult } from '#engine/ports/site-result';
import { gone, good, invalid } from './site-answers';

export interface MemoryFile {
  id: string;
  issueId: string;
  name: string;
  mime: string;
  author: string;
  bytes: Uint8Array;
  /** By which documents show it. */
  mediaId: string;
  createdAt: number;
}

export interface MemoryFiles {
  port: SiteFiles;
  of(issueId: string): MemoryFile[];
  /** As the port tells them. */
  readFiles(issueId: string): FileRead[];
  ownerOf(fileId: string): string | undefined;
  /** What people do. */
  attach(actor: string, issueId: string, name: string, bytes: Uint8Array, mime?: string): MemoryFile;
  remove(actor: string, fileId: string): void;
  /** As Jira does: a document may show only files of its issue. */
  refuse(issueId: string | undefined, texts: readonly unknown[]): SiteResult<never> | undefined;
  /** As Jira does: a file which `before` showed and no text of the issue shows any more is deleted. */
  dropOrphans(issueId: string, before: readonly unknown[], actor: string): void;
}

interface Parts {
  firstId: number;
  now(): number;
  on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: { id: string }) => SiteResult<T>,
  ): Promise<SiteResult<T>>;
  call<T>(name: string, request: LocalFields, act: () => SiteResult<T>): Promise<SiteResult<T>>;
  /** All that the issue says now. */
  textsOf(issueId: string): unknown[];
  /** True when the app may see the issue of the file. */
  issueOf(fileId: string): boolean;
  emit(kind: 'file' | 'fileDeleted', issueId: string, fileId: string, actor: string): void;
}

export function memoryFiles({ firstId, now, on, call, textsOf, issueOf, emit }: Parts): MemoryFiles {
  const all = new Map<string, MemoryFile>();
  let nextId = firstId;

  function attach(actor: string, issueId: string, name: string, bytes: Uint8Array, mime = 'text/plain') {
    const mediaId = `00000000-0000-4000-8000-${String(nextId).padStart(12, '0')}`;
    const facts = { issueId, name, mime, author: actor, mediaId, createdAt: now() };
    const file = { id: String(nextId), ...facts, bytes: bytes.slice() };
    nextId += 3;
    all.set(file.id, file);
    emit('file', issueId, file.id, actor);
    return file;
  }

  function remove(actor: string, fileId: string): void {
    const file = all.get(fileId);
    if (file === undefined) throw new Error(`There is no file ${fileId}.`);
    all.delete(fileId);
    emit('fileDeleted', file.issueId, fileId, actor);
  }

  function of(issueId: string): MemoryFile[] {
    return [...all.values()].filter((file) => file.issueId === issueId);
  }

  function readFiles(issueId: string, by?: string): FileRead[] {
    const shown = of(issueId).filter(({ author }) => by === undefined || author === by);
    return shown.map(({ id, name, mime, createdAt, bytes }) => ({
      id,
      name,
      mime,
      createdAt,
      size: bytes.length,
    }));
  }

  function refuse(issueId: string | undefined, texts: readonly unknown[]): SiteResult<never> | undefined {
    const own = new Set(issueId === undefined ? [] : of(issueId).map(({ mediaId }) => mediaId));
    const isStrange = mediaIdsOf(texts).some((id) => !own.has(id));
    return isStrange ? invalid('ATTACHMENT_VALIDATION_ERROR', {}) : undefined;
  }

  function dropOrphans(issueId: string, before: readonly unknown[], actor: string): void {
    const shown = new Set(mediaIdsOf(textsOf(issueId)));
    for (const mediaId of mediaIdsOf(before)) {
      const file = shown.has(mediaId) ? undefined : of(issueId).find((one) => one.mediaId === mediaId);
      if (file !== undefined) remove(actor, file.id);
    }
  }

  const port: SiteFiles = {
    listFiles: (issueId) => on('listFiles', issueId, {}, ({ id }) => good(readFiles(id))),
    listOwnFiles: (issueId) => on('listOwnFiles', issueId, {}, ({ id }) => good(readFiles(id, 'app'))),
    readFileRange: (fileId, offset, length) =>
      call('readFileRange', { fileId }, () => {
        const file = all.get(fileId);
        if (file === undefined || !issueOf(fileId)) return gone('The attachment does not exist.');
        return good(file.bytes.slice(offset, offset + length));
      }),
    readMediaId: (fileId) =>
      call('readMediaId', { fileId }, () => {
        const file = all.get(fileId);
        if (file === undefined || !issueOf(fileId)) return gone('The attachment does not exist.');
        return good<string | undefined>(file.mediaId);
      }),
    createFile: (issueId, { name, mime, bytes }) =>
      on('createFile', issueId, { name, size: bytes.length }, ({ id }) =>
        good({ id: attach('app', id, name, bytes, mime).id }),
      ),
    deleteFile: (fileId) =>
      call('deleteFile', { fileId }, () => {
        if (!all.has(fileId) || !issueOf(fileId)) return gone('The attachment does not exist.');
        remove('app', fileId);
        return good(undefined);
      }),
  };
  const ownerOf = (fileId: string) => all.get(fileId)?.issueId;
  return { port, of, readFiles, ownerOf, attach, remove, refuse, dropOrphans };
}

/** Media ids of files that documents show, wherever they stand. */
export function mediaIdsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mediaIdsOf);
  if (typeof value !== 'object' || value === null) return [];
  const { type, attrs, content } = value as { type?: unknown; attrs?: { id?: unknown }; content?: unknown };
  const isFile = type === 'media' || type === 'mediaInline';
  const own = isFile && typeof attrs?.id === 'string' ? [attrs.id] : [];
  return [...own, ...mediaIdsOf(content)];
}
