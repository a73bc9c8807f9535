/** The memory site as a place of random people. */
import type { MemoryIssue } from '../../support/memory-site';
import type { Side } from '../world';
import { projectOf } from './facts';
import type { Seen, SeenComment, Word } from './ledger-words';
import { type Place, person } from './place';
import { slots } from './slots';

export function memoryPlace({ name, facts, site }: Side): Place {
  const slotOf = (id: string) => {
    const slot = slots.find((one) => one.id === id);
    if (slot === undefined) throw new Error(`No slot ${id}.`);
    return slot;
  };
  const raws = (words: Record<string, Word>) =>
    Object.fromEntries(
      Object.entries(words).map(([id, word]) => [slotOf(id).fieldId(facts), slotOf(id).toRaw(word, facts)]),
    );

  function see(issue: MemoryIssue): Seen {
    const words: Record<string, Word> = {};
    for (const slot of slots) {
      const raw = slot.isStatus === true ? { id: issue.statusId } : issue.fields[slot.fieldId(facts)];
      words[slot.id] = slot.toWord(raw, facts);
    }
    return { id: issue.id, tag: tagIn(issue), words, comments: issue.comments.map(seeComment) };
  }

  return {
    name,
    facts,
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
      const { summary, ...rest } = raws(words);
      const isOther = projectOf(facts, mapping).id !== facts.project.id;
      const issue = site.people.create(
        person,
        String(summary),
        rest,
        ...(isOther ? (['private'] as const) : []),
      );
      return issue.id;
    },
    set: async (issueId, slot, word) => site.people.edit(person, issueId, raws({ [slot]: word })),
    move: async (issueId, position) => {
      const status = facts.statuses[Number(position)]?.id ?? '';
      return site.people.move(person, issueId, status);
    },
    comment: async (issueId, text, isRestricted) => {
      site.people.comment(person, issueId, text, isRestricted);
    },
    editComment: async (issueId, commentId, text) =>
      site.people.editComment(person, issueId, commentId, text),
    deleteComment: async (issueId, commentId) => site.people.deleteComment(issueId, commentId),
    remove: async (issueId) => site.people.remove(issueId),
    show: (issueId, isVisible) => {
      const issue = site.issues.get(issueId);
      if (issue !== undefined) issue.visible = isVisible;
    },
    echoes: () => site.echoes,
  };
}

/** A copy begins with a line that names the author. */
function seeComment({ id, body, author, marks }: MemoryIssue['comments'][number]): SeenComment {
  const lines = (body.content as { content?: { text?: string }[] }[]).map(
    (node) => node.content?.[0]?.text ?? '',
  );
  if (marks.length === 0) return { id, text: lines.join(' / '), author, isCopy: false };
  const [line = '', ...rest] = lines;
  return { id, text: rest.join(' / '), author: line.replace(/ wrote:$/, ''), isCopy: true };
}

function tagIn(issue: MemoryIssue): string {
  return String(issue.fields['summary']).split(' ')[0] ?? '';
}
