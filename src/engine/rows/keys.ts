/** Keys, groups and ranks of all tables in one place, so that two verbs never disagree on where a row is. */

/** Ranks sort as text: numbers are padded to 15 digits. */
export function paddedRank(value: number): string {
  return String(value).padStart(15, '0');
}

/** Parts of an issue are listed by its pair; the beginning of their own id only gives them an order. */
export function twinRank(pair: string, twin: string): string {
  return `${pair}:${twin.slice(0, 4)}`;
}

export const rowKeys = {
  connectionList: 'connections',
  connection: (connection: string): string => connection,
  contract: (connection: string, revision: number | 'draft'): string => `${connection}:${revision}`,
  stream: (connection: string): string => connection,
  /** Both live in the table `stream`: what came in, and what others leave for the worker. */
  incoming: (connection: string): string => `${connection}:in`,
  box: (connection: string): string => `${connection}:box`,
  /** Control operations that wait to be cut; in the table `outbox`, numbered on their own. */
  control: (connection: string, number: number): string => `${connection}:control:${number}`,
  dirty: (connection: string, issueId: string, aspect: string): string =>
    `${connection}:${issueId}:${aspect}`,
  outbox: (connection: string, seq: number): string => `${connection}:${seq}`,
  inbox: (connection: string, seq: number): string => `${connection}:${seq}`,
  pair: (connection: string, pair: string): string => `${connection}:${pair}`,
  issueIndex: (connection: string, issueId: string): string => `${connection}:${issueId}`,
  /** In the table `issueIndex`: children that wait for the issue of a pair. */
  waitingFor: (connection: string, pair: string): string => `${connection}:waits:${pair}`,
  /** Also there: how many pairs came to an end lately. */
  ends: (connection: string): string => `${connection}:ends`,
  commentTwin: (connection: string, comment: string): string => `${connection}:${comment}`,
  attachmentTwin: (connection: string, attachment: string): string => `${connection}:${attachment}`,
  /** Both in the table `attachmentTwin`: the twin of a local copy, and the upload under way to a pair's issue. */
  attachmentIndex: (connection: string, fileId: string): string => `${connection}:local:${fileId}`,
  upload: (connection: string, pair: string): string => `${connection}:upload:${pair}`,
  /** There too: the file behind a media id of texts, the media id of a file, and comments that wait for a file. */
  shownFile: (connection: string, mediaId: string): string => `${connection}:media:${mediaId}`,
  mediaOf: (connection: string, fileId: string): string => `${connection}:shows:${fileId}`,
  fileAwaited: (connection: string, attachment: string): string => `${connection}:awaits:${attachment}`,
  /** In the table `problem`: what people want written into our issue of a pair. */
  orders: (connection: string, pair: string): string => `${connection}:orders:${pair}`,
  /** Also there: what is to become of an issue whose twin came to an end. */
  endAnswer: (connection: string, pair: string): string => `${connection}:end:${pair}`,
  /** In the table `activity`: one value that was overwritten. */
  overwritten: (connection: string, entry: string): string => `${connection}:overwritten:${entry}`,
  problem: (connection: string, subject: string): string => `${connection}:${subject}`,
} as const;
