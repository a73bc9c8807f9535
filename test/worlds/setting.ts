/** Setting: what a world is made of before anything happens in it. */
import type { MappingBinding } from '#core/model/binding';
import type { Contract } from '#core/model/contract';
import type { Site } from '#engine/ports/site';
import type { SiteEvent } from '../support/memory-site';
import type { VirtualClock } from '../support/virtual-clock';
import { acmeFacts, bindingOf, contract, globexFacts, type SiteFacts } from './site-facts';

/** What two sites are made of and agreed on; the stories' own where nothing is said. */
export interface Setting {
  acme: SiteFacts;
  globex: SiteFacts;
  contract: Contract;
  bindings(facts: SiteFacts): MappingBinding[];
  /** Another Jira than the one in memory. */
  jira?(
    name: 'acme' | 'globex',
    clock: VirtualClock,
  ): { port: Site; listen(hear: (event: SiteEvent) => void): void };
}

export const storySetting: Setting = {
  acme: acmeFacts,
  globex: globexFacts,
  contract,
  bindings: (facts) => [bindingOf(facts)],
};
