/**
 * Randomness that a run with the same seed draws again: each invocation has a seed of its own. Keys made by the crypto
 * library itself (generateKey) stay as random as they are.
 */
const crypto = require('node:crypto');

const DIGEST_BYTES = 32;

let seed = '';
let drawn = 0;

function bytes(count) {
  const parts = [];
  for (let size = 0; size < count; size += DIGEST_BYTES) {
    parts.push(crypto.createHash('sha256').update(`${seed}:${drawn}`).digest());
    drawn += 1;
  }
  return Buffer.concat(parts).subarray(0, count);
}

function fill(target) {
  const view = ArrayBuffer.isView(target)
    ? new Uint8Array(target.buffer, target.byteOffset, target.byteLength)
    : new Uint8Array(target);
  view.set(bytes(view.length));
  return target;
}

function uuid() {
  const raw = bytes(16);
  raw[6] = (raw[6] & 0x0f) | 0x40;
  raw[8] = (raw[8] & 0x3f) | 0x80;
  const hex = raw.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function randomBytes(count, callback) {
  if (callback === undefined) return bytes(count);
  process.nextTick(callback, null, bytes(count));
  return undefined;
}

/** Replaces what apps draw from, once, before the app loads. */
exports.installSeededRandom = () => {
  Math.random = () => bytes(6).readUIntBE(0, 6) / 2 ** 48;
  // `crypto.getRandomValues` is a view of the web's, which follows.
  const own = { randomUUID: uuid, randomBytes };
  for (const [name, value] of Object.entries(own)) {
    Object.defineProperty(crypto, name, { value, configurable: true, writable: true });
  }
  const web = { randomUUID: uuid, getRandomValues: fill };
  for (const [name, value] of Object.entries(web)) {
    Object.defineProperty(crypto.webcrypto, name, { value, configurable: true, writable: true });
  }
};

exports.setSeed = (next) => {
  seed = next;
  drawn = 0;
};
