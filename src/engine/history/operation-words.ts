/** Says in words what an operation of a message did; fields are named by themselves. */

/** Of an issue; an operation that is absent here carries fields only, or nothing that a person would look for. */
const ofIssue: Readonly<Record<string, string>> = {
  'issue.create': 'Created',
  'issue.held': 'Could not be applied',
  'issue.ended': 'Came to an end',
  'issue.left': 'Left the filter',
  'issue.back': 'Matches the filter again',
  'issue.links': 'Links',
  'issue.conflict': 'Both sites disagree',
  'comment.put': 'Comment',
  'comment.edit': 'Comment changed',
  'comment.delete': 'Comment deleted',
  'comment.held': 'A comment could not be applied',
  'attachment.put': 'File',
  'attachment.delete': 'File deleted',
  'attachment.held': 'A file could not be applied',
  'worklog.put': 'Logged work',
  'worklog.delete': 'Logged work deleted',
  'worklog.held': 'Logged work could not be applied',
};

const ofSynchronization: Readonly<Record<string, string>> = {
  'partner.confirmed': 'The partner is confirmed.',
  'catalog.share': 'Names of projects and fields.',
  'contract.publish': 'Mappings are published.',
  'contract.confirm': 'Mappings are confirmed.',
  'run.start': 'Start.',
  'run.stop': 'Stop.',
  'epoch.open': 'The message numbers begin a new count, because one site forgot something.',
  goodbye: 'Goodbye.',
};

export function issueWords(op: string): string | undefined {
  return ofIssue[op];
}

export function synchronizationWords(op: string): string | undefined {
  return ofSynchronization[op];
}
