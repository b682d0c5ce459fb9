import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the program runs while its pages are being worked on. */
const server = process.env['LINLI_URL'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react()],
  server: { proxy: { '/api': server, '/tiles': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Pictures inside style sheets would need `data:` for every kind of source; a file needs none.
    assetsInlineLimit: 0,
    // MapLibre alone is larger than the usual limit; it is a chunk of its own that loads with the screens that show a map.
    chunkSizeWarningLimit: 1_200,
  },
  worker: { format: 'es' },
})
