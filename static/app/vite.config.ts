/** Builds the screens for Forge: relative assets, no inline scripts (Forge's content security policy). */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const source = (folder: string) => fileURLToPath(new URL(`../../src/${folder}`, import.meta.url));

export default defineConfig({
  base: './',
  resolve: { alias: { '#core': source('core'), '#api': source('api') } },
  // A build that a test run starts inherits NODE_ENV=test; with development JSX its pages would stay empty.
  oxc: { jsx: { development: false } },
  define: { 'process.env.NODE_ENV': JSON.stringify('production'), 'process.env': '{}' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
  },
});
