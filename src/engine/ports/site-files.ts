/** Files of issues, as the engine needs them of one Jira. */
import type { SiteResult } from './site-result';

export interface FileRead {
  id: string;
  name: string;
  /** Bytes. */
  size: number;
  mime: string;
  /** When Jira stored it, milliseconds since the epoch. */
  createdAt: number;
}

/**
 * Bytes to leave free around those of a large file in their buffer: an upload writes there what stands around them in its request,
 * and the file is in memory once less. Less than the 512 bytes that a server may allow for the headers of a part.
 */
export const formRoom = { before: 480, after: 35 };

export interface SiteFiles {
  /** All files of an issue: what is not named is not there. */
  listFiles(issueId: string): Promise<SiteResult<FileRead[]>>;
  /** Those of them which the app itself uploaded. */
  listOwnFiles(issueId: string): Promise<SiteResult<FileRead[]>>;
  /** Exactly these bytes of a file; fewer where it ends. */
  readFileRange(fileId: string, offset: number, length: number): Promise<SiteResult<Uint8Array>>;
  /** Not safe to repeat: the caller recognises an earlier one. What stands around `bytes` in their buffer may be overwritten. */
  createFile(
    issueId: string,
    file: { name: string; mime: string; bytes: Uint8Array<ArrayBuffer> },
  ): Promise<SiteResult<{ id: string }>>;
  /** The id by which documents show the file; undefined where Jira does not tell it. */
  readMediaId(fileId: string): Promise<SiteResult<string | undefined>>;
  deleteFile(fileId: string): Promise<SiteResult<void>>;
}
