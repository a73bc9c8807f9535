/** What the judge gets to see: both sites, everything that was logged, everything that left a site. */
import { readPlainSeal } from '../../support/plain-sealer';
import type { World } from '../world';
import type { Evidence } from './judge';
import { isAtHome } from './judge-filters';
import type { Ledger } from './ledger';
import type { Seen, SiteName, Word } from './ledger-words';
import type { Place } from './place';
import { slots } from './slots';

/** `said`: what logs said that are forgotten by now. */
export async function evidenceOf(
  world: World,
  [acme, globex]: readonly [Place, Place],
  ledger: Ledger,
  said: string,
): Promise<Evidence> {
  return {
    acme: await seeAll(acme),
    globex: await seeAll(globex),
    links: { acme: acme.links?.list() ?? [], globex: globex.links?.list() ?? [] },
    logs: `${said}\n${saidIn(world)}`,
    wire: ledger.hasSecrets() ? wireOf(world) : '',
    shapes: Object.fromEntries(slots.map(({ id, shape }) => [id, shape])),
    says: (id: string, word: Word) =>
      slots.find((slot) => slot.id === id)?.says?.(word) ?? JSON.stringify(word),
  };
}

async function seeAll(place: Place): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const id of place.issueIds()) {
    const issue = await place.look(id);
    if (issue !== undefined) seen.push(issue);
  }
  return seen;
}

/** Lines for people, and values that wait in pairs. */
export function saidIn({ acme, globex }: World): string {
  return [acme, globex]
    .flatMap(({ store }) => [
      ...store.rows('activity').map(({ body }) => String((body as { text?: unknown }).text)),
      ...store.rows('pair').map(({ body }) => JSON.stringify((body as { held?: unknown }).held)),
    ])
    .join('\n');
}

function wireOf({ wire }: World): string {
  const bodies = new Set(wire.map(({ body }) => body));
  return [...bodies].map((body) => readPlainSeal(sealedIn(body))).join('\n');
}

/** Every batch that was sent, for people who look for a mistake. */
export function messagesOf({ wire }: World): string[] {
  return wire.flatMap(({ from, body }) => {
    const {
      kind,
      seq,
      body: ops,
    } = JSON.parse(readPlainSeal(sealedIn(body)) || '{}') as Record<string, unknown>;
    return kind === 'batch' ? [`${from} ${seq} ${ops}`] : [];
  });
}

/** A request names the connection in clear, an answer is the seal alone. */
function sealedIn(body: string): string {
  if (!body.startsWith('{')) return body;
  return String((JSON.parse(body) as { sealed?: unknown }).sealed);
}

/** Rows of work that nobody will do, and problems that nobody can explain. */
export function leftovers(
  world: World,
  places: readonly Place[],
  ledger: Ledger,
  seen: Pick<Evidence, SiteName>,
): string[] {
  const { problems: _all, ...left } = world.tidy();
  const rows = Object.entries(left).flatMap(([table, count]) =>
    count > 0 ? [`${count} rows left in ${table}`] : [],
  );
  // After a change of terms values may wait that are no longer agreed.
  if (ledger.terms.length > 1) return rows;
  const rests = (tag: string): boolean => {
    const story = ledger.story(tag);
    return isAtHome(
      ledger,
      story,
      seen[story.origin].find((one) => one.tag === tag),
    );
  };
  return [...rows, ...places.flatMap((place) => problemsOf(world, place, ledger, rests))];
}

function problemsOf(world: World, place: Place, ledger: Ledger, rests: (tag: string) => boolean): string[] {
  return world[place.name].store.rows('problem').flatMap(({ key, body }) => {
    const { issueId, items } = body as { issueId?: string; items?: { what: string; reason: string }[] };
    if (items === undefined) {
      const ordered = place.tagOf(issueOf(world, place, key) ?? '');
      const text = `an order is left on ${place.name}: ${key} ${JSON.stringify(body)}`;
      return ordered !== undefined && rests(ordered) ? [] : [text];
    }
    const tag = issueId === undefined ? '' : place.tagOf(issueId);
    const isRemoved = tag === undefined || (ledger.stories.get(tag)?.removed.size ?? 0) > 0;
    // What waits on a pair that rests goes on when its original matches again.
    if (isRemoved || (tag !== '' && rests(tag))) return [];
    return items.map(({ what, reason }) => `problem left on ${place.name} at ${tag} ${what}: ${reason}`);
  });
}

/** Of the pair whose id ends a key. */
function issueOf(world: World, place: Place, key: string): string | undefined {
  const row = world[place.name].store
    .rows('pair')
    .find((one) => one.key.endsWith(key.slice(key.lastIndexOf(':'))));
  return (row?.body as { local?: { id: string } } | undefined)?.local?.id;
}
