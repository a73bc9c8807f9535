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
import { askPatiently } from './patience';

const offline: CallError = {
  code: 'unavailable',
  message: 'The app did not answer. Check your connection and try again.',
};

const busy: CallError = {
  code: 'busy',
  message: 'The platform is busy for the moment. Nothing is lost: try again in a few seconds.',
};
/** How the platform says that a page or a person asked too often. */
const limitWords = /\b429\b|rate limit/i;

/** Never throws: whatever goes wrong is an error with words for the admin. */
export async function call<N extends CallName>(name: N, request: CallRequest<N>): Promise<CallResult<N>> {
  try {
    const raw = (await invoke('call', { name, request })) as CallResult<N>;
    if (!raw.ok) return raw;
    return { ok: true, value: calls[name].answer.parse(raw.value) as CallAnswer<N> };
  } catch (error) {
    console.error(`The call ${name} failed.`, error);
    const isLimit = error instanceof Error && limitWords.test(error.message);
    return { ok: false, error: isLimit ? busy : offline };
  }
}

/** The same for a call that may be repeated at no harm: asked again while the platform is busy. */
export function callPatiently<N extends CallName>(name: N, request: CallRequest<N>): Promise<CallResult<N>> {
  return askPatiently(() => call(name, request));
}
