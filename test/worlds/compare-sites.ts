/** Compares two sites as a person would: the same issues, saying the same in each site's own words. */
import { normaliseAdf } from '#core/merge/normalise-adf';
import type { MemoryIssue } from '../support/memory-site';
import type { Choice, SiteFacts } from './site-facts';
import type { Side, World } from './world';

/** An issue in words that do not depend on the site. */
export interface Said {
  summary: unknown;
  body: unknown;
  labels: unknown[];
  due: unknown;
  priority: number;
  colour: number;
  status: number;
  comments: string[];
}

/** Issues of the shared project by the first word of their summary, which nobody ever changes. */
export function sayIssues({ site, facts }: Side): Map<string, Said[]> {
  const found = new Map<string, Said[]>();
  for (const issue of site.issues.values()) {
    if (issue.projectId !== facts.project.id) continue;
    const tag = String(issue.fields['summary']).split(' ')[0] ?? '';
    found.set(tag, [...(found.get(tag) ?? []), sayIssue(issue, facts)]);
  }
  return found;
}

export function sayIssue(issue: MemoryIssue, facts: SiteFacts): Said {
  const { fields } = issue;
  return {
    summary: fields['summary'],
    body: normaliseAdf((fields['description'] as never) ?? null),
    labels: [...((fields['labels'] as string[] | undefined) ?? [])].sort(),
    due: fields['duedate'] ?? null,
    priority: positionOf(facts.priorities, fields['priority']),
    colour: positionOf(facts.options, fields[facts.selectField]),
    status: positionOf(facts.statuses, { id: issue.statusId }),
    comments: issue.comments
      .filter(({ restricted }) => !restricted)
      .map(sayComment)
      .sort(),
  };
}

/** Original or copy: a copy begins with a line that names the author, which is checked, then left out. */
function sayComment({ body, author, marks }: MemoryIssue['comments'][number]): string {
  const paragraphs = body.content.map((node) => JSON.stringify(node['content'] ?? ''));
  const texts = paragraphs.map((text) => /"text":"([^"]*)"/.exec(text)?.[1] ?? '');
  if (marks.length === 0) return `${author}: ${texts.join(' / ')}`;
  const [line = '', ...rest] = texts;
  return `${line.replace(/ wrote:$/, '')}: ${rest.join(' / ')}`;
}

function positionOf(choices: readonly Choice[], raw: unknown): number {
  const id = (raw as { id?: string } | null | undefined)?.id;
  return choices.findIndex((choice) => choice.id === id);
}

/** Differences in plain words; none when both sites agree. */
export function differences(world: World): string[] {
  const here = sayIssues(world.acme);
  const there = sayIssues(world.globex);
  const found: string[] = [];
  for (const tag of new Set([...here.keys(), ...there.keys()])) {
    const left = here.get(tag) ?? [];
    const right = there.get(tag) ?? [];
    if (left.length !== 1 || right.length !== 1) {
      found.push(`${tag}: ${left.length} on acme, ${right.length} on globex`);
    } else if (JSON.stringify(left[0]) !== JSON.stringify(right[0])) {
      found.push(`${tag}: ${JSON.stringify(left[0])} on acme, ${JSON.stringify(right[0])} on globex`);
    }
  }
  return found;
}
