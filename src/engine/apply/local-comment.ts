/** The text of the partner's comment as it is written here, or the files that it waits for. */
import { type ListedPerson, listedPeople, mentionPeople } from '#core/mapping/mentions';
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import type { ToLocal } from '#core/mapping/translation';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Pair } from '#core/model/pair';
import { type Adf, adfSchema } from '#core/model/value';
import { awaitedIn, inlineFiles } from '../attachments/inline-files';
import { type Agreement, findMapping } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import type { Session } from '../stream/session';

type LocalText =
  | { kind: 'text'; local: ToLocal }
  | { kind: 'waits'; files: string[]; reason: string }
  | Later;

/** `waits`: for these files, which are on their way. */
export async function localText(
  session: Session,
  agreement: Agreement,
  pair: Pair,
  said: Adf,
): Promise<LocalText> {
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) return { kind: 'text', local: toLocalDocument(said, null) };
  const { files, beforeWriting } = inlineFiles(session, agreement, agreed);
  const blocks = said.content as AdfNode[];
  const failed = await beforeWriting(pair.local?.id, blocks);
  if (failed !== undefined) return failed;
  const people = listedPeople(agreed.mapping.fields, agreed.binding);
  const local = withMentions(toLocalDocument(said, null, files), people);
  const awaited = awaitedIn(blocks, files);
  return local.ok || awaited.length === 0
    ? { kind: 'text', local }
    : { kind: 'waits', files: awaited, reason: local.reason };
}

/** People whom the agreement lists are mentioned by their account of this site. */
export function withMentions(local: ToLocal, people: readonly ListedPerson[]): ToLocal {
  const doc = local.ok ? adfSchema.safeParse(local.raw) : undefined;
  return local.ok && doc?.success === true ? { ...local, raw: mentionPeople(doc.data, people) } : local;
}
