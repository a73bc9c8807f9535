/** A bench on which SUP-5 has been moved to the project DEV, as people do it by hand. */
import { moveIssue } from '../emulator/jira/issues/move-issue';
import { SearchIndex } from '../emulator/jira/search-index';
import { createStore } from '../emulator/jira/store';
import { localSession, type World } from '../emulator/jira/world';
import { type Bench, benchOf, START } from './jira-bench';

/** The move runs on a copy of the site's store, which the site then takes over: REST has no plain operation for it. */
export async function moveTestIssue(typeName = 'Bug'): Promise<{ bench: Bench; id: string }> {
  const bench = benchOf('acme');
  const store = createStore();
  store.restore(bench.site.snapshot() as Record<string, unknown>);
  const issue = store.issues.by('key', 'SUP-5')[0];
  const project = store.projects.by('key', 'DEV')[0];
  const type = store.issueTypes.all().find((row) => row.name === typeName);
  if (issue === undefined || project === undefined || type === undefined)
    throw new Error('the seed has changed');
  const world: World = {
    facts: {
      key: 'acme',
      name: 'Acme',
      cloudId: '',
      publicUrl: bench.site.publicUrl,
      timeZone: 'UTC',
      buildNumber: 1,
    },
    store,
    clock: { now: () => START, after: () => () => {} },
    random: () => 0.5,
    index: new SearchIndex(),
    editChecksScreen: true,
    indexedProperties: [],
  };
  const admin = bench.site.users()[0]?.accountId ?? '';
  moveIssue(localSession(world, admin, START), issue, { project, type });
  bench.site.restore(store.snapshot());
  return { bench, id: issue.id };
}
