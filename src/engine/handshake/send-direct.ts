/** Sends one message outside the stream and gives the answer, checked by its schema. */
import type { z } from 'zod';
import { protocolVersion } from '#core/protocol/envelope';
import type { Outer } from '#core/protocol/handshake';
import type { Ports } from '../ports/ports';

/** `refused`: the endpoint does not know what we speak of. `unreachable`: nobody knows; try again. */
export type DirectAnswer<T> =
  | { kind: 'answered'; value: T }
  | { kind: 'refused' }
  | { kind: 'unreachable'; reason: string };

type Sent = Omit<Outer, 'v'>;

/** Sends; the answer is JSON in clear. */
export async function sendDirect<S extends z.ZodType>(
  ports: Ports,
  endpoint: string,
  message: Sent,
  answer: S,
): Promise<DirectAnswer<z.output<S>>> {
  const text = await post(ports, endpoint, message);
  return text.kind === 'answered' ? readAnswer(text.value, answer) : text;
}

/** The key with which a sealed answer is opened, and by whom it must be signed. */
interface AnswerKeys {
  keyName: string;
  partnerKey: string;
}

/** Sends; the answer is sealed by the partner. An answer that is not counts as none. */
export async function sendSealed<S extends z.ZodType>(
  ports: Ports,
  request: { endpoint: string; message: Sent; keys: AnswerKeys; answer: S },
): Promise<DirectAnswer<z.output<S>>> {
  const text = await post(ports, request.endpoint, request.message);
  if (text.kind !== 'answered') return text;
  const opened = await ports.sealer.open(request.keys.keyName, request.keys.partnerKey, text.value);
  return opened.ok ? readAnswer(opened.text, request.answer) : unreadable();
}

async function post(ports: Ports, endpoint: string, message: Sent): Promise<DirectAnswer<string>> {
  const sent = await ports.transport.send(endpoint, JSON.stringify({ v: protocolVersion, ...message }));
  if (sent.kind === 'unreachable') return { kind: 'unreachable', reason: sent.reason };
  if (sent.status === 404) return { kind: 'refused' };
  if (sent.status !== 200) {
    return { kind: 'unreachable', reason: `The partner's app answered with status ${sent.status}.` };
  }
  return { kind: 'answered', value: sent.body };
}

function readAnswer<S extends z.ZodType>(text: string, schema: S): DirectAnswer<z.output<S>> {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? { kind: 'answered', value: parsed.data } : unreadable();
  } catch {
    return unreadable();
  }
}

function unreadable(): { kind: 'unreachable'; reason: string } {
  return { kind: 'unreachable', reason: "The partner's app gave an answer that could not be read." };
}
