#!/usr/bin/env node
// Plain JavaScript, so that an old Node says what is wrong instead of a syntax error.
const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(`NODE_TOO_OLD: Linli runs on Node 24 (this is ${process.version}); use "npm start" or "npm run linli --", which bring their own`)
  process.exit(1)
}
await import('./program.ts')
