/** The memory site as a place of random people. */
import type { MemoryFile } from '../../support/memory-files';
import type { MemoryIssue } from '../../support/memory-site';
import type { MemoryWorklog } from '../../support/memory-worklogs';
import type { Side } from '../world';
import { projectOf } from './facts';
import type { Link, Seen, SeenPart, Word } from './ledger-words';
import { contentOf, fileWord, type Place, secondsOf, workedAt, workWord } from './place';
import { linesOf, raws, slotOf, slots } from './slots';

const person = 'Ada';

interface ShownLink {
  id: string;
  type: { name: string };
  outwardIssue?: { id: string };
}

export function memoryPlace({ name, facts, site }: Side): Place {
  function see(issue: MemoryIssue): Seen {
    const words: Record<string, Word> = {};
    for (const slot of slots) {
      const raw = slot.isStatus === true ? { id: issue.statusId } : issue.fields[slot.fieldId(facts)];
      words[slot.id] = slot.toWord(raw, facts);
    }
    const parts = {
      comment: issue.comments.map(seeComment),
      work: site.worklogs.of(issue.id).map(seeWork),
      file: site.files.of(issue.id).map(seeFile),
    };
    return { id: issue.id, tag: tagIn(issue), words, parts };
  }

  function linksAway(issue: MemoryIssue): (Link & { id: string })[] {
    const shown = (issue.fields['issuelinks'] ?? []) as ShownLink[];
    return shown.flatMap(({ id, type, outwardIssue }) => {
      const other = site.issues.get(outwardIssue?.id ?? '');
      return other === undefined ? [] : [{ id, type: type.name, from: tagIn(issue), to: tagIn(other) }];
    });
  }

  return {
    name,
    facts,
    person,
    port: site,
    issueIds: () => [...site.issues.keys()],
    tagOf: (issueId) => {
      const issue = site.issues.get(issueId);
      return issue === undefined ? undefined : tagIn(issue);
    },
    statusOf: (issueId) => slotOf('status').toWord({ id: site.issues.get(issueId)?.statusId }, facts),
    look: async (issueId) => {
      const issue = site.issues.get(issueId);
      return issue === undefined ? undefined : see(issue);
    },
    create: async (mapping, words) => {
      const { summary, ...rest } = raws(words, facts);
      const isOther = projectOf(facts, mapping).id !== facts.project.id;
      const issue = site.people.create(
        person,
        String(summary),
        rest,
        ...(isOther ? (['private'] as const) : []),
      );
      return issue.id;
    },
    set: async (issueId, slot, word) => site.people.edit(person, issueId, raws({ [slot]: word }, facts)),
    move: async (issueId, position) => {
      const status = facts.statuses[Number(position)]?.id ?? '';
      return site.people.move(person, issueId, status);
    },
    comment: async (issueId, text, isRestricted) => {
      site.people.comment(person, issueId, text, isRestricted);
    },
    editPart: async (kind, issueId, partId, text) => {
      if (kind === 'comment') site.people.editComment(person, issueId, partId, text);
      else site.worklogs.edit(person, partId, { seconds: secondsOf(text) });
    },
    deletePart: async (kind, issueId, partId) => {
      if (kind === 'comment') site.people.deleteComment(issueId, partId);
      else if (kind === 'work') site.worklogs.remove(person, partId);
      else site.files.remove(person, partId);
    },
    log: async (issueId, text) => {
      site.worklogs.log(person, issueId, { seconds: secondsOf(text), started: workedAt });
    },
    attach: async (issueId, name) => {
      site.files.attach(person, issueId, name, contentOf(name));
    },
    remove: async (issueId) => site.people.remove(issueId),
    links: {
      list: () => [...site.issues.values()].flatMap(linksAway),
      add: (type, from, to) => void site.link(person, type, from, to),
      remove: (linkId) => site.unlink(person, linkId),
    },
    show: (issueId, isVisible) => {
      const issue = site.issues.get(issueId);
      if (issue !== undefined) issue.visible = isVisible;
    },
    echoes: () => site.echoes,
    busy: () => 0,
  };
}

/** A copy begins with a line that names the author. */
function seeComment({ id, body, author, marks }: MemoryIssue['comments'][number]): SeenPart {
  const lines = linesOf(body);
  if (marks.length === 0) return { id, text: lines.join(' / '), author, isCopy: false };
  const [line = '', ...rest] = lines;
  return { id, text: rest.join(' / '), author: line.replace(/ wrote:$/, ''), isCopy: true };
}

function seeWork({ id, body, authorName, marks, seconds }: MemoryWorklog): SeenPart {
  const text = workWord(seconds);
  if (marks.length === 0) return { id, text, author: authorName, isCopy: false };
  return { id, text, author: linesOf(body)[0]?.replace(/^Logged by /, '') ?? '', isCopy: true };
}

function seeFile({ id, name, bytes, author }: MemoryFile): SeenPart {
  return { id, text: fileWord(name, bytes), author, isCopy: author === 'app' };
}

function tagIn(issue: MemoryIssue): string {
  return String(issue.fields['summary']).split(' ')[0] ?? '';
}
