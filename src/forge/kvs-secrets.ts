/** The SecretStore port on Forge's encrypted secret storage. */
import { kvs } from '@forge/kvs';
import { z } from 'zod';
import type { SecretStore } from '#engine/ports/store';

const secretSchema = z.string().optional();

export const kvsSecrets: SecretStore = {
  async get(name) {
    return secretSchema.parse(await kvs.getSecret(name));
  },
  async set(name, value) {
    await kvs.setSecret(name, value);
  },
  async delete(name) {
    await kvs.deleteSecret(name);
  },
};
