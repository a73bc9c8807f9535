/** Opens a sealed handshake message: schema, signature, and that it is for this connection, from whom it says and to us. */
import type { z } from 'zod';
import type { Ports } from '../ports/ports';

interface Bound {
  link: string;
  from: string;
  to: string;
}

interface Expected {
  keyName: string;
  keyId: string;
  link: string;
}

/** From a pinned partner. Undefined for anything that is not exactly that. */
export async function openPinned<S extends z.ZodType<Bound>>(
  ports: Ports,
  own: Expected,
  partner: { publicKey: string; keyId: string },
  sealed: string,
  schema: S,
): Promise<z.output<S> | undefined> {
  const opened = await ports.sealer.open(own.keyName, partner.publicKey, sealed);
  const message = opened.ok ? parse(opened.text, schema) : undefined;
  return message !== undefined && isBound(message, own, partner.keyId) ? message : undefined;
}

/** First contact: the message names the key that signed it (`signer` picks it). `sender`: that key, as it is kept. */
export async function openStranger<S extends z.ZodType<Bound>>(
  ports: Ports,
  own: Expected,
  sealed: string,
  schema: S,
  signer: (message: z.output<S>) => string | undefined,
): Promise<{ message: z.output<S>; sender: { id: string; publicKey: string } } | undefined> {
  const opened = await ports.sealer.openFirst(own.keyName, sealed, (text) => {
    const message = parse(text, schema);
    return message === undefined ? undefined : signer(message);
  });
  if (!opened.ok || opened.sender === undefined) return undefined;
  const message = parse(opened.text, schema);
  if (message === undefined || !isBound(message, own, opened.sender.id)) return undefined;
  return { message, sender: opened.sender };
}

function isBound(message: Bound, own: Expected, from: string): boolean {
  return message.link === own.link && message.to === own.keyId && message.from === from;
}

function parse<S extends z.ZodType>(text: string, schema: S): z.output<S> | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
