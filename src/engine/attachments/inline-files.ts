/** Finds out which shared files texts show, and by which media ids; asks Jira only where it was never asked before. */

import {
  type InlineFiles,
  mediaIn,
  noFiles,
  sharedFile,
  sharedFilesIn,
} from '#core/mapping/rich-text/inline-files';
import type { AdfNode } from '#core/merge/normalise-adf';
import { isShared } from '#core/model/attachment-terms';
import { adfSchema, type SlotValues } from '#core/model/value';
import type { AgreedMapping, Agreement } from '../pairs/agreement';
import { isPassing, type Later, later } from '../pairs/outcome';
import { findPair, originalId } from '../pairs/pairs';
import type { FileRead } from '../ports/site-files';
import type { AttachmentTwin, ShownFile } from '../rows/attachment-twin';
import { setDirty } from '../rows/dirty';
import type { Session } from '../stream/session';
import { putShown, readMedia, readShown } from './inline-rows';
import { putFileTwin, readFileIndex, readFileTwin, termsFor } from './rows';

/** Files of one issue whose media id is asked for in one go; a later look goes on. */
const mostAsked = 60;

export interface FilesAround {
  files: InlineFiles;
  /** Before documents of this issue are read. */
  beforeReading(
    issueId: string,
    docs: readonly unknown[],
    known: readonly AdfNode[],
  ): Promise<Later | undefined>;
  /** Before agreed documents are written into it. */
  beforeWriting(issueId: string | undefined, nodes: readonly AdfNode[]): Promise<Later | undefined>;
}

/** Nothing is asked where the mapping shares no files. */
export function inlineFiles(
  session: Session,
  agreement: Agreement,
  agreed: Pick<AgreedMapping, 'mapping'>,
): FilesAround {
  if (agreed.mapping.attachments === undefined) {
    return { files: noFiles, beforeReading: async () => undefined, beforeWriting: async () => undefined };
  }
  const found: Found = { files: new Map(), lost: new Set(), places: new Map() };
  const work = { session, agreement, mapping: agreed.mapping.id, found };
  return {
    files: {
      fileOf: (media) => found.files.get(media),
      isLost: (media) => found.lost.has(media),
      mediaOf: (file) => found.places.get(file),
    },
    async beforeReading(issueId, docs, known) {
      const nodes = docs.flatMap((doc) => mediaIn(nodesOf(doc)));
      const failed = await nameMedia(work, issueId, nodes);
      if (failed !== undefined) return failed;
      return placeFiles(work, issueId, sharedFilesIn(known), false);
    },
    beforeWriting: (issueId, nodes) => placeFiles(work, issueId, sharedFilesIn(nodes), true),
  };
}

/** Blocks of all documents among these values. */
export function blocksIn(values: readonly SlotValues[]): AdfNode[] {
  return values.flatMap((one) =>
    Object.values(one).flatMap((value) => (value.t === 'adf' ? ((value.v?.content ?? []) as AdfNode[]) : [])),
  );
}

interface Found {
  /** By media id. */
  files: Map<string, string>;
  lost: Set<string>;
  /** By shared file. */
  places: Map<string, ReturnType<InlineFiles['mediaOf']>>;
}

interface Work {
  session: Session;
  agreement: Agreement;
  mapping: string;
  found: Found;
}

function nodesOf(doc: unknown): AdfNode[] {
  const parsed = adfSchema.safeParse(doc);
  return parsed.success ? (parsed.data.content as AdfNode[]) : [];
}

async function nameMedia(work: Work, issueId: string, nodes: readonly AdfNode[]): Promise<Later | undefined> {
  const unknown = new Map<string, string>();
  for (const { attrs = {} } of nodes) {
    const media = attrs['id'];
    if (typeof media !== 'string' || media.length > 128 || work.found.files.has(media)) continue;
    const shown = await readShown(work.session, media);
    if (shown === undefined) unknown.set(media, String(attrs['alt'] ?? ''));
    else await nameShown(work, issueId, media, shown);
  }
  return unknown.size === 0 ? undefined : askJira(work, issueId, unknown);
}

