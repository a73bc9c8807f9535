/** Dirty row: one aspect of one issue has to be looked at. Its revision tells whether it was noted again meanwhile. */
import { z } from 'zod';
import type { StoreOperation } from '../ports/store';
import { paddedRank, rowKeys } from './keys';

/**
 * `deleted` and `uncomment` are aspects of their own, so that a late event about a change never hides a deletion.
 * `end`: one of the issues of its pair was deleted over there, or is out of reach here.
 * `children`: issues that waited for this one, their parent, are to be tried again.
 * `links`: an issue at the other end of one has a twin now, or somebody wants what waits tried again.
 * `comments`: all of them, because single ones may have been missed.
 * `work` and `unwork`, `rework` (by twin id): the same for logged work.
 * `files` and `file`, `unfile` likewise for attachments; `fetch` (by twin id): a file of the partner is to be fetched.
 * `retry` and `recomment` (by twin id): somebody wants what waits tried again.
 */
export type Aspect =
  | 'fields'
  | 'deleted'
  | 'end'
  | 'retry'
  | 'children'
  | 'links'
  | 'comments'
  | `comment:${string}`
  | `uncomment:${string}`
  | `recomment:${string}`
  | `work:${string}`
  | `unwork:${string}`
  | `rework:${string}`
  | 'files'
  | `file:${string}`
  | `unfile:${string}`
  | `fetch:${string}`;

export const dirtySchema = z.object({ at: z.number().int().nonnegative() });

/** Unconditional: noting twice is noting. */
export function setDirty(connection: string, issueId: string, aspect: Aspect, at: number): StoreOperation {
  const key = rowKeys.dirty(connection, issueId, aspect);
  return { op: 'set', table: 'dirty', key, body: { at }, group: connection, rank: paddedRank(at) };
}

/** Stands in place of an issue id for a copy that Jira refused to make, so that it can be tried again. */
export function issuelessId(pair: string): string {
  return `pair-${pair}`;
}

/** The pair behind such an id; undefined for a real issue id. */
export function pairOfIssueless(issueId: string): string | undefined {
  return issueId.startsWith('pair-') ? issueId.slice('pair-'.length) : undefined;
}

/** Issue and aspect out of a key of this connection; undefined for the key of another one. */
export function parseDirtyKey(
  connection: string,
  key: string,
): { issueId: string; aspect: Aspect } | undefined {
  if (!key.startsWith(`${connection}:`)) return undefined;
  const rest = key.slice(connection.length + 1);
  const colon = rest.indexOf(':');
  const aspect = rest.slice(colon + 1);
  if (colon <= 0 || !isAspect(aspect)) return undefined;
  return { issueId: rest.slice(0, colon), aspect };
}

function isAspect(text: string): text is Aspect {
  return /^(fields|deleted|end|retry|children|links|comments|files|(work|unwork|rework|comment|uncomment|recomment|file|unfile|fetch):.+)$/.test(
    text,
  );
}
