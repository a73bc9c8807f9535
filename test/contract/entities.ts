/** Which bodies hold which recorded entity, and which recordings speak for it. */
import type { Exchange } from '../emulator/contract/record-exchanges';
import { loadShapes, merge, type Shape, shapeAt, shapeErrors } from './recorded-shapes';
import { marksOf, SHAPES, type Waiver } from './waivers';

interface EntitySource {
  /** Key of recorded-shapes.json. */
  recording: string;
  /** Where in it; `[]` steps into a list. */
  at?: string[];
}

/** One kind of entity: where the emulator answers it, and what was recorded of it. */
interface EntityKind {
  entity: string;
  kind: Exchange['kind'];
  /** `GET /rest/api/3/field` -> path to the entities in the body; `[]` = each of a list. */
  found: Readonly<Record<string, string>>;
  sources: readonly EntitySource[];
  /** Places where the recordings speak of something else (v2 text, another site's fields); each with the reason. */
  open?: Readonly<Record<string, string>>;
  /** Only requests without these parameters answer the whole entity. */
  unless?: readonly string[];
  /** Only these of the entities found. */
  only?: (value: Readonly<Record<string, unknown>>) => boolean;
}

const V2_TEXT = 'recorded through v2, where texts are strings; v3 has documents';

/**
 * Only Cloud recordings are used. Sources of REST v2 and agile 1.0 count where v3 has the same value, with the texts open.
 * `issue (v3, Cloud) [bitovi]` is left out: that tool wrote its fields under display names.
 */
export const ENTITIES: readonly EntityKind[] = [
  {
    entity: 'changelog entry',
    kind: 'cloud',
    found: {
      'GET /rest/api/3/issue/{issueIdOrKey}/changelog': 'values[]',
      'POST /rest/api/3/issue/{issueIdOrKey}/changelog/list': 'histories[]',
      'GET /rest/api/3/issue/{issueIdOrKey}': 'changelog.histories[]',
    },
    sources: [{ recording: 'changelog entry (Cloud) [bitovi+devlake+jirametrics]' }],
  },
  {
    entity: 'issue fields',
    kind: 'cloud',
    found: { 'GET /rest/api/3/issue/{issueIdOrKey}': 'fields' },
    sources: [
      { recording: 'issue (agile 1.0, Cloud) [devlake]', at: ['fields'] },
      { recording: 'issue (v2, Cloud) [jirametrics]', at: ['fields'] },
    ],
    unless: ['fields'],
    open: {
      'comment.comments[].body': V2_TEXT,
      'worklog.worklogs[].comment': V2_TEXT,
    },
  },
  {
    entity: 'issue',
    kind: 'cloud',
    found: { 'GET /rest/api/3/issue/{issueIdOrKey}': '' },
    sources: [{ recording: 'issue (v2, Cloud) [jirametrics]' }, { recording: 'issue (v3, Cloud) [bitovi]' }],
    open: { fields: 'compared as issue fields', changelog: 'only with the expand that those recordings had' },
  },
  {
    entity: 'issue (agile)',
    kind: 'cloud',
    found: { 'GET /rest/agile/1.0/issue/{issueIdOrKey}': '' },
    sources: [{ recording: 'issue (agile 1.0, Cloud) [devlake]' }],
    unless: ['fields'],
    open: { changelog: 'only with the expand that those recordings had' },
  },
  {
    entity: 'comment',
    kind: 'cloud',
    found: {
      'GET /rest/api/3/issue/{issueIdOrKey}/comment': 'comments[]',
      'GET /rest/api/3/issue/{issueIdOrKey}/comment/{id}': '',
      'POST /rest/api/3/issue/{issueIdOrKey}/comment': '',
      'PUT /rest/api/3/issue/{issueIdOrKey}/comment/{id}': '',
    },
    sources: [
      {
        recording: 'issue (agile 1.0, Cloud) [devlake]',
        at: ['fields', 'comment', 'comments', '[]'],
      },
    ],
    open: { body: V2_TEXT },
  },
  {
    entity: 'worklog',
    kind: 'cloud',
    found: {
      'GET /rest/api/3/issue/{issueIdOrKey}/worklog': 'worklogs[]',
      'GET /rest/api/3/issue/{issueIdOrKey}/worklog/{id}': '',
      'POST /rest/api/3/issue/{issueIdOrKey}/worklog': '',
    },
    sources: [{ recording: 'worklogs [devlake]' }],
    open: { comment: V2_TEXT },
  },
  {
    entity: 'remote link',
    kind: 'cloud',
    found: {
      'GET /rest/api/3/issue/{issueIdOrKey}/remotelink': '[]',
      'GET /rest/api/3/issue/{issueIdOrKey}/remotelink/{linkId}': '',
    },
    sources: [{ recording: 'remotelinks [devlake]' }],
  },
  {
    entity: 'user',
    kind: 'cloud',
    found: { 'GET /rest/api/3/user': '', 'GET /rest/api/3/myself': '' },
    sources: [{ recording: 'users [devlake]' }],
  },
  {
    entity: 'field',
    kind: 'cloud',
    found: { 'GET /rest/api/3/field': '[]' },
    sources: [{ recording: 'field [bitovi]' }],
  },
  {
    entity: 'issue type',
    kind: 'cloud',
    found: { 'GET /rest/api/3/issuetype': '[]', 'GET /rest/api/3/issuetype/{id}': '' },
    sources: [{ recording: 'issuetype [bitovi+devlake]' }],
  },
  {
    entity: 'status',
    kind: 'cloud',
    found: { 'GET /rest/api/3/status': '[]', 'GET /rest/api/3/status/{idOrName}': '' },
    sources: [{ recording: 'status [devlake]' }],
  },
  {
    entity: 'project',
    kind: 'cloud',
    found: { 'GET /rest/api/3/project': '[]', 'GET /rest/api/3/project/search': 'values[]' },
    sources: [{ recording: 'projects [devlake]' }],
  },
  {
    entity: 'server information',
    kind: 'cloud',
    found: { 'GET /rest/api/3/serverInfo': '' },
    sources: [{ recording: 'serverInfo [bitovi+jira-cli]' }],
  },
  {
    entity: 'closed sprint',
    kind: 'cloud',
    found: {
      'GET /rest/agile/1.0/board/{boardId}/sprint': 'values[]',
      'GET /rest/agile/1.0/sprint/{sprintId}': '',
    },
    sources: [{ recording: 'sprints [devlake]' }],
    only: (sprint) => sprint['state'] === 'closed',
  },
];