/** `wanted`: media ids with the names that the text gives them, which are the likeliest to be right. */
async function askJira(work: Work, issueId: string, wanted: Map<string, string>): Promise<Later | undefined> {
  const { session } = work;
  const listed = await session.ports.site.listFiles(issueId);
  if (!listed.ok) return isPassing(listed.failure) ? later(listed.failure) : undefined;
  const names = new Set(wanted.values());
  const isNamed = (file: FileRead): number => (names.has(file.name) ? 0 : 1);
  const newest = [...listed.value].reverse().sort((a, b) => isNamed(a) - isNamed(b));
  let asked = 0;
  for (const file of newest) {
    if (wanted.size === 0 || asked >= mostAsked) return undefined;
    if ((await readMedia(session, file.id)) !== undefined) continue;
    asked += 1;
    const media = await askMedia(session, file);
    if (typeof media === 'object') return media;
    if (media !== undefined && wanted.delete(media)) await nameShown(work, issueId, media, shownBy(file));
  }
  return undefined;
}

function shownBy({ id, name, size, mime }: FileRead): ShownFile {
  return { file: id, name, size, mime };
}

/** Undefined: Jira does not tell it, or the file is gone. */
async function askMedia(
  session: Session,
  file: Pick<FileRead, 'id' | 'name' | 'size' | 'mime'>,
): Promise<string | Later | undefined> {
  const asked = await session.ports.site.readMediaId(file.id);
  if (!asked.ok) return isPassing(asked.failure) ? later(asked.failure) : undefined;
  if (asked.value === undefined) return undefined;
  if (!session.hasRoom) await session.commit();
  await readShown(session, asked.value);
  await readMedia(session, file.id);
  const { id, name, size, mime } = file;
  putShown(session, asked.value, { file: id, name, size, mime });
  return asked.value;
}

/** A copy stands for the partner's file, an original for itself, as far as such files are agreed. */
async function nameShown(work: Work, issueId: string, media: string, shown: ShownFile): Promise<void> {
  const { session, agreement, mapping, found } = work;
  const copyOf = await readFileIndex(session, shown.file);
  const twin = copyOf ?? originalId(session.box.salt, 'attachment', shown.file);
  const known = await readFileTwin(session, twin);
  if (known?.state === 'gone') found.lost.add(media);
  if (copyOf === undefined && known === undefined) {
    const terms = termsFor(agreement, { mapping }, 'send');
    if (terms === undefined || !isShared(terms, shown)) return;
    // Its own event may have been lost, and the text is worth nothing over there without it.
    session.noteDirty(setDirty(session.id, issueId, `file:${shown.file}`, session.ports.clock.now()));
  }
  found.files.set(media, twin);
}

/** `isWritten`: the media ids themselves are needed; to read it is enough to know what will not come. */
async function placeFiles(
  work: Work,
  issueId: string | undefined,
  files: readonly string[],
  isWritten: boolean,
): Promise<Later | undefined> {
  const { session, found } = work;
  if (files.length === 0) return undefined;
  const pair = issueId === undefined ? undefined : await findPair(session, issueId);
  for (const file of files) {
    if (typeof found.places.get(file) === 'object') continue;
    const twin = await readFileTwin(session, file);
    const isComing = twin === undefined || (twin.pair === pair?.pair && !isGivenUp(twin));
    found.places.set(file, isComing ? 'waits' : undefined);
    const isHere = isComing && twin?.state === 'there' && twin.local !== undefined;
    const failed = isHere && isWritten ? await placeFile(work, file, twin) : undefined;
    if (failed !== undefined) return failed;
  }
  return undefined;
}

function isGivenUp({ state, asText }: AttachmentTwin): boolean {
  return state === 'gone' || asText === true;
}

async function placeFile(
  { session, found }: Work,
  file: string,
  twin: AttachmentTwin,
): Promise<Later | undefined> {
  const id = twin.local ?? '';
  const media = (await readMedia(session, id)) ?? (await askMedia(session, { ...twin, id }));
  if (typeof media === 'object') return media;
  found.places.set(file, media === undefined ? undefined : { id: media });
  if (media !== undefined) found.files.set(media, file);
  // From now on its name stands in texts: both readings of one text must come to the same.
  else putFileTwin(session, file, { ...twin, asText: true });
  return undefined;
}

/** The files that a document waits for. */
export function awaitedIn(nodes: readonly AdfNode[], { mediaOf: placeOf }: InlineFiles): string[] {
  return [...new Set(mediaIn(nodes).flatMap((node) => sharedFile(node) ?? []))].filter(
    (file) => placeOf(file) === 'waits',
  );
}
