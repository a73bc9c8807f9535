/** Says in words what a person asked for, and what changed of a synchronization. */
import type { OwnPart } from '#core/audit/entry';

/** By the name of the call, as the log keeps it. */
const asked: Readonly<Record<string, string>> = {
  invite: 'Sent an invitation',
  receiveCode: 'Took an invitation code',
  sendAgain: 'Sent the invitation again',
  withdraw: 'Withdrew the invitation',
  accept: 'Accepted the invitation',
  reject: 'Rejected the invitation',
  confirmPartner: 'Confirmed the partner',
  edit: 'Changed name or description',
  delete: 'Deleted the synchronization',
  removeRecord: 'Removed the record',
  setScope: 'Changed the scope',
  saveDraft: 'Changed the draft of the mappings',
  publish: 'Published the mappings',
  confirm: 'Imported the mappings',
  start: 'Started the synchronization',
  stop: 'Stopped the synchronization',
  answerBrake: 'Answered a safety stop',
  answerEnd: 'Decided about an issue that came to an end',
  pauseBackfill: 'Paused bringing existing issues over',
  resumeBackfill: 'Had existing issues brought over again',
  previewPairing: 'Asked for a preview of pairs',
  startPairing: 'Made existing issues twins',
  cancelPairing: 'Gave up a list of pairs',
  allowPairing: 'Changed whether the partner may list pairs',
  startDrift: 'Checked for differences',
  healDrift: 'Had differences put right',
  retryProblems: 'Tried everything that waits again',
  resolveConflict: 'Decided a conflict',
  restoreOverwritten: 'Put back a value that gave way',
  exportAudit: 'Exported the audit log',
  undo: 'Undid a message of the partner',
  startReplay: 'Began a replay',
  cancelReplay: 'Stopped a replay',
};

/** Numbers that tell which one is meant. */
const named: Readonly<Record<string, (about: number) => string>> = {
  undo: (seq) => ` (message ${seq})`,
  confirm: (revision) => ` (revision ${revision})`,
};

export function actWords({ act = '', about, refused }: OwnPart): string {
  const what = asked[act] ?? `Asked for ${act}`;
  const number = about?.['seq'] ?? about?.['revision'];
  const which = typeof number === 'number' ? (named[act]?.(number) ?? '') : '';
  return refused === undefined ? `${what}${which}.` : `${what}${which}: refused. ${refused}`;
}

const labels: Readonly<Record<string, string>> = {
  name: 'Name',
  role: 'Role',
  phase: 'Handshake',
  key: 'Key of this site',
  partnerSite: 'Partner',
  partnerKey: 'Key of the partner',
  partnerEndpoint: 'Address of the partner',
  scope: 'Scope',
  confirmedHere: 'Confirmed here',
  confirmedThere: 'Confirmed by the partner',
  runHere: 'This site',
  runThere: 'The partner',
  publishedRevision: 'Published revision',
  agreedRevision: 'Agreed revision',
  bindings: 'Own side of the mappings',
  existing: 'Existing issues',
  brake: 'Safety stop',
  rejectedBy: 'Rejected by',
  deletedBy: 'Deleted by',
};

/** The log has only hashes or keys of these: that they changed is what can be read. */
const unreadable: ReadonlySet<string> = new Set([
  'key',
  'partnerKey',
  'partnerEndpoint',
  'scope',
  'bindings',
]);

export interface ShownChange {
  what: string;
  was?: string;
  is?: string;
}

export function factChanges(facts: NonNullable<OwnPart['facts']>): ShownChange[] {
  return Object.entries(facts).map(([name, [was, is]]) => {
    const what = labels[name] ?? name;
    return unreadable.has(name) ? { what } : { what, was: factText(was), is: factText(is) };
  });
}

function factText(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}
