/** Says how alike two names are: equal, known to mean the same, or spelled alike. */

/** Words that mean the same in Jira projects, each line one meaning. Written without blanks and signs. */
const synonyms: readonly (readonly string[])[] = [
  ['bug', 'defect', 'fault', 'error', 'problem'],
  ['story', 'userstory', 'requirement', 'feature', 'newfeature'],
  ['task', 'workitem', 'todoitem', 'actionitem', 'job'],
  ['epic', 'initiative', 'theme'],
  ['improvement', 'enhancement', 'changerequest', 'change'],
  ['incident', 'ticket', 'supportrequest', 'servicerequest'],
  ['description', 'details'],
  ['duedate', 'deadline', 'targetdate', 'due', 'promisedon', 'promiseddate'],
  ['labels', 'tags', 'keywords'],
  ['priority', 'urgency'],
  ['severity', 'impact', 'seriousness'],
  ['todo', 'open', 'new', 'backlog', 'reported', 'submitted', 'created', 'selectedfordevelopment', 'planned'],
  ['inprogress', 'doing', 'active', 'inwork', 'working', 'started', 'wip', 'indevelopment', 'underway'],
  ['inreview', 'review', 'verification', 'testing', 'intesting', 'qa', 'verifying', 'codereview'],
  ['blocked', 'onhold', 'waiting', 'paused', 'stuck'],
  ['done', 'closed', 'resolved', 'finished', 'complete', 'completed', 'fixed'],
  ['wontdo', 'wontfix', 'rejected', 'cancelled', 'canceled', 'declined', 'dropped'],
  ['highest', 'blocker', 'critical', 'urgent', 'p1', 'showstopper', 'emergency'],
  ['high', 'major', 'p2', 'important', 'serious'],
  ['medium', 'normal', 'moderate', 'p3', 'standard', 'default'],
  ['low', 'minor', 'p4'],
  ['lowest', 'trivial', 'p5', 'cosmetic'],
];

/** The same text for names that mean the same. */
export function meaningOf(name: string): string {
  const plain = plainName(name);
  return synonyms.find((meaning) => meaning.includes(plain))?.[0] ?? plain;
}

/** 1 the same, 0.9 the same meaning, below that how alike they are spelled. */
export function nameScore(a: string, b: string): number {
  const [left, right] = [plainName(a), plainName(b)];
  if (left === right) return left === '' ? 0 : 1;
  if (meaningOf(a) === meaningOf(b)) return 0.9;
  return Math.min(0.85, bigramScore(left, right));
}

/** Letters and digits only, in lower case, in any script. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Share of pairs of neighbouring letters which both have (Dice's coefficient). */
function bigramScore(a: string, b: string): number {
  const [left, right] = [bigrams(a), bigrams(b)];
  if (left.length === 0 || right.length === 0) return 0;
  const rest = [...right];
  let shared = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at >= 0) {
      rest.splice(at, 1);
      shared += 1;
    }
  }
  return (2 * shared) / (left.length + right.length);
}

function bigrams(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => text.slice(index, index + 2));
}
