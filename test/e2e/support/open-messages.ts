/** Opens every message that went between the sites, with the receivers' keys as the emulator's secret stores hold them. */
import type * as OpenPgp from 'openpgp';
import { unpackPayload } from '../../../src/seal/payload';
import type { RunningApp } from './running-app';

/** Signatures are not checked here, and a clock decides nothing. */
const neverTooEarly = null as unknown as Date;

const openpgp: typeof OpenPgp = require('openpgp');

export interface OpenedMessages {
  /** Clear text of each sealed part that could be opened. */
  texts: string[];
  /** Sealed parts that no key of a receiver opened: must be none, else the check proves nothing. */
  unopened: number;
  /** Everything else that travelled in clear. */
  clear: string[];
}

export async function openMessages(app: RunningApp): Promise<OpenedMessages> {
  const { calls } = (await app.control('GET', 'traffic?since=0')) as unknown as {
    calls: { requestBody: string; responseBody: string }[];
  };
  const keys = await privateKeys(app);
  const result: OpenedMessages = { texts: [], unopened: 0, clear: [] };
  for (const body of calls.flatMap((call) => [call.requestBody, call.responseBody])) {
    for (const part of parts(body)) {
      const sealed = decodeSeal(part);
      if (sealed === undefined) result.clear.push(part);
      else await open(sealed, keys, result);
    }
  }
  return result;
}

async function open(sealed: Uint8Array, keys: OpenPgp.PrivateKey[], result: OpenedMessages): Promise<void> {
  try {
    const message = await openpgp.readMessage({ binaryMessage: sealed });
    const { data } = await openpgp.decrypt({
      message,
      decryptionKeys: keys,
      format: 'binary',
      date: neverTooEarly,
    });
    result.texts.push(inflate(data as Uint8Array));
  } catch {
    result.unopened += 1;
  }
}

/** A payload may be packed inside its seal. */
function inflate(data: Uint8Array): string {
  const text = unpackPayload(data);
  if (text === undefined) throw new Error('A payload could not be unpacked.');
  return text;
}

async function privateKeys(app: RunningApp): Promise<OpenPgp.PrivateKey[]> {
  const dumps = await Promise.all(
    ['acme', 'globex', 'directory'].map((site) => app.control('GET', `secrets?site=${site}`)),
  );
  const values = dumps.flatMap((dump) => strings(dump['secrets']));
  const armored = values.filter((value) => value.includes('PGP PRIVATE KEY BLOCK'));
  return Promise.all(armored.map((armoredKey) => openpgp.readPrivateKey({ armoredKey })));
}

/** The body itself, or the texts inside it when it is JSON. */
function parts(body: string): string[] {
  if (body === '') return [];
  try {
    return strings(JSON.parse(body));
  } catch {
    return [body];
  }
}

function strings(json: unknown): string[] {
  if (typeof json === 'string') return [json];
  if (json === null || typeof json !== 'object') return [];
  return Object.values(json).flatMap(strings);
}

/** Base64 of an OpenPGP message starts with a packet tag (high bit set) and is longer than any id. */
function decodeSeal(text: string): Uint8Array | undefined {
  if (text.length < 300 || !/^[A-Za-z0-9+/]+=*$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return ((bytes[0] ?? 0) & 0x80) === 0 ? undefined : new Uint8Array(bytes);
}
