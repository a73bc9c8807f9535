/** Parcels: reject, withdrawn and goodbye are tried at once and then again for seven days; they outlive keys and records. */

import { notedSchema } from '#core/protocol/handshake';
import { hashText } from '#core/protocol/hash';
import type { Ports } from '../ports/ports';
import type { StoreOperation } from '../ports/store';
import { paddedRank } from '../rows/keys';
import { type Parcel, parcelGroup, parcelKey, parcelSchema } from '../rows/parcel';
import { sendDirect } from './send-direct';

const lifeMs = 7 * 86_400_000;
const firstPauseMs = 5 * 60_000;
const longestPauseMs = 12 * 3_600_000;
const mostAtOnce = 20;

/** The operation that keeps a parcel, to be written together with the change that it tells of. */
export function keepParcel(
  ports: Ports,
  facts: Pick<Parcel, 'connection' | 'kind' | 'endpoint' | 'sealed'>,
): StoreOperation {
  const now = ports.clock.now();
  return setParcel({ ...facts, createdAt: now, attempts: 0, nextAt: now });
}

/** Tries to deliver one parcel now; whatever happens, the sweep goes on with it. */
export async function deliverParcel(ports: Ports, connection: string, kind: Parcel['kind']): Promise<void> {
  const row = await ports.store.get('registry', parcelKey(connection, kind));
  if (row !== undefined) await deliver(ports, parcelSchema.parse(row.body));
}

/** Delivers what is due; called by the sweep. */
export async function deliverDueParcels(ports: Ports): Promise<void> {
  const listed = await ports.store.list({ table: 'registry', group: parcelGroup, limit: mostAtOnce });
  for (const row of listed.rows) {
    const parcel = parcelSchema.parse(row.body);
    if (parcel.nextAt <= ports.clock.now()) await deliver(ports, parcel);
  }
}

async function deliver(ports: Ports, parcel: Parcel): Promise<void> {
  const { connection, kind, endpoint, sealed } = parcel;
  const answer = await sendDirect(ports, endpoint, { link: connection, kind, sealed }, notedSchema);
  const noted = answer.kind === 'answered' && answer.value.of === hashText(sealed);
  const now = ports.clock.now();
  if (noted || now - parcel.createdAt >= lifeMs) {
    await ports.store.transact([{ op: 'delete', table: 'registry', key: parcelKey(connection, kind) }]);
    return;
  }
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** parcel.attempts);
  await ports.store.transact([setParcel({ ...parcel, attempts: parcel.attempts + 1, nextAt: now + pause })]);
}

function setParcel(parcel: Parcel): StoreOperation {
  return {
    op: 'set',
    table: 'registry',
    key: parcelKey(parcel.connection, parcel.kind),
    body: parcel,
    group: parcelGroup,
    rank: paddedRank(parcel.createdAt),
  };
}
