/** Loads openpgp, the only place that does, and states the profile that GnuPG 2.2 and later read and write. */
import type * as OpenPgp from 'openpgp';

// A static import fails to load after webpack bundles it for Node; require of the CommonJS build works.
export const openpgp: typeof OpenPgp = require('openpgp');

/** What a PGP-level compressed message may grow to. We never send such; other programs do. */
const largestDecompressedBytes = 12 * 1024 * 1024;

/** Profile of every message: SEIPDv1 without AEAD, compression inside the payload where it is bounded, no comments. */
export const profile: OpenPgp.PartialConfig = {
  aeadProtect: false,
  v6Keys: false,
  preferredCompressionAlgorithm: openpgp.enums.compression.uncompressed,
  maxDecompressedMessageSize: largestDecompressedBytes,
  allowUnauthenticatedMessages: false,
  allowUnauthenticatedStream: false,
  showVersion: false,
  showComment: false,
};

/** The same with the library's defaults filled in, for calls that take nothing less. */
export const completeProfile: OpenPgp.Config = { ...openpgp.config, ...profile };
