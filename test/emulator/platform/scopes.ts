/** Whether the manifest's scopes allow a Jira REST call. */
import { type ScopeNeed, scopeNeedOf } from './scope-table';

const without = (granted: ReadonlySet<string>, needed: readonly string[]) =>
  needed.filter((scope) => !granted.has(scope));

/** Needed scopes that `granted` lacks, for the list of scopes (classic or granular) that is nearer to being whole. */
export function lackingScopes(need: ScopeNeed, granted: ReadonlySet<string>): readonly string[] {
  const classic = need.classic && without(granted, need.classic);
  const granular = need.granular && without(granted, need.granular);
  if (classic === undefined && granular === undefined) return ['an operation open to apps'];
  if (classic?.length === 0 || granular?.length === 0) return [];
  return classic ?? granular ?? [];
}

/**
 * The needed scopes which are not granted; an operation that no document knows needs none, because the site refuses it
 * with a better text. No scope implies another: the documents name every scope that an operation needs.
 */
export function missingScopes(granted: ReadonlySet<string>, method: string, path: string): readonly string[] {
  const need = scopeNeedOf(method, path);
  return need === undefined ? [] : lackingScopes(need, granted);
}
