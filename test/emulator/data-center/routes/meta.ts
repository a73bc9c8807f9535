/** The server itself: its facts, its index, and the filters people keep. */
import { demandAdmin } from '../../jira/access';
import { refuse } from '../../jira/problem';
import { type Call, ok, type Reply, type Route, route } from '../../jira/router';
import { formatMoment } from '../../jira/time';
import { siteUrl } from '../../jira/world';
import type { ReindexRow } from '../tables';

/** The release that the document in `contract/` describes. */
const VERSION = '10.3.17';

export const serverMetaRoutes: readonly Route[] = [
  route('GET /rest/api/2/serverInfo', (call) => ok(serverInfo(call)), { open: true }),
  route('GET /rest/api/2/reindex', (call) => ok(reindexBean(call, lastReindex(call)))),
  route('GET /rest/api/2/reindex/progress', (call) => ok(reindexBean(call, lastReindex(call)))),
  route('POST /rest/api/2/reindex', startReindex, {
    level: 'partial',
    note: 'over at once; which parts are indexed makes no difference',
  }),
  route('GET /rest/api/2/index/summary', (call) => ok(indexSummary(call))),
];

function serverInfo(call: Call): Record<string, unknown> {
  return {
    baseUrl: siteUrl(call, ''),
    version: VERSION,
    versionNumbers: VERSION.split('.').map(Number),
    deploymentType: 'Server',
    buildNumber: call.world.facts.buildNumber,
    buildDate: '2026-09-15T00:00:00.000+0000',
    databaseBuildNumber: call.world.facts.buildNumber,
    serverTime: formatMoment(call.now, call.timeZone),
    scmInfo: '3d0f6a1b9c2e4d5f8a7b6c5d4e3f2a1b0c9d8e7f',
    serverTitle: 'Initech Jira',
  };
}

const TYPES: ReadonlySet<string> = new Set([
  'FOREGROUND',
  'BACKGROUND',
  'BACKGROUND_PREFERRED',
  'BACKGROUND_PREFFERED',
]);

function startReindex(call: Call): Reply {
  demandAdmin(call);
  const type = call.query.get('type') ?? 'BACKGROUND_PREFERRED';
  if (!TYPES.has(type)) throw refuse(400, `Invalid value '${type}' for 'type'.`);
  const row = call.store.reindexes.put({
    id: call.store.nextId('reindex'),
    type: type as ReindexRow['type'],
    at: call.now,
  });
  return { status: 202, json: reindexBean(call, row) };
}

function lastReindex(call: Call): ReindexRow {
  demandAdmin(call);
  const task = call.query.get('taskId');
  const row = task === null ? call.store.reindexes.all().at(-1) : call.store.reindexes.get(task);
  if (row === undefined) throw refuse(404, 'No re-index task was found.');
  return row;
}

function reindexBean(call: Call, row: ReindexRow): Record<string, unknown> {
  const at = formatMoment(row.at, call.timeZone);
  return {
    progressUrl: `/rest/api/2/reindex/progress?taskId=${row.id}`,
    currentProgress: 100,
    currentSubTask: '',
    type: row.type,
    submittedTime: at,
    startTime: at,
    finishTime: at,
    success: true,
  };
}

function indexSummary(call: Call): Record<string, unknown> {
  demandAdmin(call);
  const issues = call.store.issues.all();
  const indexed = call.world.index.visible(issues, call.now, new Set());
  const newest = (rows: readonly { updated: number }[]) =>
    formatMoment(Math.max(0, ...rows.map((row) => row.updated)), call.timeZone);
  return {
    nodeId: 'node1',
    reportTime: formatMoment(call.now, call.timeZone),
    issueIndex: {
      indexReadable: true,
      countInDatabase: issues.length,
      countInIndex: indexed.length,
      countInArchive: issues.filter((row) => row.archived !== undefined).length,
      lastUpdatedInDatabase: newest(issues),
      lastUpdatedInIndex: newest(indexed),
    },
    replicationQueues: {},
  };
}
