/** Every field of both sites with every operator: what Jira's reference allows finds what a plain filter finds, all else is 400. */
import { type Bench, benchOf, says } from './jira-bench';
import {
  ALL_OPERATORS,
  customLine,
  holds,
  type Json,
  type Line,
  type Plain,
  SYSTEM_LINES,
} from './jql-oracle';

interface Site {
  bench: Bench;
  timeZone: string;
  issues: Json[];
  lines: Line[];
}

const EVERYTHING = 'created > "1990-01-01"';

async function siteOf(key: string): Promise<Site> {
  const bench = benchOf(key);
  const [first] = (await bench.post('search/jql', { jql: EVERYTHING, fields: ['key'] })).body.issues;
  // Values that the seeds leave empty everywhere.
  await bench.put(`issue/${first.key}`, { fields: { environment: says('On premises') } });
  await bench.get(`issue/${first.key}?updateHistory=true`);
  await bench.post(`issue/${first.key}/worklog`, { timeSpent: '2h', comment: says('Measured twice') });
  const found = await bench.post('search/jql', { jql: EVERYTHING, fields: ['*all'], maxResults: 100 });
  const rows = new Map<string, Json>(
    (bench.site.snapshot() as { issues: Json[] }).issues.map((row) => [row.id, row]),
  );
  const issues = found.body.issues.map((issue: Json) => {
    const row = rows.get(issue.id);
    return { ...issue, more: { watchers: row.watcherIds, voters: row.voterIds } };
  });
  const custom = (await bench.get('field')).body
    .filter((field: Json) => field.custom)
    .map((field: Json) => customLine(field));
  expect(custom).not.toContain(undefined);
  const { timeZone } = (await bench.get('myself')).body;
  return { bench, timeZone, issues, lines: [...SYSTEM_LINES, ...custom] };
}

/** A value from the middle, so that comparisons find some issues and not others; a made-up one where there is none. */
function sampleOf(site: Site, line: Line): Plain | undefined {
  const values = [...new Set(site.issues.flatMap((issue) => [...line.of(issue)]))];
  const long = values.filter((value) => typeof value !== 'string' || /^[\p{L}\d]{5,}$|[^\p{L}]/u.test(value));
  const sorted = (long.length > 0 ? long : values).sort((a, b) => (a < b ? -1 : 1));
  const middle = sorted[Math.floor(sorted.length / 2)];
  const isMoment = typeof middle === 'number' && middle > 1e12;
  return isMoment ? Math.floor(middle / 60_000) * 60_000 : middle;
}

function operandOf(site: Site, operator: string, line: Line, sample: Plain): string {
  const text = line.text?.(sample, site.timeZone) ?? JSON.stringify(String(sample));
  if (operator === 'is' || operator === 'is not') return 'EMPTY';
  return operator.endsWith('in') ? `(${text})` : text;
}

async function foundBy(site: Site, jql: string): Promise<string[] | number> {
  const answer = await site.bench.post('search/jql', { jql, fields: ['key'], maxResults: 100 });
  if (answer.status !== 200) return answer.status;
  return answer.body.issues.map((issue: Json) => issue.key).sort();
}

/** What is wrong with the site's answer to one field with one operator; undefined = nothing. */
async function complaintAbout(
  site: Site,
  { line, operator, sample }: { line: Line; operator: string; sample: Plain | undefined },
): Promise<unknown> {
  const jql = `${line.field} ${operator} ${operandOf(site, operator, line, sample ?? '1')}`;
  const found = await foundBy(site, jql);
  if (!line.operators.includes(operator)) return found === 400 ? undefined : [jql, found, 'is not refused'];
  // Without any value on the site there is no operand that exists, but emptiness can be asked.
  if (sample === undefined && !operator.startsWith('is')) return undefined;
  const expected = site.issues
    .filter((issue) => holds(operator, line.of(issue), sample === undefined ? [] : [sample]))
    .map((issue) => issue.key)
    .sort();
  return JSON.stringify(found) === JSON.stringify(expected) ? undefined : [jql, found, expected];
}

