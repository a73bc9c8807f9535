/** Ledger: what people did, kept apart from everything the app does; the judge of what had to become of it. */
import { type MemoryIssue, paragraph } from '../support/memory-site';
import type { SeededRandom } from '../support/seeded-random';
import { type Said, sayIssue, sayIssues } from './compare-sites';
import type { Side, World } from './world';

type Scalar = 'summary' | 'due' | 'priority' | 'colour';

interface Entry {
  /** First word of the summary; nobody changes it. */
  tag: string;
  /** Last value that people of each site gave, by field. */
  last: Record<string, Partial<Record<Scalar, unknown>>>;
  first: Said;
  labels: Map<string, 'added' | 'removed'>;
  /** On which site a label was added. */
  addedOn: Map<string, Side['name']>;
  comments: Map<string, 'there' | 'deleted'>;
}

const allFields: Scalar[] = ['summary', 'due', 'priority', 'colour'];
/** Of the fields with few values each is changed on one site only, so that nobody sets one back by chance. */
const ownFields: Record<Side['name'], Scalar[]> = {
  acme: ['summary', 'due', 'priority'],
  globex: ['summary', 'due', 'colour'],
};

/** Random people. Everything they write is new, so that nothing can be mistaken for something else. */
export class Ledger {
  private readonly world: World;
  private readonly random: SeededRandom;
  private readonly entries = new Map<string, Entry>();
  private readonly isCrashing: boolean;
  private count = 0;

  /**
   * `isCrashing`: workers die. An edit that takes back exactly what the app wrote, after that write and before a dead
   * worker's record of it is made up for, looks like no edit at all; only Jira's changelog could tell. So in such worlds
   * nobody takes back what came from the other site.
   */
  constructor(world: World, isCrashing: boolean) {
    this.world = world;
    this.random = world.random;
    this.isCrashing = isCrashing;
  }

  /** Somebody somewhere does something. */
  act(): void {
    const side = this.random.pick([this.world.acme, this.world.globex]);
    const issues = [...side.site.issues.values()];
    this.count += 1;
    if (issues.length === 0 || this.random.chance(0.08)) this.create(side);
    else this.change(side, this.random.pick(issues));
  }

  private change(side: Side, issue: MemoryIssue): void {
    const entry = this.entryOf(issue);
    const dice = this.random.below(20);
    if (dice < 8) this.setScalar(side, issue, entry);
    else if (dice < 12) this.changeLabels(side, issue, entry);
    else if (dice < 14) this.writeBody(side, issue);
    else if (dice < 16) this.moveOn(side, issue);
    else this.comment(side, issue, entry);
  }

  /** What should be and is not, in plain words. */
  judge(): string[] {
    const wrong: string[] = [];
    const here = sayIssues(this.world.acme);
    for (const entry of this.entries.values()) {
      const said = here.get(entry.tag)?.[0];
      if (said === undefined) wrong.push(`${entry.tag} is lost`);
      else wrong.push(...judgeEntry(entry, said));
    }
    return wrong;
  }

  private create(side: Side): void {
    const tag = `T${this.count}`;
    const label = `l${this.count}`;
    const issue = side.site.people.create('Ada', `${tag} new`, { labels: [label] });
    const first = sayIssue(issue, side.facts);
    const entry: Entry = {
      tag,
      last: { acme: {}, globex: {} },
      first,
      labels: new Map([[label, 'added']]),
      addedOn: new Map([[label, side.name]]),
      comments: new Map(),
    };
    this.entries.set(tag, entry);
  }

  private entryOf(issue: MemoryIssue): Entry {
    const tag = String(issue.fields['summary']).split(' ')[0] ?? '';
    const entry = this.entries.get(tag);
    if (entry === undefined) throw new Error(`Nobody made ${tag}.`);
    return entry;
  }

  private setScalar(side: Side, issue: MemoryIssue, entry: Entry): void {
    const { facts } = side;
    const field = this.random.pick(this.isCrashing ? ownFields[side.name] : allFields);
    const change = {
      summary: { summary: `${entry.tag} text ${this.count}` },
      due: { duedate: dateOf(this.count) },
      priority: { priority: { id: this.random.pick(facts.priorities).id } },
      colour: { [facts.selectField]: { id: this.random.pick(facts.options).id } },
    };
    side.site.people.edit('Ada', issue.id, change[field]);
    const last = entry.last[side.name] ?? {};
    last[field] = sayIssue(issue, facts)[field];
  }

