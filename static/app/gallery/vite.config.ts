/** Builds the screens with a pretended bridge, one situation per address. Nothing of this folder ships. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import shipped from '../vite.config';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  ...shipped,
  root: here('.'),
  publicDir: here('../public'),
  build: { ...shipped.build, outDir: here('../../../dist/screens') },
});
