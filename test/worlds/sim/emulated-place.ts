/** The emulated Jira as a place of random people, who use its REST API with an account of their own. */
import { paragraph } from '../../support/memory-site';
import type { Side } from '../world';
import type { EmulatedJira } from './emulated-jira';
import type { Seen, SeenPart, Word } from './ledger-words';
import { contentOf, fileWord, type Place, secondsOf, workedAt, workWord } from './place';
import { linesOf, raws, slots } from './slots';

type Answer = Record<string, unknown>;

const app = 'Concord';
const issuePath = '/rest/api/3/issue';

/** `slotIds`: what the agreement knows; nothing else is read. */
export function emulatedPlace({ name, facts }: Side, emulated: EmulatedJira): Place {
  const { ask, personName } = emulated;
  /** Issues that were made since the world began, and not deleted. Their first word never changes. */
  const tags = new Map<string, string>();
  const statuses = new Map<string, Word>();
  const known = slots.filter((slot) => slot.fieldId(facts) !== '');

  emulated.listen(({ kind, issueId }) => {
    if (kind === 'deleted') tags.delete(issueId);
  });
  emulated.onMade((issueId, summary) => tags.set(issueId, summary.split(' ')[0] ?? ''));

  async function look(issueId: string): Promise<Seen | undefined> {
    if (!tags.has(issueId)) return undefined;
    const ids = known.map((slot) => slot.fieldId(facts));
    const issue = await ask('GET', `${issuePath}/${issueId}?fields=${[...ids, 'attachment'].join(',')}`);
    const fields = issue['fields'] as Answer;
    const words = Object.fromEntries(
      known.map((slot) => [slot.id, slot.toWord(fields[slot.fieldId(facts)], facts)]),
    );
    statuses.set(issueId, words['status'] ?? null);
    const comments = await ask('GET', `${issuePath}/${issueId}/comment?maxResults=1000`);
    const worklogs = await ask('GET', `${issuePath}/${issueId}/worklog?maxResults=1000`);
    const files = fields['attachment'] as Answer[];
    const parts = {
      comment: (comments['comments'] as Answer[]).map(seeComment),
      work: (worklogs['worklogs'] as Answer[]).map(seeWork),
      file: await Promise.all(files.map(seeFile)),
    };
    return { id: issueId, tag: tags.get(issueId) ?? '', words, parts };
  }

  async function seeFile({ id, filename, author }: Answer): Promise<SeenPart> {
    const text = fileWord(String(filename), await emulated.download(String(id)));
    return { id: String(id), text, author: nameOf(author), isCopy: nameOf(author) === app };
  }

  async function write(issueId: string, words: Record<string, Word>): Promise<void> {
    await ask('PUT', `${issuePath}/${issueId}`, { fields: raws(words, facts) });
  }

  return {
    name,
    facts,
    port: emulated.port,
    person: personName,
    issueIds: () => [...tags.keys()],
    tagOf: (issueId) => tags.get(issueId),
    statusOf: async (issueId) => {
      await look(issueId);
      return statuses.get(issueId) ?? null;
    },
    look,
    create: async (_mapping, words) => {
      const fields = {
        project: { id: facts.project.id },
        issuetype: { id: facts.typeId },
        ...raws(words, facts),
      };
      return String((await ask('POST', issuePath, { fields }))['id']);
    },
    set: (issueId, slot, word) => write(issueId, { [slot]: word }),
    move: async (issueId, position) => {
      const wanted = facts.statuses[Number(position)]?.id;
      const { transitions } = await ask('GET', `${issuePath}/${issueId}/transitions`);
      const way = (transitions as Answer[]).find(({ to }) => (to as Answer)['id'] === wanted);
      if (way === undefined) return false;
      await ask('POST', `${issuePath}/${issueId}/transitions`, { transition: { id: way['id'] } });
      return true;
    },
    comment: async (issueId, text, isRestricted) => {
      const visibility = isRestricted ? { visibility: { type: 'role', value: 'Administrators' } } : {};
      await ask('POST', `${issuePath}/${issueId}/comment`, { body: paragraph(text), ...visibility });
    },
    editPart: async (kind, issueId, partId, text) => {
      if (kind === 'comment') {
        await ask('PUT', `${issuePath}/${issueId}/comment/${partId}`, { body: paragraph(text) });
      } else {
        await ask('PUT', `${issuePath}/${issueId}/worklog/${partId}`, { timeSpentSeconds: secondsOf(text) });
      }
    },
    deletePart: async (kind, issueId, partId) => {
      if (kind === 'file') await ask('DELETE', `/rest/api/3/attachment/${partId}`);
      else await ask('DELETE', `${issuePath}/${issueId}/${kind === 'work' ? 'worklog' : kind}/${partId}`);
    },
    log: async (issueId, text) => {
      const started = new Date(workedAt).toISOString().replace('Z', '+0000');
      await ask('POST', `${issuePath}/${issueId}/worklog`, { timeSpentSeconds: secondsOf(text), started });
    },
    attach: (issueId, file) => emulated.upload(issueId, file, contentOf(file)),
    remove: async (issueId) => void (await ask('DELETE', `${issuePath}/${issueId}`)),
    show: (issueId, isVisible) => {
      if (isVisible) emulated.hidden.delete(issueId);
      else emulated.hidden.add(issueId);
    },
    echoes: () => [],
    busy: emulated.busy,
  };
}

function nameOf(author: unknown): string {
  return String((author as Answer | undefined)?.['displayName']);
}

/** A copy begins with a line that names the author. */
function seeComment({ id, body, author }: Answer): SeenPart {
  const lines = linesOf(body);
  const isCopy = nameOf(author) === app;
  if (!isCopy) return { id: String(id), text: lines.join(' / '), author: nameOf(author), isCopy };
  const [line = '', ...rest] = lines;
  return { id: String(id), text: rest.join(' / '), author: line.replace(/ wrote:$/, ''), isCopy };
}

function seeWork({ id, comment, author, timeSpentSeconds }: Answer): SeenPart {
  const text = workWord(Number(timeSpentSeconds));
  const isCopy = nameOf(author) === app;
  if (!isCopy) return { id: String(id), text, author: nameOf(author), isCopy };
  return { id: String(id), text, author: linesOf(comment)[0]?.replace(/^Logged by /, '') ?? '', isCopy };
}
