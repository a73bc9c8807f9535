/** A secret store in memory; `values` lets a test look at what is kept. */
import type { SecretStore } from '#engine/ports/store';

export interface MemorySecrets extends SecretStore {
  values: Map<string, string>;
}

export function memorySecrets(): MemorySecrets {
  const values = new Map<string, string>();
  return {
    values,
    get: (name) => Promise.resolve(values.get(name)),
    set: (name, value) => Promise.resolve(void values.set(name, value)),
    delete: (name) => Promise.resolve(void values.delete(name)),
  };
}
