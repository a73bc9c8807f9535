/** What is agreed for issues that come to an end. */
import { endPolicy } from '#core/lifecycle/end-policy';
import type { EndPolicy, EndReason, LifecycleTerms } from '#core/model/lifecycle-terms';
import type { Role } from '#core/model/role';

const terms: LifecycleTerms = {
  direction: 'toSecondary',
  deletion: 'delete',
  move: 'mark',
  archive: 'ignore',
};

describe('endPolicy', () => {
  test.each<{ terms: LifecycleTerms | undefined; why: EndReason; ender: Role; policy: EndPolicy }>([
    { terms, why: 'deleted', ender: 'primary', policy: 'delete' },
    { terms, why: 'moved', ender: 'primary', policy: 'mark' },
    { terms, why: 'archived', ender: 'primary', policy: 'ignore' },
    { terms, why: 'unreachable', ender: 'primary', policy: 'ignore' },
    { terms, why: 'deleted', ender: 'secondary', policy: 'ignore' },
    { terms: { ...terms, direction: 'both' }, why: 'deleted', ender: 'secondary', policy: 'delete' },
    { terms: undefined, why: 'deleted', ender: 'primary', policy: 'ignore' },
  ])('$why by the $ender: $policy', ({ terms: agreed, why, ender, policy }) => {
    expect(endPolicy(agreed === undefined ? {} : { lifecycle: agreed }, why, ender)).toBe(policy);
  });

  test.each([
    [undefined, 'ignore'],
    ['stop', 'ignore'],
    ['mark', 'ignore'],
    ['delete', 'delete'],
  ] as const)('left by a filter, leaving %s: %s, whatever deletions mean', (leaving, policy) => {
    const mapping = { lifecycle: terms, ...(leaving === undefined ? {} : { leaving }) };
    expect(endPolicy(mapping, 'left', 'secondary')).toBe(policy);
  });
});
