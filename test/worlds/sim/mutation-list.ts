/** Ways in which the engine could be broken without anybody noticing at once; the simulation has to notice each. */
import type { KindName } from './kinds';
import type { Patch } from './patched';

export interface Mutation {
  name: string;
  /** Worlds of these kinds and no others; absent: as they come. */
  kinds?: readonly KindName[];
  patches: readonly Patch[];
}

function mutation(name: string, file: string, find: string, replace: string): Mutation {
  return { name, patches: [{ file: `src/${file}`, find, replace }] };
}

export const mutations: readonly Mutation[] = [
  mutation(
    'marker removed',
    'engine/backfill/find-copies.ts',
    'twin !== undefined && missing.delete(twin)',
    'twin !== undefined && !missing.has(twin)',
  ),
  mutation(
    'base moved before the write is read back',
    'engine/apply/apply-values.ts',
    '  const written = await writeMerged(session, agreement, agreed, {\n',
    `  putPair(session, { ...decision.pair, base: { ...decision.pair.base, ...decision.agreed } });
  await session.commit();
  const written = await writeMerged(session, agreement, agreed, {
`,
  ),
  // To acknowledge what somebody else's write kept from being stored does no harm: the next acknowledgement says less again,
  // which the partner takes for a loss of memory, and everything is told anew. To count what is stored only afterwards does.
  mutation(
    'acknowledged before it is stored',
    'engine/receive-envelope.ts',
    "  if (isNew && (await ports.store.transact(operations)) === 'conflict') return undefined;\n",
    `  if (isNew && (await ports.store.transact(operations.slice(0, 1))) === 'conflict') return undefined;
  if (taken.rows.length > 0) await ports.store.transact(taken.rows);
`,
  ),
  mutation(
    'lease without fence',
    'engine/stream/lease.ts',
    '        if: { rev: this.revisions.stream },\n        newRev,',
    '        newRev,',
  ),
  mutation(
    '404 taken as deletion',
    'engine/capture/capture-fields.ts',
    "const after: Pair = { ...pair, state: 'unreachable' };",
    "const after: Pair = { ...pair, state: 'gone' };",
  ),
  // The usual worlds hide it: a later edit or an hour's look makes up for most of what is forgotten.
  {
    ...mutation(
      'dirty row removed without its generation',
      'engine/capture/capture-issue.ts',
      "session.rows.stage({ op: 'delete', table: 'dirty', key, if: { rev } });",
      "session.rows.stage({ op: 'delete', table: 'dirty', key });",
    ),
    kinds: ['haste'],
  },
  mutation(
    'open offer dropped',
    'engine/capture/capture-fields.ts',
    'return { ...pair, open, lastSent: session.ports.clock.now() };',
    'return { ...pair, lastSent: open.at };',
  ),
  mutation(
    'batch applied twice',
    'engine/receive-envelope.ts',
    'const isKnown = seq <= incoming.seq || incoming.buffered.some((one) => one.seq === seq);',
    'const isKnown = false;',
  ),
  // Forgotten here alone it would come again: the partner knows that it waits, and says it once more.
  mutation(
    'held value forgotten',
    'core/reconcile/conclude-update.ts',
    [
      '    reports.push({ slot, reason });',
      '  }',
      '  const held = { ...withoutSlots(plan.pair.held, Object.keys(plan.agreed)), ...waiting };',
    ].join('\n'),
    ['  }', '  const held = withoutSlots(plan.pair.held, Object.keys(waiting));'].join('\n'),
  ),
  mutation(
    'create intent not stored',
    'engine/apply/ensure-issue.ts',
    '  putPair(session, { ...pair, intent });\n',
    '  void [pair, intent];\n',
  ),
  mutation(
    "merge takes always the partner's",
    'core/reconcile/carry-out.ts',
    'local === undefined ? agreed : keepUnseen(plan, question, work, local)',
    'agreed',
  ),
  mutation(
    'seen ignored',
    'core/reconcile/plan-update.ts',
    'const pair = settlePair(known, update.seen);',
    'const pair = known;',
  ),
  mutation(
    'comment intent not stored',
    'engine/apply/apply-comment.ts',
    'askedAt: askedAt(twin, isForgotten),',
    'askedAt: undefined,',
  ),
  mutation(
    'restricted comments leave',
    'engine/pairs/comment-agreement.ts',
    'if (!comment.restricted) return {};',
    'return {};',
  ),
  // Logging only after the write does no harm: whoever writes it again finds the value in Jira's history, and logs that.
  mutation(
    'overwritten values not logged',
    'engine/apply/write-merged.ts',
    '  if (overwritten.length === 0) return;\n  await keepOverwritten',
    '  if (overwritten.length >= 0) return;\n  await keepOverwritten',
  ),
  // Issues leave a filter and match it again more often than they are hidden.
  {
    ...mutation(
      'comments of an issue that was out of sight forgotten',
      'engine/capture/say-along.ts',
      "if (isBack || isEntering || aspects.has('comments')) {",
      'if (isEntering) {',
    ),
    kinds: ['filters'],
  },
  mutation(
    'waiting value written over edits',
    'core/reconcile/plan-retry.ts',
    '  if (local === undefined || equalValues(local, base)) {\n    if (isWanted)',
    '  if (local === undefined || isWanted || equalValues(held.value, held.value)) {\n    if (isWanted || local !== undefined)',
  ),
  {
    name: 'late requests not waited for',
    patches: ['engine/backfill/find-copies.ts', 'engine/apply/ensure-comment.ts'].map((file) => {
      return { file: `src/${file}`, find: 'if (age < settleMs) {', replace: 'if (age < 0) {' };
    }),
  },
];
