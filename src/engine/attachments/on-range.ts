/** Answers the partner who fetches bytes of a file that was offered. Changes nothing, so a repeat does no harm. */
import { isShared } from '#core/model/attachment-terms';
import { pairSchema } from '#core/model/pair';
import { type RangeRequest, rangeRequestSchema } from '#core/protocol/attachment-operations';
import { protocolVersion } from '#core/protocol/envelope';
import { keyNameOf } from '../handshake/invitation-secrets';
import { openPinned } from '../handshake/open-direct';
import { findMapping, mayLeave, readAgreement } from '../pairs/agreement';
import { isPassing } from '../pairs/outcome';
import type { Ports } from '../ports/ports';
import { attachmentTwinSchema } from '../rows/attachment-twin';
import type { Connection } from '../rows/connection';
import { rowKeys } from '../rows/keys';
import { isRunning } from '../rows/registry';
import { partnerOf } from '../stream/envelopes';
import { termsFor } from './rows';

type Found = { data: string } | { refused: 'gone' | 'later' };

/** Sealed answer; undefined for whatever is not from the partner. */
export async function onRange(ports: Ports, row: Connection, sealed: string): Promise<string | undefined> {
  const partner = partnerOf(row);
  if (partner === undefined) return undefined;
  const own = { keyName: keyNameOf(row.id), keyId: row.keyId, link: row.id };
  const request = await openPinned(ports, own, partner, sealed, rangeRequestSchema);
  if (request === undefined) return undefined;
  const ids = { link: row.id, from: row.keyId, to: partner.keyId };
  const found = await findRange(ports, row, request);
  const nonce = ports.random.id(16);
  const answer = { v: protocolVersion, kind: 'ranged', ...ids, nonce, re: request.nonce, ...found };
  return ports.sealer.seal(own.keyName, partner.publicKey, JSON.stringify(answer));
}

/** Asks everything again that was asked when the file was offered: what is no longer shared stops at once. */
async function findRange(ports: Ports, row: Connection, request: RangeRequest): Promise<Found> {
  const gone: Found = { refused: 'gone' };
  if (!isRunning(row)) return { refused: 'later' };
  const stored = await ports.store.get('attachmentTwin', rowKeys.attachmentTwin(row.id, request.attachment));
  const twin = attachmentTwinSchema.safeParse(stored?.body).data;
  if (twin?.origin !== 'here' || twin.state !== 'there' || twin.local === undefined) return gone;
  if (request.offset + request.length > twin.size) return gone;
  const paired = await ports.store.get('pair', rowKeys.pair(row.id, twin.pair));
  const pair = pairSchema.safeParse(paired?.body).data;
  if (pair?.local === undefined) return gone;
  const agreement = await readAgreement(ports, row);
  const agreed = findMapping(agreement, pair.mapping);
  const terms = termsFor(agreement, pair, 'send');
  if (agreed === undefined || terms === undefined || !isShared(terms, twin)) return gone;
  const issue = await ports.site.readIssue(pair.local.id, []);
  if (!issue.ok) return isPassing(issue.failure) ? { refused: 'later' } : gone;
  if (!mayLeave(agreement, agreed, issue.value)) return gone;
  if (pair.left !== undefined) return { refused: 'later' };
  const read = await ports.site.readFileRange(twin.local, request.offset, request.length);
  if (!read.ok) return isPassing(read.failure) ? { refused: 'later' } : gone;
  const { buffer, byteOffset, byteLength } = read.value;
  return { data: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
}
