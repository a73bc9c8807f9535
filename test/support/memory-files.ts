/** Files of the Jira in memory: uploads, ranges, deletion, with the events that Jira raises. */
import type { LocalFields } from '#engine/ports/site';
import type { SiteFiles } from '#engine/ports/site-files';
import type { SiteResult } from '#engine/ports/site-result';
import { gone, good } from './site-answers';

export interface MemoryFile {
  id: string;
  issueId: string;
  name: string;
  mime: string;
  author: string;
  bytes: Uint8Array;
}

export interface MemoryFiles {
  port: SiteFiles;
  of(issueId: string): MemoryFile[];
  ownerOf(fileId: string): string | undefined;
  /** What people do. */
  attach(actor: string, issueId: string, name: string, bytes: Uint8Array, mime?: string): MemoryFile;
  remove(actor: string, fileId: string): void;
}

interface Parts {
  firstId: number;
  on<T>(
    name: string,
    issueId: string,
    request: LocalFields,
    act: (issue: { id: string }) => SiteResult<T>,
  ): Promise<SiteResult<T>>;
  call<T>(name: string, request: LocalFields, act: () => SiteResult<T>): Promise<SiteResult<T>>;
  /** True when the app may see the issue of the file. */
  issueOf(fileId: string): boolean;
  emit(kind: 'file' | 'fileDeleted', issueId: string, fileId: string, actor: string): void;
}

export function memoryFiles({ firstId, on, call, issueOf, emit }: Parts): MemoryFiles {
  const all = new Map<string, MemoryFile>();
  let nextId = firstId;

  function attach(actor: string, issueId: string, name: string, bytes: Uint8Array, mime = 'text/plain') {
    const file = { id: String(nextId), issueId, name, mime, author: actor, bytes: bytes.slice() };
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

  const port: SiteFiles = {
    listFiles: (issueId) =>
      on('listFiles', issueId, {}, ({ id }) =>
        good(
          of(id).map((file) => ({ id: file.id, name: file.name, size: file.bytes.length, mime: file.mime })),
        ),
      ),
    readFileRange: (fileId, offset, length) =>
      call('readFileRange', { fileId }, () => {
        const file = all.get(fileId);
        if (file === undefined || !issueOf(fileId)) return gone('The attachment does not exist.');
        return good(file.bytes.slice(offset, offset + length));
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
  return { port, of, ownerOf: (fileId) => all.get(fileId)?.issueId, attach, remove };
}