  /** A label is added once, and removed at most once, by somebody who sees it. */
  private changeLabels(side: Side, issue: MemoryIssue, entry: Entry): void {
    const present = [...((issue.fields['labels'] as string[] | undefined) ?? [])];
    const removable = present.filter(
      (label) =>
        entry.labels.get(label) === 'added' && (!this.isCrashing || entry.addedOn.get(label) === side.name),
    );
    const [victim] = removable;
    if (victim !== undefined && this.random.chance(0.4)) {
      entry.labels.set(victim, 'removed');
      side.site.people.edit('Ada', issue.id, { labels: present.filter((label) => label !== victim) });
      return;
    }
    const label = `l${this.count}`;
    entry.labels.set(label, 'added');
    entry.addedOn.set(label, side.name);
    side.site.people.edit('Ada', issue.id, { labels: [...present, label] });
  }

  private writeBody(side: Side, issue: MemoryIssue): void {
    const before = (issue.fields['description'] as { content: unknown[] } | null | undefined)?.content ?? [];
    const fresh = paragraph(`body ${this.count}`).content;
    const content = this.random.chance(0.5) ? [...before, ...fresh] : [...fresh, ...before.slice(1)];
    side.site.people.edit('Ada', issue.id, { description: { type: 'doc', version: 1, content } });
  }

  private moveOn(side: Side, issue: MemoryIssue): void {
    const [next] = side.facts.steps[issue.statusId] ?? [];
    if (next !== undefined) side.site.people.move('Ada', issue.id, next);
  }

  private comment(side: Side, issue: MemoryIssue, entry: Entry): void {
    const own = issue.comments.filter(({ marks, author }) => marks.length === 0 && author !== 'Concord');
    const text = `comment ${this.count}`;
    if (own.length === 0 || this.random.chance(0.5)) {
      side.site.people.comment('Ada', issue.id, text);
      entry.comments.set(`Ada: ${text}`, 'there');
      return;
    }
    const victim = this.random.pick(own);
    const [said = ''] = sayIssue({ ...issue, comments: [victim] }, side.facts).comments;
    entry.comments.set(said, 'deleted');
    if (this.random.chance(0.4)) {
      side.site.people.deleteComment(issue.id, victim.id);
      return;
    }
    side.site.people.editComment('Ada', issue.id, victim.id, text);
    entry.comments.set(`Ada: ${text}`, 'there');
  }
}

/** Another one for every number. */
function dateOf(count: number): string {
  return `${2020 + Math.floor(count / 28)}-01-${String(1 + (count % 28)).padStart(2, '0')}`;
}

function judgeEntry(entry: Entry, said: Said): string[] {
  const wrong: string[] = [];
  for (const field of ['summary', 'due', 'priority', 'colour'] as const) {
    const given = [entry.last['acme']?.[field], entry.last['globex']?.[field]].filter(
      (one) => one !== undefined,
    );
    const possible = given.length === 0 ? [entry.first[field]] : given;
    if (!possible.includes(said[field])) {
      wrong.push(`${entry.tag}: ${field} is ${said[field]}, people last wrote ${possible.join(' or ')}`);
    }
  }
  wrong.push(...judgeSet(entry.tag, 'label', entry.labels, 'added', said.labels as string[]));
  wrong.push(...judgeSet(entry.tag, 'comment', entry.comments, 'there', said.comments));
  return wrong;
}

function judgeSet(
  tag: string,
  what: string,
  expected: ReadonlyMap<string, string>,
  present: string,
  found: readonly string[],
): string[] {
  const wrong: string[] = [];
  for (const [text, state] of expected) {
    const count = found.filter((one) => one === text).length;
    const wanted = state === present ? 1 : 0;
    if (count !== wanted)
      wrong.push(`${tag}: ${what} "${text}" is there ${count} times instead of ${wanted}`);
  }
  for (const text of found) if (!expected.has(text)) wrong.push(`${tag}: nobody wrote ${what} "${text}"`);
  return wrong;
}
