/** A start that cannot go on, with a code and what to do. */
export class Refusal extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

/** Throws Refusal NODE_TOO_OLD when not even the bootstrap can run. @param {string} version such as "20.11.0" */
export function requireBootstrapNode(version) {
  if (Number.parseInt(version, 10) >= 20) return
  throw new Refusal('NODE_TOO_OLD', `this is Node ${version}; install Node 20 or later (Linli brings the version that it runs on by itself)`)
}
