/** Which calls are acts that belong into the audit log, and the noting of them around the act itself. */
import type { CallName } from '#api/calls';
import { type Act, noteAct, noteRefusedAct } from '#engine/audit/note-act';
import { Refusal } from '#engine/errors';
import type { Ports } from '#engine/ports/ports';
import type { Caller } from './caller';

/** Whatever changes something. Calls that only show something would fill the log, because screens repeat them. */
const acts: ReadonlySet<CallName> = new Set<CallName>([
  'invite',
  'receiveCode',
  'sendAgain',
  'withdraw',
  'accept',
  'reject',
  'confirmPartner',
  'edit',
  'delete',
  'removeRecord',
  'setScope',
  'saveDraft',
  'publish',
  'confirm',
  'start',
  'stop',
  'answerBrake',
  'answerEnd',
  'pauseBackfill',
  'resumeBackfill',
  'previewPairing',
  'startPairing',
  'cancelPairing',
  'allowPairing',
  'startDrift',
  'healDrift',
  'retryProblems',
  'resolveConflict',
  'restoreOverwritten',
  'exportAudit',
  'undo',
  'startReplay',
  'cancelReplay',
]);

interface NotedCall {
  name: CallName;
  caller: Caller;
  request: Readonly<Record<string, unknown>>;
}

/** Noted before it is done; what makes a synchronization is noted in it afterwards. */
export async function noted<T>(ports: Ports, call: NotedCall, run: () => Promise<T>): Promise<T> {
  const { name, request } = call;
  const isLater = request['dry'] === true || request['cursor'] !== undefined;
  if (!acts.has(name) || isLater) return run();
  const act = actOf(call, request['id']);
  if (act !== undefined) await noteAct(ports, act);
  try {
    const value = await run();
    const made = act === undefined ? actOf(call, idIn(value)) : undefined;
    if (made !== undefined) await noteAct(ports, made);
    return value;
  } catch (error) {
    if (act !== undefined && error instanceof Refusal) await noteRefusedAct(ports, act, error.message);
    throw error;
  }
}

function actOf({ name, caller, request }: NotedCall, id: unknown): Act | undefined {
  return typeof id === 'string' ? { id, act: name, who: caller.accountId, request } : undefined;
}

function idIn(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined;
}
