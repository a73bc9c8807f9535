/** Asks every operation of a site wrongly, by everybody: what is refused then has to be refused as documented. */
import { type Exchange, observed } from '../emulator/contract/record-exchanges';
import type { Actor, Clock, JiraSite } from '../emulator/seam';

type DrivenSite = Pick<JiraSite, 'key' | 'kind' | 'publicUrl' | 'handle' | 'users' | 'operations'>;

/** What stands for the parameters of a path. */
interface Names {
  issue: string;
  project: string;
  other: string;
}

const NOWHERE: Names = { issue: 'NOPE-1', project: 'NOPE', other: '987654' };

/** Bodies which no operation, or hardly one, can use; undefined sends none. */
const BODIES: readonly unknown[] = [undefined, {}, { surprise: 1 }, [], 'text', null];

/** A clock that runs so fast that no rate limit is met. */
export function hurriedClock(): Clock {
  let now = Date.parse('2026-11-21T09:30:00Z');
  return {
    now: () => {
      now += 2_000;
      return now;
    },
    after: () => () => {},
  };
}

/**
 * Everything asked and answered. Each `makeSite` call gives the site afresh, so that what one caller manages to change is not
 * in the way of the next.
 */
export async function askWrongly(makeSite: () => DrivenSite, known: Names): Promise<Exchange[]> {
  const exchanges: Exchange[] = [];
  for (const names of [NOWHERE, known]) {
    for (const callerOf of CALLERS) {
      const site = makeSite();
      const actor = callerOf(site);
      const handle = observed(site, site.handle, (exchange) => exchanges.push(exchange));
      for (const { method, path } of site.operations?.() ?? []) {
        for (const body of bodiesOf(method)) {
          await (await handle(asked(site, method, filled(path, names), body), actor)).arrayBuffer();
        }
      }
    }
  }
  return exchanges;
}

/** An administrator, somebody who administers nothing, nobody. */
const CALLERS: readonly ((site: DrivenSite) => Actor)[] = [
  (site) => userOf(site, true),
  (site) => userOf(site, false),
  () => ({ kind: 'anonymous' }),
];

function userOf(site: DrivenSite, admin: boolean): Actor {
  const user = site.users().find((one) => one.admin === admin);
  if (user === undefined) throw new Error(`${site.key} has no such user`);
  return { kind: 'user', accountId: user.accountId };
}

function bodiesOf(method: string): readonly unknown[] {
  return method === 'GET' || method === 'DELETE' ? [undefined] : BODIES;
}

function filled(path: string, { issue, project, other }: Names): string {
  return path.replaceAll(/\{([^}]+)\}/g, (_whole, name: string) => {
    if (/^issue(IdOrKey|Key|Id)$/.test(name)) return issue;
    return /^project/.test(name) ? project : other;
  });
}

function asked(site: DrivenSite, method: string, path: string, body: unknown): Request {
  const init: RequestInit =
    body === undefined
      ? { method }
      : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return new Request(new URL(path, site.publicUrl), init);
}
