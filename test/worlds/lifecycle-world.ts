/** Worlds whose agreement says what becomes of twins of deleted, moved and archived issues. */
import type { LifecycleTerms } from '#core/model/lifecycle-terms';
import { listEnds, type ShownEnd } from '#engine/lifecycle/list-ends';
import type { Connection } from '#engine/rows/connection';
import { readConnection } from '#engine/update-connection';
import type { MemoryIssue } from '../support/memory-site';
import { storySetting } from './setting';
import { link, type Side, World } from './world';

/** The same policy for everything, from both sides. */
export function always(policy: LifecycleTerms['deletion']): LifecycleTerms {
  return { direction: 'both', deletion: policy, move: policy, archive: policy };
}

/** Undefined: nothing is agreed about it. */
export function lifecycleWorld(lifecycle: LifecycleTerms | undefined): World {
  const [first, ...rest] = storySetting.contract.mappings;
  if (first === undefined) throw new Error('The stories need a mapping.');
  const mapping = lifecycle === undefined ? first : { ...first, lifecycle };
  const contract = { ...storySetting.contract, mappings: [mapping, ...rest] };
  return new World(1, { ...storySetting, contract });
}

/** Agreed, started, with so many pairs made on the first site; answers their issues on both. */
export async function pairsOf(
  lifecycle: LifecycleTerms | undefined,
  count = 1,
): Promise<{ world: World; ours: MemoryIssue[]; theirs: MemoryIssue[] }> {
  const world = lifecycleWorld(lifecycle);
  await world.connectBoth();
  const ours = Array.from({ length: count }, (_, index) =>
    world.acme.site.people.create('Ada', `Printer ${index} smokes`),
  );
  await world.settle();
  const theirs = ours.map((issue) => twinOf(world, issue));
  return { world, ours, theirs };
}

/** The issue over there of the same summary. */
export function twinOf(world: World, issue: MemoryIssue): MemoryIssue {
  const found = [...world.globex.site.issues.values()].filter(
    ({ fields }) => fields['summary'] === issue.fields['summary'],
  );
  const [twin] = found;
  if (twin === undefined || found.length > 1) throw new Error(`${issue.key} has ${found.length} twins.`);
  return twin;
}

export function has(side: Side, issue: MemoryIssue): boolean {
  return side.site.issues.has(issue.id);
}

/** What the app wrote as comments, in words. */
export function commentsOf(issue: MemoryIssue): string[] {
  return issue.comments.map(({ body }) => JSON.stringify(body));
}

export async function connectionOf(side: Side): Promise<Connection> {
  const row = await readConnection(side.ports(), link);
  if (row === undefined) throw new Error('The connection is gone.');
  return row;
}

/** What an admin of that side is asked about single issues. */
export async function endsOf(side: Side): Promise<ShownEnd[]> {
  return (await listEnds(side.ports(), { id: link })).ends;
}

export function logOf({ store }: Side): string {
  return store
    .rows('activity')
    .map(({ body }) => (body as { text?: string }).text ?? '')
    .join('\n');
}
