/** The parts of manifest.yml that the checks read; everything else is Atlassian's validator's business. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const egressSchema = z.union([z.string(), z.object({ address: z.string() })]);
const indexSchema = z.union([
  z.string(),
  z.object({
    name: z.string(),
    partition: z.array(z.string()).optional(),
    range: z.array(z.string()).optional(),
  }),
]);
const entitySchema = z.object({
  name: z.string(),
  attributes: z.record(z.string(), z.object({ type: z.string() })),
  indexes: z.array(indexSchema).default([]),
});
const functionSchema = z.object({
  key: z.string(),
  handler: z.string(),
  timeoutSeconds: z.number().optional(),
  runtime: z.object({ memoryMB: z.number().optional() }).optional(),
});
const moduleSchema = z.looseObject({ key: z.string() });

export const manifestSchema = z.looseObject({
  app: z.looseObject({
    runtime: z.object({ name: z.string(), memoryMB: z.number().optional() }).loose(),
    storage: z.looseObject({ entities: z.array(entitySchema).default([]) }).optional(),
  }),
  modules: z.looseObject({ function: z.array(functionSchema).default([]) }).catchall(z.array(moduleSchema)),
  resources: z.array(z.object({ key: z.string(), path: z.string() }).loose()).default([]),
  permissions: z.looseObject({
    scopes: z.union([z.array(z.string()), z.record(z.string(), z.unknown())]).default([]),
    external: z
      .looseObject({ fetch: z.looseObject({ backend: z.array(egressSchema).default([]) }).optional() })
      .optional(),
  }),
});

export type AppManifest = z.infer<typeof manifestSchema>;
export type Entity = z.infer<typeof entitySchema>;

/** Reads the manifest as it stands in a folder; throws what zod finds wrong. */
export function readAppManifest(file: string): AppManifest {
  return manifestSchema.parse(parse(readFileSync(file, 'utf8')));
}

/** Scope names, whichever of the two forms the manifest uses. */
export function scopesOf(manifest: AppManifest): string[] {
  const { scopes } = manifest.permissions;
  return Array.isArray(scopes) ? scopes : Object.keys(scopes);
}

/** Hosts that functions may call. */
export function egressOf(manifest: AppManifest): string[] {
  const entries = manifest.permissions.external?.fetch?.backend ?? [];
  return entries.map((entry) => (typeof entry === 'string' ? entry : entry.address));
}

/** Modules of a type that carry more than a key. */
export function modulesOf(manifest: AppManifest, type: string): z.infer<typeof moduleSchema>[] {
  return z.array(moduleSchema).parse(manifest.modules[type] ?? []);
}
