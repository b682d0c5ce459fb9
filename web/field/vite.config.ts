import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { appShell, compressed } from '../../scripts/build-web/app-shell.ts'

/** Where the program runs while its pages are being worked on. */
const server = process.env['LINLI_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: import.meta.dirname,
  base: '/field/',
  plugins: [react(), appShell(), compressed()],
  server: { proxy: { '/api': server, '/tiles': server } },
  resolve: {
    // The words of every screen together weigh more than this application: it brings those that it shows.
    alias: [{ find: /^\.\/messages\.ts$/, replacement: `${import.meta.dirname}/src/words.ts` }],
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Pictures inside style sheets would need `data:` for every kind of source; a file needs none.
    assetsInlineLimit: 0,
    // MapLibre alone is larger than the usual limit; it is a chunk of its own that loads with the screens that show a map.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: {
      input: { main: `${import.meta.dirname}/index.html`, sw: `${import.meta.dirname}/src/service-worker.ts` },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
      // Shared parts that this application does not show stay out of it.
      treeshake: { moduleSideEffects: (id) => !/\/(web\/shared|contract|lib)\//.test(id) || id.endsWith('.css') },
    },
  },
  worker: { format: 'es' },
})
