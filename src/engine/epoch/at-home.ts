/** Whether the app runs where this connection was made. A copy of a site has its data and keys, and must not speak for it. */
import { hashText } from '#core/protocol/hash';
import { raiseBrake } from '../brakes/raise-brake';
import type { Ports } from '../ports/ports';
import type { Connection } from '../rows/connection';
import { updateConnection } from '../update-connection';

const length = 32;

/** Names this installation without saying where it is. */
export function ownHome({ endpoints }: Ports): string {
  return hashText(`concord home ${endpoints.home()}`).slice(0, length);
}

/**
 * False: nothing may be sent or answered, and a brake asks an admin. One comparison of what is known anyway, so it is asked
 * before every piece of work. The first one remembers where it was.
 */
export async function isAtHome(ports: Ports, row: Connection): Promise<boolean> {
  const home = ownHome(ports);
  if (row.home === home) return true;
  if (row.home !== undefined && !isAnswered(row, home)) {
    if (row.brake === undefined || row.strangeHome !== home) await ask(ports, row.id, home);
    return false;
  }
  await updateConnection(ports, row.id, ({ strangeHome: _asked, ...current }) => ({ ...current, home }));
  return true;
}

/** The admin was asked about exactly this installation. */
function isAnswered({ brake, brakeAnswers, strangeHome }: Connection, home: string): boolean {
  return brake === undefined && strangeHome === home && brakeAnswers?.copiedSite?.answer === 'real';
}

async function ask(ports: Ports, id: string, home: string): Promise<void> {
  await updateConnection(ports, id, ({ brakeAnswers, ...row }) => {
    const { copiedSite: _before, ...answers } = brakeAnswers ?? {};
    return { ...row, strangeHome: home, brakeAnswers: answers };
  });
  await raiseBrake(ports, id, {
    reason: 'copiedSite',
    text: 'This site looks like a copy of the one where the synchronization was set up. Nothing is sent from here, so that the partner does not hear two sites speak as one.',
    question:
      'Is this the site that shall go on, and is the other one switched off? If this is a copy, choose Delete instead: the partner is not told, and the original goes on.',
    answers: [{ id: 'real', label: 'This is the real site' }],
  });
}
