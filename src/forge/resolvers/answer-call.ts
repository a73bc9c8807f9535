/** Answers one call of a screen: finds its schema, checks who asks, parses, runs the verb, turns refusals into answers. */
import { z } from 'zod';
import { type CallError, type CallName, calls } from '#api/calls';
import { Refusal } from '#engine/errors';
import type { Ports } from '#engine/ports/ports';
import { isStorageLimit } from '../storage-limit';
import { callHandlers } from './call-handlers';
import type { Caller } from './caller';
import { noted } from './note-call';

const envelopeSchema = z.object({ name: z.string().max(64), request: z.unknown() });

export type CallAnswer = { ok: true; value: unknown } | { ok: false; error: CallError };

/**
 * @param payload as the browser sent it: nothing in it says who asks.
 * @param isAdmin asks Jira on behalf of the caller.
 */
export async function answerCall(
  ports: Ports,
  caller: Caller,
  payload: unknown,
  isAdmin: () => Promise<boolean>,
): Promise<CallAnswer> {
  const parsed = envelopeSchema.safeParse(payload);
  if (!parsed.success || !isCallName(parsed.data.name)) {
    return refused('invalid', 'This page is older or newer than the app. Load it again.');
  }
  const { name } = parsed.data;
  const call = calls[name];
  return run(name, async () => {
    if (call.who === 'admin' && !(await isAdmin())) {
      return refused('forbidden', 'Only Jira administrators can see and change synchronizations.');
    }
    const request = call.request.safeParse(parsed.data.request);
    if (!request.success) return invalid(request.error);
    const { data } = request;
    const value = await noted(ports, { name, caller, request: data }, async () =>
      callHandlers[name](ports, data as never, caller),
    );
    return { ok: true, value: value ?? {} };
  });
}

async function run(name: CallName, answer: () => Promise<CallAnswer>): Promise<CallAnswer> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) {
      const { code, message, fields, retryAfterMs } = error;
      const more = {
        ...(fields === undefined ? {} : { fields }),
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      };
      return { ok: false, error: { code, message, ...more } };
    }
    if (isStorageLimit(error)) {
      console.warn(`The call ${name} met the storage's limit of pace.`);
      return refused(
        'busy',
        'The platform is busy for the moment. Nothing is lost: try again in a few seconds.',
      );
    }
    // The message may hold what a partner sent, so it goes to the log without bodies and not to the screen.
    console.error(`The call ${name} failed.`, error instanceof Error ? error.stack : 'No error object.');
    return refused(
      'unavailable',
      'Something went wrong here. Try again; the log of the app has the details.',
    );
  }
}

function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

function refused(code: CallError['code'], message: string): CallAnswer {
  return { ok: false, error: { code, message } };
}

function invalid(error: z.ZodError): CallAnswer {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = issue.path.filter((part) => typeof part === 'string').join('.');
    fields[field] ??= issue.message;
  }
  const first = error.issues[0]?.message ?? 'Check what you entered.';
  return { ok: false, error: { code: 'invalid', message: first, fields } };
}