describe.each(['acme', 'globex'])('%s', (key) => {
  let site: Site;
  beforeAll(async () => {
    site = await siteOf(key);
  });

  test('each field takes exactly the operators of the reference and finds what a plain filter finds [doc]', async () => {
    const wrong: unknown[] = [];
    const counts = { allowed: 0, refused: 0 };
    for (const line of site.lines) {
      const sample = sampleOf(site, line);
      for (const operator of ALL_OPERATORS) {
        counts[line.operators.includes(operator) ? 'allowed' : 'refused'] += 1;
        const complaint = await complaintAbout(site, { line, operator, sample });
        if (complaint !== undefined) wrong.push(complaint);
      }
    }
    expect(wrong).toEqual([]);
    expect(counts.allowed).toBeGreaterThan(250);
    expect(counts.refused).toBeGreaterThan(250);
  }, 60_000);

  test('`text ~` looks into summary, texts, custom texts and comments, and takes no other operator [doc]', async () => {
    for (const operator of ALL_OPERATORS.filter((one) => one !== '~'))
      expect(
        await foundBy(
          site,
          `text ${operator} ${operator.startsWith('is') ? 'EMPTY' : operator.endsWith('in') ? '(rain)' : 'rain'}`,
        ),
      ).toBe(400);
    const words = (issue: Json) =>
      site.lines
        .filter((line) => line.operators.includes('~') && line.field !== 'worklogComment')
        .flatMap((line) => [...line.of(issue)]);
    for (const word of ['customer', 'fails', 'report', 'premises']) {
      const expected = site.issues
        .filter((issue) => words(issue).includes(word))
        .map((issue) => issue.key)
        .sort();
      expect([word, await foundBy(site, `text ~ ${word}`)]).toEqual([word, expected]);
    }
  });

  test('every name that GET /field calls a clause is known to JQL', async () => {
    const fields: Json[] = (await site.bench.get('field')).body;
    const known = new Set<string>();
    for (const name of fields.flatMap((field) => field.clauseNames)) {
      const answer = await site.bench.post('search/jql', {
        jql: `project is not EMPTY and "${name}" is EMPTY`,
      });
      const texts = JSON.stringify(answer.body.errorMessages ?? []);
      expect([name, /does not exist/.test(texts)]).toEqual([name, false]);
      known.add(name);
    }
    expect(known.size).toBeGreaterThan(50);
  });

  test('ORDER BY sorts by every field that has an order, in both directions', async () => {
    const wrong: unknown[] = [];
    const orderable = site.lines.filter(
      (line) =>
        !/^(watcher|voter|worklog\w+|issueLink|issueLinkType|projectType|comment|attachments)$/.test(
          line.field,
        ),
    );
    for (const line of orderable) {
      for (const direction of ['ASC', 'DESC']) {
        const jql = `${EVERYTHING} ORDER BY ${line.field} ${direction}`;
        const answer = await site.bench.post('search/jql', { jql, fields: ['key'], maxResults: 100 });
        if (answer.status !== 200) wrong.push([jql, answer.body]);
        else if (
          !isSorted(
            site,
            line,
            answer.body.issues.map((issue: Json) => issue.key),
            direction,
          )
        )
          wrong.push([jql, 'not sorted']);
      }
    }
    expect(wrong).toEqual([]);
  }, 30_000);
});

/** Values of one element that are numbers or dates must follow each other; issues without a value stand at one end. */
function isSorted(site: Site, line: Line, keys: string[], direction: string): boolean {
  if (keys.length !== site.issues.length) return false;
  const values = keys.map((key) => line.of(site.issues.find((issue) => issue.key === key)));
  const filled = values.map((list) => list.length > 0);
  const empties = direction === 'ASC' ? filled : filled.reverse();
  if (empties.some((has, at) => has && empties[at - 1] === false)) return false;
  const comparable = line.text !== undefined || /duedate/.test(line.field);
  if (!comparable) return true;
  const firsts = values.filter((list) => list.length > 0).map((list) => [...list].sort(compare)[0] ?? 0);
  const sorted = [...firsts].sort(compare);
  if (direction === 'DESC') sorted.reverse();
  return JSON.stringify(firsts) === JSON.stringify(sorted);
}

function compare(left: Plain, right: Plain): number {
  return left < right ? -1 : Number(left > right);
}
