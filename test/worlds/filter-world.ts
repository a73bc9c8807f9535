/** A world in which acme lets only some of its issues out. */
import type { MergePolicy } from '#core/model/contract';
import type { Filter, Leaving } from '#core/model/filter';
import type { Connection } from '#engine/rows/connection';
import { readPlainSeal } from '../support/plain-sealer';
import { storySetting } from './setting';
import { acmeFacts, bindingOf, contract } from './site-facts';
import { World } from './world';

export const labelled: Filter = { conditions: [{ fieldId: 'labels', is: 'anyOf', values: ['shared'] }] };
export const queried: Filter = { jql: 'labels = shared ORDER BY created' };

export interface FilterTerms {
  filter?: Filter | undefined;
  leaving?: Leaving | undefined;
  /** Of all fields. */
  policy?: MergePolicy;
}

/** `before`: what people did before the first start. */
export async function filteredWorld(
  { filter = labelled, leaving, policy = 'newest' }: FilterTerms,
  before: (world: World) => void = () => undefined,
  change: (row: Connection) => Partial<Connection> = () => ({}),
): Promise<World> {
  const mappings = contract.mappings.map((mapping) => ({
    ...mapping,
    fields: mapping.fields.map((field) => ({ ...field, policy })),
    ...(leaving === undefined ? {} : { leaving }),
  }));
  const world = new World(1, {
    ...storySetting,
    contract: { ...contract, mappings },
    bindings: (facts) => [facts === acmeFacts ? { ...bindingOf(facts), filter } : bindingOf(facts)],
  });
  before(world);
  world.clock.advance(3_600_000);
  await world.run();
  await world.connectBoth(change);
  return world;
}

export const summaries = (world: World): string[] =>
  [...world.globex.site.issues.values()].map(({ fields }) => String(fields['summary'])).sort();

/** Calls to acme's Jira since its counts were emptied. */
export const asked = (world: World): number =>
  Object.values(world.acme.site.calls).reduce((sum, count) => sum + count, 0);

/** Everything that left either site, in clear. */
export function saidText(world: World): string {
  const sealed = world.wire.map(({ body }) =>
    body.startsWith('{') ? (JSON.parse(body) as { sealed: string }).sealed : body,
  );
  return sealed.map(readPlainSeal).join('\n');
}
