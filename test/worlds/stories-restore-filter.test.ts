/** Stories of lost memory where a filter keeps issues at home: telling again what was forgotten tells nothing that the filter hides. */
import type { MemoryIssue } from '../support/memory-site';
import { filteredWorld, labelled, queried, saidText } from './filter-world';
import { type Backup, backUp, putBack } from './restore';
import type { World } from './world';

const hour = 3_600_000;

interface Left {
  world: World;
  issue: MemoryIssue;
  backup: Backup;
}

/** A pair whose original is about to lose its label; the backup is older than that. */
async function paired(name: 'acme' | 'globex', filter = labelled): Promise<Left> {
  const world = await filteredWorld({ filter, leaving: 'stop' });
  const issue = world.acme.site.people.create('Ada', 'Printer smokes', { labels: ['shared'] });
  await world.settle();
  return { world, issue, backup: backUp(world[name]) };
}

function hide({ world, issue }: Left): void {
  world.clock.advance(60_000);
  world.acme.site.people.edit('Ada', issue.id, { labels: [], summary: 'Printer confidential' });
  world.acme.site.people.comment('Ada', issue.id, 'Not for them');
}

async function forget({ world, backup }: Left): Promise<void> {
  world.clock.advance(hour);
  putBack(backup);
  world.clock.advance(hour);
  await world.settle();
}

const filters = [
  ['a condition', labelled],
  ['a query', queried],
] as const;

describe.each(filters)('with %s, the memory of', (_name, filter) => {
  test.each(['acme', 'globex'] as const)('%s is put back to before an issue left', async (name) => {
    const left = await paired(name, filter);
    hide(left);
    await left.world.settle();
    await forget(left);
    expect(saidText(left.world).match(/confidential|Not for them/g)).toBeNull();
    const { acme } = left.world;
    const { people } = acme.site;
    people.edit('Ada', left.issue.id, { labels: ['shared'], summary: 'Printer repaired' });
    await left.world.settle();
    const twin = [...left.world.globex.site.issues.values()][0];
    expect(twin?.fields['summary']).toBe('Printer repaired');
    expect(twin?.comments).toHaveLength(1);
    expect(left.world.tidy()).toMatchObject({ dirty: 0, outbox: 0, inbox: 0, problems: [] });
  });
});

test.each(['acme', 'globex'] as const)(
  '%s forgot, and an issue leaves before both know the same again',
  async (name) => {
    const left = await paired(name);
    left.world.acme.site.people.edit('Ada', left.issue.id, { summary: 'Printer burns' });
    await left.world.settle();
    left.world.clock.advance(hour);
    putBack(left.backup);
    hide(left);
    left.world.clock.advance(hour);
    await left.world.settle();
    expect(saidText(left.world).match(/confidential|Not for them/g)).toBeNull();
  },
);
