/** Which verb of the engine answers which call. Requests are parsed and callers checked before they get here. */

import type { z } from 'zod';
import type { CallAnswer, CallName, calls } from '#api/calls';
import { confirmContract } from '#engine/agree/confirm-contract';
import { matchAlike } from '#engine/agree/match-alike';
import { publish } from '#engine/agree/publish';
import { saveDraft } from '#engine/agree/save-draft';
import { getSynchronization } from '#engine/ask/get-synchronization';
import { listSynchronizations } from '#engine/ask/list-synchronizations';
import { readActivity } from '#engine/ask/read-activity';
import { readEditor } from '#engine/ask/read-editor';
import { readNewOptions } from '#engine/ask/read-new-options';
import { readProblems } from '#engine/ask/read-problems';
import { exportAudit } from '#engine/audit/export-audit';
import { pauseBackfill, resumeBackfill } from '#engine/backfill/pause-backfill';
import { readBackfill } from '#engine/backfill/read-progress';
import { answerBrake } from '#engine/brakes/answer-brake';
import { listConflicts } from '#engine/conflicts/list-conflicts';
import { listOverwritten } from '#engine/conflicts/list-overwritten';
import { resolveConflict } from '#engine/conflicts/resolve-conflict';
import { restoreOverwritten } from '#engine/conflicts/restore-overwritten';
import { accept } from '#engine/connect/accept';
import { confirmPartner } from '#engine/connect/confirm-partner';
import { deleteConnection } from '#engine/connect/delete-connection';
import { edit } from '#engine/connect/edit';
import { invite } from '#engine/connect/invite';
import { readCode } from '#engine/connect/read-code';
import { receiveCode } from '#engine/connect/receive-code';
import { reject } from '#engine/connect/reject';
import { removeRecord } from '#engine/connect/remove-record';
import { sendAgain } from '#engine/connect/send-again';
import { previewScope, setScope } from '#engine/connect/set-scope';
import { withdraw } from '#engine/connect/withdraw';
import { describeIssue } from '#engine/describe-issue';
import { healDrift, readDrift, startDrift } from '#engine/drift/steer-drift';
import { Refusal } from '#engine/errors';
import { checkQuery } from '#engine/filter/check-filters';
import { listHistory } from '#engine/history/list-history';
import { readChains } from '#engine/history/read-chains';
import { answerEnd } from '#engine/lifecycle/answer-end';
import { listEnds } from '#engine/lifecycle/list-ends';
import { previewPairing } from '#engine/pairing/preview-pairing';
import { readPairing } from '#engine/pairing/read-pairing';
import { allowPairing, cancelPairing, startPairing } from '#engine/pairing/steer-pairing';
import type { Ports } from '#engine/ports/ports';
import { previewReplay } from '#engine/replay/preview-replay';
import { cancelReplay, readReplay, startReplay } from '#engine/replay/steer-replay';
import { retryProblems } from '#engine/retry-problems';
import { startRun } from '#engine/start-run';
import { stopRun } from '#engine/stop-run';
import { syncNow } from '#engine/sync-now';
import { listApplied } from '#engine/undo/list-applied';
import { readUndo } from '#engine/undo/read-undo';
import { undoBatch } from '#engine/undo/undo-batch';
import { canSeeIssue } from '../can-see-issue';
import type { Caller } from './caller';

/** Where the answer holds nothing, the verb need not return anything. */
type Answered<A> = Record<string, never> extends A ? Promise<A> | Promise<void> : Promise<A>;

type Handlers = {
  [N in CallName]: (
    ports: Ports,
    request: z.output<(typeof calls)[N]['request']>,
    caller: Caller,
  ) => Answered<CallAnswer<N>>;
};

export const callHandlers: Handlers = {
  list: listSynchronizations,
  get: getSynchronization,
  newOptions: readNewOptions,
  invite: (ports, request, caller) => invite(ports, { ...request, accountId: accountOf(caller) }),
  invitationCode: readCode,
  sendAgain,
  withdraw,
  receiveCode: (ports, request, caller) => receiveCode(ports, { ...request, accountId: accountOf(caller) }),
  accept,
  reject,
  confirmPartner,
  edit,
  delete: deleteConnection,
  removeRecord,
  previewScope,
  setScope,
  editor: readEditor,
  match: matchAlike,
  saveDraft,
  checkQuery,
  publish,
  confirm: confirmContract,
  start: startRun,
  stop: stopRun,
  ends: listEnds,
  answerEnd,
  answerBrake: (ports, request, caller) => answerBrake(ports, { ...request, accountId: accountOf(caller) }),
  backfill: readBackfill,
  pauseBackfill,
  resumeBackfill,
  pairing: readPairing,
  previewPairing,
  startPairing,
  cancelPairing,
  allowPairing,
  startDrift,
  drift: readDrift,
  healDrift,
  exportAudit,
  applied: listApplied,
  undo: undoBatch,
  startReplay,
  replay: readReplay,
  cancelReplay,
  history: listHistory,
  undoState: readUndo,
  previewReplay,
  chains: readChains,
  activity: readActivity,
  problems: readProblems,
  retryProblems,
  conflicts: listConflicts,
  resolveConflict,
  overwritten: listOverwritten,
  restoreOverwritten,
  issuePanel: async (ports, _request, caller) => describeIssue(ports, await visibleIssue(caller)),
  syncNow: async (ports, _request, caller) => syncNow(ports, await visibleIssue(caller)),
};

function accountOf(caller: Caller): string {
  if (caller.accountId === undefined) throw new Refusal('forbidden', 'Sign in to Jira first.');
  return caller.accountId;
}

async function visibleIssue(caller: Caller): Promise<string> {
  if (caller.issueId === undefined || !(await canSeeIssue(caller.issueId))) {
    throw new Refusal('notFound', 'This issue does not exist, or you may not see it.');
  }
  return caller.issueId;
}
