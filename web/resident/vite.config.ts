import { defineConfig } from 'vite'

/** The pages are made on the server and name the script and the style sheet: both keep their names, and are asked for anew each time. */
const FIXED: ReadonlySet<string> = new Set(['resident.css'])

export default defineConfig({
  root: import.meta.dirname,
  base: '/r/assets/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Phones that are ten years old read this; what is older has the pages without a script.
    target: 'es2020',
    // Pictures inside style sheets would need `data:` for every kind of source; a file needs none.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre alone is larger than the usual limit; it loads when somebody asks for a map.
    chunkSizeWarningLimit: 1_200,
    rollupOptions: {
      input: { resident: `${import.meta.dirname}/src/resident.ts` },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: ({ names }) => (names.some((name) => FIXED.has(name)) ? '[name][extname]' : 'assets/[name]-[hash][extname]'),
      },
    },
  },
  worker: { format: 'es' },
})
