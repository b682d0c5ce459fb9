import { canonical, digest, lineHash, payloadDigest, type HashAlg } from '../../platform/audit/hash.ts'
import type { Facts } from './model.ts'

/** What a person wrote on one line; erasable, bound to the chain by a salted digest. */
export interface Words {
  readonly note?: string
  readonly publicReply?: string
  /** First line: digest of the title and the words of the report, which lie with `intake`. */
  readonly saidDigest?: string
}

export interface NewLine {
  readonly districtId: number
  readonly caseId: string
  readonly seq: number
  readonly at: Date
  readonly move: string
  readonly actorKind: string
  readonly personId: string | null
  readonly postId: string | null
  readonly unitCode: string | null
  readonly reasonCode: string | null
  readonly facts: Facts
  readonly words: Words
}
export interface ChainedLine extends NewLine {
  readonly alg: HashAlg
  readonly salt: string
  readonly wordsDigest: string
  readonly prevHash: string
  readonly hash: string
}

/** Binds what a report said to the first line of its case. */
export function saidDigest(alg: HashAlg, title: string, said: string): string {
  return digest(alg, canonical({ title, said }))
}

/** The digest that a line's hash covers: the facts as they are, the words by their salted digest, so that words can go and the chain still proves the facts. */
export function contentDigest(alg: HashAlg, facts: Facts, wordsDigest: string): string {
  return digest(alg, canonical({ facts, wordsDigest }))
}

/** Chains one more line to the case's ledger. */
export function chainLine(alg: HashAlg, prevHash: string, line: NewLine, salt: string): ChainedLine {
  const wordsDigest = payloadDigest(alg, salt, line.words)
  return { ...line, alg, salt, wordsDigest, prevHash, hash: hashOf(alg, prevHash, line, wordsDigest) }
}

/** The hash that a line must have after `prevHash`. */
export function hashOf(alg: HashAlg, prevHash: string, line: Omit<NewLine, 'words'>, wordsDigest: string): string {
  return lineHash(prevHash, {
    alg,
    districtId: line.districtId,
    caseId: line.caseId,
    seq: line.seq,
    at: line.at.toISOString(),
    actor: line.personId === null ? line.actorKind : `person:${line.personId}`,
    post: line.postId === null ? line.unitCode : `${line.postId}@${line.unitCode ?? ''}`,
    move: line.move,
    reasonCode: line.reasonCode,
    payloadDigest: contentDigest(alg, line.facts, wordsDigest),
  })
}