export interface EntityFinding {
  entity: string;
  errors: string[];
}

export interface EntityCheck {
  /** How many entities of each kind the exchange held, with what differs from the recordings. */
  check(operation: string, exchange: Exchange): EntityFinding[];
  /** Marks of the patches that admitted something so far. */
  usedWaivers(): ReadonlySet<string>;
}

/** Reads the recordings once. Throws when the table names one that is not there. */
export function entityCheck(folder: string, waivers: readonly Waiver[]): EntityCheck {
  const recordings = loadShapes(folder);
  const table = ENTITIES.map((entry) => ({ entry, shape: shapeOf(entry, recordings) }));
  const admits = admission(waivers);
  return {
    usedWaivers: () => admits.used,
    check(operation, exchange) {
      if (exchange.status !== 200 && exchange.status !== 201) return [];
      const findings: EntityFinding[] = [];
      for (const { entry, shape } of table) {
        const path = entry.found[operation];
        if (path === undefined || entry.kind !== exchange.kind || isPart(entry, exchange)) continue;
        const open = new Set(Object.keys(entry.open ?? {}));
        for (const value of pick(JSON.parse(exchange.responseBody ?? 'null'), path)) {
          if (entry.only !== undefined && !entry.only(value as Record<string, unknown>)) continue;
          const errors = shapeErrors(value, shape, open).filter(
            ({ place }) => !admits.asks(entry.entity, place),
          );
          findings.push({
            entity: entry.entity,
            errors: errors.map(({ place, text }) => `${entry.entity}: ${place || 'the whole'}: ${text}`),
          });
        }
      }
      return findings;
    },
  };
}

/** Remembers which waivers were needed. Throws when a waiver names an entity that is not in the table. */
function admission(waivers: readonly Waiver[]) {
  const used = new Set<string>();
  const byPlace = new Map<string, string>();
  for (const waiver of waivers.filter(({ documents }) => documents.includes(SHAPES))) {
    const marks = marksOf(waiver);
    for (const [position, patch] of waiver.patches.entries()) {
      if (patch.kind !== 'shape' || !ENTITIES.some(({ entity }) => entity === patch.entity))
        throw new Error(`waiver ${waiver.id}: names no entity that is compared`);
      byPlace.set(`${patch.entity} ${patch.place}`, marks[position] ?? waiver.id);
    }
  }
  return {
    used,
    asks(entity: string, place: string): boolean {
      const mark = byPlace.get(`${entity} ${place}`);
      if (mark !== undefined) used.add(mark);
      return mark !== undefined;
    },
  };
}

function shapeOf(entry: EntityKind, recordings: Readonly<Record<string, Shape>>): Shape {
  const shapes = entry.sources.map(({ recording, at }) => {
    const shape = recordings[recording];
    if (shape === undefined) throw new Error(`recorded-shapes.json has no '${recording}'`);
    return shapeAt(shape, at ?? []);
  });
  return shapes.reduce(merge);
}

function isPart(entry: EntityKind, exchange: Exchange): boolean {
  const { searchParams } = new URL(exchange.path, 'http://site');
  return (entry.unless ?? []).some((name) => searchParams.has(name));
}

/** The values at a path like `values[]` or `changelog.histories[]`; nothing where the body has no such place. */
function pick(value: unknown, path: string): unknown[] {
  let found: unknown[] = [value];
  for (const step of path.split('.').filter((text) => text !== '')) {
    const name = step.replace('[]', '');
    if (name !== '') {
      found = found.flatMap((item) => {
        const inner = (item as Record<string, unknown> | null | undefined)?.[name];
        return inner === undefined ? [] : [inner];
      });
    }
    if (step.endsWith('[]')) found = found.flatMap((item) => (Array.isArray(item) ? item : []));
  }
  return found;
}
