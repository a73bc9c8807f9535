/** Calls to the resolver, typed by src/api/calls.ts; the one place where answers are parsed. */
import { invoke } from '@forge/bridge';
import {
  type CallAnswer,
  type CallError,
  type CallName,
  type CallRequest,
  type CallResult,
  calls,
} from '../../../src/api/calls';

const offline: CallError = {
  code: 'unavailable',
  message: 'The app did not answer. Check your connection and try again.',
};

/** Never throws: whatever goes wrong is an error with words for the admin. */
export async function call<N extends CallName>(name: N, request: CallRequest<N>): Promise<CallResult<N>> {
  try {
    const raw = (await invoke('call', { name, request })) as CallResult<N>;
    if (!raw.ok) return raw;
    return { ok: true, value: calls[name].answer.parse(raw.value) as CallAnswer<N> };
  } catch (error) {
    console.error(`The call ${name} failed.`, error);
    return { ok: false, error: offline };
  }
}
