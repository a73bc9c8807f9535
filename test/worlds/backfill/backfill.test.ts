/**
 * Backfill on emulated sites, killed at random: no duplicate, nothing missing, at most one page of extra calls for a kill.
 * BACKFILL_ISSUES=1000 plays the size of the promise and prints what it costs.
 */
import { seededRandom } from '../../support/seeded-random';
import {
  type BackfillWorld,
  backfillWorld,
  connectAndBackfill,
  killsAt,
  oldIssues,
  plantIssues,
  totalCalls,
} from './backfill-world';

const count = Number(process.env['BACKFILL_ISSUES'] ?? 80);
const kills = 3;
const comments = 3;
/** Attachments of an issue. */
const attachments = 1;
/** Keys of one reading (bulkfetch): the page that a kill may cost. */
const page = 100;

async function play(calls: readonly number[]) {
  const made = await backfillWorld(1);
  await plantIssues(made, count);
  // What happened before anything was agreed is no news.
  await made.world.run();
  const gate = killsAt(calls);
  for (const jira of [made.acme, made.globex]) jira.calls.clear();
  const began = made.world.clock.now();
  await connectAndBackfill(made, gate);
  await made.world.settle();
  return { made, gate, minutes: (made.world.clock.now() - began) / 60_000 };
}

/** Everything that is wrong, in plain words. */
async function wrong({ world, acme, globex, here, there }: BackfillWorld): Promise<string[]> {
  const [originals, copies] = [await oldIssues(acme, here), await oldIssues(globex, there)];
  const found: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const same = copies.get(`Old ${number}`) ?? [];
    if (same.length !== 1) found.push(`Old ${number}: ${same.length} copies`);
    const said = same[0]?.comments ?? [];
    const files = same[0]?.files ?? [];
    const original = originals.get(`Old ${number}`)?.[0]?.files ?? [];
    if (original.length !== attachments || files.join() !== original.join()) {
      found.push(`Old ${number}: files ${original} became ${files}`);
    }
    const texts = ['first', 'second', 'third'].map(
      (word) => said.filter((text) => text.includes(word)).length,
    );
    if (texts.join() !== '1,1,1' || said.length !== comments) found.push(`Old ${number}: comments ${texts}`);
  }
  if (copies.size !== count) found.push(`${copies.size} different copies of ${count}`);
  const { dirty, outbox, inbox, problems } = world.tidy();
  if (dirty + outbox + inbox + problems.length > 0) {
    found.push(`left: ${JSON.stringify({ dirty, outbox, inbox, problems })}`);
  }
  return found;
}

function show(made: BackfillWorld): string {
  return [made.acme, made.globex]
    .flatMap(({ site, calls, points }) => [
      `${site.key}: ${points} points`,
      ...[...calls].sort().map(([route, times]) => `  ${String(times).padStart(6)}  ${route}`),
    ])
    .join('\n');
}

/** Where to kill: anywhere, and where it hurts most: requests that Jira carried out and nobody recorded. */
function kinds(seen: readonly string[]): number[][] {
  const random = seededRandom(4);
  const anywhere = Array.from({ length: kills }, () => 1 + random.below(seen.length));
  const writes = seen.flatMap((name, index) => (name.startsWith('site.create') ? [index + 1] : []));
  const many = seen.flatMap((name, index) => (name === 'site.createIssues' ? [index + 1] : []));
  const files = seen.flatMap((name, index) => (name === 'site.createFile' ? [index + 1] : []));
  return [anywhere, [many[1] ?? 0], [random.pick(writes)], [random.pick(files)]];
}

/**
 * The least that Jira can be asked: reads by the hundred, creates by the fifty, a call for every comment. For every file three:
 * whether its issue may still leave, its bytes, and the upload.
 */
const fewest = Math.ceil(count / 100) + Math.ceil(count / 50) + count * (comments + 3 * attachments);

test(
  `${count} issues with ${comments} comments and ${attachments} attachment each`,
  async () => {
    const calm = await play([]);
    expect(await wrong(calm.made)).toEqual([]);
    const usual = totalCalls(calm.made);
    // eslint-disable-next-line no-console
    const lines = [`backfill: ${count} issues, ${usual} calls, fewest possible ${fewest}`, show(calm.made)];
    for (const [index, at] of kinds(calm.gate.seen).entries()) {
      const killed = await play(at);
      expect(killed.gate.killed).toHaveLength(at.length);
      expect(await wrong(killed.made)).toEqual([]);
      const extra = totalCalls(killed.made) - usual;
      lines.push(
        `backfill: run ${index + 2} killed ${at.length} times (${killed.gate.killed.join(', ')}): ` +
          `${extra} extra calls of ${at.length * page} allowed; duplicates 0, missing 0`,
      );
      expect(extra).toBeLessThanOrEqual(at.length * page);
    }
    process.stdout.write(`${lines.join('\n')}\n`);
    expect(usual).toBeLessThanOrEqual(fewest * 1.05);
  },
  Math.max(300_000, count * 2_500),
);
