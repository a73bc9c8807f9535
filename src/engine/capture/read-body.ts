/** Says the text of a comment in the words of the agreement. */
import { listedPeople, namePeople } from '#core/mapping/mentions';
import { readDocument } from '#core/mapping/rich-text/name-files';
import { toPortable } from '#core/mapping/rich-text/to-portable';
import type { Pair } from '#core/model/pair';
import type { Adf } from '#core/model/value';
import { inlineFiles } from '../attachments/inline-files';
import { type Agreement, findMapping } from '../pairs/agreement';
import type { Later } from '../pairs/outcome';
import type { Session } from '../stream/session';

/** With the shared files that it shows; people of the agreement by their label. */
export async function readBody(
  session: Session,
  agreement: Agreement,
  { pair, issueId }: { pair: Pair; issueId: string },
  body: Adf,
): Promise<{ kind: 'read'; body: Adf | null } | Later> {
  const agreed = findMapping(agreement, pair.mapping);
  if (agreed === undefined) return { kind: 'read', body: toPortable(body) };
  const { files, beforeReading } = inlineFiles(session, agreement, agreed);
  const failed = await beforeReading(issueId, [body], []);
  const named = namePeople(body, listedPeople(agreed.mapping.fields, agreed.binding));
  return failed ?? { kind: 'read', body: readDocument(named, files, []) };
}
