/** Random terms: which fields travel in which direction, who wins, comments, who may create, one project pair or two. */
import type { MappingBinding } from '#core/model/binding';
import type { Contract, Direction, Mapping } from '#core/model/contract';
import type { Filter } from '#core/model/filter';
import type { SeededRandom } from '../../support/seeded-random';
import type { SiteFacts } from '../site-facts';
import { projectOf } from './facts';
import { type MappingTerms, outsideLabel, type Senders, type Terms } from './ledger-words';
import { contractField, fieldBinding, slots } from './slots';

const policies = ['newest', 'primary', 'secondary'] as const;

function direction(random: SeededRandom, both: number): Direction {
  if (random.chance(both)) return 'both';
  return random.pick(['toSecondary', 'toPrimary']);
}

/** `facts`: of either site; only their shape counts. */
export function randomContract(random: SeededRandom, facts: SiteFacts): Contract {
  const ids = random.chance(0.3) ? ['m1', 'm2'] : ['m1'];
  const mappings = ids.map((id): Mapping => {
    const chosen = slots.filter((slot) => slot.id === 'summary' || random.chance(0.75));
    return {
      id,
      label: id,
      enabled: true,
      types: [{ id: 't-task', label: 'Task' }],
      fields: chosen.map((slot) => {
        const both = slot.id === 'summary' ? 1 : 0.8;
        return contractField(slot, facts, {
          direction: direction(random, both),
          policy: random.pick(policies),
        });
      }),
      comments: random.chance(0.1) ? 'off' : direction(random, 0.8),
      creates: direction(random, 0.85),
    };
  });
  return { revision: 1, note: 'First agreement', mappings };
}

/** Files, logged work, and fields about which people are asked. */
export function enriched(more: SeededRandom, contract: Contract): Contract {
  const mappings = contract.mappings.map((mapping): Mapping => {
    const { worklogs: _work, attachments: _files, ...rest } = mapping;
    return {
      ...rest,
      fields: mapping.fields.map((field) =>
        more.chance(0.25) ? { ...field, policy: 'ask' as const } : field,
      ),
      ...(more.chance(0.7) ? { worklogs: direction(more, 0.8) } : {}),
      ...(more.chance(0.7)
        ? {
            attachments: {
              direction: direction(more, 0.8),
              deletions: more.pick(['delete', 'ignore'] as const),
            },
          }
        : {}),
    };
  });
  return { ...contract, mappings };
}

/** The next revision: something about one mapping is another way from now on. */
export function changedContract(random: SeededRandom, before: Contract): Contract {
  const index = random.below(before.mappings.length);
  const mappings = before.mappings.map((mapping, place) =>
    place === index ? changed(random, mapping) : mapping,
  );
  const revision = before.revision + 1;
  return { revision, note: `Revision ${revision}`, mappings };
}

function changed(random: SeededRandom, mapping: Mapping): Mapping {
  switch (random.below(5)) {
    case 0:
      return { ...mapping, comments: random.pick(['off', 'both', 'toSecondary', 'toPrimary'] as const) };
    case 1:
      return { ...mapping, creates: direction(random, 0.5) };
    case 2:
      return {
        ...mapping,
        fields: mapping.fields.map((field) => ({ ...field, policy: random.pick(policies) })),
      };
    default: {
      const victim = random.pick(mapping.fields.filter(({ id }) => id !== 'summary')) ?? mapping.fields[0];
      const fields = mapping.fields.map((field) =>
        field === victim && field.id !== 'summary' ? { ...field, direction: direction(random, 0.5) } : field,
      );
      return { ...mapping, fields };
    }
  }
}

export function bindingsOf(contract: Contract, facts: SiteFacts): MappingBinding[] {
  return contract.mappings.map((mapping) => ({
    mapping: mapping.id,
    projectId: projectOf(facts, mapping.id).id,
    types: [{ slot: 't-task', typeId: facts.typeId }],
    fields: slots
      .filter(({ id }) => mapping.fields.some((field) => field.id === id))
      .map((slot) => fieldBinding(slot, facts)),
    ...(mapping.leaving === undefined ? {} : { filter: outsideFilter }),
  }));
}

/** Jira has no more choices in one condition. */
const mostLabels = 100;
const outsideFilter: Filter = {
  conditions: [
    {
      fieldId: 'labels',
      is: 'noneOf',
      values: Array.from({ length: mostLabels }, (_, index) => outsideLabel(index)),
    },
  ],
};

/** The same for the ledger. The primary is acme. */
export function termsOf(contract: Contract): Terms {
  return Object.fromEntries(
    contract.mappings.map((mapping) => [
      mapping.id,
      {
        slots: Object.fromEntries(mapping.fields.map(({ id, direction: way }) => [id, senders(way)])),
        parts: {
          comment: senders(mapping.comments),
          work: senders(mapping.worklogs ?? 'off'),
          file: senders(mapping.attachments?.direction ?? 'off'),
        },
        creates: senders(mapping.creates),
        keepsFiles: mapping.attachments?.deletions === 'ignore',
        ends: endsOf(mapping),
        leaving: mapping.leaving,
        links: mapping.links === undefined ? undefined : senders(mapping.links),
      },
    ]),
  );
}

function endsOf({ lifecycle }: Mapping): MappingTerms['ends'] {
  const { acme, globex } = senders(lifecycle?.direction ?? 'off');
  const policy = lifecycle?.deletion ?? 'ignore';
  return { acme: acme ? policy : 'ignore', globex: globex ? policy : 'ignore' };
}

function senders(way: Direction | 'off'): Senders {
  return { acme: way === 'both' || way === 'toSecondary', globex: way === 'both' || way === 'toPrimary' };
}
