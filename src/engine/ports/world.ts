/** What the engine needs besides store and Jira: time, randomness, a queue, a way to the partner, a seal. */

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Randomness for ids and nonces, from a cryptographic source on real hosts. */
export interface Random {
  /** `bytes` random bytes in lower-case base32 without padding (usable as row key and slot id). */
  id(bytes: number): string;
  bytes(count: number): Uint8Array;
}

/** What the running invocation has left. Work stops in good order before it ends. */
export interface Budget {
  remainingMs(): number;
}

/** A wake-up for the worker of one connection; `hints` name dirty or inbox rows that a listing may not show yet. */
export interface WakeUp {
  connection: string;
  hints: string[];
}

export interface Queue {
  /** At least once, in no order; `delaySeconds` 0 to 900. */
  wake(message: WakeUp, delaySeconds?: number): Promise<void>;
}

export type SendAnswer =
  /** The partner's endpoint answered; `body` as it came, at most 1 MB. */
  | { kind: 'answered'; status: number; body: string }
  | { kind: 'unreachable'; reason: string; retryAfterMs?: number };

/** One way of carrying sealed text to an endpoint. May lose, repeat, delay and reorder. */
export interface Transport {
  send(endpoint: string, body: string): Promise<SendAnswer>;
}

/** Where partners reach this installation. */
export interface Endpoints {
  /** The address of this installation for partner messages. */
  partner(): Promise<string>;
  /** The directory's address, or undefined where none is configured. */
  directory(): string | undefined;
  /** Names the installation that is at work: a copy of a site with all its data has another name. */
  home(): string;
  /** True where this installation itself is the directory. */
  isDirectory(): Promise<boolean>;
}

/** An OpenPGP identity. `id`: SHA-256 of the primary public key packet, hex. */
export interface Identity {
  id: string;
  /** Armored public key. */
  publicKey: string;
}

export type OpenedSeal =
  | { ok: true; text: string }
  /** `stranger`: not signed by the expected key. `notForMe`: no key here opens it. `broken`: not a seal at all. */
  | { ok: false; why: 'stranger' | 'notForMe' | 'broken' | 'tooBig' };

/** OpenPGP, always signed and encrypted. Private keys live in the secret store under `keyName`, never in memory between calls. */
export interface Sealer {
  /** Makes a fresh identity and keeps its private key under `keyName`. */
  createIdentity(keyName: string): Promise<Identity>;
  /** Parses a public key from a stranger: its identity, or undefined when it is not an acceptable key. */
  readIdentity(publicKey: string): Promise<Identity | undefined>;
  /** Seals for the partner, as text that any channel carries (base64 of the binary message). */
  seal(keyName: string, partnerKey: string, text: string): Promise<string>;
  /** Opens; the signature must be by `partnerKey`. */
  open(keyName: string, partnerKey: string, sealed: string): Promise<OpenedSeal>;
  /**
   * For first contact: opens with any signature and says by which key of `candidates(text)` it must have been made:
   * the caller finds the sender's public key inside the text, and the signature is verified against exactly that key.
   */
  openFirst(
    keyName: string,
    sealed: string,
    senderKey: (text: string) => string | undefined,
  ): Promise<OpenedSeal & { sender?: Identity }>;
  destroy(keyName: string): Promise<void>;
}
