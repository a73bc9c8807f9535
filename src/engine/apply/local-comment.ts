/** The text of the partner's comment as it is written here, or the files that it waits for. */
import { toLocalDocument } from '#core/mapping/rich-text/to-local-doc';
import type { ToLocal } from '#core/mapping/translation';
import type { AdfNode } from '#core/merge/normalise-adf';
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
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
  const local = toLocalDocument(said, null, files);
  const awaited = awaitedIn(blocks, files);
  return local.ok || awaited.length === 0
    ? { kind: 'text', local }
    : { kind: 'waits', files: awaited, reason: local.reason };
}
