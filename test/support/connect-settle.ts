/** Lets all workers of a story's sites run until nobody is woken any more. */
import { controlHandlers } from '#engine/control-handlers';
import { work } from '#engine/work';
import type { TestSite } from './connect-world';

const mostRounds = 200;

/** The order is fixed: first site first, oldest wake-up first. */
export async function settle(...sites: TestSite[]): Promise<void> {
  for (let round = 0; round < mostRounds; round += 1) {
    const site = sites.find((candidate) => candidate.woken.length > 0);
    const wake = site?.woken.shift();
    if (site === undefined || wake === undefined) return;
    await work(site.ports, wake, { owner: `run-${round}-${site.name}`, attempt: 0 }, controlHandlers);
  }
  throw new Error(`Still busy after ${mostRounds} rounds.`);
}
