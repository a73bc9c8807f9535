/** Secrets of an invitation: one for the code that people carry, another for an invitation that travels by itself. */
import { z } from 'zod';
import type { Ports } from '../ports/ports';

const secretBytes = 16;
const secretsSchema = z.object({ code: z.string().optional(), ticket: z.string().optional() });
/** The joiner holds one of the two, the inviter both. */
export type InvitationSecrets = z.infer<typeof secretsSchema>;

/** Name of a connection's private key in the secret store. */
export function keyNameOf(connection: string): string {
  return `connection:${connection}`;
}

export async function readSecrets(ports: Ports, connection: string): Promise<InvitationSecrets> {
  const text = await ports.secrets.get(nameOf(connection));
  return text === undefined ? {} : secretsSchema.parse(JSON.parse(text));
}

export async function keepSecrets(
  ports: Ports,
  connection: string,
  secrets: InvitationSecrets,
): Promise<void> {
  await ports.secrets.set(nameOf(connection), JSON.stringify(secrets));
}

/** Fresh secrets for an invitation that goes out; older ones stop counting. */
export async function makeSecrets(ports: Ports, connection: string): Promise<void> {
  const fresh = (): string => toHex(ports.random.bytes(secretBytes));
  await keepSecrets(ports, connection, { code: fresh(), ticket: fresh() });
}

/** Destroys all secrets of a connection, its private key included; safe to repeat. */
export async function destroySecrets(ports: Ports, connection: string): Promise<void> {
  await ports.secrets.delete(nameOf(connection));
  await ports.sealer.destroy(keyNameOf(connection));
}

function nameOf(connection: string): string {
  return `invitation:${connection}`;
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
