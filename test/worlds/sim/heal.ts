/** Heal: after everything has come to rest a full check is made and healed; whatever that changes had been lost. */
import { healDrift, readDrift, startDrift } from '#engine/drift/steer-drift';
import { link, type World } from '../world';
import type { Ledger } from './ledger';
import { type AppWrite, type Finding, otherSite } from './ledger-words';

export async function heal(world: World, ledger: Ledger): Promise<Finding[]> {
  const ports = world.acme.ports();
  const { check } = await startDrift(ports, { id: link, full: true });
  await world.settle();
  const view = await readDrift(ports, { id: link });
  if (view.state !== 'done' || view.check !== check) {
    return [{ what: 'diverged', text: `a check never ends: it is ${view.state}` }];
  }
  const before = ledger.appWrites.length;
  await healDrift(ports, { id: link, check });
  await world.settle();
  const healed = ledger.appWrites.slice(before).filter((write) => isShared(ledger, write));
  const found = JSON.stringify(view.differences);
  return healed.map(({ site, tag, slot, word }) => ({
    what: 'lost',
    text: `only healing brought ${JSON.stringify(word)} into ${tag} ${slot} on ${site}; found: ${found}`,
  }));
}

/** What only one site may say need not stand on the other one where its own people have changed it. */
function isShared(ledger: Ledger, { tag, slot, site }: AppWrite): boolean {
  const story = ledger.stories.get(tag);
  const isTheirs = story?.edits.get(slot)?.some((edit) => edit.site === site) !== true;
  return ledger.terms.every((terms) => {
    const senders = terms[story?.mapping ?? '']?.slots[slot];
    return senders?.[otherSite(site)] === true && (senders[site] || isTheirs);
  });
}
