/** Whether a message comes from the installation that the partner always sent from: its key alone may be in two hands. */
import { raiseBrake } from '../brakes/raise-brake';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import type { Incoming } from '../rows/stream';

/** `strange`: refused until an admin has said that the partner moved; `incoming` is to be written. */
export type PartnerHome = { kind: 'known'; incoming: Incoming } | { kind: 'strange'; incoming: Incoming };

/** Pure. `home`: as the sealed message says. Partners of older versions say nothing. */
export function judgeHome(row: Connection, incoming: Incoming, home: string | undefined): PartnerHome {
  if (home === undefined || home === incoming.home) return { kind: 'known', incoming };
  const answeredAt = row.brakeAnswers?.otherSender?.at ?? 0;
  const isAccepted =
    incoming.strange?.home === home && answeredAt >= incoming.strange.at && row.brake === undefined;
  if (incoming.home !== undefined && !isAccepted) return { kind: 'strange', incoming };
  const { strange: _asked, ...rest } = incoming;
  return { kind: 'known', incoming: { ...rest, home } };
}

/** The row after a strange message: it remembers who is asked about. */
export function noteStrange(incoming: Incoming, home: string, now: number): Incoming {
  return incoming.strange?.home === home ? incoming : { ...incoming, strange: { home, at: now } };
}

export async function askAboutSender(ports: Ports, id: string): Promise<void> {
  await raiseBrake(ports, id, {
    reason: 'otherSender',
    text: 'Messages with the key of the partner come from another installation than before. The site of the partner may have been copied, and two of them speak as one.',
    question: 'Did the partner move its site, and is the old one switched off? Ask the admin over there.',
    answers: [{ id: 'moved', label: 'Yes, it moved: go on with the new one' }],
  });
}
